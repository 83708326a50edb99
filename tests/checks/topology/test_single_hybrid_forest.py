import pytest

from checker.checks.topology.single_hybrid_forest import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.cloud_users import ONLINE_USERS
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import DENIED, contoso, judged, objects

OWN = {"Name": "contoso.com", "Status": "Enabled"}
FOREIGN = objects(OWN, {"Name": "fabrikam.com", "Status": "Enabled"})
ELSEWHERE = objects(SipAddress="sip:freda@fabrikam.com", OnPremHostingProvider="SRV:")
ONLINE_ONLY = objects(SipAddress="sip:freda@fabrikam.com", OnPremHostingProvider=None)


@pytest.mark.parametrize(
    ("verdict", "forests", "online", "users"),
    [
        ("pass", None, objects(OWN), DENIED),
        ("pass", 2, objects(OWN, {"Name": "contoso.onmicrosoft.com", "Status": "Enabled"}), DENIED),
        ("fail", 2, FOREIGN, ELSEWHERE),
        ("warn", 2, FOREIGN, ONLINE_ONLY),
        ("unknown: not-asked", None, FOREIGN, ELSEWHERE),
        ("unknown: no-access", 2, FOREIGN, DENIED),
        ("unknown: malformed", 2, FOREIGN, objects(SipAddress="sip:freda@fabrikam.com")),
        ("unknown: no-access", 2, DENIED, ELSEWHERE),
        ("not-applicable", 1, FOREIGN, ELSEWHERE),
    ],
)
def test_another_forest_shows_in_its_domains_and_its_users(
    verdict: str, forests: int | None, online: Objects | NoAnswer, users: Objects | NoAnswer
) -> None:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        ONLINE_SIP_DOMAINS: online,
        ONLINE_USERS: users,
        SIP_DOMAINS: objects(Name="contoso.com"),
    }
    assert judged(CHECK, contoso(forests=forests), answers) == verdict


def test_after_the_last_move_it_is_not_judged() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION, forests=2), {}) == "not-applicable"

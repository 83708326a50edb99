import pytest

from checker.checks.tenant.foreign_sip_domains_disabled import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.findings import Finding
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.readings.cloud_users import ONLINE_USERS
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import DENIED, contoso, findings, objects, word

TWO_FORESTS = contoso(forests=2)
TOPOLOGY = objects(Name="contoso.com")
OWN = {"Name": "contoso.com", "Status": "Enabled"}
FOREIGN = {"Name": "Fabrikam.com", "Status": "Enabled"}
SERVICE = {"Name": "contoso.onmicrosoft.com", "Status": "Enabled"}
ANNA: dict[str, Json] = {"SipAddress": "sip:anna@contoso.com", "OnPremHostingProvider": "SRV:"}
FREDA: dict[str, Json] = {"SipAddress": "sip:freda@Fabrikam.com", "OnPremHostingProvider": "SRV:"}
NOBODYS_ADDRESS: dict[str, Json] = {"SipAddress": None, "OnPremHostingProvider": None}


def of_contoso(
    online: Objects | NoAnswer,
    users: Objects | NoAnswer = DENIED,
    target: Target = TWO_FORESTS,
    topology: Objects | NoAnswer = TOPOLOGY,
) -> Finding:
    answers: dict[AnyProbe, AnyAnswer | NoAnswer] = {
        ONLINE_SIP_DOMAINS: online,
        ONLINE_USERS: users,
        SIP_DOMAINS: topology,
    }
    return findings(CHECK, target, answers)["contoso.com"]


@pytest.mark.parametrize("forests", [None, 2])
@pytest.mark.parametrize(
    "online",
    [
        objects(OWN, SERVICE),
        objects(OWN, {**FOREIGN, "Status": "Disabled"}),
        objects(OWN, {"Name": "contoso.microsoftonline.com", "Status": "Enabled"}),
        objects(),
    ],
)
def test_no_foreign_domain_is_a_pass_without_a_look_at_users(online: Objects, forests: int | None) -> None:
    assert word(of_contoso(online, target=contoso(forests=forests))) == "pass"


def test_a_domain_of_the_topology_is_not_foreign() -> None:
    topology = objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"})
    assert word(of_contoso(objects(OWN, FOREIGN), topology=topology)) == "pass"


@pytest.mark.parametrize(
    ("verdict", "users"),
    [
        ("fail", objects(ANNA, FREDA, NOBODYS_ADDRESS)),
        ("fail", objects(FREDA, complete=False)),
        ("warn", objects(ANNA, NOBODYS_ADDRESS)),
        ("warn", objects({**FREDA, "OnPremHostingProvider": None}, ANNA)),
        ("warn", objects({**FREDA, "OnPremHostingProvider": "sipfed.online.lync.com"})),
        ("warn", objects({**FREDA, "SipAddress": "sip:freda@sub.fabrikam.com"})),  # another domain
        ("warn", objects(ANNA, {"SipAddress": "sip:bob@contoso.com"})),
        ("unknown: no-access", objects(ANNA, complete=False)),
        ("unknown: malformed", objects({"SipAddress": "sip:freda@fabrikam.com"})),
        ("unknown: malformed", objects(UserPrincipalName="freda@fabrikam.com")),
        ("unknown: no-access", DENIED),
    ],
)
def test_users_homed_elsewhere_tell_another_forest_from_a_domain_that_is_online_only(
    verdict: str, users: Objects | NoAnswer
) -> None:
    assert word(of_contoso(objects(OWN, FOREIGN), users)) == verdict


def test_where_the_topology_was_not_read_a_domain_may_be_its_own() -> None:
    assert word(of_contoso(objects(OWN, FOREIGN), objects(FREDA), topology=DENIED)) == "unknown: no-access"
    assert word(of_contoso(objects(OWN), topology=DENIED)) == "pass"


def test_a_foreign_domain_is_the_same_however_it_is_written() -> None:
    online = objects(OWN, {"Name": "münchen.example", "Status": "Enabled"})
    users = objects(SipAddress="sip:max@MÜNCHEN.example", OnPremHostingProvider="SRV:")
    assert word(of_contoso(online, users)) == "fail"


@pytest.mark.parametrize("users", [objects(FREDA), objects(ANNA), DENIED])
def test_whether_there_is_another_forest_only_the_operator_knows(users: Objects | NoAnswer) -> None:
    unsaid = of_contoso(objects(OWN, FOREIGN), users, target=contoso(forests=None))
    assert word(unsaid) == "unknown: not-asked"
    assert unsaid.unknown is not None and "[deployment].forests" in unsaid.unknown.needs


def test_with_one_forest_there_is_nothing_to_look_at() -> None:
    assert word(of_contoso(objects(OWN, FOREIGN), objects(FREDA), target=contoso(forests=1))) == "not-applicable"


@pytest.mark.parametrize(
    ("verdict", "online"),
    [
        ("unknown: no-access", DENIED),
        ("unknown: no-access", objects(OWN, complete=False)),
        ("unknown: malformed", objects(Name="fabrikam.com")),
    ],
)
def test_the_tenants_list_is_needed_whole(verdict: str, online: Objects | NoAnswer) -> None:
    assert word(of_contoso(online, objects(FREDA))) == verdict


def test_the_finding_names_the_domains_and_says_that_the_reason_is_inferred() -> None:
    found = of_contoso(objects(OWN, FOREIGN), objects(FREDA))
    assert found.verdict is not None and found.verdict.inferred
    assert "with users homed on-premises: fabrikam.com" in found.verdict.observed
    assert "foreach ($d in 'fabrikam.com') { Disable-CsOnlineSipDomain -Domain $d }" in found.remediation.run

import pytest

from checker.checks.admin.mfa_and_credential import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.model.target import Runbook
from checker.readings.builds import patch_version
from checker.readings.topology import POOLS
from tests.judging import DENIED, contoso, finding, judged, objects

FE01, FE02 = (Server(fqdn=f"fe0{n}.contoso.com", role=ServerRole.FRONT_END, pool="fe.contoso.com") for n in (1, 2))
POOL = objects({"Fqdn": "fe.contoso.com", "Computers": [FE01.fqdn, FE02.fqdn], "Services": ["Registrar:fe"]})
CU11, CU12, OLDEST = "6.0.9319.605", "6.0.9319.619", "6.0.9319.102"
LYNC, OLD_LYNC, SFB_2019 = "5.0.8308.1182", "5.0.8308.1144", "7.0.2046.385"


def at(version: str) -> Objects:
    return objects(ComponentName="Core Components", Version=version)


def builds(first: str | NoAnswer, second: str | NoAnswer) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    one, other = (at(each) if isinstance(each, str) else each for each in (first, second))
    return {POOLS: POOL, patch_version(FE01): one, patch_version(FE02): other}


def verdict_of(
    answers: dict[AnyProbe, AnyAnswer | NoAnswer],
    credential: bool | None,
    mfa: bool | None = None,
    oauth: bool | None = None,
) -> str:
    runbook = Runbook(uses_credential_parameter=credential, admin_needs_mfa=mfa, use_oauth=oauth)
    return judged(CHECK, contoso(runbook=runbook), answers)


@pytest.mark.parametrize(
    ("verdict", "build", "mfa", "oauth"),
    [
        ("pass", SFB_2019, True, None),
        ("pass", CU12, None, None),
        ("fail", CU11, True, True),
        ("pass", CU11, False, True),
        ("warn", CU11, None, True),
        ("fail", CU11, False, False),  # LiveID has been blocked since December 2021
        ("unknown: not-asked", CU11, False, None),
        ("fail", OLDEST, False, True),
        ("pass", LYNC, False, None),
        ("warn", LYNC, None, None),
        ("fail", LYNC, True, None),
        ("warn", OLD_LYNC, False, None),
        ("fail", "4.0.7577.0", False, None),
        ("unknown: malformed", "7.0", None, None),
    ],
)
def test_an_interactive_sign_in_wants_a_build_that_can(
    verdict: str, build: str, mfa: bool | None, oauth: bool | None
) -> None:
    assert verdict_of(builds(build, build), False, mfa, oauth) == verdict


def test_every_front_end_counts() -> None:
    assert verdict_of(builds(CU12, CU11), False, mfa=True) == "fail"
    assert verdict_of(builds(CU12, DENIED), False, mfa=True) == "unknown: no-access"
    assert verdict_of(builds(CU11, DENIED), False, mfa=True) == "fail"  # one is enough
    assert verdict_of({POOLS: DENIED}, False) == "unknown: no-access"


@pytest.mark.parametrize(
    ("verdict", "mfa"),
    [("fail", True), ("pass", False), ("warn", None)],  # Conditional Access is often not known
)
def test_a_credential_suits_an_account_without_mfa_alone(verdict: str, mfa: bool | None) -> None:
    assert verdict_of(builds(CU12, CU12), True, mfa) == verdict
    assert verdict_of({POOLS: DENIED}, True, mfa) == verdict
    assert verdict_of(builds(DENIED, DENIED), True, mfa) == verdict


def test_a_credential_does_not_help_a_build_that_cannot_sign_in() -> None:
    assert verdict_of(builds(CU12, OLDEST), True, mfa=False) == "fail"
    assert verdict_of(builds(CU11, CU11), True, mfa=False, oauth=False) == "fail"
    assert verdict_of(builds(CU11, CU11), True, mfa=False, oauth=True) == "pass"


def test_what_the_operator_does_not_say_is_no_default() -> None:
    assert verdict_of(builds(CU12, CU12), None, mfa=False) == "unknown: not-asked"


def test_the_way_and_the_lowest_build_are_shown() -> None:
    runbook = Runbook(uses_credential_parameter=False, admin_needs_mfa=True)
    found = finding(CHECK, contoso(runbook=runbook), builds(CU12, CU11))
    assert found.verdict
    assert found.verdict.observed == f"interactive sign-in, account under MFA, lowest build {CU11}"

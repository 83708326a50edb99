import pytest

from checker.checks.workstation.admin_tools_version import CHECK
from checker.model.answers import AnyAnswer, Objects
from checker.model.checks import Server, ServerRole
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.admin_tools import LYNC_MANAGEMENT_FILE, LYNC_MODULE, SKYPE_MODULE
from checker.readings.builds import WORKSTATION_PATCH_VERSION, patch_version
from checker.readings.topology import POOLS
from tests.judging import CONTOSO, DENIED, judged, objects

FE01, FE02 = (Server(fqdn=f"fe0{n}.contoso.com", role=ServerRole.FRONT_END, pool="fe.contoso.com") for n in (1, 2))
POOL = objects({"Fqdn": "fe.contoso.com", "Computers": [FE01.fqdn, FE02.fqdn], "Services": ["Registrar:fe"]})
MODULE = objects(Name="SkypeForBusiness", Version="1.0")


def at(version: str) -> Objects:
    return objects(ComponentName="Core Components", Version=version)


def file(version: str) -> Objects:
    return objects(Name="Microsoft.Rtc.Management.dll", FileVersion=version)


def answers(
    tools: Objects | NoAnswer, first: Objects | NoAnswer, second: Objects | NoAnswer
) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {
        SKYPE_MODULE: MODULE,
        LYNC_MODULE: objects(),
        WORKSTATION_PATCH_VERSION: tools,
        POOLS: POOL,
        patch_version(FE01): first,
        patch_version(FE02): second,
    }


NEW, MINIMUM, BELOW = at("7.0.2046.530"), at("7.0.2046.385"), at("7.0.2046.384")


@pytest.mark.parametrize(
    ("verdict", "given"),
    [
        ("pass", answers(NEW, NEW, MINIMUM)),
        ("pass", answers(MINIMUM, at("6.0.9319.900"), at("6.0.9319.900"))),
        ("fail", answers(BELOW, BELOW, BELOW)),
        ("fail", answers(BELOW, DENIED, DENIED)),  # whatever the servers
        ("fail", answers(at("4.0.7577.0"), MINIMUM, MINIMUM)),
        ("warn", answers(MINIMUM, MINIMUM, NEW)),  # behind the newest
        ("warn", answers(MINIMUM, DENIED, NEW)),
        ("unknown: no-access", answers(NEW, NEW, DENIED)),
        ("unknown: no-access", {**answers(NEW, NEW, NEW), POOLS: DENIED}),
        ("unknown: malformed", answers(at("7.0"), NEW, NEW)),
        ("unknown: malformed", answers(at("8.0.1.2"), NEW, NEW)),
        ("unknown: malformed", answers(objects(ComponentName="Core Components"), NEW, NEW)),
        ("unknown: no-access", answers(DENIED, NEW, NEW)),  # no file either
        ("unknown: no-access", {**answers(DENIED, NEW, NEW), SKYPE_MODULE: objects(complete=False)}),
    ],
)
def test_the_tools_are_at_the_minimum_and_not_behind(verdict: str, given: dict[AnyProbe, AnyAnswer | NoAnswer]) -> None:
    assert judged(CHECK, CONTOSO, given) == verdict


@pytest.mark.parametrize(
    ("verdict", "skype", "lync"),
    [
        ("fail", objects(), objects()),
        ("unknown: no-access", objects(), DENIED),  # the other one may be there
        ("unknown: no-access", DENIED, objects()),
    ],
)
def test_no_module_at_all_is_a_failure_only_when_both_were_looked_for(
    verdict: str, skype: Objects | NoAnswer, lync: Objects | NoAnswer
) -> None:
    given = {**answers(DENIED, NEW, NEW), SKYPE_MODULE: skype, LYNC_MODULE: lync, LYNC_MANAGEMENT_FILE: DENIED}
    assert judged(CHECK, CONTOSO, given) == verdict


@pytest.mark.parametrize(
    ("verdict", "found"),
    [
        ("pass", file("5.0.8308.1182")),
        ("warn", file("5.0.8308.1000")),  # which file carries the build is not sourced
        ("unknown: malformed", objects()),
        ("unknown: malformed", objects(Name="Microsoft.Rtc.Management.dll")),
    ],
)
def test_without_the_cmdlet_the_version_of_a_file_must_do(verdict: str, found: Objects) -> None:
    lync = at("5.0.8308.1182")
    given = {**answers(DENIED, lync, lync), LYNC_MANAGEMENT_FILE: found}
    assert judged(CHECK, CONTOSO, given) == verdict

import pytest

from checker.checks.tenant.coexistence_mode import CHECK, UPGRADE_POLICIES
from checker.model.answers import Json, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


def policies(mode: Json) -> Objects:
    return objects({"Identity": "Tag:SfBOnly", "Mode": "SfBOnly"}, {"Identity": "Global", "Mode": mode})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", policies("SfBOnly")),
        ("pass", policies("SfBWithTeamsCollab")),
        ("pass", policies("sfbwithteamscollabandmeetings")),
        ("warn", policies("Islands")),
        ("warn", policies("TeamsOnly")),
        ("unknown: malformed", policies(None)),
        ("unknown: malformed", policies(3)),  # what a number stands for is published nowhere
        ("unknown: malformed", policies("Legacy")),
        ("unknown: malformed", objects(Identity="Global")),
        ("unknown: malformed", objects(Identity="Tag:SfBOnly", Mode="SfBOnly")),  # not the one of everybody
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_mode_of_everybody_counts(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {UPGRADE_POLICIES: answer}) == verdict


def test_a_tenant_that_is_teams_only_contradicts_the_rest() -> None:
    verdict = finding(CHECK, CONTOSO, {UPGRADE_POLICIES: policies("TeamsOnly")}).verdict
    assert verdict is not None and "contradicts" in verdict.summary
    assert verdict.fill == (("policy", "'UpgradeToTeams'"),)


@pytest.mark.parametrize("phase", [Phase.CUTOVER, Phase.DECOMMISSION])
def test_when_the_last_user_has_moved_it_is_not_judged(phase: Phase) -> None:
    assert judged(CHECK, contoso(phase=phase), {}) == "not-applicable"

import pytest

from checker.checks.federation.on_premises_access_policy import ACCESS_POLICIES, CHECK
from checker.model.answers import Json, Objects
from checker.model.axes import Phase
from checker.model.facts import NoAnswer
from checker.rendering.commands import is_command
from tests.judging import CONTOSO, DENIED, contoso, finding, judged, objects


def policy(identity: str, allowed: Json) -> dict[str, Json]:
    return {"Identity": identity, "EnableFederationAccess": allowed}


OPEN = policy("Global", True)


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(OPEN)),
        ("pass", objects(OPEN, policy("Tag:Sales", "True"))),
        ("warn", objects(policy("Global", False))),
        ("warn", objects(OPEN, policy("Site:Redmond", "False"))),
        ("warn", objects(OPEN, policy("Tag:Locked", False))),
        ("unknown: malformed", objects(policy("Global", None))),
        ("unknown: malformed", objects(Identity="Global")),
        ("unknown: malformed", objects(policy("Tag:Sales", True))),  # Global is always there
        ("unknown: malformed", objects()),
        ("unknown: no-access", objects(OPEN, complete=False)),
        ("unknown: no-access", DENIED),
    ],
)
def test_every_policy_allows_federation(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {ACCESS_POLICIES: answer}) == verdict


def test_where_only_policies_for_single_users_forbid_it_the_finding_says_so() -> None:
    single = finding(CHECK, CONTOSO, {ACCESS_POLICIES: objects(OPEN, policy("Tag:Locked", False))})
    assert single.verdict is not None and single.verdict.summary.startswith("Only policies for single users")
    assert not is_command(single.remediation.run) and "'Tag:Locked'" in single.remediation.run


def test_the_command_leaves_policies_for_single_users_alone() -> None:
    both = objects(OPEN, policy("Site:Redmond", False), policy("Tag:Locked", False))
    site = finding(CHECK, CONTOSO, {ACCESS_POLICIES: both})
    assert site.verdict is not None and not site.verdict.summary and "Tag:Locked" in site.verdict.observed
    assert site.remediation.run.startswith("$policies = 'Site:Redmond'; ") and is_command(site.remediation.run)


def test_after_the_last_move_it_is_not_judged() -> None:
    assert judged(CHECK, contoso(phase=Phase.DECOMMISSION), {}) == "not-applicable"

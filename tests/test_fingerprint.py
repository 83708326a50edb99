"""What a waiver is bound to: the same value gives the same fingerprint, whenever and by whomever it was read."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from checker.checks import all_checks
from checker.cli.report_files import read_snapshot
from checker.compose import compose
from checker.fingerprint import fingerprint
from checker.model.facts import Snapshot
from checker.model.report import FindingEntry
from checker.model.verdicts import Verdict
from checker.rejudging import judged_again
from tests.made_up_checks import deployment_check, reported, user_check

SAMPLES = Path(__file__).parents[1] / "reports"


def findings(snapshot: Snapshot, later: timedelta = timedelta()) -> dict[str, FindingEntry]:
    facts = tuple(msgspec.structs.replace(fact, observed_at=fact.observed_at + later) for fact in snapshot.facts)
    shifted = msgspec.structs.replace(snapshot, as_of=snapshot.as_of + later, facts=facts)
    again = judged_again(shifted)
    return {each.id: each for each in compose(shifted, all_checks(), again.assessment, again.prediction).findings}


@pytest.mark.parametrize("later", [timedelta(minutes=7), timedelta(days=3)])
@pytest.mark.parametrize("sample", ["lab-several-things-wrong", "lab-tenant-unreadable"])
def test_the_same_answers_read_later_are_the_same_values(sample: str, later: timedelta) -> None:
    snapshot = read_snapshot(SAMPLES / sample / "snapshot.json")
    before, after = findings(snapshot), findings(snapshot, later)
    assert len(before) > 100
    assert {id_: each.fingerprint for id_, each in after.items()} == {
        id_: each.fingerprint for id_, each in before.items()
    }


def test_which_resolver_said_so_is_no_part_of_the_value() -> None:
    check = deployment_check("dns.x", "fail")
    said = {
        fingerprint(check, "contoso", Verdict.when(False, expected="", observed=f"NXDOMAIN{by}"))
        for by in ("", " (says 8.8.8.8)", " (says 1.1.1.1)")
    }
    assert len(said) == 1


def test_what_nobody_could_judge_has_one_of_its_own() -> None:
    check = deployment_check("dns.x", "fail")
    silent = Verdict.when(False, expected="", observed="")
    assert fingerprint(check, "contoso", None) != fingerprint(check, "contoso", silent)


def test_the_findings_of_users_have_them_by_the_same_rule() -> None:
    users = ("ada@contoso.com", "bob@contoso.com", "cy@contoso.com")
    said = {users[0]: "fail", users[1]: "fail", users[2]: "unknown"}
    check = user_check("user.x", said)
    failed = Verdict.when(False, expected="right", observed="fail")
    assert {each.subject.name: each.fingerprint for each in reported([check], *users).findings} == {
        user: fingerprint(check, user, failed if said[user] == "fail" else None) for user in users
    }

"""A rerun: whose target counts, which answers are kept, and what the report says of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from checker.assess import Investigation
from checker.compose import VALIDITY
from checker.errors import UsageError
from checker.model.axes import Direction, Phase, Side
from checker.model.checks import Check, DeploymentCheck
from checker.model.evidence import Evidence
from checker.model.facts import CommandRun, Fact, Notice, Snapshot
from checker.model.probes import AnyProbe, DnsProbe, Vantage
from checker.model.target import Runbook, Target
from checker.model.verdicts import Verdict
from checker.rerunning import continued, still_answered, target_again, unanswered
from tests.judging import DENIED, NOW, SILENT, contoso, records
from tests.made_up_checks import deployment_check

AGO = NOW - timedelta(days=3)
LISTED = contoso(users=("anna@contoso.com", "ben@contoso.com"), phase=Phase.CUTOVER, runbook=Runbook(force=True))


def record(name: str) -> DnsProbe:
    return DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=f"{name}.contoso.com", record="A")


FIRST, SECOND, THIRD, UNRELATED = map(record, ("first", "second", "third", "unrelated"))


def answered(probe: AnyProbe, days_ago: float = 3, **changes: Any) -> Fact:
    fact = Fact(probe=probe, answer=records("x", "A", "192.0.2.1"), observed_at=NOW - timedelta(days=days_ago))
    return msgspec.structs.replace(fact, **changes)


def snapshot(*facts: Fact, target: Target = LISTED, **changes: Any) -> Snapshot:
    whole = Snapshot(tool_version="0.4.0", target=target, as_of=AGO, started_at=AGO, finished_at=AGO, facts=facts)
    return msgspec.structs.replace(whole, **changes)


def one_after_the_other(*probes: AnyProbe) -> Check:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        for probe in probes:
            evidence.answer(probe)
        return Verdict.when(True, expected="right", observed="right")

    check = deployment_check("made.up", "pass")
    assert isinstance(check, DeploymentCheck)
    return replace(check, judge=judge)


def again(now: Target, *codes: str, earlier: Snapshot | None = None, keeps: bool = False) -> tuple[Target, list[str]]:
    """The target, and the notices as ``code: text``."""
    said = [Notice(code=code, text="said by the configuration") for code in codes]
    target, notices = target_again(now, said, earlier or snapshot(), keeps_answers=keeps, where="csready.toml")
    return target, [f"{notice.code}: {notice.text}" for notice in notices]


def test_the_target_is_that_of_the_earlier_run() -> None:
    now = contoso(sip_domains=("contoso.com", "fabrikam.com"), users=("anna@contoso.com", "cleo@contoso.com"))
    target, notices = again(now, "phase-defaulted", "direction-defaulted", "resolver-defaulted")
    assert target == LISTED
    assert notices == [
        "resolver-defaulted: said by the configuration",
        "rerun-target: the target is that of the run of 2026-11-19 19:03 UTC, not what is said now: "
        "[deployment].sip_domains is now contoso.com, fabrikam.com, was contoso.com; "
        "[move].users is now 2 users, 1 of them new, was 2 users",
    ]


@pytest.mark.parametrize(
    ("now", "difference"),
    [
        (contoso(phase=Phase.DECOMMISSION), "[deployment].phase is now decommission, was cutover"),
        (contoso(direction=Direction.TO_ONPREM), "[deployment].direction is now to-onprem, was to-cloud"),
        (contoso(edges=("edge01.contoso.com",)), "[edge].host is now edge01.contoso.com, was not said"),
        (contoso(runbook=Runbook(force=False)), "[move].force is now false, was true"),
        (contoso(proxy_fqdn="pool.contoso.com"), "[deployment].target is now pool.contoso.com, was sipfed"),
    ],
)
def test_what_the_configuration_says_otherwise_is_named(now: Target, difference: str) -> None:
    codes = [f"{key}-defaulted" for key in ("phase", "direction") if f"[deployment].{key}" not in difference]
    (notice,) = again(now, *codes)[1]
    assert difference in notice and ";" not in notice


def test_what_is_not_said_now_is_no_difference() -> None:
    defaults = ("phase-defaulted", "direction-defaulted", "cloud-defaulted")
    earlier = snapshot(target=msgspec.structs.replace(LISTED, name="big", proxy_fqdn="pool.contoso.com"))
    assert again(contoso(), *defaults, earlier=earlier) == (earlier.target, [])


def test_users_that_were_left_out_are_left_out_again() -> None:
    notice = Notice(code="no-users", text="users were left out on purpose (--no-users)")
    earlier = snapshot(target=contoso(no_users=True), notices=(notice, Notice(code="lab", text="made up")))
    target, notices = again(contoso(users=("anna@contoso.com",)), earlier=earlier)
    assert target.no_users and target.users is None
    assert notices == ["no-users: users were left out on purpose (--no-users)"]


def test_a_default_is_named_when_it_was_one_in_the_earlier_run() -> None:
    earlier = snapshot(target=contoso(), notices=(Notice(code="phase-defaulted", text="not said; hybrid is assumed"),))
    assert again(contoso(phase=Phase.CUTOVER), earlier=earlier)[1] == [
        "phase-defaulted: not said; hybrid is assumed",
        "rerun-target: the target is that of the run of 2026-11-19 19:03 UTC, not what is said now: "
        "[deployment].phase is now cutover, was hybrid",
    ]


def test_where_csready_stands_is_said_by_the_machine_it_runs_on() -> None:
    earlier = snapshot(target=contoso(here_is=Side.INSIDE, this_machine_moves=True))
    assert again(contoso(here_is=Side.OUTSIDE), earlier=earlier)[0].here_is is Side.OUTSIDE
    assert again(contoso(), earlier=earlier)[0] == earlier.target
    with pytest.raises(UsageError, match=r"csready.toml: \[network\].here_is"):
        again(contoso(here_is=Side.OUTSIDE), earlier=earlier, keeps=True)


def test_an_answer_counts_until_its_seven_days_are_over() -> None:
    earlier = snapshot(
        answered(FIRST, 6.9), answered(SECOND, 7), answered(THIRD, answer=SILENT), answered(UNRELATED, 0.1)
    )
    assert set(still_answered(earlier, NOW)) == {FIRST, UNRELATED}
    assert {fact.probe for fact in still_answered(earlier, NOW + VALIDITY).values()} == set()


def test_only_what_is_not_known_is_asked_and_what_follows_from_it() -> None:
    known: dict[AnyProbe, Fact] = {probe: answered(probe) for probe in (FIRST, THIRD, UNRELATED)}
    investigation = Investigation(contoso(), (one_after_the_other(FIRST, SECOND, THIRD),))
    assert list(unanswered(investigation, known)) == [SECOND]
    assert list(unanswered(investigation, known)) == []
    investigation.tell(answered(SECOND, 0))
    assert list(unanswered(investigation, known)) == []
    assert investigation.outstanding() == ()
    assert {fact.probe for fact in investigation.facts()} == {FIRST, SECOND, THIRD}  # what nobody asks is not kept


def test_the_report_says_what_was_kept_and_what_was_asked() -> None:
    kept = answered(FIRST, 5)
    earlier = snapshot(
        kept, answered(SECOND, answer=DENIED), answered(THIRD, 8), notices=(Notice(code="lab", text="l"),)
    )
    now = snapshot(kept, answered(SECOND, 0), answered(THIRD, 0, answer=SILENT), answered(UNRELATED, 0), as_of=NOW)
    notices = continued(now, earlier).notices
    assert [notice.code for notice in notices] == ["rerun", "lab"]
    assert notices[0].text == (
        "1 answer of the run of 2026-11-19 19:03 UTC kept, the oldest of 2026-11-17 19:03 UTC; "
        "1 question without an answer asked again, 1 answered now; "
        "1 answer older than 7 days asked anew; 1 question asked for the first time"
    )


def test_a_rerun_of_a_rerun_speaks_of_the_last_one_only() -> None:
    fact = answered(FIRST)
    once = continued(snapshot(fact), snapshot(fact, notices=(Notice(code="rerun-target", text="t"),)))
    assert [notice.code for notice in continued(snapshot(fact), once).notices] == ["rerun"]


def test_what_the_earlier_run_did_stays_in_the_impact_statement() -> None:
    asked = CommandRun(where="dns-external", as_whom="", what="12 DNS questions")
    ran = CommandRun(where="onprem", as_whom="CONTOSO\\svc", what="Get-CsUser")
    first = snapshot(commands_run=(asked, ran))
    again = continued(snapshot(commands_run=(asked,), as_of=NOW), first)
    third = continued(snapshot(as_of=NOW), again)
    assert [(each.where, each.what) for each in third.commands_run] == [
        ("dns-external (run of 2026-11-19 19:03 UTC)", "12 DNS questions"),
        ("dns-external (run of 2026-11-22 19:03 UTC)", "12 DNS questions"),
        ("onprem (run of 2026-11-19 19:03 UTC)", "Get-CsUser"),
    ]

"""From what was judged to the report: verdict, counts, bounds, and the order of the fixes."""

import hashlib

import msgspec
import pytest

from checker.appendix import MOST_ANSWER_BYTES
from checker.compose import compose
from checker.fault_entries import MOST_LISTED
from checker.model.answers import Json
from checker.model.checks import Check, Impact, Remediation, Worst
from checker.model.facts import Fact
from checker.model.probes import CmdletProbe, Vantage
from checker.model.report import EvidenceEntry, TrackRecord, decode_report, encode_report
from checker.model.target import Target
from tests.judging import DENIED, NOW, contoso, objects
from tests.made_up_checks import HYBRID, deployment_check, domain_check, reported, seen, taken, user_check
from tests.test_waiving import waiver

CROWD = tuple(f"user{n:03}@contoso.com" for n in range(MOST_LISTED + 50))
ANSWERED = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-Bulk")


@pytest.mark.parametrize(
    ("says", "more", "verdict", "exit_code"),
    [
        (("pass", "n/a"), {}, "ready", 0),
        (("pass", "warn"), {}, "ready-with-warnings", 0),
        (("fail", "pass"), {"worst": Worst.WARN}, "ready-with-warnings", 0),
        (("unknown", "pass"), {"worst": Worst.WARN}, "ready", 0),
        (("unknown", "warn"), {}, "indeterminate", 5),
        (("fail", "unknown"), {}, "not-ready", 3),
        (("fail",), {"impact": Impact.DEGRADES}, "not-ready", 3),
        (("unknown",), {"impact": Impact.DEGRADES}, "indeterminate", 5),
    ],
)
def test_the_worst_that_stands_is_the_verdict(
    says: tuple[str, ...], more: dict[str, Json], verdict: str, exit_code: int
) -> None:
    checks = [deployment_check(f"tenant.c{n}", each, **more) for n, each in enumerate(says)]
    report = reported(checks)
    assert (report.verdict.value, report.exit_code) == (verdict, exit_code)


@pytest.mark.parametrize(("says", "exit_code"), [("warn", 4), ("pass", 0), ("fail", 3), ("unknown", 5)])
def test_only_warnings_exit_with_4_when_asked_to_fail_on_them(says: str, exit_code: int) -> None:
    assert reported([deployment_check("tenant.a", says)], fail_on_warnings=True).exit_code == exit_code


def test_an_interrupted_run_says_so_and_exits_with_130_whatever_it_found() -> None:
    checks = [deployment_check("tenant.a", "fail")]
    snapshot, assessment, prediction = seen(checks)
    report = compose(msgspec.structs.replace(snapshot, interrupted=True), checks, assessment, prediction)
    assert (report.interrupted, report.verdict.value, report.exit_code) == (True, "not-ready", 130)


def test_coverage_counts_checks_and_names_what_was_not_looked_at() -> None:
    checks = [
        deployment_check("tenant.a", "pass"),
        deployment_check("tenant.b", "n/a"),
        domain_check("tenant.c", {"contoso.com": "unknown"}),
        user_check("user.a", {CROWD[0]: "unknown"}),
        deployment_check("tenant.d", "warn"),
    ]
    coverage = reported(checks, *CROWD[:2]).coverage
    assert (coverage.applicable, coverage.looked_at) == (4, 2)
    assert [(each.check, each.subject, each.reason.value, each.needs) for each in coverage.not_looked_at] == [
        ("tenant.c", "contoso.com", "no-access", "a role"),
        ("user.a", CROWD[0], "no-access", "a role"),
    ]


def fingerprint(check: Check, target: Target = HYBRID) -> str:
    (finding,) = reported([check], target=target).findings
    return finding.fingerprint


def test_a_fingerprint_changes_with_check_revision_subject_and_judged_value_only() -> None:
    first = fingerprint(deployment_check("tenant.a", "fail", value={"b": 1, "a": [2]}))
    same = {
        fingerprint(deployment_check("tenant.a", "fail", value={"a": [2], "b": 1})),
        fingerprint(deployment_check("tenant.a", "warn", value={"a": [2], "b": 1}, title="Said otherwise")),
    }
    others = [
        fingerprint(deployment_check("tenant.b", "fail", value={"a": [2], "b": 1})),
        fingerprint(deployment_check("tenant.a", "fail", value={"a": [2], "b": 2})),
        fingerprint(deployment_check("tenant.a", "fail", value={"a": [2], "b": 1}, revision=2)),
        fingerprint(deployment_check("tenant.a", "fail", value={"a": [2], "b": 1}), contoso(name="fabrikam")),
    ]
    assert same == {first}
    assert len({first, *others}) == 5


def evidence(answer: Json) -> EvidenceEntry:
    snapshot, assessment, prediction = seen([])
    fact = Fact(probe=ANSWERED, answer=answer, observed_at=NOW)
    (entry,) = compose(taken(snapshot.target, fact), [], assessment, prediction).evidence
    return entry


def test_a_short_answer_stands_in_the_report_and_a_bulk_answer_as_count_and_hash() -> None:
    short, bulk = objects({"Name": "a"}), objects(*({"Name": f"user{n}"} for n in range(1000)))
    whole = msgspec.json.encode(bulk, order="deterministic")
    assert evidence(short).answer == {"type": "objects", "rows": [{"Name": "a"}], "complete": True}
    assert evidence(bulk).answer == {
        "count": 1000,
        "bytes": len(whole),
        "sha256": hashlib.sha256(whole).hexdigest(),
    }


def test_no_answer_in_the_evidence_is_longer_than_4_kb() -> None:
    longest = 0
    for length in range(MOST_ANSWER_BYTES - 100, MOST_ANSWER_BYTES + 1):
        longest = max(longest, len(msgspec.json.encode(evidence(objects({"Text": "x" * length})).answer)))
    assert longest == MOST_ANSWER_BYTES


def test_what_was_not_answered_is_in_the_evidence_with_its_reason() -> None:
    entry = evidence(DENIED)
    assert (entry.outcome, entry.answer) == ("no-answer", None)
    assert entry.reason and (entry.reason.code.value, entry.reason.needs) == ("no-access", "a role")


def test_lists_that_grow_with_users_are_bounded_and_their_counts_are_not() -> None:
    said = dict.fromkeys(CROWD, "fail") | {f"x{user}": "unknown" for user in CROWD}
    report = reported([user_check("user.a", said, "hms-507"), user_check("user.b", said, "hms-507")], *said)
    listed = [(finding.check, finding.status.value) for finding in report.findings]
    assert {key: listed.count(key) for key in listed} == {
        (check, status): MOST_LISTED for check in ("user.a", "user.b") for status in ("fail", "unknown")
    }
    assert [(each.fail, each.unknown) for each in report.checks] == [(len(CROWD), len(CROWD))] * 2
    assert len(report.coverage.not_looked_at) == 2 * MOST_LISTED
    (fault,) = (each for each in report.faults if each.id == "hms-507")
    assert (len(fault.because), fault.users_affected) == (MOST_LISTED, len(CROWD))
    assert (report.users.total, len(report.users.outcomes)) == (len(said), MOST_LISTED)


def test_users_are_counted_as_things_stand_and_for_themselves() -> None:
    checks = [
        deployment_check("tenant.a", "fail", "hms-510"),
        deployment_check("tenant.b", "unknown", "cloud-unreachable"),
        user_check("user.a", {CROWD[0]: "fail", CROWD[1]: "unknown"}, "hms-507"),
    ]
    users = reported(checks, *CROWD[:5]).users
    assert (users.total, users.moves, users.blocked, users.undetermined) == (5, 0, 5, 0)
    assert (users.own.moves, users.own.blocked, users.own.undetermined) == (3, 1, 1)
    assert users.by_fault == {"hms-510": 5, "hms-507": 1}
    assert users.conditions == ("cloud-unreachable",)
    assert users.outcomes[0].first_fault == "hms-510"


def test_fixes_come_in_the_order_of_the_faults_and_say_whom_each_one_unblocks() -> None:
    remedied = Remediation(run="Set-It -For {name}", where="there", role="somebody")
    checks = [
        deployment_check("dns.a", "fail", impact=Impact.DEGRADES),
        user_check("user.a", {CROWD[0]: "fail", CROWD[1]: "fail", CROWD[2]: "unknown"}, "hms-507"),
        deployment_check("tenant.a", "fail", "hms-510"),
        domain_check("tenant.c", {"fabrikam.com": "fail"}, "sip-domain-not-online", remediation=remedied),
        deployment_check("hosting-provider.a", "fail", "hosting-provider-missing"),
        deployment_check("tenant.b", "warn", "hms-510"),
    ]
    fixes = reported(checks, *CROWD[:5], "cara@fabrikam.com").fixes
    assert [(fix.order, fix.check, fix.users_unblocked, fix.own_unblocked) for fix in fixes] == [
        (1, "hosting-provider.a", 0, 0),
        (2, "tenant.a", 2, 0),  # those who have no other obstacle; who is undetermined stays so
        (3, "tenant.c", 1, 1),
        (4, "user.a", 2, 2),
        (5, "dns.a", 0, 0),
    ]


def test_a_predicted_fault_carries_the_remedies_of_what_failed() -> None:
    checks = [deployment_check("tenant.a", "fail", "hms-510"), deployment_check("tenant.b", "pass", "hms-510")]
    (fault,) = (each for each in reported(checks).faults if each.id == "hms-510")
    assert [remedy.run for remedy in fault.remediation] == ["Set-tenant.a"]


def test_what_no_check_looks_for_says_why_it_cannot_be_predicted() -> None:
    faults = {each.id: each for each in reported([deployment_check("tenant.a", "pass", "hms-510")]).faults}
    assert faults["throttled"].not_foreseen
    assert faults["tls12-unavailable"].not_foreseen == "no check of this version looks for it"


def test_the_same_findings_give_the_same_bytes_and_are_read_back() -> None:
    checks = [user_check("user.a", dict.fromkeys(CROWD, "fail"), "hms-507"), deployment_check("dns.a", "unknown")]
    once, again = (encode_report(reported(checks, *CROWD)) for _ in range(2))
    assert once == again
    assert encode_report(decode_report(once)) == once


def test_the_waivers_of_the_file_and_the_track_record_are_handed_on() -> None:
    waivers = (waiver("tenant.b"), waiver("tenant.a"), waiver("tenant.c"))
    record = TrackRecord(as_of=NOW, users=3, moved=2, faults=(), surprises=1)
    report = reported([deployment_check("tenant.a", "fail")], waivers=waivers, track_record=record)
    assert tuple(entry.waiver for entry in report.waivers) == waivers
    assert [entry.state.value for entry in report.waivers] == ["unused", "applied", "unused"]
    assert report.track_record == record


@pytest.mark.parametrize(("says", "exit_code"), [("fail", 4), ("unknown", 4), ("pass", 0)])
def test_what_is_accepted_is_a_warning_to_who_fails_on_them(says: str, exit_code: int) -> None:
    checks = [deployment_check("tenant.a", says)]
    assert reported(checks, waivers=(waiver("tenant.a"),), fail_on_warnings=True).exit_code == exit_code

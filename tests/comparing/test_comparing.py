"""Two reports as a whole: on what terms they are compared, and what is said beside the findings."""

import time
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change, Difference, Pair
from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Scope
from checker.model.facts import Notice
from checker.model.findings import FaultStatus
from checker.model.report import (
    Redacted,
    Report,
    RunVerdict,
    StatusCounts,
    Tool,
    Waiver,
    WaiverEntry,
    WaiverState,
    decode_report,
)
from tests.comparing.reports import ANNA, BEN, CHECK, classes, report, said
from tests.rendering.samples import AS_OF, INDETERMINATE, NOT_READY, READY, faults

SAMPLES = {"ready": READY, "not-ready": NOT_READY, "indeterminate": INDETERMINATE} | {
    path.parent.name: decode_report(path.read_bytes())
    for path in sorted((Path(__file__).parents[2] / "reports").glob("lab-*/report.json"))
}
LAB = [name for name in SAMPLES if name.startswith("lab-")]
EITHER_WAY = {  # what each class may be the other way round
    Change.REGRESSED: {Change.FIXED, Change.GONE},
    Change.FIXED: {Change.REGRESSED},
    Change.NEW: {Change.GONE},
    Change.GONE: {Change.NEW, Change.REGRESSED},
}


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=list(SAMPLES))
def test_a_report_is_the_same_as_itself(sample: Report) -> None:
    found = compared(sample, sample)
    counted = {each.check for each in found.user_checks}
    assert set(classes(found)) == {each.id for each in sample.findings if each.check not in counted}
    assert {*classes(found).values(), *(each.change for each in found.user_checks)} <= {Change.SAME}
    assert (found.regressed, found.faults, found.waivers, found.notes, found.comparable) == (False, (), (), (), True)
    assert sum(found.summary.values()) == found.summary["same"]


@pytest.mark.parametrize(("old", "new"), list(product(LAB, LAB)))
def test_the_other_way_round_the_classes_are_mirrored(old: str, new: str) -> None:
    there, back = compared(SAMPLES[old], SAMPLES[new]), classes(compared(SAMPLES[new], SAMPLES[old]))
    assert there.findings
    for each in there.findings:
        assert back[each.id] in EITHER_WAY.get(each.change, {each.change}), each.id


@pytest.mark.parametrize(("old", "new"), list(product(LAB, LAB)))
def test_what_could_not_be_looked_at_is_never_better_worse_new_or_gone(old: str, new: str) -> None:
    unknown = {
        finding.id
        for sample in (SAMPLES[old], SAMPLES[new])
        for finding in sample.findings
        if finding.status.value == "unknown"
    }
    found = classes(compared(SAMPLES[old], SAMPLES[new]))
    assert {found[id_] for id_ in unknown} <= {Change.NOT_COMPARABLE, Change.SAME}


def test_a_scenario_of_the_lab_changes_what_it_says() -> None:
    found = compared(SAMPLES["lab-ready"], SAMPLES["lab-tenant-not-shared"])
    (regressed,) = (each for each in found.findings if each.change is not Change.SAME)
    assert (regressed.check, regressed.change) == (CHECK, Change.REGRESSED)
    assert found.verdict == Pair(old=RunVerdict.READY, new=RunVerdict.NOT_READY)
    assert found.users.by_fault == {"hms-510": Pair(old=0, new=8)}
    assert [(fault.id, fault.old, fault.new) for fault in found.faults] == [
        ("hms-510", FaultStatus.RULED_OUT, FaultStatus.PREDICTED)
    ]


def test_a_tenant_that_is_not_read_any_more_fixes_nothing() -> None:
    found = compared(SAMPLES["lab-tenant-not-shared"], SAMPLES["lab-tenant-unreadable"])
    assert classes(found)[f"{CHECK}@contoso"] is Change.NOT_COMPARABLE
    assert not found.summary["fixed"] and not found.regressed


def deployed(**changes: Any) -> Report:
    return report(said("fail"), deployment=msgspec.structs.replace(READY.deployment, **changes))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (deployed(name="fabrikam"), "another deployment: contoso then, fabrikam now"),
        (deployed(cloud=Cloud.DOD), "another cloud: worldwide then, dod now"),
        (deployed(direction=Direction.TO_ONPREM), "another direction: to-cloud then, to-onprem now"),
    ],
)
def test_reports_of_something_else_are_not_compared_at_all(new: Report, why: str) -> None:
    found = compared(report(said("pass")), new)
    assert (found.comparable, found.why_not, found.regressed) == (False, (why,), False)
    assert {each.change for each in found.findings} == {Change.NOT_COMPARABLE}
    assert (found.faults, found.waivers, found.user_checks) == ((), (), ())


REDACTED = Redacted(users=1, hosts=1, numbers=0, addresses=0, key="00000000")


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"tool": Tool(name="csready", version="0.5.0")}, "the tool changed, 0.4.0 then and 0.5.0 now"),
        ({"deployment": msgspec.structs.replace(READY.deployment, phase=Phase.CUTOVER)}, "another phase, hybrid then"),
        ({"deployment": msgspec.structs.replace(READY.deployment, target="x.test")}, "another target of the move"),
        ({"as_of": AS_OF - timedelta(days=1)}, "the old report is the later one"),
        ({"interrupted": True}, "the new run was interrupted"),
        ({"notices": (Notice(code="lab", text=""),)}, "the new one is of a lab run"),
        ({"redaction": "pii", "redacted": REDACTED}, "only the new report is redacted"),
    ],
)
def test_what_bears_on_the_comparison_is_noted(changes: dict[str, Any], note: str) -> None:
    (said_so,) = compared(report(said("pass")), report(said("pass"), **changes)).notes
    assert said_so.startswith(note)


@pytest.mark.parametrize(("days", "stale"), [(6, False), (8, True)])
def test_whether_the_new_one_counts_yet_is_told_by_the_clock_that_is_given(days: int, stale: bool) -> None:
    assert compared(READY, READY, now=AS_OF + timedelta(days=days)).stale is stale
    assert compared(READY, READY).stale is None


def test_faults_of_one_catalogue_only_are_named_as_that() -> None:
    old = report(faults=faults()[1:])
    new = report(faults=faults(hms_510=(FaultStatus.PREDICTED, 2, ())))
    found = {fault.id: fault for fault in compared(old, new).faults}
    assert found[faults()[0].id].old is None
    assert found["hms-510"].users_affected == Pair(old=0, new=2)


def test_waivers_that_came_lapsed_or_went_are_named() -> None:
    def entry(owner: str, state: WaiverState, because: str = "") -> WaiverEntry:
        waiver = Waiver(
            check=CHECK,
            subject="*",
            reason="",
            owner=owner,
            ticket="CHG-1",
            expires=date(2026, 12, 31),
            fingerprint=None,
        )
        return WaiverEntry(waiver=waiver, state=state, lapsed_because=because, findings=(), accepted=StatusCounts())

    applied, lapsed = WaiverState.APPLIED, WaiverState.LAPSED
    old = report(waivers=(entry("stays", applied), entry("ends", applied), entry("goes", applied)))
    new = report(waivers=(entry("stays", applied), entry("ends", lapsed, "it ended"), entry("comes", applied)))
    assert [(each.owner, each.old, each.new, each.because) for each in compared(old, new).waivers] == [
        ("ends", applied, lapsed, "it ended"),
        ("comes", None, applied, ""),
        ("goes", applied, None, ""),
    ]


def test_who_joined_and_left_the_batch_is_counted() -> None:
    users = compared(report(users=(ANNA, BEN)), report(users=(BEN, "zoe@contoso.com", "yan@contoso.com"))).users
    assert (users.old.total, users.new.total, users.joined, users.left) == (2, 3, 2, 1)


def test_the_json_has_every_key_and_reads_back() -> None:
    found = compared(SAMPLES["lab-ready"], SAMPLES["lab-several-things-wrong"])
    raw = msgspec.json.encode(found)
    assert msgspec.json.decode(raw, type=Difference) == found
    plain = msgspec.json.decode(raw)
    assert list(plain) == list(Difference.__struct_fields__)
    assert plain["verdict"] == {"old": "ready", "new": "not-ready"}
    assert list(plain["summary"]) == [change.value for change in Change]
    assert list(plain["findings"][0]) == ["id", "check", "subject", "class", "old", "new", "why"]
    assert raw == msgspec.json.encode(compared(SAMPLES["lab-ready"], SAMPLES["lab-several-things-wrong"]))


def test_ten_thousand_findings_take_well_under_a_second() -> None:
    def servers(status: str) -> Report:
        evidence = ("onprem/Get-CsPool", "dns-internal/A sip.contoso.com")
        return report(
            *(
                said(
                    status,
                    f"fe{number}.contoso.com",
                    f"network.port-{number % 50}",
                    kind=Scope.SERVER,
                    evidence=evidence,
                )
                for number in range(10_000)
            )
        )

    old, new = servers("pass"), servers("fail")
    began = time.perf_counter()
    assert compared(old, new).summary["regressed"] == 10_000
    assert time.perf_counter() - began < 1

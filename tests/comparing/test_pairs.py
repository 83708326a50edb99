"""A finding that both reports have: every pair of statuses, and what keeps two from being compared."""

from datetime import date
from itertools import product
from typing import Any

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change
from checker.model.axes import Phase
from checker.model.checks import Scope
from checker.model.report import FindingEntry, Redacted, Waiver, WaiverEntry, WaiverState
from checker.model.verdicts import Status
from tests.comparing.reports import CHECK, change, report, said
from tests.rendering.samples import READY

TURNS = {
    # then: fail, warn, unknown, pass, not-applicable now
    "fail": "same fixed not-comparable fixed gone",
    "warn": "regressed same not-comparable fixed gone",
    "unknown": "not-comparable not-comparable same not-comparable not-comparable",
    "pass": "regressed regressed not-comparable same gone",
    "not-applicable": "regressed regressed not-comparable new same",
}
STATUSES = ("fail", "warn", "unknown", "pass", "not-applicable")
PAIRS = [
    (old, new, expected) for old, row in TURNS.items() for new, expected in zip(STATUSES, row.split(), strict=True)
]
WAIVER = Waiver(
    check=CHECK,
    subject="contoso",
    reason="",
    owner="J. Doe",
    ticket="CHG-1",
    expires=date(2026, 12, 31),
    fingerprint=None,
)


def accepted(state: WaiverState, because: str = "") -> WaiverEntry:
    none = READY.checks[0].waived
    return WaiverEntry(waiver=WAIVER, state=state, lapsed_because=because, findings=(), accepted=none)


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_two_statuses_are_of_one_class(old: str, new: str, expected: str) -> None:
    assert change(report(said(old)), report(said(new))).change.value == expected


@pytest.mark.parametrize(("old", "new", "expected"), PAIRS)
def test_only_a_worse_status_of_what_was_looked_at_both_times_is_a_regression(
    old: str, new: str, expected: str
) -> None:
    assert compared(report(said(old)), report(said(new))).regressed is (expected == "regressed")


MIRRORED = {Change.FIXED: {Change.REGRESSED}, Change.NEW: {Change.GONE}, Change.REGRESSED: {Change.FIXED, Change.GONE}}


@pytest.mark.parametrize(("old", "new"), tuple(product(STATUSES, repeat=2)))
def test_the_other_way_round_is_the_mirrored_class(old: str, new: str) -> None:
    there = change(report(said(old)), report(said(new))).change
    back = change(report(said(new)), report(said(old))).change
    if there is Change.GONE:  # what fails and then does not apply is not fixed; the way back it is a regression
        assert back in (Change.NEW, Change.REGRESSED)
    else:
        assert back in MIRRORED.get(there, {there})


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("fail", "unknown", "could not be looked at now: no-access: Access Denied."),
        ("pass", "unknown", "could not be looked at now: no-access: Access Denied."),
        ("unknown", "pass", "looked at now, and passes; could not be looked at then: no-access: Access Denied."),
        ("unknown", "fail", "looked at now, and fails; could not be looked at then: no-access: Access Denied."),
        ("fail", "not-applicable", "does not apply now: "),
        ("fail", "warn", "it still warns"),
    ],
)
def test_what_the_statuses_do_not_say_is_said(old: str, new: str, why: str) -> None:
    assert change(report(said(old)), report(said(new))).why == why


def test_the_same_status_of_another_value_is_named() -> None:
    assert change(report(said("fail", observed="a")), report(said("fail", observed="b"))).change is Change.VALUE_CHANGED


@pytest.mark.parametrize(("old", "new"), tuple(product(("fail", "pass"), repeat=2)))
def test_another_rule_is_not_comparable(old: str, new: str) -> None:
    found = change(report(said(old)), report(said(new), revision=2))
    assert found.change is Change.NOT_COMPARABLE
    assert found.why == "the rule of the check changed: revision 1 then, 2 now"


SOA, SOB = "dns-internal/A sip.contoso.com", "dns-external/A sip.contoso.com"
FE1, FE2 = "onprem--fe01/Get-CsPool", "onprem--fe02/Get-CsPool"


@pytest.mark.parametrize(
    ("then", "now", "in_vain", "why"),
    [
        ((SOA,), (SOB,), (), "seen from dns-internal then, from dns-external now"),
        ((SOA, SOB), (SOA, SOB), (SOA,), "dns-internal answered then and does not now"),
        ((SOA,), (SOA, SOB), (SOA,), "seen from dns-internal then, from dns-external now"),
        ((SOA,), (SOA, SOB), (), ""),  # it asked on, because the first answer was right
        ((FE1,), (FE2,), (), ""),  # another server of the same vantage: the estate changed
        ((FE1, FE2), (FE1, FE2), (FE2,), "onprem--fe02 answered then and does not now"),
        ((SOA,), (), (), ""),  # decided before anything was asked
    ],
)
@pytest.mark.parametrize("status", ["pass", "fail"])
def test_another_vantage_is_not_comparable(
    then: tuple[str, ...], now: tuple[str, ...], in_vain: tuple[str, ...], why: str, status: str
) -> None:
    old = report(said("pass", evidence=then))
    found = change(old, report(said(status, evidence=now), in_vain=in_vain))
    assert (found.change is Change.NOT_COMPARABLE, found.why) == (bool(why), why)
    back = change(report(said(status, evidence=now), in_vain=in_vain), old)
    assert (back.change is Change.NOT_COMPARABLE) is bool(why)


@pytest.mark.parametrize(
    ("new", "expected"), [("fail", Change.NOT_COMPARABLE), ("pass", Change.SAME), ("other", Change.NOT_COMPARABLE)]
)
def test_another_account_that_saw_something_else_is_not_comparable(new: str, expected: Change) -> None:
    asked = ("tenant/Get-CsTenant",)
    now = said("pass", observed="other", evidence=asked) if new == "other" else said(new, evidence=asked)
    found = change(
        report(said("pass", evidence=asked), accounts={"tenant": "reader"}), report(now, accounts={"tenant": "admin"})
    )
    assert found.change is expected
    if expected is Change.NOT_COMPARABLE:
        assert found.why == "tenant was asked as reader then, as admin now"


def test_a_sign_in_to_the_tenant_counts_for_its_questions_only() -> None:
    asked = ("tenant/Get-CsTenant", "onprem/Get-CsPool")
    old = report(said("pass", evidence=asked), accounts={"login": "app-1", "onprem": "svc"})
    new = report(said("fail", evidence=asked), accounts={"login": "app-2", "onprem": "svc"})
    assert change(old, new).why == "tenant was asked as app-1 then, as app-2 now"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (said("fail"), Change.NOT_COMPARABLE),
        (said("pass"), Change.SAME),
        (said("pass", observed="other"), Change.VALUE_CHANGED),
    ],
)
def test_another_phase_expects_other_values_so_a_changed_status_says_nothing(
    new: FindingEntry, expected: Change
) -> None:
    cutover = msgspec.structs.replace(READY.deployment, phase=Phase.CUTOVER)
    found = change(report(said("pass")), report(new, deployment=cutover))
    assert found.change is expected


@pytest.mark.parametrize(
    ("old", "new", "expected", "regressed"),
    [
        ("fail", "fail", Change.WAIVER_LAPSED, True),
        ("warn", "fail", Change.WAIVER_LAPSED, True),
        ("warn", "warn", Change.WAIVER_LAPSED, False),
        ("unknown", "fail", Change.WAIVER_LAPSED, True),  # accepted as unknown, not as failing
        ("unknown", "unknown", Change.WAIVER_LAPSED, False),
        ("fail", "warn", Change.FIXED, False),
        ("fail", "pass", Change.FIXED, False),
        ("fail", "unknown", Change.NOT_COMPARABLE, False),
    ],
)
def test_what_is_accepted_no_longer_counts_again(old: str, new: str, expected: Change, regressed: bool) -> None:
    then = report(said(old, waiver=WAIVER), waivers=(accepted(WaiverState.APPLIED),))
    difference = compared(then, report(said(new)))
    assert ([each.change for each in difference.findings], difference.regressed) == ([expected], regressed)


@pytest.mark.parametrize(
    ("waivers", "why"),
    [
        ((), "its waiver is not among those given now"),
        ((accepted(WaiverState.LAPSED, "it ended on 2026-12-31"),), "it ended on 2026-12-31"),
        ((accepted(WaiverState.APPLIED),), "another value was judged than the one accepted"),  # it accepts others yet
    ],
)
def test_a_lapsed_waiver_says_why(waivers: tuple[WaiverEntry, ...], why: str) -> None:
    assert change(report(said("fail", waiver=WAIVER)), report(said("fail"), waivers=waivers)).why == why


def test_a_lapsed_waiver_counts_even_where_the_values_cannot_be_compared() -> None:
    assert change(report(said("fail", waiver=WAIVER)), report(said("fail"), revision=2)).change is Change.WAIVER_LAPSED


def test_a_regression_that_somebody_accepted_is_one_and_does_not_count() -> None:
    difference = compared(report(said("pass")), report(said("fail", waiver=WAIVER)))
    assert (difference.findings[0].change, difference.regressed) == (Change.REGRESSED, False)
    assert difference.findings[0].why == "accepted now, by J. Doe until 2026-12-31"


def redacted(key: str) -> Redacted:
    return Redacted(users=1, hosts=1, numbers=0, addresses=0, key=key)


@pytest.mark.parametrize("key", ["11111111", None])
def test_under_another_key_users_and_servers_are_not_matched_and_the_rest_is(key: str | None) -> None:
    server = said("pass", "edge01.contoso.com", "edge.port-5061", kind=Scope.SERVER)
    domain = said("pass", "contoso.com", "dns.sip-host", kind=Scope.SIP_DOMAIN)
    old = report(said("fail"), server, domain, redaction="pii", redacted=redacted("00000000"))
    elsewhere: dict[str, Any] = {"redaction": "pii" if key else None, "redacted": redacted(key) if key else None}
    anew = said("fail", "contoso.com", "dns.sip-host", kind=Scope.SIP_DOMAIN)
    other_digest = said("fail", fingerprint="keyed with another key")
    found = {each.check: each for each in compared(old, report(other_digest, server, anew, **elsewhere)).findings}
    assert found["edge.port-5061"].change is Change.NOT_COMPARABLE
    assert "redacted" in found["edge.port-5061"].why
    assert found["dns.sip-host"].change is Change.REGRESSED
    assert found[CHECK].change is Change.SAME  # by what was observed: the digest is another


def test_under_one_key_pseudonyms_are_names() -> None:
    old = report(said("pass", "host-1", "edge.x", kind=Scope.SERVER), redaction="pii", redacted=redacted("00000000"))
    new = report(said("fail", "host-1", "edge.x", kind=Scope.SERVER), redaction="pii", redacted=redacted("00000000"))
    assert change(old, new, "edge.x@host-1").change is Change.REGRESSED


def test_every_status_is_in_the_table() -> None:
    assert {Status(status) for status in STATUSES} == set(Status)

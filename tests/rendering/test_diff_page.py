"""What changed between two reports, drawn: golden text at eighty columns, and what must hold whatever changed."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from checker.comparing.comparing import compared
from checker.comparing.difference import Change, Difference
from checker.model.checks import Scope
from checker.model.facts import Notice
from checker.model.findings import FaultStatus
from checker.model.report import OutcomeCounts, Report, RunVerdict, StatusCounts, Waiver, WaiverEntry, WaiverState
from checker.rendering.diff_page import diff_markdown, render_diff
from checker.rendering.diff_sections import sections
from checker.rendering.terminal_page import Page
from tests.comparing.reports import ANNA, BEN, OF_USERS, ZOE, of_user, report, said
from tests.rendering.samples import AS_OF, READY, faults

GOLDEN = Path(__file__).parent / "golden"
EDGES = ("edge01.contoso.com", "edge02.contoso.com")
WAIVER = Waiver(
    check="edge.accepted",
    subject="contoso",
    reason="",
    owner="J. Doe",
    ticket="CHG-881",
    expires=date(2026, 11, 22),
    fingerprint=None,
)


def waived(state: WaiverState, because: str = "") -> WaiverEntry:
    return WaiverEntry(waiver=WAIVER, state=state, lapsed_because=because, findings=(), accepted=StatusCounts())


def every_change() -> tuple[Report, Report]:
    """Two reports with something of each class."""
    old = report(
        said("pass", observed="SharedSipAddressSpace True"),
        said("fail", check="edge.accepted", observed="EnablePartnerDiscovery False", waiver=WAIVER),
        said("fail", check="tenant.unread", observed="Status Disabled"),
        said("pass", check="tenant.unread-too"),
        said("unknown", check="tenant.read-now"),
        said("unknown", check="network.unread-still"),
        *(said("pass", edge, "network.port", kind=Scope.SERVER, observed="open") for edge in EDGES),
        said("warn", check="certificate.ends", observed="in 20 days"),
        said("pass", check="certificate.names"),
        said("fail", check="dns.record", subject="fabrikam.com", kind=Scope.SIP_DOMAIN, observed="NXDOMAIN"),
        said("fail", check="dns.record", subject="old.test", kind=Scope.SIP_DOMAIN, observed="NXDOMAIN"),
        said("pass", check="topology.same"),
        of_user("fail", ANNA),
        of_user("fail", BEN),
        users=(ANNA, BEN, ZOE),
        tallies={OF_USERS: {"passed": 1}},
        faults=faults(hms_507=(FaultStatus.PREDICTED, 2, ())),
        verdict=RunVerdict.NOT_READY,
        waivers=(waived(WaiverState.APPLIED),),
    )
    new = report(
        said("fail", observed="SharedSipAddressSpace False"),
        said("fail", check="edge.accepted", observed="EnablePartnerDiscovery False"),
        said("unknown", check="tenant.unread"),
        said("unknown", check="tenant.unread-too"),
        said("pass", check="tenant.read-now"),
        said("unknown", check="network.unread-still"),
        *(said("fail", edge, "network.port", kind=Scope.SERVER, observed="closed") for edge in EDGES),
        said("warn", check="certificate.ends", observed="in 13 days"),
        said("pass", check="certificate.names", observed="other"),
        said("pass", check="dns.record", subject="fabrikam.com", kind=Scope.SIP_DOMAIN, observed="SRV"),
        said("fail", check="dns.record", subject="new.test", kind=Scope.SIP_DOMAIN, observed="NXDOMAIN"),
        said("pass", check="dns.other", subject="new.test", kind=Scope.SIP_DOMAIN),
        said("pass", check="topology.same"),
        of_user("fail", ZOE),
        users=(ANNA, BEN, ZOE),
        tallies={OF_USERS: {"passed": 2}},
        faults=faults(hms_510=(FaultStatus.PREDICTED, 3, ()), hms_507=(FaultStatus.NOT_RULED_OUT, 3, ())),
        verdict=RunVerdict.NOT_READY,
        waivers=(waived(WaiverState.LAPSED, "it ended on 2026-11-22"),),
        as_of=AS_OF + timedelta(days=1),
    )
    blocked = msgspec.structs.replace(new.users, blocked=3, own=OutcomeCounts(moves=2, blocked=1, undetermined=0))
    moving = msgspec.structs.replace(
        old.users, moves=1, blocked=2, own=OutcomeCounts(moves=1, blocked=2, undetermined=0)
    )
    return msgspec.structs.replace(old, users=moving), msgspec.structs.replace(new, users=blocked)


CHANGED = compared(*every_change(), now=datetime(2026, 11, 24, tzinfo=UTC))


def drawn(difference: Difference, *, colour: bool = False, ascii_only: bool = False, verbose: bool = False) -> str:
    page = Page(80, colour=colour, ascii_only=ascii_only)
    render_diff(page, difference, verbose=verbose)
    return str(page)


def test_the_page_is_the_golden_one() -> None:
    assert drawn(CHANGED) == (GOLDEN / "diff.txt").read_text(encoding="utf-8")


def test_the_markdown_is_the_golden_one() -> None:
    assert diff_markdown(CHANGED) == (GOLDEN / "diff.md").read_text(encoding="utf-8")


def test_the_sample_has_every_class_and_the_page_has_them_in_order() -> None:
    assert all(CHANGED.summary[change.value] for change in Change)
    titles = [section.title for section in sections(CHANGED, verbose=True)]
    order = [change.value.replace("-", " ") for change in Change]
    assert titles == [*order[:4], "still not looked at", *order[4:]]


@pytest.mark.parametrize("verbose", [False, True])
def test_nothing_is_wider_than_the_page(verbose: bool) -> None:
    assert max(map(len, drawn(CHANGED, verbose=verbose).splitlines())) <= 80


def test_colour_only_decorates() -> None:
    coloured = drawn(CHANGED, colour=True)
    assert "\x1b[31mfail\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == drawn(CHANGED)


def test_what_is_the_same_is_a_count_unless_all_is_asked_for() -> None:
    assert "topology.same" not in drawn(CHANGED)
    assert "topology.same" in drawn(CHANGED, verbose=True)


def test_what_could_not_be_looked_at_is_named_each_one_even_if_it_was_so_before() -> None:
    text = drawn(CHANGED)
    for check in ("tenant.unread", "tenant.unread-too", "tenant.read-now", "network.unread-still"):
        assert check in text
    assert "could not be looked at now: no-access" in text


def test_a_stale_report_says_so_before_anything_else() -> None:
    old = compared(*every_change(), now=AS_OF + timedelta(days=30))
    assert drawn(old).splitlines()[1].startswith("stale    the new report counted until 2026-11-29 19:03 UTC")
    assert diff_markdown(old).splitlines()[2].startswith("- **stale**: ")


def test_reports_of_something_else_say_so_once_and_list_nothing() -> None:
    other = msgspec.structs.replace(READY, deployment=msgspec.structs.replace(READY.deployment, name="fabrikam"))
    text = drawn(compared(READY, other))
    assert "nothing can be compared: another deployment: contoso then, fabrikam now" in " ".join(text.split())
    assert "tenant." not in text
    assert len(text.splitlines()) < 10


def test_users_of_whom_only_the_number_is_known_are_a_line() -> None:
    old = report(of_user("fail", ANNA), users=(ANNA,), total=300, tallies={OF_USERS: {"fail": 9, "passed": 291}})
    new = report(of_user("fail", ANNA), users=(ANNA,), total=300, tallies={OF_USERS: {"fail": 112, "passed": 188}})
    text = drawn(compared(old, new))
    assert "users    user.licence-teams-sfb" in text
    assert "users    9 -> 112 fail, 291 -> 188 pass" in text
    assert "at least 103 of them were better then" in text


def test_many_users_of_one_check_are_a_line_and_named_on_request() -> None:
    people = tuple(f"user{number}@contoso.com" for number in range(20))
    difference = compared(report(users=people), report(*(of_user("fail", user) for user in people), users=people))
    assert "user.licence-teams-sfb  20 users" in drawn(difference)
    assert "user19@contoso.com" not in drawn(difference)
    assert "and 12 more" in drawn(difference)
    assert "user19@contoso.com" in drawn(difference, verbose=True)


HOSTILE = "x\x1b[2J\N{RIGHT-TO-LEFT OVERRIDE}<script>`*_[a](http://evil.test)@team\n# head"


def test_hostile_names_and_values_are_made_plain() -> None:
    old = report(said("pass", HOSTILE, observed=HOSTILE), notices=(Notice(code="lab", text=HOSTILE),))
    new = report(said("fail", HOSTILE, observed=HOSTILE + "!"), said("unknown", check="a.b", evidence=("here/x",)))
    old, new = (
        msgspec.structs.replace(each, deployment=msgspec.structs.replace(READY.deployment, name=HOSTILE))
        for each in (old, new)
    )
    difference = compared(old, new)
    text, markdown = drawn(difference), diff_markdown(difference)
    for made in (text, markdown):
        lines = made.replace("\N{ZERO WIDTH SPACE}", "").splitlines()  # which stops a mention
        assert all(line.isprintable() for line in lines)
    outside_code = re.sub(r"(`+).+?\1", "", markdown)
    assert "<script" not in outside_code and "[a](" not in outside_code and "@team" not in outside_code
    assert not re.search(r"(?m)^# head", markdown)
    assert drawn(difference, ascii_only=True).isascii()

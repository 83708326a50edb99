"""One user of a report: judged again with every reason, or read back from the report and users.csv."""

import csv
import io

import msgspec
import pytest

from checker.compose import compose
from checker.model.checks import Check, Impact, Worst
from checker.model.report import Report
from checker.move_route import MoveRoute
from checker.rendering.spreadsheets import users_csv
from checker.rendering.user_page import render_user
from checker.why import NoSuchUser, Why, why_judged, why_reported
from tests.made_up_checks import HYBRID, deployment_check, domain_check, seen, user_check

ANNA, BEN, CARA = "anna@contoso.com", "ben@contoso.com", "cara@fabrikam.com"
EVERYBODYS = deployment_check("tenant.shared-sip-address-space", "fail", "hms-510")
UNSEEN = deployment_check("topology.server-build", "unknown", "server-build-too-old")
LICENCE = user_check("user.licence-teams-sfb", {ANNA: "fail", BEN: "unknown"}, "hms-507")
HOMED = user_check("user.homed-on-premises", {ANNA: "fail"}, "already-online")
LOSES = user_check("user.voicemail", {ANNA: "warn", CARA: "warn"}, impact=Impact.LOSES, worst=Worst.WARN)
DOMAIN = domain_check("tenant.sip-domain-enabled", {"fabrikam.com": "fail"}, "sip-domain-not-online")
CHECKS = (EVERYBODYS, UNSEEN, LICENCE, HOMED, LOSES, DOMAIN)


def judged(name: str, *checks: Check) -> Why:
    snapshot, assessment, prediction = seen(checks or CHECKS, ANNA, BEN, CARA)
    report = compose(snapshot, checks or CHECKS, assessment, prediction)
    return why_judged(report, snapshot, assessment, prediction, name)


def reported(name: str, *, cut: bool = False) -> Why:
    """From the two files alone; with ``cut`` the report lists no finding of a user."""
    snapshot, assessment, prediction = seen(CHECKS, ANNA, BEN, CARA)
    report = compose(snapshot, CHECKS, assessment, prediction)
    if cut:
        shared = tuple(each for each in report.findings if each.subject.kind.value != "user")
        report = msgspec.structs.replace(report, findings=shared)
    rows = io.StringIO(users_csv(prediction, HYBRID, MoveRoute()).decode("utf-8-sig"), newline="")
    return why_reported(report, csv.DictReader(rows), name)


def test_every_reason_stands_in_the_order_of_the_cmdlet() -> None:
    anna = judged(ANNA)
    assert (anna.outcome.value, anna.own_outcome.value) == ("blocked", "blocked")
    assert [fault.id for fault in anna.faults] == ["already-online", "hms-510", "hms-507"]
    assert anna.first_fault == anna.faults[0].id
    assert [each.check for each in anna.own] == ["user.homed-on-premises", "user.licence-teams-sfb"]
    assert all(each.expected and each.observed and each.remediation for each in anna.own)


def test_what_is_everybodys_is_no_reason_of_its_own() -> None:
    for name in (ANNA, BEN, CARA):
        assert [each.check for each in judged(name).deployment] == [
            "tenant.shared-sip-address-space",
            "topology.server-build",
        ]


def test_what_the_sip_domain_lacks_is_a_reason_of_its_users() -> None:
    assert [each.id for each in judged(CARA).own] == ["tenant.sip-domain-enabled@fabrikam.com"]
    assert [each.check for each in judged(BEN).own] == ["user.licence-teams-sfb"]


def test_what_would_be_left_behind_is_no_reason() -> None:
    assert [each.check for each in judged(ANNA).left_behind] == ["user.voicemail"]
    assert judged(BEN).left_behind == ()


def test_only_who_would_move_is_given_a_command() -> None:
    assert judged(ANNA).command == judged(CARA).command == ""
    settled = judged(BEN, EVERYBODYS, HOMED)
    assert settled.command == "Move-CsUser -Identity 'sip:ben@contoso.com' -Target 'sipfed.online.lync.com'"


@pytest.mark.parametrize("name", [ANNA, f"sip:{ANNA}", "SIP:Anna@Contoso.com", f"CN={ANNA}"])
def test_a_user_has_several_names(name: str) -> None:
    assert judged(name).user == ANNA


def test_who_is_not_in_the_batch_is_an_error_that_names_the_others() -> None:
    with pytest.raises(NoSuchUser) as caught:
        judged("anne@contoso.com")
    assert caught.value.known == [ANNA, BEN, CARA]


def test_the_report_alone_says_the_same_as_long_as_its_lists_are_whole() -> None:
    for name in (ANNA, BEN, CARA):
        assert reported(name) == judged(name)


def test_where_the_lists_are_cut_the_short_form_stands_and_says_so() -> None:
    anna = reported(f"sip:{ANNA}", cut=True)
    assert not anna.whole
    assert [each.check for each in anna.in_short] == [
        "user.licence-teams-sfb",
        "user.homed-on-premises",
        "user.voicemail",
    ]
    assert [fault.id for fault in anna.faults] == ["already-online", "hms-510", "hms-507"]


def test_the_page_says_the_deployments_faults_once_and_as_such() -> None:
    page = drawn(judged(ANNA))
    assert page.count("hms-510  of the deployment: it stops everybody") == page.count("hms-510") == 1
    assert page.index("already-online") < page.index("hms-510") < page.index("hms-507")
    assert "no command is advised" in page


def test_the_page_of_a_cut_report_shows_what_is_known_in_short() -> None:
    page = drawn(reported(ANNA, cut=True))
    assert "user.licence-teams-sfb: fail" in page
    assert "hms-507  a reason of its own, in short below" in page


def drawn(why: Why) -> str:
    snapshot, assessment, prediction = seen(CHECKS, ANNA, BEN, CARA)
    report: Report = compose(snapshot, CHECKS, assessment, prediction)
    return render_user(why, report, width=90, colour=False, ascii_only=True)

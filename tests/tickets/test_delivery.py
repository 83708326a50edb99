"""Deliveries that meet limits, lost answers and refusals."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from checker.tickets.delivery import Outcome
from checker.tickets.failures import DeliveryFailed
from tests.tickets.delivering import deliver
from tests.tickets.jira_server import JiraServer
from tests.tickets.loopback_site import Reply
from tests.tickets.scan_folder import scan_folder
from tests.tickets.servicenow_server import ServiceNowServer

LATER = (("Retry-After", "0"),)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scan_folder(tmp_path / "out")


@pytest.fixture(params=[3, 2], ids=["cloud", "data-center"])
def jira(request: pytest.FixtureRequest) -> Iterator[JiraServer]:
    with JiraServer(request.param) as server:
        yield server


@pytest.fixture
def servicenow() -> Iterator[ServiceNowServer]:
    with ServiceNowServer() as server:
        yield server


def test_a_file_whose_answer_was_lost_is_not_sent_twice(jira: JiraServer, folder: Path) -> None:
    jira.lose_answer("POST", "/attachments")
    arrived = deliver(jira, folder)
    assert len(jira.attachments) == 3 == len({each.filename for each in jira.attachments})
    assert [each.outcome for each in arrived.files] == [Outcome.SENT] * 3
    assert [each.attached.id for each in arrived.files] == [each.id for each in jira.attachments]


def test_a_comment_whose_answer_was_lost_is_not_written_twice(jira: JiraServer, folder: Path) -> None:
    jira.lose_answer("POST", "/comment")
    arrived = deliver(jira, folder)
    (comment,) = jira.comments
    assert arrived.comment and arrived.comment.id == comment.id and comment.versions == 1


def test_a_mark_whose_answer_was_lost_makes_no_second_comment(folder: Path) -> None:
    with JiraServer(3) as cloud:
        cloud.lose_answer("PUT", "/properties/csready")
        deliver(cloud, folder)
        assert len(cloud.comments) == 1


def test_a_note_and_a_file_whose_answers_were_lost_are_not_sent_twice(
    servicenow: ServiceNowServer, folder: Path
) -> None:
    servicenow.lose_answer("POST", "/attachment/file")
    servicenow.lose_answer("PATCH", "9d385017c611228701d22104cc95c371")
    deliver(servicenow, folder)
    assert len(servicenow.stored) == 3 and len(servicenow.work_notes) == 1


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_write_that_was_put_off_is_repeated_after_a_look(status: int, jira: JiraServer, folder: Path) -> None:
    jira.answer_once("POST", "/attachments", Reply(status, headers=LATER))
    deliver(jira, folder)
    assert len(jira.attachments) == 3
    calls = [f"{each.method} {each.path.rpartition('/')[2]}" for each in jira.asked]
    first = calls.index("POST attachments")
    assert calls[first : first + 3] == ["POST attachments", "GET MIG-42", "POST attachments"]


def test_what_an_upload_that_broke_off_left_is_sent_again(jira: JiraServer, folder: Path) -> None:
    deliver(jira, folder)
    jira.attachments[1].content = jira.attachments[1].content[:100]
    arrived = deliver(jira, folder)
    assert [each.outcome for each in arrived.files] == [Outcome.THERE, Outcome.SENT, Outcome.THERE]


def test_what_is_too_large_shrinks_in_order_and_the_comment_says_so(tmp_path: Path) -> None:
    folder = scan_folder(tmp_path / "out", html="x" * (3 << 20))
    head, *rows = (folder / "users.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    (folder / "users.csv").write_text(head + "".join(rows) * 2500, encoding="utf-8", newline="")
    with JiraServer(2, upload_limit=2 << 20) as jira:
        arrived = deliver(jira, folder)
        html, _, users = jira.attachments
        assert b"<html" in html.content and len(html.content) < 2 << 20
        with zipfile.ZipFile(BytesIO(users.content)) as archive:
            assert archive.read("users.csv") == (folder / "users.csv").read_bytes()
        said = [f"{each.what} {each.how}" for each in arrived.left_out]
        assert said == ["report.html without the passed checks", "users.csv zipped"]
        assert "3.0 MB" in jira.comments[0].body and "takes 2.0 MB at most" in jira.comments[0].body
        again = deliver(jira, folder)
        assert {each.outcome for each in again.files} == {Outcome.THERE} and len(jira.attachments) == 3


def test_a_limit_that_nobody_stated_is_learnt_from_the_refusal(tmp_path: Path) -> None:
    folder = scan_folder(tmp_path / "out", html="x" * (3 << 20))
    with JiraServer(2) as jira:
        jira.real_limit = 2 << 20
        arrived = deliver(jira, folder)
    assert arrived.left_out[0].how == "without the passed checks" and "413" in arrived.left_out[0].why


def test_the_comment_goes_alone_where_nothing_else_fits(jira: JiraServer, folder: Path) -> None:
    jira.upload_limit = 10
    arrived = deliver(jira, folder)
    assert arrived.files == [] and len(jira.comments) == 1
    assert [each.what for each in arrived.left_out] == ["report.html", "report.json", "users.csv"]


def test_switched_off_attachments_leave_the_comment(jira: JiraServer, folder: Path) -> None:
    jira.enabled = False
    arrived = deliver(jira, folder)
    assert "takes no attachments" in arrived.left_out[0].why and len(jira.comments) == 1


def test_an_ending_that_servicenow_does_not_take_is_sent_as_text_when_allowed(folder: Path) -> None:
    with ServiceNowServer(extensions="txt,csv,json") as server:
        arrived = deliver(server, folder)
        assert [each.file_name.rpartition(".")[2] for each in server.stored] == ["json", "csv"]
        (left_out,) = arrived.left_out
        assert "takes no .html" in left_out.why and "--as-text" in left_out.remedy
    with ServiceNowServer(extensions="txt,csv,json") as server:
        arrived = deliver(server, folder, as_text=True)
        assert [each.file_name.rpartition(".")[2] for each in server.stored] == ["txt", "json", "csv"]
        assert server.stored[0].content.startswith(b"# csready") and server.stored[0].content_type == "text/plain"


def test_a_size_that_servicenow_states_is_kept_to(tmp_path: Path) -> None:
    folder = scan_folder(tmp_path / "out", html="x" * (2 << 20))
    with ServiceNowServer(max_size_mb=1) as server:
        assert deliver(server, folder).left_out[0].how == "without the passed checks"


def test_properties_that_may_not_be_read_do_not_stop_a_delivery(servicenow: ServiceNowServer, folder: Path) -> None:
    servicenow.shows_properties = False
    assert len(deliver(servicenow, folder).files) == 3


def test_notes_that_may_not_be_read_are_not_taken_for_none(servicenow: ServiceNowServer, folder: Path) -> None:
    servicenow.shows_notes = False
    with pytest.raises(DeliveryFailed, match="does not show the work notes"):
        deliver(servicenow, folder)
    assert servicenow.work_notes == []


def test_a_system_that_keeps_putting_off_is_given_up(jira: JiraServer, folder: Path) -> None:
    for _ in range(5):
        jira.answer_once("POST", "/attachments", Reply(503, headers=LATER))
    with pytest.raises(DeliveryFailed, match="answers 503, 5 times"):
        deliver(jira, folder)
    assert jira.attachments == []


def test_a_wait_beyond_the_deadline_is_not_begun(jira: JiraServer, folder: Path) -> None:
    jira.answer_once("GET", "/myself", Reply(429, headers=(("Retry-After", "3600"),)))
    with pytest.raises(DeliveryFailed, match="asks to wait 3600 s") as failed:
        deliver(jira, folder)
    assert "--deadline" in failed.value.hint


@pytest.mark.parametrize("status", [403, 404])
def test_an_xsrf_refusal_is_no_missing_issue(status: int, jira: JiraServer, folder: Path) -> None:
    jira.answer_once("POST", "/attachments", Reply(status, b"XSRF check failed"))
    with pytest.raises(DeliveryFailed, match="XSRF check failed") as failed:
        deliver(jira, folder)
    assert "MIG-42 is not missing" in failed.value.hint and "proxy" in failed.value.hint


def test_our_comment_is_found_behind_many_and_not_mistaken_for_a_quotation(jira: JiraServer, folder: Path) -> None:
    deliver(jira, folder)
    ours = jira.comments[0]
    quoted = f"{{quote}}\n{ours.body}\n{{quote}}\nthanks" if isinstance(ours.body, str) else ours.body
    jira.comments.insert(0, type(ours)("1", quoted))
    jira.comments[1:1] = [type(ours)(str(number), "before") for number in range(2, 150)]
    scan_folder(folder, html="<html>new</html>")
    deliver(jira, folder)
    assert len(jira.comments) == 150 and ours.versions == 2 and jira.comments[0].versions == 1

"""``csready attach`` as an operator runs it, against a Jira of each kind and a ServiceNow on loopback."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from checker.config import LAB_NOTICE
from checker.lab.certificates import Authority
from checker.lab.listener import refused_port
from tests.cli.running import csready
from tests.tickets import jira_server, servicenow_server
from tests.tickets.jira_server import JiraServer
from tests.tickets.loopback_site import LoopbackSite, Reply
from tests.tickets.scan_folder import sample_report, scan_folder
from tests.tickets.servicenow_server import ServiceNowServer

NAME = re.compile(r"readiness_contoso_hybrid_20261122T190300Z_[0-9a-f]{8}\.(html|json|csv)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return scan_folder(tmp_path / "out")


@pytest.fixture
def cloud() -> Iterator[JiraServer]:
    with JiraServer(3) as server:
        yield server


@pytest.fixture
def data_center() -> Iterator[JiraServer]:
    with JiraServer(2) as server:
        yield server


@pytest.fixture
def servicenow() -> Iterator[ServiceNowServer]:
    with ServiceNowServer() as server:
        yield server


def account(server: LoopbackSite | str) -> dict[str, str]:
    base = server if isinstance(server, str) else server.base
    if isinstance(server, ServiceNowServer):
        return {
            "CSREADY_SERVICENOW_URL": base,
            "CSREADY_SERVICENOW_USER": servicenow_server.USER,
            "CSREADY_SERVICENOW_PASSWORD": servicenow_server.PASSWORD,
        }
    return {
        "CSREADY_JIRA_URL": base,
        "CSREADY_JIRA_USER": jira_server.USER,
        "CSREADY_JIRA_TOKEN": jira_server.TOKEN,
    }


def attach(
    server: LoopbackSite | str, folder: Path, *options: str, to: str = "jira:MIG-42"
) -> subprocess.CompletedProcess[str]:
    done = csready("attach", str(folder), "--to", to, *options, cwd=folder.parent, **account(server))
    for secret in (jira_server.TOKEN, servicenow_server.PASSWORD, jira_server.BASIC, servicenow_server.BASIC):
        assert secret not in done.stdout + done.stderr
    return done


def receipt(folder: Path) -> Any:
    return json.loads((folder / "attach.json").read_text(encoding="utf-8"))["deliveries"][0]


def texts(document: Any) -> str:
    """All text nodes of a document, a line for each block."""
    if document.get("type") == "text":
        return str(document["text"])
    parts = map(texts, document.get("content", []))
    return ("\n" if document["type"] == "doc" else "").join(parts)


def test_jira_cloud_gets_the_files_and_a_comment_with_a_property(cloud: JiraServer, folder: Path) -> None:
    done = attach(cloud, folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert [(NAME.fullmatch(each.filename) or [""])[0] != "" for each in cloud.attachments] == [True] * 3
    assert [each.mime for each in cloud.attachments] == ["text/html", "application/json", "text/csv"]
    assert cloud.attachments[1].content == (folder / "report.json").read_bytes()
    (comment,) = cloud.comments
    assert comment.properties["csready"]["marker"] == "csready:contoso:MIG-42"
    assert cloud.attachments[0].filename in texts(comment.body)
    kept = receipt(folder)
    assert (kept["system"], kept["ticket"], kept["failure"]) == ("Jira", "MIG-42", "")
    assert [each["id"] for each in kept["attachments"]] == [each.id for each in cloud.attachments]
    assert kept["comment"]["id"] == comment.id and f"focusedCommentId={comment.id}" in done.stdout


def test_jira_data_center_gets_wiki_markup_with_the_marker_as_its_last_line(
    data_center: JiraServer, folder: Path
) -> None:
    assert attach(data_center, folder).returncode == 0
    (comment,) = data_center.comments
    assert re.fullmatch(r"csready:contoso:MIG-42 [0-9a-f]{8}", comment.body.splitlines()[-1])


def test_a_personal_access_token_needs_no_user(data_center: JiraServer, folder: Path) -> None:
    environment = account(data_center)
    del environment["CSREADY_JIRA_USER"]
    done = csready("attach", str(folder), "--to", "jira:MIG-42", cwd=folder, **environment)
    assert done.returncode == 0, done.stderr
    assert {each.headers["Authorization"] for each in data_center.asked} == {f"Bearer {jira_server.TOKEN}", None}


def test_servicenow_gets_raw_files_and_a_work_note(servicenow: ServiceNowServer, folder: Path) -> None:
    done = attach(servicenow, folder, to="snow:CHG0012345")
    assert (done.returncode, done.stderr) == (0, "")
    assert [each.content_type for each in servicenow.stored] == ["text/html", "application/json", "text/csv"]
    assert servicenow.stored[2].content == (folder / "users.csv").read_bytes()
    (note,) = servicenow.work_notes
    assert re.fullmatch(r"csready:contoso:CHG0012345 [0-9a-f]{8}", note.splitlines()[-1])


@pytest.mark.parametrize("kind", ["cloud", "data_center", "servicenow"])
def test_a_second_run_changes_nothing(kind: str, folder: Path, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue(kind)
    to = "snow:CHG0012345" if kind == "servicenow" else "jira:MIG-42"
    assert attach(server, folder, to=to).returncode == 0
    writes = [each for each in server.writes if not each.endswith("/comment/list")]
    done = attach(server, folder, to=to)
    assert done.returncode == 0
    assert [each for each in server.writes if not each.endswith("/comment/list")] == writes
    assert done.stdout.count("already there") == 4


@pytest.mark.parametrize("kind", ["cloud", "data_center"])
def test_a_new_report_updates_the_comment_and_adds_its_files(
    kind: str, folder: Path, request: pytest.FixtureRequest
) -> None:
    server: JiraServer = request.getfixturevalue(kind)
    attach(server, folder)
    scan_folder(folder, sample_report(as_of=datetime(2026, 11, 24, 8, 0, tzinfo=UTC)), html="<html>later</html>")
    done = attach(server, folder)
    assert done.returncode == 0 and "updated" in done.stdout
    (comment,) = server.comments
    assert comment.versions == 2 and "20261124T080000Z" in json.dumps(comment.body)
    assert len(server.attachments) == 6
    assert [each.query for each in server.asked if each.path.endswith(f"/comment/{comment.id}")] == [
        {"notifyUsers": "false"}
    ]


def test_a_new_report_is_a_new_work_note(servicenow: ServiceNowServer, folder: Path) -> None:
    attach(servicenow, folder, to="snow:CHG0012345")
    scan_folder(folder, sample_report(as_of=datetime(2026, 11, 24, 8, 0, tzinfo=UTC)))
    attach(servicenow, folder, to="snow:CHG0012345")
    assert len(servicenow.work_notes) == 2


def test_a_dry_run_prints_every_request_and_sends_none(cloud: JiraServer, folder: Path) -> None:
    done = attach(cloud, folder, "--dry-run", "--jira", "cloud")
    assert done.returncode == 0 and cloud.asked == []
    assert not (folder / "attach.json").exists()
    attach(cloud, folder, "--jira", "cloud")
    shown = [re.sub(r"COMMENT_ID", cloud.comments[0].id, line) for line in done.stdout.splitlines()]
    for sent in cloud.asked:
        assert any(line.startswith(f"{sent.method} {cloud.base}{sent.path}") for line in shown)
    assert "Authorization: Basic ***" in done.stdout and "X-Atlassian-Token: no-check" in done.stdout
    for attached in cloud.attachments:
        assert f"{attached.filename}, {attached.mime}, {len(attached.content):,} bytes" in done.stdout
    for block in cloud.comments[0].body["content"]:
        assert json.dumps(block, ensure_ascii=False) in done.stdout


@pytest.mark.parametrize(
    ("to", "address"), [("jira:MIG-42", "your-site.atlassian.net"), ("snow:CHG1", "your-instance.service-now.com")]
)
def test_a_dry_run_needs_neither_account_nor_address(to: str, address: str, folder: Path) -> None:
    done = csready("attach", str(folder), "--to", to, "--dry-run", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert f"https://{address}/" in done.stdout and "Nothing was sent" in done.stdout


def test_what_did_arrive_before_a_refusal_is_in_the_receipt(cloud: JiraServer, folder: Path) -> None:
    cloud.answer_once("POST", "/comment", Reply(403, {"errorMessages": ["No permission \x1b[31mto comment"]}))
    done = attach(cloud, folder)
    assert done.returncode == 6
    assert "403: No permission" in done.stderr and "\x1b" not in done.stderr
    assert cloud.attachments[0].filename in done.stderr and "Run the same command again" in done.stderr
    kept = receipt(folder)
    assert len(kept["attachments"]) == 3 and kept["comment"] is None and "403" in kept["failure"]
    again = attach(cloud, folder)
    assert again.returncode == 0 and len(cloud.attachments) == 3
    assert receipt(folder)["failure"] == ""


def test_an_unreachable_system_loses_nothing(folder: Path) -> None:
    with refused_port() as (host, port):
        done = attach(f"http://{host}:{port}", folder, "--jira", "data-center")
    assert done.returncode == 6
    assert "the connection was refused" in done.stderr and "on the ticket so far: nothing" in done.stderr
    assert receipt(folder)["attachments"] == []


def test_credentials_that_are_not_accepted_are_no_missing_ticket(cloud: JiraServer, folder: Path) -> None:
    environment = {**account(cloud), "CSREADY_JIRA_TOKEN": "expired"}
    done = csready("attach", str(folder), "--to", "jira:MIG-42", cwd=folder, **environment)
    assert done.returncode == 6 and "does not accept the account" in done.stderr


def test_a_ticket_that_is_not_there_is_named(cloud: JiraServer, servicenow: ServiceNowServer, folder: Path) -> None:
    done = attach(cloud, folder, to="jira:MIG-43")
    assert done.returncode == 6 and "MIG-43" in done.stderr and cloud.writes == []
    # ServiceNow answers a query that it cannot use with any record.
    done = attach(servicenow, folder, to="snow:CHG0000404")
    assert done.returncode == 6 and "has no CHG0000404" in done.stderr and servicenow.writes == []


def test_a_report_that_names_people_goes_to_no_public_ticket(folder: Path) -> None:
    with JiraServer(2, public=True) as server:
        done = attach(server, folder)
        assert done.returncode == 2 and "--redact pii" in done.stderr and "--allow-pii" in done.stderr
        assert server.writes == []
        assert attach(server, folder, "--allow-pii").returncode == 0
        scan_folder(folder, sample_report(redaction="pii"))
        assert attach(server, folder).returncode == 0


def test_an_altered_report_is_refused(folder: Path) -> None:
    file = folder / "report.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"not-ready"', '"ready"', 1), encoding="utf-8")
    done = csready("attach", str(file), "--to", "jira:MIG-42", "--dry-run", cwd=folder)
    assert done.returncode == 2 and "altered" in done.stderr and done.stdout == ""


def test_the_comment_begins_with_what_a_reader_must_know(data_center: JiraServer, folder: Path) -> None:
    warned = sample_report(notices=(LAB_NOTICE,), valid_until=datetime(2020, 1, 1, tzinfo=UTC), interrupted=True)
    scan_folder(folder, warned)
    assert attach(data_center, folder).returncode == 0
    lines = data_center.comments[0].body.splitlines()
    assert lines[0].startswith("h2. LAB RUN, STALE, INTERRUPTED: ")
    assert any("valid until 2020-01-01" in line and "scan again" in line for line in lines)


def test_nothing_private_is_sent(cloud: JiraServer, folder: Path) -> None:
    attach(cloud, folder)
    assert not any(b"never to leave" in each.body for each in cloud.asked)


def test_markdown_goes_where_there_is_no_html(cloud: JiraServer, folder: Path) -> None:
    (folder / "report.html").unlink()
    attach(cloud, folder)
    assert [each.filename.rpartition(".")[2] for each in cloud.attachments] == ["md", "json", "csv"]


def test_quiet_says_nothing(cloud: JiraServer, folder: Path) -> None:
    assert attach(cloud, folder, "-q").stdout == ""


def test_a_jira_behind_tls_is_verified_by_the_bundle_of_the_configuration(folder: Path, tmp_path: Path) -> None:
    root = Authority("Contoso Root")
    (tmp_path / "root.pem").write_bytes(root.pem)
    with JiraServer(3, tls=root.issue("contoso.atlassian.net").context()) as server:
        mapped = f'connect_to = {{ "contoso.atlassian.net:443" = "127.0.0.1:{server.address[1]}" }}'
        bare, whole = tmp_path / "bare.toml", tmp_path / "whole.toml"
        bare.write_text(f"[network]\n{mapped}\n", encoding="utf-8")
        whole.write_text(f'[network]\nca_bundle = "root.pem"\n{mapped}\n', encoding="utf-8")
        environment = account("https://contoso.atlassian.net")
        arguments = ("attach", str(folder), "--to", "https://contoso.atlassian.net/browse/MIG-42", "-c")
        untrusted = csready(*arguments, str(bare), cwd=tmp_path, **environment)
        assert untrusted.returncode == 6 and "ca_bundle" in untrusted.stderr and server.asked == []
        done = csready(*arguments, str(whole), cwd=tmp_path, **environment)
        assert done.returncode == 0, done.stderr
        assert len(server.attachments) == 3


@pytest.mark.parametrize(
    ("to", "environment", "said"),
    [
        ("MIG-42", {}, "names no ticket system"),
        ("ado:123", {}, "no module for Azure DevOps"),
        ("github:owner/repo#7", {}, "no module for GitHub"),
        ("jira:MIG", {}, "is no ticket of Jira"),
        ("jira:MIG-42", {}, "Set CSREADY_JIRA_URL"),
        ("jira:MIG-42", {"CSREADY_JIRA_URL": "https://a.atlassian.net"}, "CSREADY_JIRA_USER is not set"),
        ("jira:MIG-42", {"CSREADY_JIRA_URL": "https://jira.contoso.com"}, "CSREADY_JIRA_TOKEN is not set"),
        ("jira:MIG-42", {"CSREADY_JIRA_URL": "http://jira.contoso.com"}, "in the clear"),
        ("https://evil.example/browse/MIG-42", {"CSREADY_JIRA_URL": "https://jira.contoso.com"}, "shown to no other"),
        ("snow:CHG0012345", {"CSREADY_SERVICENOW_URL": "https://x.service-now.com"}, "CSREADY_SERVICENOW_USER"),
    ],
)
def test_a_bad_target_or_a_missing_credential_is_a_usage_error(
    to: str, environment: dict[str, str], said: str, folder: Path
) -> None:
    done = csready("attach", str(folder), "--to", to, cwd=folder, **environment)
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert not (folder / "attach.json").exists()

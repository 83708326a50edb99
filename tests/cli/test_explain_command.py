"""``csready explain`` as an operator runs it: words, a file or stdin, a report beside it, JSON, and what is refused."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import csready
from tests.cli.test_bad_input import refused
from tests.explaining.pastes import TENANT_NOT_SHARED, TWO_EDGES, UNLICENSED, record, wrapped

REPORTS = Path(__file__).parents[2] / "reports"
LOG = wrapped(record(TENANT_NOT_SHARED, "Alice", identity="alice@contoso.com") + record(UNLICENSED, "Bob"), 80)


def test_a_code_is_explained_on_one_screen(tmp_path: Path) -> None:
    done = csready("explain", "510", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first = done.stdout.splitlines()[0]
    assert first.startswith("hms-510  Tenant not enabled for shared SIP address space") and first.endswith("code 510")
    assert "csready checks tenant.shared-sip-address-space" in done.stdout
    assert "\n      Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true\n" in done.stdout
    long = [line for line in done.stdout.splitlines() if len(line) > 80]
    assert all(line.split()[-1].startswith("https://") for line in long)


def test_several_words_of_the_shell_are_one_text(tmp_path: Path) -> None:
    done = csready("explain", "HostedMigration", "fault:", "Error=(510),", "Description=(x)", "--json", cwd=tmp_path)
    assert json.loads(done.stdout)["fault"] == "hms-510"


def test_what_no_source_documents_is_exit_5(tmp_path: Path) -> None:
    number = csready("explain", "511", cwd=tmp_path)
    assert (number.returncode, number.stdout) == (5, "511 is not a documented hosted-migration fault\n")
    words = csready("explain", "error: (407)", cwd=tmp_path)
    assert words.returncode == 5
    assert words.stdout.startswith("no code in brackets")


def test_json_has_the_form_that_scripts_rely_on(tmp_path: Path) -> None:
    done = csready("explain", f"alice@contoso.com {TENANT_NOT_SHARED}", "--json", cwd=tmp_path)
    answer = json.loads(done.stdout)
    assert list(answer) == ["fault", "code", "matches"]
    (match,) = answer["matches"]
    assert list(match) == [
        "fault",
        "related",
        "code",
        "users",
        "text",
        "cause",
        "fix",
        "references",
        "deployment_has_cause",
    ]
    assert (match["fault"], match["related"], match["code"], match["users"]) == (
        "hms-510",
        None,
        "510",
        ["alice@contoso.com"],
    )
    assert list(match["fix"][0]) == ["run", "where", "role", "verify", "rollback", "wait"]
    assert list(match["references"][0]) == ["title", "url", "read_on"]
    assert json.loads(csready("explain", "nothing known", "--json", cwd=tmp_path).stdout) == {
        "fault": None,
        "code": None,
        "matches": [],
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_log_is_read_in_the_encodings_that_windows_writes(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "moves.log").write_bytes(f"Größe: {LOG}".replace("\n", "\r\n").encode(encoding))
    done = csready("explain", "-f", "moves.log", "--json", cwd=tmp_path)
    matches = json.loads(done.stdout)["matches"]
    assert {match["fault"]: match["users"] for match in matches} == {
        "hms-510": ["alice@contoso.com"],
        "hms-507": ["CN=Bob"],
    }


def test_utf_16_of_the_other_byte_order_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "moves.log").write_bytes(b"\xfe\xff" + LOG.encode("utf-16-be"))
    assert json.loads(csready("explain", "-f", "moves.log", "--json", cwd=tmp_path).stdout)["fault"] == "hms-510"


def test_stdin_is_a_file_named_by_a_dash(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "explain", "-f", "-"],
        cwd=REPORTS.parent,
        input=f"sip:alice@contoso.com;{TWO_EDGES}".encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert b"multiple-federated-edges" in done.stdout and b"alice@contoso.com" in done.stdout


def test_with_a_report_it_says_whether_this_deployment_has_the_cause(tmp_path: Path) -> None:
    here = csready("explain", "510", "--report", str(REPORTS / "lab-tenant-not-shared"), cwd=tmp_path)
    assert "In this deployment: predicted, because" in here.stdout
    fine = csready("explain", "510", "--report", str(REPORTS / "lab-ready" / "report.json"), cwd=tmp_path)
    assert "In this deployment: ruled out, because" in fine.stdout
    open_ = csready("explain", "510", "--report", str(REPORTS / "lab-tenant-unreadable"), cwd=tmp_path)
    assert "In this deployment: not ruled out, because" in open_.stdout
    assert "would decide it:" in " ".join(open_.stdout.split())
    as_json = csready("explain", "510", "--json", "--report", str(REPORTS / "lab-tenant-not-shared"), cwd=tmp_path)
    assert json.loads(as_json.stdout)["matches"][0]["deployment_has_cause"] is True


def test_a_hostile_text_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    done = csready("explain", "CN=\x1b]0;owned\x07(CN=x\x1b[2J) Error=(510)", cwd=tmp_path)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout and "\x07" not in done.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "moves.log: is empty."),
        (b" \r\n\r\n", "moves.log: is empty."),
        (b"PK\x03\x04\x00\x00Error=(510)", "moves.log: is no text in UTF-8, or in UTF-16 with a byte order mark."),
        (b"=" * ((8 << 20) + 1), "moves.log: is larger than 8 MB. Give the part of it that holds the errors."),
    ],
    ids=["empty", "blank", "binary", "huge"],
)
def test_a_file_that_holds_no_text_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "moves.log").write_bytes(content)
    assert said in refused("explain", "-f", "moves.log", cwd=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'CODE'"),
        (("510", "-f", "x.log"), "CODE-OR-TEXT and -f exclude each other."),
        (("-f", "nowhere.log"), "nowhere.log: No such file or directory."),
        (("-f", "."), ".: Is a directory."),
        (("510", "--report", "nowhere.json"), "nowhere.json: No such file or directory."),
    ],
)
def test_what_is_wrong_is_named(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in refused("explain", *arguments, cwd=tmp_path)


@pytest.mark.parametrize("content", ['{"fault": 1}', "[]", "no json", '{"schema_version": "9.0"}'])
def test_what_is_no_report_of_this_version_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(content, encoding="utf-8")
    assert "report.json: " in refused("explain", "510", "--report", "report.json", cwd=tmp_path)


def test_a_report_of_a_later_schema_is_refused(tmp_path: Path) -> None:
    text = (REPORTS / "lab-ready" / "report.json").read_text(encoding="utf-8")
    later = text.replace('"schema_version": "1.', '"schema_version": "9.', 1)
    (tmp_path / "report.json").write_text(later, encoding="utf-8")
    assert "schema version 9.1, this csready reads" in refused(
        "explain", "510", "--report", "report.json", cwd=tmp_path
    )

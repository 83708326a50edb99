"""``csready diff`` as an operator runs it: two folders, two files, exit codes, and what is refused."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checker.model.report import Report, encode_report
from tests.cli.running import csready
from tests.cli.test_bad_input import refused
from tests.comparing.reports import OF_USERS, of_user, report, said

REPORTS = Path(__file__).parents[2] / "reports"
READY, NOT_SHARED, UNREADABLE = (
    str(REPORTS / f"lab-{name}") for name in ("ready", "tenant-not-shared", "tenant-unreadable")
)


def told(*arguments: str, cwd: Path) -> tuple[int, dict[str, Any]]:
    done = csready("diff", *arguments, "--json", cwd=cwd)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("old", "new", "code", "classes"),
    [
        (READY, READY, 0, {"same"}),
        (READY, NOT_SHARED, 3, {"regressed", "same"}),
        (NOT_SHARED, READY, 0, {"fixed", "same"}),
        (NOT_SHARED, UNREADABLE, 0, {"not-comparable", "same"}),
        (UNREADABLE, NOT_SHARED, 0, {"not-comparable", "same"}),
    ],
)
def test_only_what_got_worse_is_exit_3(old: str, new: str, code: int, classes: set[str], tmp_path: Path) -> None:
    exit_code, found = told(old, new, cwd=tmp_path)
    assert exit_code == code
    assert {name for name, number in found["summary"].items() if number} == classes
    assert found["regressed"] is (code == 3)
    assert list(tmp_path.iterdir()) == []


def test_for_people_and_for_a_ticket_it_says_the_same(tmp_path: Path) -> None:
    page = csready("diff", READY, f"{NOT_SHARED}/report.json", cwd=tmp_path)
    ticket = csready("diff", READY, NOT_SHARED, "--format", "md", cwd=tmp_path)
    assert page.returncode == ticket.returncode == 3
    assert page.stderr == ticket.stderr == ""
    for text in (page.stdout, ticket.stdout):
        assert "ready -> not-ready" in text and "1 regressed, " in text
        assert "SharedSipAddressSpace False" in text and "ruled-out -> predicted: hms-510 (8)" in text
    assert "dns.sip-host" not in page.stdout
    assert "dns.sip-host" in csready("diff", READY, NOT_SHARED, "--verbose", cwd=tmp_path).stdout


def written(folder: Path, content: Report, *users: str) -> str:
    """A scan's folder with the report and, where there are users, all of them in users.csv."""
    folder.mkdir()
    (folder / "report.json").write_bytes(encode_report(content))
    if users:
        rows = "".join(f"{user},moves,moves,,,,,\r\n" for user in users)
        head = "sip_address,outcome,own_outcome,first_fault,faults,warnings,reasons,command\r\n"
        (folder / "users.csv").write_text(head + rows, encoding="utf-8-sig", newline="")
    return str(folder)


@pytest.mark.parametrize(("year", "stale"), [(2020, True), (2999, False)])
def test_a_report_that_counts_no_longer_says_so_first(year: int, stale: bool, tmp_path: Path) -> None:
    new = report(said("pass"), valid_until=datetime(year, 1, 1, tzinfo=UTC))
    old, new_folder = written(tmp_path / "old", report(said("pass"))), written(tmp_path / "new", new)
    assert told(old, new_folder, cwd=tmp_path)[1]["stale"] is stale
    first = csready("diff", old, new_folder, cwd=tmp_path).stdout.splitlines()[1]
    assert first.startswith("stale ") is stale


EVERYBODY = tuple(f"user{number}@contoso.com" for number in range(150))


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        (EVERYBODY, (*EVERYBODY, "zoe@contoso.com"), "regressed"),
        ((*EVERYBODY[:-1], "yan@contoso.com"), (*EVERYBODY, "zoe@contoso.com"), "new"),
    ],
)
def test_who_was_in_a_large_batch_is_read_from_users_csv_beside_the_report(
    then: tuple[str, ...], now: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    failing = of_user("fail", EVERYBODY[-1])
    old = written(tmp_path / "old", report(users=then[:100], total=len(then)), *then)
    new = written(tmp_path / "new", report(failing, users=now[:100], total=len(now)), *now)
    code, found = told(old, new, cwd=tmp_path)
    (change,) = found["findings"]
    assert (change["class"], code) == (expected, 3 if expected == "regressed" else 0)
    assert found["users"]["joined"] == len(set(now) - set(then))


def test_without_users_csv_users_beyond_those_listed_have_counts_only(tmp_path: Path) -> None:
    failing = of_user("fail", EVERYBODY[-1])
    old = written(tmp_path / "old", report(users=EVERYBODY[:100], total=150))
    new = written(tmp_path / "new", report(failing, users=EVERYBODY[:100], total=151))
    _, found = told(old, new, cwd=tmp_path)
    (check,) = found["user_checks"]
    assert (check["check"], check["class"], found["findings"]) == (OF_USERS, "not-comparable", [])


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_known_again(tmp_path: Path) -> None:
    people = (*EVERYBODY, "=cmd@contoso.com")
    in_file = (*EVERYBODY, "'=cmd@contoso.com")
    old = written(tmp_path / "old", report(users=people[:100], total=151), *in_file)
    new = report(of_user("fail", people[-1]), users=people[1:101], total=151)
    _, found = told(old, written(tmp_path / "new", new, *in_file), cwd=tmp_path)
    assert [each["class"] for each in found["findings"]] == ["regressed"]


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "half.json").write_bytes((REPORTS / "lab-ready" / "report.json").read_bytes()[:2000])
    newer = msgspec.structs.replace(report(), schema_version="2.0")
    assert "none.json: No such file" in refused("diff", READY, "none.json", cwd=tmp_path)
    assert "half.json: cannot be read as a report" in refused("diff", "half.json", READY, cwd=tmp_path)
    assert "has schema version 2.0" in refused("diff", written(tmp_path / "newer", newer), READY, cwd=tmp_path)
    assert "exclude each other" in refused("diff", READY, READY, "--json", "--format", "md", cwd=tmp_path)
    other = written(tmp_path / "other", report(users=EVERYBODY[:100], total=150), *EVERYBODY[:120])
    assert "users.csv: is of another run" in refused("diff", READY, other, cwd=tmp_path)

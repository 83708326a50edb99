"""The files of a delivery and the comment that names them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from checker.model.facts import Notice
from checker.model.report import Report
from checker.rendering.ticket_comments import as_plain, as_wiki
from checker.tickets.comment import comment, marker
from checker.tickets.packing import Package, file_of, packed
from tests.tickets.scan_folder import sample_report, scan_folder

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def named(name: str) -> Report:
    report = sample_report()
    return msgspec.structs.replace(report, deployment=msgspec.structs.replace(report.deployment, name=name))


@pytest.mark.parametrize(
    ("deployment", "part"),
    [
        ("contoso", "contoso"),
        ("Contoso EMEA (wave 1)", "Contoso-EMEA-wave-1"),
        ("../../etc", "etc"),
        ("Zürich", "Z-rich"),
        ('a"; x="', "a-x"),
        ("{code}", "code"),
        ("日本", "deployment"),
    ],
)
def test_a_name_tells_deployment_phase_time_and_content(deployment: str, part: str, tmp_path: Path) -> None:
    report = named(deployment)
    form = packed(report, scan_folder(tmp_path / "out") / "report.json").pieces[0].forms[0]
    file = file_of(report, form)
    digest = hashlib.sha256(file.content).hexdigest()[:8]
    assert (file.name, file.mime) == (f"readiness_{part}_hybrid_20261122T190300Z_{digest}.html", "text/html")


def test_a_zip_of_the_same_users_has_the_same_bytes(tmp_path: Path) -> None:
    folder = scan_folder(tmp_path / "out")
    zips = [packed(sample_report(), folder / "report.json").pieces[2].forms[1].content() for _ in range(2)]
    assert zips[0] == zips[1]


def test_a_report_of_another_name_goes_alone(tmp_path: Path) -> None:
    folder = scan_folder(tmp_path / "out")
    (folder / "earlier.json").write_bytes((folder / "report.json").read_bytes())
    assert [each.name for each in packed(sample_report(), folder / "earlier.json").pieces] == ["earlier.json"]


@pytest.mark.parametrize("deployment", ["contoso", "a b\n{color:red}|!x!", "Zürich"])
def test_a_marker_is_one_word_without_markup(deployment: str) -> None:
    word = marker(named(deployment), "MIG-42")
    assert word.isascii() and not set(word) & set(" \n{}|![]*\\")


def noted(report: Report, budget: int) -> str:
    package = Package(report, "0" * 64, ())
    note = comment(
        package,
        "MIG-42",
        now=NOW,
        attached=["a.html"],
        left_out=["users.csv was left out: too large"],
        budget=budget,
        painted=lambda note: as_plain(note.summary),
    )
    return as_plain(note.summary)


def test_a_comment_that_is_too_long_loses_whole_lines_and_says_how_many() -> None:
    whole, short = noted(sample_report(), 100_000), noted(sample_report(), 900)
    assert len(whole) > 900 >= len(short)
    lines = short.splitlines()
    assert lines[-2:] == whole.splitlines()[-2:]  # what is said of the files stays
    told = next(line for line in lines if line.startswith("- Left out here"))
    assert all(line in whole.splitlines() for line in lines if line != told)
    missing = len(whole.splitlines()) - (len(lines) - 1)
    assert f": {missing} more lines" in told


def test_a_hostile_notice_stays_text() -> None:
    hostile = sample_report(notices=(Notice(code="x", text="{color:red}[click|http://evil.example] !x.png! @all"),))
    note = comment(
        Package(hostile, "0" * 64, ()),
        "MIG-42",
        now=NOW,
        attached=(),
        left_out=(),
        budget=30_000,
        painted=lambda note: as_wiki(note.summary),
    )
    assert "{color:red}" not in as_wiki(note.summary).replace("\\{", "")

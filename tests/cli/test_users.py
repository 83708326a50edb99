"""A users file through the whole program: what is wrong with it is said by line."""

from pathlib import Path

from checker.model.report import decode_report
from tests.cli.running import csready

WAVE = """\
Name;SipAddress
Anna;anna.berg@contoso.com

Nobody;nobody@contoso.com
Anna again;SIP:Anna.Berg@contoso.com
"""


def test_duplicates_and_unknown_users_are_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "wave1.csv").write_text(WAVE, encoding="utf-16")
    csready("scan", "--lab", "ready", "--users", "wave1.csv", "--out", "out", cwd=tmp_path)
    report = decode_report((tmp_path / "out" / "report.json").read_bytes())
    assert report.users.total == 3
    assert [(each.code, each.where) for each in report.notices if each.code.startswith("user-")] == [
        ("user-listed-twice", "wave1.csv, line 5"),
        ("user-unknown", "wave1.csv, line 4"),
    ]
    again = csready("assess", str(tmp_path / "out" / "snapshot.json"), "--json", cwd=tmp_path)
    assert decode_report(again.stdout.encode("utf-8")).notices == report.notices

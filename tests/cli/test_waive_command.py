"""``csready waive`` and ``--waivers``: through the real command line, and on reports made here."""

import json
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import msgspec
import pytest
from typer.main import get_command

from checker.cli.waive_command import app
from checker.errors import UsageError
from checker.model.report import Report, RunVerdict, Waiver, WaiverState, encode_report
from checker.waiver_file import append_waiver, read_waivers
from tests.cli.running import csready, scanned
from tests.judging import NOW
from tests.made_up_checks import deployment_check, domain_check, reported, user_check
from tests.test_waiving import USERS

SHARED = "tenant.shared-sip-address-space"
LICENCE = "user.licence-teams-sfb"
SRV = "dns.federation-srv"
WHO = ("--reason", "decided", "--owner", "J. Doe", "--ticket", "CHG-881")
FAR = date(2099, 12, 31)
CHECKS = [
    deployment_check(SHARED, "fail", "hms-510"),
    deployment_check("tenant.directory-sync", "pass"),
    domain_check(SRV, {"contoso.com": "fail", "fabrikam.com": "unknown"}),
    user_check(LICENCE, dict.fromkeys(USERS, "fail"), "hms-507"),
]


class StoppedClock(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp(), tz)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the report of a run in ``wave1``; it is ``NOW``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("checker.cli.waive_command.datetime", StoppedClock)
    return wrote(tmp_path, reported(CHECKS, *USERS))


def wrote(folder: Path, report: Report) -> Path:
    (folder / "wave1").mkdir(exist_ok=True)
    (folder / "wave1" / "report.json").write_bytes(encode_report(report))
    return folder


def waive(*arguments: str) -> None:
    get_command(app).main(list(arguments), standalone_mode=False)


def adds(finding: str, *more: str, expires: date = FAR) -> tuple[Waiver, ...]:
    waive("add", "wave1", finding, *WHO, "--expires", str(expires), *more)
    return read_waivers(Path("waivers.toml"))


def waiver(check: str, **changes: Any) -> Waiver:
    said: dict[str, Any] = {"subject": "*", "reason": "r", "owner": "J. Doe", "ticket": "T", "fingerprint": None}
    return Waiver(check=check, **said | {"expires": FAR} | changes)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    assert csready("scan", "--lab", "--out", "out", "--format", "md", cwd=folder).returncode == 3
    return folder / "out"


def test_an_accepted_risk_changes_the_verdict_of_the_next_run(before: Path, tmp_path: Path) -> None:
    wanted = (str(before), f"{SHARED}@contoso", *WHO, "--expires", str(FAR))
    assert csready("waive", "add", *wanted, cwd=tmp_path).returncode == 0
    code, report = scanned("--lab", "--waivers", "waivers.toml", cwd=tmp_path)
    assert (code, report.verdict) == (0, RunVerdict.READY_WITH_WARNINGS)
    assert [entry.state for entry in report.waivers] == [WaiverState.APPLIED]
    assert report.users.blocked == report.users.total


def test_a_broken_waiver_file_stops_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "waivers.toml").write_text('[[waiver]]\ncheck = "no.such"\n', encoding="utf-8")
    for command in (("scan", "--lab", "--waivers", "waivers.toml"), ("waive", "lint")):
        ended = csready(*command, cwd=tmp_path)
        assert ended.returncode == 2
        assert "waivers.toml: waiver 1" in ended.stderr


@pytest.mark.parametrize(
    ("finding", "subject", "bound"),
    [
        (f"{SHARED}@contoso", "contoso", True),
        (f"{SHARED}@CONTOSO", "contoso", True),
        (SHARED, "*", True),
        (f"{SRV}@fabrikam.com", "fabrikam.com", True),
        (SRV, "*", False),  # two findings, so two values
        (LICENCE, "*", False),
        (f"{LICENCE}@{USERS[7]}", USERS[7], True),
    ],
)
def test_a_finding_is_accepted_with_its_value_where_it_is_one(
    folder: Path, finding: str, subject: str, bound: bool
) -> None:
    (added,) = adds(finding)
    report = reported(CHECKS, *USERS)
    fingerprints = {each.fingerprint for each in report.findings if each.id == finding.lower() or each.check == finding}
    assert (added.check, added.subject) == (finding.partition("@")[0], subject)
    assert added.fingerprint == (fingerprints.pop() if bound else None)
    accepted = reported(CHECKS, *USERS, waivers=(added,))
    assert accepted.waivers[0].state is WaiverState.APPLIED


def test_any_value_is_accepted_on_demand_and_how_long_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tomorrow = NOW.date() + timedelta(days=1)
    (added,) = adds(f"{SHARED}@contoso", "--any-value", expires=tomorrow)
    assert added.fingerprint is None
    assert f"is accepted until {tomorrow} (1 day), whatever value is judged." in capsys.readouterr().out
    assert len(adds(SHARED, "--file", "waivers.toml")) == 2


@pytest.mark.parametrize(
    ("finding", "expires", "said", "hint"),
    [
        (f"{SHARED}@contoso", "2001-01-01", "is over", "a day to come"),
        (f"{SHARED}@contoso", "soon", "is no date", "2026-12-31"),
        ("tenant.shared-sip@contoso", str(FAR), "is no finding of this report", f"Did you mean {SHARED}@contoso?"),
        ("tenant.shared-sip-address", str(FAR), "is no finding of this report", f"Did you mean {SHARED}?"),
        ("qqq", str(FAR), "is no finding of this report", "findings.csv lists"),
        (f"{LICENCE}@{USERS[140]}", str(FAR), "is no finding of this report", "It lists 100 of 150 of that check"),
        ("tenant.directory-sync", str(FAR), "passes or does not apply", "nothing to accept"),
        ("tenant.directory-sync@contoso", str(FAR), "passes or does not apply", "nothing to accept"),
    ],
)
def test_what_cannot_be_accepted_is_refused(folder: Path, finding: str, expires: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        waive("add", "wave1", finding, *WHO, "--expires", expires)
    assert said in refused.value.message
    assert hint in refused.value.hint
    assert not Path("waivers.toml").exists()


@pytest.mark.parametrize(
    "command", [("add", "wave1", SHARED, *WHO, "--expires", str(FAR)), ("lint", "--report", "wave1")]
)
def test_a_report_of_pseudonyms_says_nothing_about_waivers(folder: Path, command: tuple[str, ...]) -> None:
    wrote(folder, msgspec.structs.replace(reported(CHECKS, *USERS), redaction="pii"))
    append_waiver(Path("waivers.toml"), waiver(SRV))
    with pytest.raises(UsageError, match="is redacted"):
        waive(*command)


def test_the_list_says_what_each_accepts_in_a_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for each in (
        waiver(SRV),
        waiver(SHARED, fingerprint="0" * 64),
        waiver(SHARED, subject="nobody"),
        waiver(LICENCE, subject="u00?@*"),
    ):
        append_waiver(Path("waivers.toml"), each)
    waive("list", "--report", "wave1")
    said = capsys.readouterr()
    rows = [" ".join(line.split()) for line in said.out.splitlines()[2:]]
    assert rows == [
        f"applied {SRV} * 2099-12-31 J. Doe, T 1 fail, 1 unknown",
        f"lapsed {SHARED} * 2099-12-31 J. Doe, T nothing: another value was judged than the one accepted",
        f"unused {SHARED} nobody 2099-12-31 J. Doe, T nothing",
        f"applied {LICENCE} u00?@* 2099-12-31 J. Doe, T 10 fail",
    ]
    assert f"{LICENCE}: only the 100 of 150 findings listed count" in said.err


def test_of_a_report_made_with_the_same_waivers_every_user_is_counted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append_waiver(Path("waivers.toml"), waiver(LICENCE))
    wrote(folder, reported(CHECKS, *USERS, waivers=read_waivers(Path("waivers.toml"))))
    waive("list", "--report", "wave1", "--json")
    said = capsys.readouterr()
    (entry,) = json.loads(said.out)
    assert (entry["state"], entry["accepted"]["fail"], len(entry["findings"])) == ("applied", 150, 100)
    assert not said.err


def test_without_a_report_the_list_says_which_are_over_now(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append_waiver(Path("waivers.toml"), waiver(SRV))
    append_waiver(Path("waivers.toml"), waiver(SHARED, expires=date(2020, 1, 1)))
    waive("list")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]] == ["valid", "lapsed"]
    waive("list", "--json")
    assert [(each["state"], each["waiver"]["check"]) for each in json.loads(capsys.readouterr().out)] == [
        ("valid", SRV),
        ("lapsed", SHARED),
    ]


@pytest.mark.parametrize(
    ("days", "changes", "said"),
    [
        (99, {"fingerprint": None}, "has no fingerprint"),
        (99, {"fingerprint": "0" * 64}, "has lapsed: another value was judged"),
        (99, {"subject": "nobody"}, "accepts nothing in this report"),
        (-1, {}, "has lapsed: it ended on 2026-11-21"),
        (0, {}, "ends on 2026-11-22, today"),
        (1, {}, "ends on 2026-11-23, in 1 day"),
        (14, {}, "ends on 2026-12-06, in 14 days"),
        (15, {}, "1 waiver, and nothing to mind"),
    ],
)
def test_lint_says_of_each_what_is_to_be_minded(
    folder: Path, days: int, changes: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (bound,) = adds(SHARED)
    Path("waivers.toml").unlink()
    expires = NOW.date() + timedelta(days=days)
    append_waiver(Path("waivers.toml"), msgspec.structs.replace(bound, expires=expires, **changes))
    capsys.readouterr()
    waive("lint", "--report", "wave1")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("waivers.toml: ")
    assert said in line


def test_an_empty_file_holds_nothing_to_mind(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("waivers.toml").write_text("# none yet\n", encoding="utf-8")
    waive("list")
    waive("lint")
    assert capsys.readouterr().out.splitlines() == [
        "waivers.toml: holds no waiver",
        "waivers.toml: 0 waivers, and nothing to mind",
    ]

"""The files of a scan's folder, drawn again from its report and snapshot and compared with what lies there."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from checker import __version__
from checker.cli.delivering import Wishes, conclude
from checker.cli.report_files import read_snapshot, snapshot_file
from checker.cli.report_writing import FORMATS, PRIVATE, Draw, Outcome, drawn
from checker.errors import UsageError
from checker.model.facts import Snapshot
from checker.model.report import Report, encode_report
from checker.model.target import Target
from checker.predict import Prediction
from checker.rejudging import judged_again
from checker.verifying import Compared, ComparedFile

_OF_THE_REPORT = ("report.md", "report.jira.txt", "report.junit.xml", "findings.csv", "fix.ps1")
_OF_THE_SNAPSHOT = ("report.html", "users.csv", "move-users.txt", "move-users-after-fixes.txt")
_WAVE = re.compile(r"move-users(-after-fixes)?-\d{2,}\.txt")
_KEPT_PRIVATE = re.compile(r"move-users.*\.txt|fix\.ps1")


def compared_files(folder: Path, report: Report) -> Iterator[ComparedFile]:
    """Each file in ``folder`` that a scan writes beside report.json. What is not there was perhaps never wanted, and is
    not named: but for a list of one wave among others.
    """
    present = {name: folder / name for name in _present(folder)}
    if report.tool.version != __version__:
        why = f"csready {report.tool.version} wrote the report, this is {__version__}"
        yield from (ComparedFile(name=name, state=Compared.NOT_COMPARED, why=why) for name in present)
        return
    outcome, about_snapshot = _judged_again(folder, report)
    yield from about_snapshot
    draws = _draws(folder, report, outcome)
    for name, path in present.items():
        if draw := draws.get(name):
            same = path.read_bytes() == draw()
            yield ComparedFile(name=name, state=Compared.AS_WRITTEN if same else Compared.ALTERED, why=_why(name, same))
        elif outcome and _WAVE.fullmatch(path.name):
            yield ComparedFile(name=name, state=Compared.ALTERED, why="a wave that csready did not cut")
        else:
            yield ComparedFile(name=name, state=Compared.NOT_COMPARED, why=_gap(report))
    if any(_WAVE.fullmatch(path.name) for path in present.values()):
        for name in draws:
            if _WAVE.search(name) and name not in present:
                yield ComparedFile(name=name, state=Compared.ALTERED, why="is gone, and the other waves are here")


def _present(folder: Path) -> Iterator[str]:
    for place in (folder, folder / PRIVATE):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if path.name in (*_OF_THE_REPORT, *_OF_THE_SNAPSHOT) or _WAVE.fullmatch(path.name):
                yield path.relative_to(folder).as_posix()


def _judged_again(folder: Path, report: Report) -> tuple[Outcome | None, tuple[ComparedFile, ...]]:
    """What the snapshot comes to, where it is the one that the report was made of; and what is to be said of it."""
    path = snapshot_file(folder)
    if path == folder:
        return None, ()
    name = path.relative_to(folder).as_posix()

    def said(state: Compared, why: str = "") -> tuple[ComparedFile, ...]:
        return (ComparedFile(name=name, state=state, why=why),)

    try:
        snapshot = read_snapshot(path)
    except UsageError as exc:
        return None, said(Compared.ALTERED, exc.message.removeprefix(f"{path}: "))
    if (snapshot.as_of, snapshot.tool_version) != (report.as_of, report.tool.version):
        return None, said(Compared.ALTERED, f"is of another run, of {snapshot.as_of:%Y-%m-%d %H:%M} UTC")
    again = judged_again(snapshot)
    wishes = Wishes(
        fail_on_warnings=report.exit_code == 4,
        waivers=tuple(entry.waiver for entry in report.waivers),
        track_record=report.track_record,
    )
    outcome = conclude(again.assessment, snapshot, again.prediction, wishes)
    if report.redacted:
        return outcome, said(Compared.NOT_COMPARED, _gap(report))
    if encode_report(outcome.report) != encode_report(report):
        return None, said(Compared.ALTERED, "judged again it gives another report.json: one of the two was changed")
    return outcome, said(Compared.AS_WRITTEN)


def _draws(folder: Path, report: Report, outcome: Outcome | None) -> Mapping[str, Draw]:
    """By name within the folder; what cannot be drawn again is not among them."""
    if outcome and not report.redacted:
        return drawn(outcome, FORMATS, wave_size=_wave_size(folder)).shared
    shared = drawn(_nothing_but(report), FORMATS).shared
    draws = {name: shared[name] for name in _OF_THE_REPORT if name != "fix.ps1" or not report.redacted}
    if outcome:
        private = drawn(outcome, (), wave_size=_wave_size(folder / PRIVATE)).shared
        draws |= {f"{PRIVATE}/{name}": draw for name, draw in private.items() if _KEPT_PRIVATE.fullmatch(name)}
    return draws


def _nothing_but(report: Report) -> Outcome:
    """For the files that need no more than the report."""
    empty = Snapshot(
        tool_version=report.tool.version,
        target=Target(name=report.deployment.name, sip_domains=report.deployment.sip_domains),
        as_of=report.as_of,
        started_at=report.started_at,
        finished_at=report.finished_at,
        facts=(),
    )
    return Outcome(empty, report, Prediction((), ()), shown=report)


def _wave_size(folder: Path) -> int | None:
    """What the lists of waves were cut to: the most users that one holds. It cuts the same waves, also where no pool
    filled one."""
    waves = [path for path in folder.iterdir() if _WAVE.fullmatch(path.name)] if folder.is_dir() else []
    return max((path.read_bytes().count(b",") + 1 for path in waves), default=None)


def _why(name: str, same: bool) -> str:
    return (
        "" if same else "is not what the report gives" if name in _OF_THE_REPORT else "is not what the snapshot gives"
    )


def _gap(report: Report) -> str:
    if report.redacted:
        return "the report is redacted, and this takes its key"
    return "no snapshot of this report is here to draw it from"

"""Makes the committed samples anew: a scan of the lab for each interesting scenario, evened out.

Times, durations, ports and the lab's certificates differ by run; a sample shows one fixed moment instead. What was seen
and what is said of it is untouched. Run it from anywhere: python reports/regenerate.py
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from checker.assess import Investigation
from checker.checks import all_checks
from checker.cli.delivering import conclude, write_files
from checker.cli.report_writing import FORMATS
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.running import Lab
from checker.lab.scenarios import SCENARIOS
from checker.model.answers import AnyAnswer, DnsAnswer, TlsAnswer
from checker.model.facts import Fact, NoAnswer, Selection, Snapshot
from checker.rendering.terminal import render_terminal

SAMPLES = ("tenant-not-shared", "tenant-unreadable", "several-things-wrong", "ready")
MOMENT = datetime(2026, 11, 22, 19, 3, tzinfo=UTC)
_PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")


def make(scenario: str, folder: Path) -> tuple[str, ...]:
    """Scans the scenario and writes its files, ``terminal.txt`` among them; returns their names."""
    with Lab(SCENARIOS[scenario].deployment, moment=MOMENT) as lab:
        setup = set_up(Options(config=lab.config), environment=lab.environment)
        done = run_scan(setup, selection=Selection(), deadline_s=60, progress=lambda line: None)
    snapshot = evened(done.snapshot)
    investigation = Investigation(snapshot.target, all_checks(), facts=snapshot.facts)
    outcome = conclude(investigation.assessment(), snapshot)
    written = write_files(outcome, folder, FORMATS)
    text = render_terminal(
        outcome.report,
        written=written,
        folder=f"reports/lab-{scenario}",
        width=80,
        colour=False,
        ascii_only=False,
        verbose=False,
    )
    (folder / "terminal.txt").write_bytes(text.encode("utf-8"))
    return (*written, "terminal.txt")


def evened(snapshot: Snapshot) -> Snapshot:
    """The snapshot as of one fixed moment, without what is different in each run of the lab."""
    return msgspec.structs.replace(
        snapshot,
        as_of=MOMENT,
        started_at=MOMENT,
        finished_at=MOMENT,
        utc_offset_minutes=60,
        facts=tuple(_evened_fact(fact) for fact in snapshot.facts),
    )


def _evened_fact(fact: Fact) -> Fact:
    return msgspec.structs.replace(
        fact,
        observed_at=MOMENT,
        duration_ms=0,
        source=_PORT.sub("0", fact.source),
        answer=_evened_answer(fact.answer),
    )


def _evened_answer(answer: AnyAnswer | NoAnswer) -> AnyAnswer | NoAnswer:
    match answer:
        case NoAnswer():
            return msgspec.structs.replace(answer, detail=_PORT.sub("0", answer.detail))
        case DnsAnswer():
            return msgspec.structs.replace(answer, server=_PORT.sub("0", answer.server))
        case TlsAnswer():
            chain = tuple(
                msgspec.structs.replace(
                    each, subject=each.subject.partition(",")[0], not_before="", not_after="", sha256="0" * 64
                )
                for each in answer.chain
            )
            return msgspec.structs.replace(answer, address=_PORT.sub("0", answer.address), chain=chain)
    return answer


def main() -> None:
    here = Path(__file__).parent
    for scenario in SAMPLES:
        for name in make(scenario, here / f"lab-{scenario}"):
            print(f"lab-{scenario}/{name}", file=sys.stderr)


if __name__ == "__main__":
    main()

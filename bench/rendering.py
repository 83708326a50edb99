"""Measures the drawing of every format for 100,000 users beside the reading of these users, in one process.

Reading is that of the two files of users, to rows as the checks ask for them, and nothing else. Drawing is all that
``--format terminal,html,md,jira,junit`` makes of the run, with JSON, CSV, move lists, ``fix.ps1`` and the packed
snapshot, written to disk. Several rounds of each, taking turns; the best counts.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from many_users import write_users
from tabulate import tabulate

from checker.cli import COLLECTING
from checker.cli.delivering import conclude, write_files
from checker.cli.report_writing import FORMATS, drawn
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.model.facts import Selection
from checker.model.probes import CmdletProbe
from checker.probers.evidence_files.store import EvidenceFiles
from checker.rendering.terminal import render_terminal

USERS = 100_000
ROUNDS = 3
RATIO_LIMIT = 0.5
READ = ("Get-CsUser", "Get-CsOnlineUser")


def main() -> int:
    gc.set_threshold(*COLLECTING)  # as csready itself does
    with tempfile.TemporaryDirectory(prefix="csready-bench-") as name:
        evidence, out = Path(name, "evidence"), Path(name, "out")
        write_users(evidence, USERS)
        setup = set_up(Options(domains=("contoso.com",), has_evidence=True, offline=True), environment={})
        done = run_scan(
            setup,
            selection=Selection(),
            deadline_s=600,
            progress=lambda line: None,
            files=EvidenceFiles([evidence]),
            offline=True,
        )
        outcome = conclude(done.investigation.assessment(), done.snapshot)
        probes = [fact.probe for fact in done.snapshot.facts if isinstance(fact.probe, CmdletProbe)]
        users = [probe for probe in probes if probe.cmdlet in READ]

        def reads() -> None:
            files = EvidenceFiles([evidence])
            for probe in users:
                files.lookup(probe)

        def terminal() -> object:
            return render_terminal(
                outcome.shown, written=(), folder="", width=80, colour=False, ascii_only=False, verbose=False
            )

        def draws() -> None:
            write_files(outcome, out, FORMATS)
            terminal()

        rounds = [(took_s(reads), took_s(draws)) for _ in range(ROUNDS)]
        read_s, draw_s = (min(each) for each in zip(*rounds, strict=True))
        files = drawn(outcome, FORMATS).shared
        rows = [(name, took_s(draw), (out / name).stat().st_size / 1e6) for name, draw in files.items()]
    rows.append(("terminal", took_s(terminal), None))
    print(f"{USERS:,} users; best of {ROUNDS} rounds\n")
    print(tabulate(rows, headers=("drawn once more", "s", "MB"), floatfmt=("", ".3f", ".1f")))
    ratio = draw_s / read_s
    print(f"\nread {read_s:.2f} s, all drawn and written {draw_s:.2f} s: ratio {ratio:.2f} (limit {RATIO_LIMIT})")
    return int(ratio > RATIO_LIMIT)


def took_s(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())

"""Measures a whole run over 100,000 users of an evidence folder beside the bare loops over the same two files.

Each measurement is a process of its own, taking turns; the best of each counts, for the machine's other work can only
add to it. A bare loop's time is that of the loop, the run's is that of the process from its start until it is gone.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from many_users import ON_PREMISES, ONLINE, write_users
from processes import Process, python
from tabulate import tabulate

NUMBERS = (10_000, 30_000, 100_000)
RUNS = 3
RATIO_LIMIT = 3.5  # times the sum of both loops, at the largest number
PEAK_LIMIT_MB = 450
LINEAR_LIMIT = 1.15  # seconds a user at the largest number, over those at the smallest

BARE = str(Path(__file__).with_name("bare_loops.py"))


def main() -> int:
    rows: list[tuple[str | float, ...]] = []
    per_user: list[float] = []
    ratio = peak_mb = 0.0
    for number in NUMBERS:
        with tempfile.TemporaryDirectory(prefix="csready-bench-") as name:
            folder = Path(name)
            write_users(folder / "evidence", number)
            bare_s, run = measured(folder)
        ratio, peak_mb = run.took_s / sum(bare_s), run.peak_mb
        per_user.append(run.took_s / number)
        rows.append((f"{number:,}", *bare_s, run.took_s, ratio, run.took_s / number * 1e6, peak_mb))
    linearity = per_user[-1] / per_user[0]
    print(f"csready scan --evidence FOLDER --offline; best of {RUNS} processes each\n")
    headers = ("users", "lxml s", "json s", "whole run s", "ratio", "us a user", "peak MB")
    print(tabulate(rows, headers=headers, floatfmt=("", ".2f", ".2f", ".2f", ".2f", ".0f", ".0f")))
    print(
        f"\nAt {NUMBERS[-1]:,}: ratio {ratio:.2f} (limit {RATIO_LIMIT}), peak {peak_mb:.0f} MB (limit {PEAK_LIMIT_MB}),"
        f" {linearity:.2f} times as long a user as at {NUMBERS[0]:,} (limit {LINEAR_LIMIT})"
    )
    return int(ratio > RATIO_LIMIT or peak_mb > PEAK_LIMIT_MB or linearity > LINEAR_LIMIT)


def measured(folder: Path) -> tuple[tuple[float, float], Process]:
    """Seconds of the two bare loops, and the whole run: its fastest, with the highest peak of all."""
    evidence = folder / "evidence"
    scan = ("-m", "checker", "scan", "contoso.com", "--evidence", str(evidence), "--offline", "--out")
    loops: dict[str, list[float]] = {"clixml": [], "json": []}
    runs: list[Process] = []
    for _ in range(RUNS):
        for kind, path in (("clixml", ON_PREMISES), ("json", ONLINE)):
            loops[kind].append(float(python(BARE, kind, str(evidence / path)).said.split()[0]))
        runs.append(python(*scan, str(folder / "out"), exits=(3, 5)))
    fastest = min(runs, key=lambda run: run.took_s)
    return (min(loops["clixml"]), min(loops["json"])), replace(fastest, peak_mb=max(run.peak_mb for run in runs))


if __name__ == "__main__":
    sys.exit(main())

"""Measures that every wait ends: a scan with a deadline, of a deployment whose servers are silent, or drip.

Each run is the whole process of ``csready scan --deadline 10``, from its start until it is gone; it must be gone within
12 seconds and leave a full report behind.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tabulate import tabulate

from checker.lab.stalled import Stall, StalledLab
from checker.model.report import decode_report

DEADLINE_S = 10
LIMIT_S = 12.0


def main() -> int:
    rows = [measured(stall) for stall in Stall]
    print(f"csready scan --deadline {DEADLINE_S}; limit: gone within {LIMIT_S:g} s, with a full report\n")
    print(tabulate(rows, headers=("every server", "gone after s", "verdict", "looked at", "exit"), floatfmt=".2f"))
    return int(any(row[1] > LIMIT_S or row[4] not in (3, 5) for row in rows))


def measured(stall: Stall) -> tuple[str, float, str, str, int]:
    with StalledLab(stall) as lab, tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        command = ("scan", "-c", str(lab.config), "--deadline", str(DEADLINE_S), "--out", folder, "-q")
        code = subprocess.run(
            [sys.executable, "-m", "checker", *command],
            env={**os.environ, **lab.environment},
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode
        wall_s = time.perf_counter() - began
        report = decode_report((Path(folder) / "report.json").read_bytes())
    looked = f"{report.coverage.looked_at} of {report.coverage.applicable}"
    return stall.value, wall_s, report.verdict.value, looked, code


if __name__ == "__main__":
    sys.exit(main())

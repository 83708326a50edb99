"""The real command line in a process of its own, as an operator runs it."""

import os
import subprocess
import sys
from pathlib import Path

from checker.model.report import Report, decode_report

_KEPT = ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "PYTHONPATH")


def csready(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs it to its end, in an environment without anything of ours but what is given here."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    kept.setdefault("PYTHONPATH", str(Path(__file__).parents[2]))
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "checker", *arguments],
        cwd=cwd,
        env={**kept, "PYTHONUTF8": "1", "COLUMNS": "80", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def scanned(*arguments: str, cwd: Path, **environment: str) -> tuple[int, Report]:
    """Exit code and report of a scan with ``--json``."""
    done = csready("scan", *arguments, "--json", "--out", "out", cwd=cwd, **environment)
    assert done.stdout, done.stderr
    return done.returncode, decode_report(done.stdout.encode("utf-8"))

"""Measures how long `csready --version` and `--help` take beside an empty Python, and what they import.

Measured in a virtual environment of its own: the package is copied there and compiled, as the installation of a wheel
does, with the console script that pip writes. An editable installation would not do, for its import hook slows every
start of Python, the empty one too. The libraries stay where they are, reached by a path file.
"""

import compileall
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from pathlib import Path

from tabulate import tabulate

import checker

LIMIT = 10.0  # times `python -c pass`
RUNS = 30
HEAVY = {"cryptography", "dns", "lxml", "msgspec", "psrpcore", "pypsrp", "requests", "rich", "spnego", "ssl", "urllib3"}

# What pip 26 writes for an entry point, without the line that names the interpreter.
CONSOLE_SCRIPT = """\
import sys
from checker.cli import main
if __name__ == '__main__':
    sys.argv[0] = sys.argv[0].removesuffix('.exe')
    sys.exit(main())
"""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="csready-bench-") as folder:
        python, script = installed(Path(folder))
        commands = {
            "python -c pass": [python, "-c", "pass"],
            "csready --version": [python, script, "--version"],
            "csready --help": [python, script, "--help"],
        }
        medians = interleaved_medians(commands, Path(folder))
        heavy = {
            name: imported_heavy([python, "-X", "importtime", *command[1:]], Path(folder))
            for name, command in commands.items()
        }
    empty = medians["python -c pass"]
    rows = [
        (name, f"{median * 1000:.0f} ms", f"{median / empty:.1f}", ", ".join(heavy[name]) or "none")
        for name, median in medians.items()
    ]
    print(f"Medians of {RUNS} interleaved runs; limit {LIMIT:g} times an empty Python, and nothing heavy imported\n")
    print(tabulate(rows, headers=("", "median", "ratio", "heavy imports"), disable_numparse=True))
    return int(any(median > LIMIT * empty for median in medians.values()) or any(heavy.values()))


def installed(folder: Path) -> tuple[str, str]:
    """The interpreter of a new environment that has csready, and the console script."""
    venv.create(folder, with_pip=False)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    packages, scripts = Path(paths["purelib"]), Path(paths["scripts"])
    package = packages / "checker"
    shutil.copytree(Path(checker.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(package, quiet=1)
    libraries = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (packages / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    script = scripts / "csready-script.py"
    script.write_text(CONSOLE_SCRIPT, encoding="utf-8")
    return str(scripts / Path(sys.executable).name), str(script)


def interleaved_medians(commands: dict[str, list[str]], folder: Path) -> dict[str, float]:
    """Seconds of each command's runs; taking turns, so that a busy moment of the machine meets all alike."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS + 1):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times[1:]) for name, times in taken.items()}  # the first warms the disk's cache


def imported_heavy(command: list[str], folder: Path) -> list[str]:
    """Which of the heavy packages a command imports, by what `-X importtime` lists on stderr."""
    run = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    modules = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")}
    return sorted({module.partition(".")[0] for module in modules} & HEAVY)


if __name__ == "__main__":
    sys.exit(main())

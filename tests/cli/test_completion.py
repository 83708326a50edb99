"""Completion on Tab, as each shell asks for it: by its environment, in a process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import csready


def offered(line: str, shell: str = "bash") -> list[str]:
    """What is offered for the last word of the line; a line that ends in a space asks for the next one."""
    words = line.split(" ")
    by_shell = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]},
    }
    done = csready(cwd=Path(), _CSREADY_COMPLETE=f"complete_{shell}", **by_shell[shell])
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("csready ver", ["verify"]),
        ("csready scan --unknown", ["--unknown-only"]),
        ("csready scan --phase cut", ["cutover"]),
        ("csready scan --lab tenant-not-s", ["tenant-not-shared"]),
        ("csready scan tenant-not-s", []),
        ("csready plan --lab tenant-not-s", ["tenant-not-shared"]),
        ("csready lab tenant-not-s", ["tenant-not-shared"]),
        ("csready checks certificate.edge-va", ["certificate.edge-validity"]),
        ("csready scan --only certificate.edge-va", ["certificate.edge-validity"]),
        ("csready scan --lab --skip certificate.edge-va", ["certificate.edge-validity"]),
        ("csready faults hms-51", ["hms-510"]),
        ("csready explain hms-51", ["hms-510"]),
        ("csready scan --format term", ["terminal"]),
        ("csready scan --format terminal,m", ["terminal,md"]),
        ("csready assess --format md,terminal,m", []),
        ("csready completion f", ["fish"]),
        ("csready verify rep", []),  # then the shell offers files
    ],
)
def test_a_word_is_completed_with_what_is_known(line: str, offers: list[str]) -> None:
    assert offered(line) == offers


def test_all_scenarios_are_offered_for_an_empty_word() -> None:
    from checker.lab.scenarios import SCENARIOS

    assert offered("csready scan --lab ") == list(SCENARIOS)


@pytest.mark.parametrize(
    ("shell", "answer"),
    [
        ("zsh", ["_arguments", "'*:", ':(("tenant-not-shared"))\'']),
        ("fish", ["tenant-not-shared"]),
        ("powershell", ["tenant-not-shared:::"]),
    ],
)
def test_every_shell_is_answered_in_its_own_way(shell: str, answer: list[str]) -> None:
    assert offered("csready lab tenant-not-s", shell) == answer


@pytest.mark.parametrize(("line", "code"), [("csready lab rea", 0), ("csready verify rep", 1)])
def test_fish_is_told_by_exit_code_whether_to_offer_files(line: str, code: int) -> None:
    asked = {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}
    assert csready(cwd=Path(), _CSREADY_COMPLETE="complete_fish", **asked).returncode == code


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_of_a_shell_asks_csready_and_installs_nothing(shell: str, tmp_path: Path) -> None:
    done = csready("completion", shell, cwd=tmp_path, HOME=str(tmp_path), USERPROFILE=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert "_CSREADY_COMPLETE" in done.stdout and "csready" in done.stdout
    assert "Set-PSReadLine" not in done.stdout and "ExecutionPolicy" not in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("bash") is None or os.name == "nt", reason="needs bash")
def test_bash_completes_with_the_script_that_is_printed(tmp_path: Path) -> None:
    script = csready("completion", "bash", cwd=tmp_path).stdout
    command = tmp_path / "csready"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    asked = f"{script}\nCOMP_WORDS=(csready lab tenant-not-s) COMP_CWORD=2\n_csready_completion csready\n"
    done = subprocess.run(
        ["bash", "--norc", "-c", asked + 'printf "%s\\n" "${COMPREPLY[@]}"'],
        env={"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("tenant-not-shared\n", "")

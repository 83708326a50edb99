"""What every command says of itself: one sentence, examples that can be run, nothing wider than a terminal."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from checker.cli import build
from tests.cli.running import csready

_REDIRECTION = re.compile(r"\s+>>?\s+\S+$")


def all_commands(command: Any, *path: str) -> Iterator[tuple[str, Any]]:
    """By name, ``waive add`` too; csready itself has none."""
    yield " ".join(path), command
    for name, each in getattr(command, "commands", {}).items():
        yield from all_commands(each, *path, name)


COMMANDS = dict(all_commands(get_command(build())))
GROUPS = {name for name, command in COMMANDS.items() if hasattr(command, "commands")}


def page(name: str) -> str:
    done = csready(*name.split(), "--help", cwd=Path())
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def examples(text: str) -> list[str]:
    """The calls of csready on a page, without its name; a call may go on in lines that stand further in."""
    joined = re.sub(r"\n {3,}(?=\S)", " ", text.partition("\nOptions:")[0])
    return [_REDIRECTION.sub("", line[10:]) for line in joined.splitlines() if line.startswith("  csready ")]


@pytest.fixture(scope="module", params=COMMANDS, ids=lambda name: name or "csready")
def help_of(request: pytest.FixtureRequest) -> tuple[str, str]:
    return request.param, page(request.param)


def test_a_page_fits_a_terminal(help_of: tuple[str, str]) -> None:
    assert [line for line in help_of[1].splitlines() if len(line) > 80] == []
    assert help_of[1].isascii()


def test_a_command_says_first_what_it_does_and_then_how_it_is_called(help_of: tuple[str, str]) -> None:
    name, text = help_of
    paragraphs = text.split("\n\n")
    assert paragraphs[1].startswith("  ") and paragraphs[1].endswith(".")
    if name not in GROUPS:
        assert paragraphs[2].startswith("  csready "), f"{name}: no examples"
        assert any(f"{call} ".startswith(f"{name} ") for call in examples(text))


def test_every_example_is_one_that_its_command_takes(help_of: tuple[str, str]) -> None:
    for call in examples(help_of[1]):
        name = max((each for each in COMMANDS if f"{call} ".startswith(f"{each} ")), key=len)
        arguments = shlex.split(call)[len(name.split()) :]
        COMMANDS[name].make_context(name, arguments).close()  # raises for what it does not know, or lacks


def test_every_option_and_argument_is_explained(help_of: tuple[str, str]) -> None:
    name, _ = help_of
    assert [each.name for each in COMMANDS[name].params if not getattr(each, "help", None)] == []


def test_a_list_of_commands_has_whole_sentences() -> None:
    for name in GROUPS:
        listed = page(name).partition("Commands:\n")[2].splitlines()
        assert len(listed) == len(COMMANDS[name].commands)
        assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []

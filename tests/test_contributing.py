"""The code that CONTRIBUTING.md quotes is the code that is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# A block of Python begins with a comment that names its file.
QUOTATION = re.compile(r"^```python\n# (?P<path>\S+)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
QUOTED = [(match["path"], match["code"]) for match in QUOTATION.finditer(TEXT)]
WHOLE = ("checker/checks/tenant/federated_users_allowed.py", "tests/checks/tenant/test_federated_users_allowed.py")


@pytest.mark.parametrize(("path", "code"), QUOTED, ids=[path for path, _ in QUOTED])
def test_a_quotation_stands_in_its_file(path: str, code: str) -> None:
    assert code in (ROOT / path).read_text(encoding="utf-8"), f"CONTRIBUTING.md quotes {path} as it was"


@pytest.mark.parametrize("path", WHOLE)
def test_the_worked_example_is_the_whole_file(path: str) -> None:
    assert dict(QUOTED)[path] == (ROOT / path).read_text(encoding="utf-8")


def test_every_block_of_python_says_which_file_it_quotes() -> None:
    assert TEXT.count("```python\n") == len(QUOTED)


def test_every_file_that_it_names_is_there() -> None:
    named = re.findall(r"`((?:checker|tests|docs)/[\w/.-]+)`", TEXT)
    assert named
    for path in named:
        assert (ROOT / path).exists(), path

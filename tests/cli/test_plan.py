"""What ``csready plan`` prints: the questions, and the whole list of what could ever be sent."""

from pathlib import Path

from checker.probers.allowed_cmdlets import ALLOWED, AROUND
from tests.cli.running import csready


def test_the_whole_list_is_shown_by_place(tmp_path: Path) -> None:
    shown = " ".join(csready("plan", "--lab", cwd=tmp_path).stdout.partition("All that can be sent")[2].split())

    for vantage in ALLOWED:
        assert f" {vantage.value}: " + ", ".join((*ALLOWED[vantage], *AROUND[vantage])) in shown

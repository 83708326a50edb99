"""The lab as a whole: what it leaves behind, and that it can be started again."""

import tempfile
from pathlib import Path

import pytest

from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.running import Lab
from checker.lab.scenarios import SCENARIOS
from checker.model.facts import Selection


def test_nothing_of_it_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for _ in range(2):
        with Lab(SCENARIOS["ready"].deployment) as lab:
            setup = set_up(Options(config=lab.config), environment=lab.environment)
            done = run_scan(setup, selection=Selection(), deadline_s=30, progress=lambda line: None)
            assert not list(tmp_path.rglob("ntlm-users"))  # a password stands in it while somebody signs in
        assert any(fact.probe.id == "onprem/Get-CsUser" for fact in done.snapshot.facts)
        assert not list(tmp_path.iterdir())

"""Fixtures that several tests of the probers share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.probers.remoting_lab import PASSWORD, RemotingLab


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RemotingLab]:
    monkeypatch.setenv("CSREADY_ONPREM_PASSWORD", PASSWORD)
    monkeypatch.setenv("CSREADY_EDGE_PASSWORD", PASSWORD)
    monkeypatch.setenv("CSREADY_WORKSTATION_PASSWORD", PASSWORD)
    lab = RemotingLab(tmp_path)
    yield lab
    lab.close()

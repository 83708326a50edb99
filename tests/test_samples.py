"""The samples under ``reports/`` are what the program writes today."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

REPORTS = Path(__file__).parents[1] / "reports"


def _regenerate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("regenerate", REPORTS / "regenerate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _regenerate()


@pytest.mark.parametrize("scenario", SCRIPT.SAMPLES)
def test_a_sample_is_what_the_program_writes_today(scenario: str, tmp_path: Path) -> None:
    folder = REPORTS / f"lab-{scenario}"
    names = SCRIPT.make(scenario, tmp_path)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    for name in names:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), f"{name}: run reports/regenerate.py"


def test_there_are_samples_of_at_least_three_scenarios() -> None:
    assert len(SCRIPT.SAMPLES) >= 3

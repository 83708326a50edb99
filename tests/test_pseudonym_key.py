"""Where the key of the pseudonyms comes from, and that it is kept."""

import stat
import sys
from pathlib import Path

import platformdirs
import pytest

from checker.errors import UsageError
from checker.pseudonym_key import VARIABLE, pseudonym_key


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder for settings, not there yet."""
    place = tmp_path / "settings" / "csready"
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda name, appauthor: str(place))
    return place


def test_the_environment_wins() -> None:
    assert pseudonym_key({VARIABLE: "  sixteen letters!\n"}) == b"sixteen letters!"


def test_with_the_environment_no_file_is_made(folder: Path) -> None:
    pseudonym_key({VARIABLE: "sixteen letters!"})
    assert not folder.exists()


def test_a_short_key_is_refused_and_not_shown() -> None:
    with pytest.raises(UsageError, match=VARIABLE) as refused:
        pseudonym_key({VARIABLE: "short"})
    assert "short" not in refused.value.message + refused.value.hint


def test_a_key_is_made_once_and_kept(folder: Path) -> None:
    first = pseudonym_key({})
    assert len(first) == 64
    assert pseudonym_key({VARIABLE: ""}) == first
    assert [each.name for each in folder.iterdir()] == ["redaction-key"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives a user's folder to that user alone")
def test_its_file_is_for_its_owner_alone(folder: Path) -> None:
    pseudonym_key({})
    assert stat.S_IMODE((folder / "redaction-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("content", [b"", b"too short\n", b"\xff\xfe\xfd" * 10])
def test_a_file_without_a_key_is_named_and_left(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "redaction-key").write_bytes(content)
    with pytest.raises(UsageError, match="redaction-key"):
        pseudonym_key({})
    assert (folder / "redaction-key").read_bytes() == content


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "redaction-key").mkdir(parents=True)
    with pytest.raises(UsageError, match="redaction-key"):
        pseudonym_key({})


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    folder.parent.parent.joinpath("settings").write_text("a file")
    with pytest.raises(UsageError, match="redaction-key"):
        pseudonym_key({})

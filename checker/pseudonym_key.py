"""The key of the pseudonyms: the operator's own, kept outside of every report."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from checker.errors import UsageError

VARIABLE = "CSREADY_REDACTION_KEY"
_LEAST_CHARACTERS = 16
_FILE = "redaction-key"


def pseudonym_key(environment: Mapping[str, str] = os.environ) -> bytes:
    """What ``CSREADY_REDACTION_KEY`` holds, else a file in the user's own folder for settings, made at the first use.

    Raises ``UsageError`` for a key of less than 16 characters, and for a file that cannot be read or made.
    """
    if given := environment.get(VARIABLE, "").strip():
        if len(given) < _LEAST_CHARACTERS:
            raise UsageError(f"{VARIABLE}: has less than {_LEAST_CHARACTERS} characters", "Give a longer key, or none.")
        return given.encode("utf-8", errors="surrogateescape")
    path = Path(platformdirs.user_config_dir("csready", appauthor=False)) / _FILE
    try:
        return _kept(path) or _made(path)
    except (OSError, UnicodeDecodeError) as exc:
        why = exc.strerror or str(exc) if isinstance(exc, OSError) else "is no text"
        raise UsageError(f"{path}: {why}", f"Mend it, or set {VARIABLE}.") from exc


def _kept(path: Path) -> bytes:
    """Empty where there is none yet."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return b""
    if len(text) < _LEAST_CHARACTERS:
        raise UsageError(
            f"{path}: holds no key, or one of less than {_LEAST_CHARACTERS} characters",
            "Put the key back that it had; removed, it is made anew, and reports before it cannot be compared.",
        )
    return text.encode("utf-8")


def _made(path: Path) -> bytes:
    """A new key in a file for its owner alone. Of two that begin at once, one makes it, and both have the same."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{_FILE}")  # readable by its owner alone
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(32) + "\n")
        try:
            os.link(beside, path)  # unlike a rename, it fails where there is one already
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            os.replace(beside, path)
    finally:
        Path(beside).unlink(missing_ok=True)
    return _kept(path)

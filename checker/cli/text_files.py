"""Text files as administrators have them: in any encoding that Windows writes, and of a size that can be borne."""

from pathlib import Path

from checker.errors import UsageError


def read_text(path: Path, largest: int, *, wanted: str, too_large: str) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252; ``-`` is stdin. ``largest``: bytes.

    Raises ``UsageError`` for a file that is missing, too large, empty, or no text; ``wanted`` and ``too_large`` are its
    hints.
    """
    import sys

    name = "stdin" if str(path) == "-" else str(path)
    try:
        if name == "stdin":
            raw = sys.stdin.buffer.read(largest + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(largest + 1)
    except OSError as exc:
        raise UsageError(f"{name}: {exc.strerror or exc}", f"Name {wanted}.") from exc
    if len(raw) > largest:
        raise UsageError(f"{name}: is larger than {largest >> 20} MB", too_large)
    text = _decoded(raw)
    if "\0" in text:
        raise UsageError(f"{name}: is no text in UTF-8, or in UTF-16 with a byte order mark", "Save it as UTF-8.")
    if not text.strip():
        raise UsageError(f"{name}: is empty", f"Give {wanted}.")
    return text


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")

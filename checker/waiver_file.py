"""The waiver file: TOML with one ``[[waiver]]`` for each accepted risk."""

import difflib
import os
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec
import tomli_w

from checker.checks import all_checks
from checker.errors import UsageError
from checker.model.answers import Json
from checker.model.report import Waiver

_KEYS = ("check", "subject", "reason", "owner", "ticket", "expires", "fingerprint")
_REQUIRED = ("check", "reason", "owner", "ticket", "expires")


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """In the order of the file. Raises ``UsageError`` naming file, waiver and key."""
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name a waiver file; csready waive add begins one.") from exc
    return _waivers(raw, path)


def _waivers(raw: bytes, path: Path) -> tuple[Waiver, ...]:
    try:
        said = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise UsageError(
            f"{path}: is no TOML in UTF-8: {exc}", "Mend it; csready waive lint says when it is well."
        ) from exc
    if unknown := set(said) - {"waiver"}:
        raise UsageError(f"{path}: {min(unknown)}: is no key of a waiver file", "It holds [[waiver]] and nothing else.")
    entries = said.get("waiver", [])
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise UsageError(f"{path}: waiver: is no list of tables", "Write [[waiver]], with two brackets.")
    ids = [check.id for check in all_checks()]
    waivers: list[Waiver] = []
    for number, entry in enumerate(entries, start=1):
        waiver = _waiver(entry, f"{path}: waiver {number}", ids)
        if waiver in waivers:
            raise UsageError(
                f"{path}: waiver {number}: is the same as waiver {waivers.index(waiver) + 1}", "Remove one."
            )
        waivers.append(waiver)
    return tuple(waivers)


def _waiver(entry: Mapping[str, Json], where: str, ids: list[str]) -> Waiver:
    for key in entry:
        if key not in _KEYS:
            raise UsageError(
                f"{where}: {key}: is not a key of a waiver", _close(key, _KEYS) or f"It has {', '.join(_KEYS)}."
            )
    for key in _REQUIRED:
        if key not in entry:
            raise UsageError(f"{where}: {key} is missing", f"A waiver needs {', '.join(_REQUIRED)}.")
    texts = {key: entry[key] for key in _KEYS if key in entry and key != "expires"}
    for key, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{where}: {key}: is no text", f'Write {key} = "...".')
    check = texts["check"]
    if check not in ids:
        raise UsageError(f"{where}: {check}: no check has such an id", _close(check, ids) or "See csready checks.")
    return Waiver(
        check=check,
        subject=texts.get("subject", "*"),
        reason=texts["reason"],
        owner=texts["owner"],
        ticket=texts["ticket"],
        expires=_day(entry["expires"], where),
        fingerprint=texts.get("fingerprint"),
    )


def _day(value: Json, where: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as exc:
        raise UsageError(f"{where}: expires: is no date", "Write it as 2026-12-31.") from exc


def _close(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"Did you mean {close[0]}?" if close else ""


def append_waiver(path: Path, waiver: Waiver) -> None:
    """Adds it at the end, and leaves what stands there untouched. Raises ``UsageError`` for a file that is broken, that
    holds it already, would be broken with it, or cannot be written; then it is as it was.
    """
    before = read_waivers(path) if path.exists() else ()
    if waiver in before:
        raise UsageError(f"{path}: holds this waiver already", "See csready waive list.")
    said = {key: value for key, value in msgspec.structs.asdict(waiver).items() if value is not None}
    beside = path.with_name(f".{path.name}.part")
    try:
        text = path.read_bytes() if path.exists() else b""
        gap = b"" if not text else b"\n" if text.endswith(b"\n") else b"\n\n"
        # By hand: of a list of short tables tomli_w makes an inline array, to which nothing can be appended.
        text += gap + b"[[waiver]]\n" + tomli_w.dumps(said).encode("utf-8")
        _still_reads(text, path)
        beside.write_bytes(text)
        os.replace(beside, path)
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name a file that can be written.") from exc


def _still_reads(text: bytes, path: Path) -> None:
    try:
        _waivers(text, path)
    except UsageError as exc:
        reason = exc.message.removeprefix(f"{path}: ")
        hint = "Nothing was written. Each waiver is a [[waiver]] of its own, and says why, who and where."
        raise UsageError(f"{path}: cannot take this waiver: {reason}", hint) from exc

"""The receipt of a delivery: ``attach.json`` beside the report, with one entry for each ticket it went to."""

import os
from datetime import datetime
from pathlib import Path

import msgspec

from checker.errors import UsageError
from checker.model.facts import Moment
from checker.tickets.delivery import Arrived

RECEIPT = "attach.json"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    id: str
    url: str
    sha256: str
    outcome: str


class CommentEntry(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    url: str
    outcome: str


class LeftOutEntry(msgspec.Struct, frozen=True, kw_only=True):
    what: str
    how: str
    why: str


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """``report``: sha256 of report.json. ``failure``: empty when all arrived; else the lists say what did.

    ``url``: of the ticket; empty where it was not found out.
    """

    system: str
    site: str
    ticket: str
    url: str
    at: Moment
    report: str
    failure: str
    attachments: tuple[Entry, ...]
    comment: CommentEntry | None
    left_out: tuple[LeftOutEntry, ...]


class Receipts(msgspec.Struct, frozen=True, kw_only=True):
    deliveries: tuple[Receipt, ...] = ()


def receipt(
    arrived: Arrived, *, system: str, site: str, ticket: str, url: str, at: datetime, report: str, failure: str
) -> Receipt:
    noted, outcome = arrived.comment, arrived.comment_outcome
    return Receipt(
        system=system,
        site=site,
        ticket=ticket,
        url=url,
        at=at.replace(microsecond=0),
        report=report,
        failure=failure,
        attachments=tuple(
            Entry(
                name=each.attached.name,
                id=each.attached.id,
                url=each.attached.url,
                sha256=each.sha256,
                outcome=each.outcome.value,
            )
            for each in arrived.files
        ),
        comment=CommentEntry(id=noted.id, url=noted.url, outcome=outcome.value) if noted and outcome else None,
        left_out=tuple(LeftOutEntry(what=each.what, how=each.how, why=each.why) for each in arrived.left_out),
    )


def keep(folder: Path, new: Receipt) -> Path:
    """Puts it in place of the earlier one of the same ticket; returns the file. Raises ``UsageError`` when it
    cannot be written."""
    path = folder / RECEIPT
    others = tuple(each for each in _read(path).deliveries if (each.site, each.ticket) != (new.site, new.ticket))
    receipts = Receipts(deliveries=(*others, new))
    beside = path.with_name(f".{RECEIPT}.part")
    try:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(receipts), indent=2) + b"\n")
        os.replace(beside, path)
    except OSError as exc:
        hint = "What is on the ticket stands; only its receipt is missing."
        raise UsageError(f"{path}: {exc.strerror or exc}", hint) from exc
    return path


def check_place(folder: Path) -> None:
    """Raises ``UsageError`` where no receipt could be written, before anything is sent."""
    try:
        beside = folder / f".{RECEIPT}.part"
        beside.touch()
        beside.unlink()
    except OSError as exc:
        hint = "The receipt of the delivery goes there; copy the report to a folder that can be written."
        raise UsageError(f"{folder}: {exc.strerror or exc}", hint) from exc


def _read(path: Path) -> Receipts:
    """None where there is no file, or one that is no receipt: it is replaced."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Receipts)
    except (FileNotFoundError, msgspec.DecodeError):
        return Receipts()

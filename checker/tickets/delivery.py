"""The steps of a delivery, whatever the system: look first, send what is missing, never write blindly twice."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from itertools import count
from typing import TypeVar

from checker.errors import UsageError
from checker.tickets.answers import TooLarge
from checker.tickets.comment import comment
from checker.tickets.edition import JiraEdition
from checker.tickets.exchange import Exchange
from checker.tickets.failures import Unsure
from checker.tickets.packing import Form, Package, Piece, file_of
from checker.tickets.system import Attached, File, Limits, Note, Noted, TicketSystem

T = TypeVar("T")


class Outcome(Enum):
    """What became of a file or a comment. ``THERE``: it was, before this run."""

    SENT = "sent"
    UPDATED = "updated"
    THERE = "already there"


@dataclass(frozen=True)
class Arrival:
    attached: Attached
    sha256: str
    outcome: Outcome


@dataclass(frozen=True)
class LeftOut:
    """``what`` did not go onto the ticket as it is: ``how`` it went instead, empty for not at all, and why.

    ``remedy`` is for the operator, and not said on the ticket.
    """

    what: str
    how: str
    why: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.what} was {f'sent {self.how}' if self.how else 'left out'}: {self.why}"


@dataclass
class Arrived:
    """What is on the ticket so far; true also of a delivery that failed halfway."""

    files: list[Arrival] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    comment: Noted | None = None
    comment_outcome: Outcome | None = None


@dataclass(frozen=True)
class Wishes:
    """What the operator said; ``jira`` is ``None`` where it has to be found out."""

    allow_pii: bool = False
    as_text: bool = False
    jira: JiraEdition | None = None


class Delivery:
    """One report to one ticket. ``arrived`` tells how far it came when ``run`` raised ``DeliveryFailed``."""

    def __init__(self, package: Package, exchange: Exchange, wishes: Wishes) -> None:
        self.arrived = Arrived()
        self._package = package
        self._exchange = exchange
        self._wishes = wishes

    def run(self, system: TicketSystem, now: datetime) -> None:
        """Raises ``DeliveryFailed``; ``UsageError`` for a ticket that anybody can read, before anything is sent."""
        limits = system.look()
        there = {each.name: each for each in system.attached()}
        self._keep_from_the_public(system)
        for piece in self._package.pieces:
            self._place(piece, system, limits, there)
        self._comment(system, now)

    def _keep_from_the_public(self, system: TicketSystem) -> None:
        if self._package.report.redaction != "pii" and not self._wishes.allow_pii and system.is_public():
            raise UsageError(
                f"{system.ticket} can be read without signing in, and this report names people",
                "Scan with --redact pii, or say --allow-pii knowingly.",
            )

    def _place(self, piece: Piece, system: TicketSystem, limits: Limits, there: dict[str, Attached]) -> None:
        """Sends the largest form that is taken, unless it is there."""
        why = ""
        for form in self._taken_forms(piece, limits):
            file = file_of(self._package.report, form)
            if limits.size is not None and len(file.content) > limits.size:
                why = why or _too_large(len(file.content), limits)
                continue
            try:
                arrival = self._attach(file, system, there)
            except TooLarge as exc:
                why = exc.message
                continue
            if form.shrunk:
                why = why or _not_taken(piece.forms[0], limits)
                self.arrived.left_out.append(LeftOut(piece.name, form.shrunk, why))
            self.arrived.files.append(arrival)
            return
        remedy = "" if why or self._wishes.as_text else "--as-text sends it as .txt"
        why = why or _not_taken(piece.forms[0], limits)
        self.arrived.left_out.append(LeftOut(piece.name, "", why, remedy))

    def _taken_forms(self, piece: Piece, limits: Limits) -> list[Form]:
        """Those whose ending the system takes; the text form where it takes none, and the operator allows that."""
        taken = [form for form in piece.forms if not limits.extensions or form.ending in limits.extensions]
        if not taken and self._wishes.as_text and piece.as_text.ending in limits.extensions:
            return [piece.as_text]
        return taken

    def _attach(self, file: File, system: TicketSystem, there: dict[str, Attached]) -> Arrival:
        digest = hashlib.sha256(file.content).hexdigest()
        if (found := _whole(file, there.get(file.name))) is not None:
            return Arrival(found, digest, Outcome.THERE)

        def look() -> Attached | None:
            return next((found for each in system.attached() if (found := _whole(file, each))), None)

        return Arrival(self._once(lambda: system.attach(file), look), digest, Outcome.SENT)

    def _comment(self, system: TicketSystem, now: datetime) -> None:
        note = comment(
            self._package,
            system.ticket,
            now=now,
            attached=[arrival.attached.name for arrival in self.arrived.files],
            left_out=list(map(str, self.arrived.left_out)),
            budget=system.comment_budget,
            painted=system.painted,
        )
        before = system.noted(note)
        if before and before.is_current:
            self.arrived.comment, self.arrived.comment_outcome = before, Outcome.THERE
            return
        self.arrived.comment = self._once(lambda: system.write(note, before), lambda: _current(system, note))
        self.arrived.comment_outcome = Outcome.UPDATED if before else Outcome.SENT

    def _once(self, write: Callable[[], T], look: Callable[[], T | None]) -> T:
        """What ``write`` brought, or what ``look`` finds after a write of which nobody knows whether it arrived."""
        for tries in count(1):
            try:
                return write()
            except Unsure as unsure:
                self._exchange.pause(unsure, tries)
                if (found := look()) is not None:
                    return found
        raise AssertionError("counting has no end")


def _whole(file: File, attached: Attached | None) -> Attached | None:
    """``attached``, when it is ``file``; one of another size is what an upload that broke off left behind."""
    if attached is None or attached.name != file.name:
        return None
    return attached if attached.size in (None, len(file.content)) else None


def _current(system: TicketSystem, note: Note) -> Noted | None:
    found = system.noted(note)
    return found if found and found.is_current else None


def _too_large(size: int, limits: Limits) -> str:
    if not limits.size:
        return f"{limits.host} takes no attachments"
    return f"it has {_megabytes(size)}, and {limits.host} takes {_megabytes(limits.size)} at most"


def _not_taken(form: Form, limits: Limits) -> str:
    return f"{limits.host} takes no .{form.ending}"


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"

"""What a ticket system is to the delivery: the questions it answers, and the two things that are written to it."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from checker.model.answers import Json
from checker.rendering.summary import Summary
from checker.tickets.edition import JiraEdition
from checker.tickets.exchange import Exchange

Body = str | Mapping[str, Json]


@dataclass(frozen=True)
class File:
    """One file as it is sent. ``name`` carries the hash of ``content``, so a file of that name has that content."""

    name: str
    content: bytes = field(repr=False)
    mime: str


@dataclass(frozen=True)
class Attached:
    """A file on the ticket. ``size`` in bytes, ``None`` where the system does not say it."""

    id: str
    name: str
    url: str
    size: int | None


@dataclass(frozen=True)
class Limits:
    """What the live system at ``host`` states. ``size``: bytes of one file, ``None`` where it does not say; 0: none at
    all. ``extensions``: the only ones it takes, without a dot; empty: all, as far as it says.
    """

    host: str
    size: int | None
    extensions: Collection[str] = ()


@dataclass(frozen=True)
class Note:
    """The comment to be there in the end: ``marker`` is how it is found again, ``report`` the sha256 of the report."""

    marker: str
    report: str
    summary: Summary


@dataclass(frozen=True)
class Noted:
    """A comment of ours on the ticket; ``is_current`` when it says already what a note says."""

    id: str
    url: str
    is_current: bool


class TicketSystem(Protocol):
    """One ticket in one system. Whatever it asks may raise ``DeliveryFailed``; what it writes, ``Unsure`` too."""

    name: str
    ticket: str
    comment_budget: int

    @property
    def url(self) -> str:
        """Of the ticket, for people."""
        ...

    def look(self) -> Limits:
        """The first thing asked: signed in, and what is taken. Raises ``DeliveryFailed``."""
        ...

    def is_public(self) -> bool:
        """Whether the ticket can be read without signing in."""
        ...

    def attached(self) -> tuple[Attached, ...]:
        """Everything that is attached. Raises ``DeliveryFailed`` for a ticket that is not there, too."""
        ...

    def attach(self, file: File) -> Attached: ...

    def painted(self, note: Note) -> Body:
        """The comment in the system's own markup, with the marker where that is part of the text."""
        ...

    def noted(self, note: Note) -> Noted | None:
        """Our comment with this marker; ``None`` where there is none, or it cannot be changed into ``note``."""
        ...

    def write(self, note: Note, over: Noted | None) -> Noted:
        """A new comment, or ``over`` changed."""
        ...


@dataclass(frozen=True)
class Site:
    """Where a system is, without a slash at the end."""

    base: str

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or ""


@dataclass(frozen=True)
class Variables:
    """The names of the variables that hold a system's address and account. ``password`` is the secret one."""

    url: str
    user: str
    password: str


@dataclass(frozen=True)
class Kind:
    """A kind of system: how its tickets are named, where its address and account are found, who talks to it.

    ``ticket_in``: base address and ticket that a URL names, ``None`` where it is none of this kind. ``stand_in``: the
    address that a dry run shows where none is known. ``needs_user``: whether the secret does not stand alone.
    """

    prefix: str
    title: str
    ticket: re.Pattern[str]
    example: str
    variables: Variables
    stand_in: str
    ticket_in: Callable[[SplitResult], tuple[str, str] | None]
    needs_user: Callable[[Site], bool]
    connect: Callable[[Site, str, Exchange, JiraEdition | None], TicketSystem]

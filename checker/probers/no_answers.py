"""Turns what went wrong on the way to an answer into coded no-answers: one table for all wires."""

import errno
import socket
import ssl
import traceback
from pathlib import PurePath

from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.lifeline import Stage

_WAITED_FOR = {
    Stage.QUEUE: "time was up before the question could be sent",
    Stage.NAME_LOOKUP: "the name was not looked up in time",
    Stage.CONNECT: "connecting brought neither an acceptance nor a refusal: filtered, or switched off",
    Stage.HANDSHAKE: "it accepted the connection and did not complete the handshake",
    Stage.READ: "it was asked and did not complete an answer",
}

_NO_SUCH_NAME = {getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name)}
_NO_ROUTE = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


class NotMapped(OSError):
    """The connect-to map refuses this name, so that nothing is looked up or dialled outside."""


def timed_out(stage: Stage, where: str) -> NoAnswer:
    """What was never sent was not asked; anything later is a time-out."""
    reason = Reason.NOT_ASKED if stage is Stage.QUEUE else Reason.TIMED_OUT
    return NoAnswer(reason=reason, code=f"{stage.value}-timeout", detail=f"{where}: {_WAITED_FOR[stage]}")


def unreached(error: OSError, stage: Stage, where: str) -> NoAnswer:
    """For a connection that could not be made, or ended before an answer. Not for what TLS says of a certificate."""
    if isinstance(error, TimeoutError):
        return timed_out(stage, where)
    code, detail = _cause(error)
    return NoAnswer(reason=Reason.UNREACHABLE, code=code, detail=f"{where}: {detail}")


def _cause(error: OSError) -> tuple[str, str]:
    match error:
        case NotMapped():
            return "not-mapped", "the connect-to map has no entry for it and refuses what it does not have"
        case socket.gaierror() if error.errno in _NO_SUCH_NAME:
            return "name-not-found", "the name has no address"
        case socket.gaierror():
            return "name-lookup-failed", "the resolver of this machine could not say whether the name has an address"
        case ConnectionRefusedError():
            return "connection-refused", "the connection was refused: nothing listens there, or a firewall rejects"
        case ConnectionResetError() | ConnectionAbortedError() | BrokenPipeError():
            return "connection-reset", "the connection was accepted and then reset"
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError():
            return "connection-reset", "the connection was accepted and then closed"
        case OSError(errno=number) if number in _NO_ROUTE:
            return "no-route", "this machine has no route to it"
        case _:
            return "network-error", error.strerror or type(error).__name__


def bug(error: Exception) -> NoAnswer:
    """Where it happened, without the message: that may hold what came from outside, or a secret."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return NoAnswer(reason=Reason.BUG, code="bug", detail=f"{type(error).__name__} at {places}")

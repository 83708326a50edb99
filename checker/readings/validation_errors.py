"""What the tenant reports as wrong with a user: the errors of Get-CsOnlineUser, or those of Microsoft Graph.

Resources serviceProvisioningError and onPremisesProvisioningError (Microsoft Graph), read 2026-11-22. The shape of
UserValidationErrors is published nowhere: text, or objects of text.
"""

import re
from collections.abc import Callable, Iterable

from checker.model.answers import Json
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.cloud_users import (
    GRAPH_USERS,
    ONLINE_USERS,
    VALIDATION_ERRORS,
    CloudUsers,
    must_hold,
    users_with,
)

_LONGEST = 300  # characters of what is shown
_TYPE_NAME = re.compile(r"(System|Microsoft|Deserialized)\.[^\s:]+")  # what -Depth leaves of an object
_TAG = re.compile(r"<[^<>]*>")
# Of errors in Graph: those of a service name it as Get-CsTenant names its ServiceInstance.
_THIS_SERVICE = "microsoftcommunicationsonline"
_SERVICE = ("serviceProvisioningErrors", "ServiceProvisioningErrors")
_SYNC = ("onPremisesProvisioningErrors", "OnPremisesProvisioningErrors")


def errors_of(target: Target, evidence: Evidence) -> tuple[CloudUsers, Callable[[rows.Row], str]]:
    """The users, and what reads the errors of one, cut and cleaned; empty for none.

    Raises ``Unanswered`` naming both ways when neither is open.
    """
    probe, users = users_with(target, evidence, online=VALIDATION_ERRORS, graph=_SERVICE)
    if probe is ONLINE_USERS:
        return users, _of_online
    must_hold(evidence.answer(GRAPH_USERS), GRAPH_USERS, _SYNC)
    return users, _of_graph


def _of_online(row: rows.Row) -> str:
    if not (value := rows.raw(row, *VALIDATION_ERRORS)):
        return ""
    return _shown(_text(each) for each in rows.items({"": value}, ""))


def _of_graph(row: rows.Row) -> str:
    of_service, of_sync = rows.raw(row, *_SERVICE), rows.raw(row, *_SYNC)
    if not of_service and not of_sync:
        return ""
    ours = [each for each in _objects(of_service) if _is_of_this_service(each)]
    ours += [each for each in _objects(of_sync) if not rows.text_or_empty(each, "value").lower().startswith("smtp:")]
    return _shown(map(_text, ours))


def _is_of_this_service(error: rows.Row) -> bool:
    if rows.has(error, "isResolved") and rows.raw(error, "isResolved") is not None and rows.flag(error, "isResolved"):
        return False
    return rows.text(error, "serviceInstance").partition("/")[0].lower() == _THIS_SERVICE


def _objects(value: Json) -> tuple[rows.Row, ...]:
    found = rows.items({"": value}, "")
    if not all(isinstance(each, dict) for each in found):
        raise Unreadable("a provisioning error is no object")
    return found


def _text(value: Json) -> str:
    """Of an object all its text, in its order. Raises ``Unreadable`` where nothing is left of it but its type."""
    if isinstance(value, dict):
        own = [each.strip() for name, each in value.items() if isinstance(each, str) and not name.startswith("@")]
        text = ": ".join(filter(None, own)) or str(value.get("@text") or "")
    else:
        text = rows.scalar(value, "UserValidationErrors")
    if (not text and value not in (None, "")) or _TYPE_NAME.fullmatch(text):
        raise Unreadable("an error of the user cannot be read as text")
    return text


def _shown(texts: Iterable[str]) -> str:
    """One line of what can be printed, without tags."""
    whole = "; ".join(filter(None, texts))
    words = " ".join(_TAG.sub(" ", whole).split()) or whole
    line = "".join(character if character.isprintable() else "?" for character in words)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."

"""What a PowerShell error record means: the answer "there is none", or no answer, and why."""

import re
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import role_needed

MAX_TEXT = 300
ACCESS_DENIED, CMDLET_NOT_FOUND = "access-denied", "cmdlet-not-found"

_DENIED_CATEGORIES = frozenset({"PermissionDenied", "SecurityError"})
_DENIED_TEXT = re.compile(r"access (is )?denied", re.IGNORECASE)
_DENIED_ID = "unauthorizedaccessexception"
# Windows PowerShell 5.1 says "the name of", PowerShell 7 "a name of"; of a module that does not load both say so.
_NOT_A_CMDLET = re.compile(
    r"is not recognized as (the|a) name of a cmdlet|module could not be loaded|module '[^']*' could"
)
# The same in every language of Windows; all of them are filed under ObjectNotFound.
_NOT_A_CMDLET_IDS = frozenset({"commandnotfoundexception", "couldnotautoloadmodule", "couldnotautoloadmatchingmodule"})
_NO_SUCH_DRIVE = "drivenotfound"  # the certificates were not looked for, for want of their drive
_ERROR_ID = re.compile(r"[A-Za-z0-9_.-]{1,80}")
_NOT_SHOWN = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class ErrorRecord:
    """``category`` is a name of ErrorCategory, ``error_id`` the FullyQualifiedErrorId; either may be empty."""

    category: str
    message: str
    error_id: str = ""


def meaning(record: ErrorRecord, cmdlet: str) -> Objects | NoAnswer:
    """The answer "there is none" for an ordinary ObjectNotFound, else why there is no answer.

    A cmdlet that is not there is filed under ObjectNotFound too, and a denied one may be: the order decides. The code
    of what was refused is the first part of the error's id, such as ``DNS_ERROR_RCODE_NAME_ERROR``.
    """
    identifier = record.error_id.partition(",")[0].casefold()
    if record.category in _DENIED_CATEGORIES or identifier == _DENIED_ID or _DENIED_TEXT.search(record.message):
        return NoAnswer(
            reason=Reason.NO_ACCESS,
            code=ACCESS_DENIED,
            detail=shown(record.message),
            needs=role_needed(cmdlet),
        )
    if _NOT_A_CMDLET.search(record.message) or identifier in _NOT_A_CMDLET_IDS:
        return NoAnswer(
            reason=Reason.NO_ACCESS,
            code=CMDLET_NOT_FOUND,
            detail=f"the endpoint does not offer {cmdlet} to this account",
            needs=role_needed(cmdlet),
        )
    if record.category == "ObjectNotFound" and identifier != _NO_SUCH_DRIVE:
        return Objects(rows=())
    found = _ERROR_ID.match(record.error_id)
    return NoAnswer(
        reason=Reason.REFUSED, code=found[0] if found else "error-record", detail=shown(record.message) or cmdlet
    )


def shown(text: str) -> str:
    """A foreign text on one line, without control characters, at most ``MAX_TEXT`` characters long."""
    return _NOT_SHOWN.sub(" ", text).strip()[:MAX_TEXT]

"""Reads what Invoke-WebRequest saw from here as the answer to a GET."""

import re
from collections.abc import Mapping

from checker.model.answers import HttpAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.error_records import shown
from checker.probers.evidence_files.reading import Row
from checker.readings import rows
from checker.readings.web_requests import web_reply

# "The operation has timed out" in Windows PowerShell 5.1; "... HttpClient.Timeout of 100 seconds elapsing" in 7.
_TIMED_OUT = re.compile(r"timed out|timeout", re.IGNORECASE)
_LONGEST_BODY = 64 * 1024  # characters; as much as is kept of a live answer


def http_answer(found: tuple[Row, ...], url: str) -> HttpAnswer | NoAnswer:
    """Of the rows about ``url`` the last counts. Redirects are not to be seen in it.

    Raises ``Unreadable`` for one with neither a status nor an error.
    """
    reply = web_reply(Objects(rows=found), url)
    if not reply.status:
        reason = Reason.TIMED_OUT if _TIMED_OUT.search(reply.error) else Reason.UNREACHABLE
        return NoAnswer(reason=reason, code="web-error", detail=shown(reply.error))
    body = reply.body or ""
    return HttpAnswer(
        status=reply.status,
        url=url,
        headers=_headers(found[-1]),
        body=body[:_LONGEST_BODY],
        body_cut=len(body) > _LONGEST_BODY,
    )


def _headers(row: Row) -> dict[str, str]:
    """Names in lower case. PowerShell 7 gives each header a list of values."""
    given: Json = rows.raw(row, "Headers") if rows.has(row, "Headers") else None
    if not isinstance(given, Mapping):
        return {}
    found = {name.lower(): rows.items({"value": value}, "value") for name, value in given.items()}
    return {
        name: ", ".join(str(value) for value in values)
        for name, values in found.items()
        if not name.startswith("@") and not any(isinstance(value, list | dict) for value in values)
    }

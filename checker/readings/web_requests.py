"""What the machine that runs the move saw of a web address: a row of Invoke-WebRequest, kept in a file."""

import re
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows

# The cmdlet raises for 4xx and 5xx, so that the status may stand in the error's text alone: "(404) Not Found" in
# Windows PowerShell 5.1, "404 (Not Found)" in PowerShell 7.
_STATUS_IN_ERROR = re.compile(r"\(([45]\d\d)\)|: ([45]\d\d) \(")


def web_request(url: str) -> CmdletProbe:
    return CmdletProbe(
        vantage=Vantage.WORKSTATION,
        cmdlet="Invoke-WebRequest",
        parameters=(("Uri", url),),
        properties=("Uri", "StatusCode", "Error", "Content"),
    )


@dataclass(frozen=True, slots=True)
class WebReply:
    """``status`` is 0 where no reply came, and ``error`` then says why. ``body`` is ``None`` where it was not kept."""

    status: int
    error: str
    body: str | None

    @property
    def said(self) -> str:
        return f"status {self.status}" if self.status else self.error


def web_reply(answer: Objects, url: str) -> WebReply:
    """The last row whose Uri is ``url``. Raises ``Unreadable`` for none, and for one with neither status nor error."""
    wanted = url.rstrip("/").casefold()
    found = [row for row in answer.rows if rows.text(row, "Uri").rstrip("/").casefold() == wanted]
    if not found:
        raise Unreadable(f"no row of Invoke-WebRequest has the Uri {url}")
    row = found[-1]
    error = rows.text(row, "Error") if rows.has(row, "Error") else ""
    status = _status(row, error)
    if not status and not error:
        raise Unreadable(f"the row of {url} has neither a StatusCode nor an Error")
    # Content is an array of bytes where the reply's type is none that Invoke-WebRequest knows as text.
    content = rows.raw(row, "Content") if rows.has(row, "Content") else None
    body = content if isinstance(content, str) and content else None
    return WebReply(status, " ".join(error.split()), body)


def _status(row: rows.Row, error: str) -> int:
    status = rows.text(row, "StatusCode") if rows.has(row, "StatusCode") else ""
    if status.isascii() and status.isdigit() and int(status):
        return int(status)
    in_error = _STATUS_IN_ERROR.search(error)
    return int(in_error[1] or in_error[2]) if in_error else 0

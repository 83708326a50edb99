"""Points in time as foreign objects hold them: ISO 8601, what ConvertTo-Json writes, dates that were cast to text."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from checker.model.undecided import Unreadable
from checker.readings import rows

_MILLISECONDS = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
# A date cast to text has the form of the invariant culture, month first; the second is that of en-US.
_DOTNET = ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p")


@lru_cache(maxsize=4096)  # whoever was given a licence in one go has it since the same moment
def moment(text: str) -> datetime | None:
    """In UTC where no zone is named; ``None`` for an empty text. Raises ``Unreadable`` for what is no date."""
    if not text:
        return None
    try:
        if milliseconds := _MILLISECONDS.fullmatch(text):
            return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds[1]))
        found = _from_dotnet(text) if "/" in text else datetime.fromisoformat(text)
    except (ValueError, OverflowError) as exc:
        raise Unreadable(f"{text!r} is no date") from exc
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _from_dotnet(text: str) -> datetime:
    return datetime.strptime(text, _DOTNET[text.upper().endswith("M")])


def moment_of(row: rows.Row, name: str) -> datetime:
    """The property's moment. Raises ``Unreadable`` when it is absent, null or no date."""
    found = moment(rows.text(row, name))
    if found is None:
        raise Unreadable(f"{name} is empty")
    return found


def shown(when: datetime) -> str:
    """``2026-11-22``, the day in UTC."""
    return when.astimezone(UTC).date().isoformat()

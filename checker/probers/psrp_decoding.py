"""Turns what a pipeline sent back over PSRP into an answer, reading output as the XML text that came.

pypsrp's own decoder hands back a text where it knows none of an object's types, loses the names of enums in lists, and
takes ten times as long; so output goes round it, and only protocol messages and error records go through it.
"""

from typing import Any

from pypsrp.complex_objects import PSInvocationState
from pypsrp.powershell import PowerShell

from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.clixml import ClixmlReader, NotClixml, parse_object
from checker.probers.error_records import ErrorRecord, meaning
from checker.probers.psrp_fragments import MAX_OUTPUT

MAX_VALUES_PER_OBJECT = 500_000

# System.Management.Automation.ErrorCategory; other numbers mean nothing special here.
_CATEGORIES: dict[int | None, str] = {13: "ObjectNotFound", 18: "PermissionDenied", 25: "SecurityError"}


class Output:
    """The rows of one pipeline, taken off it while it runs. ``keep``: the properties that will be read, casefolded;
    ``None`` keeps all."""

    def __init__(self, keep: frozenset[str] | None = None) -> None:
        self._reader = ClixmlReader(MAX_VALUES_PER_OBJECT, keep)
        self._rows: list[dict[str, Json]] = []
        self._size = 0

    def take(self, pipeline: PowerShell) -> None:
        """Moves what has come so far. Raises :class:`NotClixml` for what cannot be read, or is too much."""
        texts, pipeline.output = pipeline.output, []
        for text in texts:
            self._size += len(text)
            if self._size > MAX_OUTPUT:
                raise NotClixml("the output is too large")
            self._reader.begin(is_one_object=True)  # references end with the message
            self._rows += self._reader.rows(parse_object(text))

    def answer(self, pipeline: PowerShell, cmdlet: str) -> Objects | NoAnswer:
        """What a pipeline that has ended says. Rows count only if it completed without any error record."""
        # had_errors is no use: it stays False when a cmdlet writes an error and then completes.
        meanings = [meaning(_record(error), cmdlet) for error in pipeline.streams.error]
        for found in meanings:
            if isinstance(found, NoAnswer):
                return found
        if meanings and self._rows:
            return NoAnswer(reason=Reason.REFUSED, code="half-result", detail="some of what was asked for is not there")
        if meanings:
            return meanings[0]
        if pipeline.state != PSInvocationState.COMPLETED:
            return NoAnswer(
                reason=Reason.REFUSED, code="pipeline-failed", detail="the cmdlet failed without saying why"
            )
        return Objects(rows=tuple(self._rows))


def _record(error: Any) -> ErrorRecord:
    """pypsrp's error record, or whatever else it made of the exception that ended a pipeline."""
    said = [getattr(error, "details_message", None), str(error), getattr(error, "message", None)]
    text = next((text for text in said if text and text != "None"), "")
    category = _CATEGORIES.get(getattr(error, "category", None), "")
    return ErrorRecord(category, text, getattr(error, "fq_error", None) or "")

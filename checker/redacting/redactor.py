"""A report, and what else is meant to be shared, with pseudonyms in the place of users, hosts, numbers and addresses.

Redaction comes last: what is judged, counted and predicted never meets a pseudonym.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from checker.model.facts import Snapshot
from checker.model.report import Report
from checker.readings.powershell_text import quoted
from checker.redacting.pseudonyms import Pseudonyms
from checker.redacting.report_parts import redacted_report
from checker.redacting.wording import Wording
from checker.rendering.hostile_text import guarded

if TYPE_CHECKING:
    from checker.rendering.user_lines import UserLine

_HERE = "\0"  # stands for the user of a row; no cell holds this character


class Redactor:
    """Of one run. The same value under the same ``key`` (bytes, never shown) has the same pseudonym in every run."""

    def __init__(self, snapshot: Snapshot, key: bytes) -> None:
        self._pseudonyms = Pseudonyms(key)
        self._wording = Wording(snapshot, self._pseudonyms)

    def report(self, report: Report) -> Report:
        """Sealed anew. Statuses, counts and the order of entries are what they were."""
        return redacted_report(report, self._wording)

    def text(self, text: str) -> str:
        """Any text about this run."""
        return self._wording.text(text)

    def csv(self, raw: bytes) -> bytes:
        """``users.csv``, cell by cell."""
        rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        made = io.StringIO(newline="")
        writer = csv.writer(made, lineterminator="\r\n")
        writer.writerow(next(rows))
        for name, *cells in rows:
            token = self._wording.person(name[1:] if name[:1] == "'" and guarded(name[1:]) == name else name)
            writer.writerow((token, *(self._of_row(cell, name, token) for cell in cells)))
        return made.getvalue().encode("utf-8-sig")

    def user_lines(self, lines: "Iterable[UserLine]") -> "tuple[UserLine, ...]":
        return tuple(self._line(line) for line in lines)

    def pseudonyms(self) -> bytes:
        """The map from pseudonym to value, as CSV in UTF-8 with BOM. It undoes the redaction: it is the operator's."""
        made = io.StringIO(newline="")
        writer = csv.writer(made, lineterminator="\r\n")
        writer.writerow(("kind", "pseudonym", "value"))
        writer.writerows((kind.value, token, guarded(value)) for kind, token, value in self._pseudonyms.given())
        return made.getvalue().encode("utf-8-sig")

    def _line(self, line: "UserLine") -> "UserLine":
        token = self._wording.person(line.sip_address)
        return replace(line, sip_address=token, reasons=self._of_row(line.reasons, line.sip_address, token))

    def _of_row(self, cell: str, name: str, token: str) -> str:
        """The cells of 100,000 users are the same but for who each is about."""
        if not cell:
            return cell
        script_name = quoted(f"sip:{name}")
        return self._wording.text(cell.replace(script_name, f"'sip:{_HERE}'")).replace(_HERE, token)

"""The objects that cmdlets answered with."""

from collections.abc import Iterator, Mapping, Sequence

from checker.model.answers import Json, Objects
from checker.model.facts import Snapshot
from checker.model.probes import CmdletProbe

Row = Mapping[str, Json]


def answered(snapshot: Snapshot) -> Iterator[tuple[str, Sequence[Row]]]:
    """Each cmdlet that was asked, in lower case, with its objects; once for each machine and question."""
    for fact in snapshot.facts:
        if isinstance(fact.probe, CmdletProbe) and isinstance(fact.answer, Objects):
            yield fact.probe.cmdlet.lower(), fact.answer.rows

"""Evidence folders and zips as a source of facts: a question goes in, what the files say of it comes out."""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from checker.model.answers import Objects
from checker.model.facts import Fact, NoAnswer, Notice
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.model.undecided import Reason, Unreadable
from checker.probers.allowed_cmdlets import IN_THE_REPLICA
from checker.probers.evidence_files.cmdlet_files import cmdlet_answer
from checker.probers.evidence_files.containers import collections
from checker.probers.evidence_files.dns_files import Resolver
from checker.probers.evidence_files.known_files import ANSWERS, CMDLETS, LABELLED_WITH, LABELS, RESOLVED
from checker.probers.evidence_files.lync_builds import patch_versions
from checker.probers.evidence_files.reading import FileRows, Found, malformed
from checker.probers.evidence_files.shelf import EvidenceFile, Shelf
from checker.probers.evidence_files.web_files import http_answer


class EvidenceFiles:
    """``notices`` grows when a file is passed over for another; ``lookup`` is used by one thread, the rest by any.

    Raises :class:`~checker.errors.UsageError` for a path that is neither a folder nor a zip that can be read.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        opened = [collections(path) for path in paths]
        self._shelf = Shelf((collection for found, _ in opened for collection in found), datetime.now(UTC))
        self._reader = FileRows()
        self._resolvers: dict[tuple[Vantage, str], tuple[Resolver, ...]] = {}
        self._notices = [notice for _, notices in opened for notice in notices] + list(self._shelf.notices)

    @property
    def notices(self) -> tuple[Notice, ...]:
        return tuple(self._notices)

    @property
    def under_way(self) -> str:
        """Empty, or ``reading onprem/Get-CsUser.xml: 12,000 objects``."""
        return self._reader.under_way

    def lookup(self, probe: AnyProbe) -> Fact | None:
        """``None``: no file here concerns the question."""
        began = time.monotonic()
        found = self._found(probe)
        if found is None:
            return None
        return Fact(
            probe=probe,
            answer=found.answer,
            observed_at=min(file.observed_at for file in found.files),
            duration_ms=round((time.monotonic() - began) * 1000),
            source=", ".join(file.shown for file in found.files),
            second_hand=found.second_hand,
        )

    def _found(self, probe: AnyProbe) -> Found | None:
        match probe:
            case CmdletProbe(cmdlet="Get-CsServerPatchVersion"):
                return _best(chain(self._of_cmdlet(probe), self._of_registry(probe)))
            case CmdletProbe():
                return _best(self._of_cmdlet(probe))
            case DnsProbe():
                return _best(self._of_dns(probe))
            case HttpProbe():
                return self._of_web(probe)
            case TlsProbe():
                return None  # no file keeps a handshake

    def _of_cmdlet(self, probe: CmdletProbe) -> Iterator[Found | None]:
        """What the host's own files say, then those that speak for all hosts; last, what an Edge's replica says."""
        for files in self._shelf.places(probe.vantage, probe.host, probe.cmdlet):
            yield cmdlet_answer(probe, files, self._reader, self._passed_over)
        if probe.vantage is Vantage.ONPREM and probe.cmdlet in IN_THE_REPLICA:
            for files in self._shelf.places(Vantage.EDGE, "", probe.cmdlet):
                found = cmdlet_answer(probe, files, self._reader, self._passed_over)
                yield found and found._replace(second_hand=True)

    def _of_registry(self, probe: CmdletProbe) -> Iterator[Found]:
        for files in self._shelf.places(probe.vantage, probe.host, "Get-ItemProperty"):
            for file in files:
                if file.name.label == "build":
                    yield _build(file, self._reader)

    def _of_dns(self, probe: DnsProbe) -> Iterator[Found | None]:
        place = probe.vantage, probe.host
        if place not in self._resolvers:
            by_kind = (self._shelf.places(*place, kind) for kind in (RESOLVED, ANSWERS))
            self._resolvers[place] = tuple(
                Resolver(resolved + tables, self._reader) for resolved, tables in zip(*by_kind, strict=True)
            )
        for resolver in self._resolvers[place]:
            yield resolver.answer(probe)

    def _of_web(self, probe: HttpProbe) -> Found | None:
        request = CmdletProbe(
            vantage=probe.vantage,
            host=probe.host,
            cmdlet="Invoke-WebRequest",
            parameters=(("Uri", probe.url),),
            properties=("Uri", "StatusCode", "Error", "Content", "Headers"),
        )
        found = _best(self._of_cmdlet(request))
        if found is None or not isinstance(found.answer, Objects):
            return found
        try:
            return found._replace(answer=http_answer(found.answer.rows, probe.url))
        except Unreadable as exc:
            return found._replace(answer=malformed(found.files[-1], "not-web", exc.detail))

    def _passed_over(self, file: EvidenceFile, why: NoAnswer) -> None:
        notice = Notice(code="evidence-passed-over", text=f"answered without it: {why.detail}", where=file.shown)
        if notice not in self._notices:
            self._notices.append(notice)


def _best(candidates: Iterable[Found | None]) -> Found | None:
    """The first that is more than "nobody collected that", else the first; what comes after it is not even read."""
    first = None
    for found in candidates:
        first = first or found
        if found and not (isinstance(found.answer, NoAnswer) and found.answer.reason is Reason.NO_ACCESS):
            return found
    return first


def _build(file: EvidenceFile, reader: FileRows) -> Found:
    read = reader.kept(file)
    if isinstance(read, NoAnswer):
        return Found(read, (file,))
    try:
        return Found(Objects(rows=patch_versions(read.rows)), (file,))
    except Unreadable as exc:
        return Found(malformed(file, "no-build", exc.detail), (file,))


def wanted_file(probe: AnyProbe) -> str:
    """The path in an evidence folder of a file that would answer it; empty if none can."""
    match probe:
        case DnsProbe():
            return f"{probe.place}/{RESOLVED}.json"
        case HttpProbe(vantage=Vantage.HERE):
            return f"{probe.place}/Invoke-WebRequest.json"
        case CmdletProbe() if probe.cmdlet in CMDLETS[probe.vantage]:
            asked = {(value or name).casefold() for name, value in probe.parameters}  # a switch has no value
            labels = [each for each in LABELS.get(probe.cmdlet, ()) if each.casefold() in asked]
            labels += [value for name, value in probe.parameters if name == LABELLED_WITH.get(probe.cmdlet)]
            label = "".join(f"--{each}" for each in labels[:1])
            kind = "xml" if "-Cs" in probe.cmdlet and probe.vantage is not Vantage.TENANT else "json"
            return f"{probe.place}/{probe.cmdlet}{label}.{kind}"
        case _:
            return ""

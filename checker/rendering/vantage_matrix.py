"""DNS and network as matrices: one row a question, one column a place it was asked from.

Split DNS and firewalls make one name two facts. Where places disagree the row says so; whether that is right is for
the findings to say.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.answers import Json
from checker.model.probes import Vantage
from checker.model.report import EvidenceEntry, Report
from checker.readings.cloud_names import CLOUD_NAMES

MOST_ROWS = 200
_CONNECTION = re.compile(r"Test-NetConnection -ComputerName (\S+) -Port (\d+)")
_HANDSHAKE = re.compile(r"(?:SIP )?TLS (\S+:\d+)")
_WEB = re.compile(r"(?:GET|Invoke-WebRequest -Uri) (https?://\S+)")
_OWN_PROBE = "csready-wildcard-probe."  # shows a wildcard record; nobody publishes that name
_VANTAGES = {vantage.value: place for place, vantage in enumerate(Vantage)}


@dataclass(frozen=True, slots=True)
class Cell:
    """What was seen from one place; ``known`` is false where nobody could look, and ``text`` is then the reason."""

    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """``cells`` as the matrix's vantages, ``None`` where it was not asked. ``at_cutover``: what the record has to be
    once nobody is left on-premises, empty where that is none of the four public records.
    """

    question: str
    cells: tuple[Cell | None, ...]
    at_cutover: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """``beyond``: how many rows more there were than the first 200."""

    vantages: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    beyond: int = 0


def dns_matrix(report: Report) -> Matrix:
    dns = [entry for entry in report.evidence if entry.kind == "dns" and _OWN_PROBE not in entry.asked]
    return _matrix(report, dns)


def network_matrix(report: Report) -> Matrix:
    """Connections, TLS handshakes and web requests."""
    return _matrix(report, [entry for entry in report.evidence if entry.kind != "dns"])


def _matrix(report: Report, evidence: Iterable[EvidenceEntry]) -> Matrix:
    """The questions in the order of the evidence, the places in the order of :class:`Vantage`."""
    asked: dict[str, dict[str, Cell]] = {}
    for entry in evidence:
        if question := _question(entry):
            cells = asked.setdefault(question, {})
            # TLS and the plain connection ask the same of one place; what was answered says more than what was not.
            if entry.vantage not in cells or not cells[entry.vantage].known:
                cells[entry.vantage] = _cell(entry)
    places = {place for cells in asked.values() for place in cells}
    vantages = tuple(sorted(places, key=lambda place: (_VANTAGES.get(place.partition("--")[0], 99), place)))
    later = _at_cutover(report)
    rows = tuple(
        MatrixRow(
            question=question,
            cells=tuple(cells.get(vantage) for vantage in vantages),
            at_cutover=later.get(question.lower(), ""),
            differs=len({_compared(cell.text) for cell in cells.values() if cell.known}) > 1,
        )
        for question, cells in asked.items()
    )
    return Matrix(vantages, rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS))


def _compared(text: str) -> str:
    """Whoever got as far as a handshake has reached the port."""
    return "reached" if text.startswith("TLS ") else text


def _question(entry: EvidenceEntry) -> str:
    """What was asked without how; empty for what is no question of DNS or network."""
    if entry.kind == "dns":
        return entry.asked
    if found := _CONNECTION.fullmatch(entry.asked):
        return f"{found[1]}:{found[2]}"
    if found := _HANDSHAKE.fullmatch(entry.asked) or _WEB.fullmatch(entry.asked):
        return found[1]
    return ""


def _cell(entry: EvidenceEntry) -> Cell:
    if entry.reason:
        return Cell(entry.reason.code.value, known=False)
    return Cell(_said(entry.answer), known=True)


def _said(answer: Json) -> str:
    match answer:
        case {"type": "dns-answer", "rcode": "NXDOMAIN"}:
            return "NXDOMAIN"
        case {"type": "dns-answer", "records": records}:
            return ", ".join(f"{each['record']} {each['data']}" for each in records) or "no such record"
        case {"type": "tls-answer", "outcome": outcome}:
            return f"TLS {outcome}"
        case {"type": "http-answer", "status": status, "tls_error": refused}:
            return f"certificate refused: {refused}" if refused else f"HTTP {status}"
        case {"type": "objects", "rows": [{"TcpTestSucceeded": reached}]}:
            return "reached" if reached in (True, "True", "true") else "not reached"
        case {"type": "objects", "rows": [{"StatusCode": status}]} if status:
            return f"HTTP {status}"
        case {"type": "objects", "rows": [{"Error": error}]} if error:
            return str(error)
    return "answered"


def _at_cutover(report: Report) -> dict[str, str]:
    """Of the four public records, by the question in lower case; what the tenant itself asks for may differ."""
    cloud = CLOUD_NAMES[report.deployment.cloud]
    wanted = {}
    for domain in report.deployment.sip_domains:
        wanted[f"srv _sipfederationtls._tcp.{domain}"] = f"SRV 100 1 5061 {cloud.sipfed}"
        wanted[f"srv _sip._tls.{domain}"] = f"SRV 100 1 443 {cloud.sipdir}"
        wanted[f"a sip.{domain}"] = f"CNAME {cloud.sipdir}"
        wanted[f"a lyncdiscover.{domain}"] = f"CNAME {cloud.webdir}"
    return wanted

"""Asks an Edge server's own resolver, by Resolve-DnsName over the server's PowerShell session."""

from checker.model.answers import DnsAnswer, DnsRecord, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, DnsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.wire import Deliver, Reply, Wire

# By the first part of the error's FullyQualifiedErrorId. The two answers are errors 9003 and 9501 of winerror.h. The
# failures: https://learn.microsoft.com/azure/dns/dns-security-policy and, for ERROR_TIMEOUT,
# https://learn.microsoft.com/troubleshoot/windows-server/networking (both read 2026-11-22).
_RCODES = {"DNS_ERROR_RCODE_NAME_ERROR": "NXDOMAIN", "DNS_INFO_NO_RECORDS": "NOERROR"}
_TIMEOUT = "ERROR_TIMEOUT"
_FAILURES = {
    "RCODE_SERVER_FAILURE": "servfail",
    "DNS_ERROR_RCODE_SERVER_FAILURE": "servfail",
    "RCODE_REFUSED": "refused",
    "DNS_ERROR_RCODE_REFUSED": "refused",
}

_ANSWER_SECTION = ("Answer", 1)
_TYPES = {1: "A", 5: "CNAME", 6: "SOA", 28: "AAAA", 33: "SRV"}  # the numbers are those of DNS


class EdgeDnsWire:
    """A ``Wire`` of DNS probes from ``dns-edge``. The time-out is that of the cmdlet, since the Edge does the asking.

    ``authoritative``, ``truncated`` and ``server`` stay unsaid: the cmdlet does not show them.
    """

    def __init__(self, powershell: Wire[CmdletProbe]) -> None:
        self._powershell = powershell

    def send(self, probe: DnsProbe, deadline: float, deliver: Deliver) -> None:
        cmdlet = CmdletProbe(
            vantage=Vantage.EDGE,
            host=probe.host,
            cmdlet="Resolve-DnsName",
            parameters=(("Name", probe.name), ("Type", probe.record), ("DnsOnly", "")),
        )
        self._powershell.send(cmdlet, deadline, lambda reply: deliver(_as_dns(reply, probe)))

    def close(self) -> None:
        """Nothing: the sessions belong to the PowerShell wire."""


def _as_dns(reply: Reply, probe: DnsProbe) -> Reply:
    answer = reply.answer
    if isinstance(answer, Objects):
        return reply._replace(answer=_from_rows(answer.rows, probe))
    if isinstance(answer, NoAnswer) and answer.reason is Reason.REFUSED:
        return reply._replace(answer=_from_error(answer))
    return reply


def _from_error(error: NoAnswer) -> DnsAnswer | NoAnswer:
    if rcode := _RCODES.get(error.code):
        return DnsAnswer(rcode=rcode)
    if error.code == _TIMEOUT:
        return NoAnswer(reason=Reason.TIMED_OUT, code="resolver-timeout", detail=error.detail)
    return NoAnswer(reason=Reason.REFUSED, code=_FAILURES.get(error.code, error.code), detail=error.detail)


def _from_rows(rows: tuple[dict[str, Json], ...], probe: DnsProbe) -> DnsAnswer | NoAnswer:
    """NODATA comes as the zone's SOA, in the authority section; no row at all says nothing."""
    try:
        records = tuple(_record(row) for row in rows if _is_answer(row, probe.record))
    except _Unreadable as exc:
        return NoAnswer(reason=Reason.MALFORMED, code="not-dns", detail=f"a row of Resolve-DnsName {exc}")
    if not records and not any(_type(row) == "SOA" for row in rows):
        return NoAnswer(
            reason=Reason.MALFORMED,
            code="no-rows",
            detail="Resolve-DnsName gave neither a record, nor an SOA, nor an error",
        )
    aliases = [record for record in records if record.record == "CNAME"]
    others = [record for record in records if record.record != "CNAME"]
    return DnsAnswer(rcode="NOERROR", records=(*_chain(aliases, probe.name), *sorted(others, key=_order)))


class _Unreadable(Exception):
    """A row lacks what its type must have."""


def _type(row: dict[str, Json]) -> str:
    """``SRV``, whether the enum came as its name or as its number."""
    kind = row.get("Type", row.get("QueryType"))
    return _TYPES.get(kind, str(kind)) if isinstance(kind, int) else str(kind).upper()


def _is_answer(row: dict[str, Json], asked: str) -> bool:
    """Addresses of an SRV record's target come along in the additional section, and are no answer to the question."""
    section = row.get("Section")
    return _type(row) in (asked, "CNAME") and (section is None or section in _ANSWER_SECTION)


def _record(row: dict[str, Json]) -> DnsRecord:
    match kind := _type(row):
        case "SRV":
            numbers = [str(_number(row, key)) for key in ("Priority", "Weight", "Port")]
            data = " ".join([*numbers, _absolute(_text(row, "NameTarget", "Target"))])
        case "A" | "AAAA":
            data = _text(row, "IPAddress", "IP4Address", "IP6Address")
        case "CNAME":
            data = _absolute(_text(row, "NameHost", "Server"))
        case _:
            raise _Unreadable(f"is of type {kind[:20]}")
    return DnsRecord(_text(row, "Name").rstrip(".").lower(), kind, _number(row, "TTL"), data)


def _text(row: dict[str, Json], *keys: str) -> str:
    for key in keys:
        value = row.get(key)
        text = value.get("@text") if isinstance(value, dict) else value  # an address may come as an object
        if isinstance(text, str) and text:
            return text
    raise _Unreadable(f"has no {keys[0]}")


def _number(row: dict[str, Json], key: str) -> int:
    value = row.get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _Unreadable(f"has no {key}")
    return value


def _absolute(name: str) -> str:
    return name.rstrip(".") + "."


def _chain(aliases: list[DnsRecord], name: str) -> list[DnsRecord]:
    """In the order in which they lead on from ``name``; what hangs loose comes last."""
    left = {alias.name: alias for alias in aliases}
    chain = []
    while name in left:
        chain.append(left.pop(name))
        name = chain[-1].data.rstrip(".").lower()
    return chain + sorted(left.values(), key=_order)


def _order(record: DnsRecord) -> tuple[str, str, str]:
    return record.name, record.record, record.data

"""Reads what Resolve-DnsName says, rows or an error, as a DNS answer: from a session or out of a file."""

from checker.model.answers import DnsAnswer, DnsRecord, Json
from checker.model.facts import NoAnswer
from checker.model.probes import DnsProbe
from checker.model.undecided import Reason
from checker.readings import rows

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

_ANSWER, _AUTHORITY = ("Answer", 1), ("Authority", 2)
_TYPES = {1: "A", 5: "CNAME", 6: "SOA", 28: "AAAA", 33: "SRV"}  # the numbers are those of DNS


def answer_from_error(error: NoAnswer) -> DnsAnswer | NoAnswer:
    if rcode := _RCODES.get(error.code):
        return DnsAnswer(rcode=rcode)
    if error.code == _TIMEOUT:
        return NoAnswer(reason=Reason.TIMED_OUT, code="resolver-timeout", detail=error.detail)
    return NoAnswer(reason=Reason.REFUSED, code=_FAILURES.get(error.code, error.code), detail=error.detail)


def answer_from_rows(found: tuple[dict[str, Json], ...], probe: DnsProbe) -> DnsAnswer | NoAnswer:
    """NODATA comes as the zone's SOA, in the authority section; no row at all says nothing."""
    try:
        records = tuple(read_record(row) for row in found if is_answer(row, probe.record))
    except UnreadableRow as exc:
        return NoAnswer(reason=Reason.MALFORMED, code="not-dns", detail=f"a row of Resolve-DnsName {exc}")
    if not records and not any(record_type(row) == "SOA" for row in found):
        return NoAnswer(
            reason=Reason.MALFORMED,
            code="no-rows",
            detail="Resolve-DnsName gave neither a record, nor an SOA, nor an error",
        )
    aliases = [record for record in records if record.record == "CNAME"]
    others = [record for record in records if record.record != "CNAME"]
    return DnsAnswer(rcode="NOERROR", records=(*in_order(aliases, probe.name), *sorted(others, key=by_name)))


class UnreadableRow(Exception):
    """A row lacks what its type must have."""


def record_type(row: dict[str, Json]) -> str:
    """``SRV``, whether the enum came as its name or as its number."""
    return type_name(_value(row, "Type", "QueryType"))


def type_name(kind: Json) -> str:
    return _TYPES.get(kind, str(kind)) if isinstance(kind, int) else str(kind).upper()


def is_answer(row: dict[str, Json], asked: str) -> bool:
    """Addresses of an SRV record's target come along in the additional section, and are no answer to the question."""
    return record_type(row) in (asked, "CNAME") and _section(row) in (None, *_ANSWER)


def is_zone(row: dict[str, Json], name: str) -> bool:
    """Whether it is the SOA record by which a server says that it knows the zone of ``name``, and not the record."""
    if record_type(row) != "SOA" or _section(row) not in _AUTHORITY:
        return False
    zone = owner(row)
    return name == zone or name.endswith(f".{zone}")


def owner(row: dict[str, Json]) -> str:
    """The name that the record is of, in lower case; empty where the row has none."""
    name = _value(row, "Name")
    return name.rstrip(".").lower() if isinstance(name, str) else ""


def read_record(row: dict[str, Json]) -> DnsRecord:
    """Raises :class:`UnreadableRow`."""
    match kind := record_type(row):
        case "SRV":
            numbers = [str(_number(row, key)) for key in ("Priority", "Weight", "Port")]
            data = " ".join([*numbers, _absolute(_text(row, "NameTarget", "Target"))])
        case "A" | "AAAA":
            data = _text(row, "IPAddress", "IP4Address", "IP6Address")
        case "CNAME":
            data = _absolute(_text(row, "NameHost", "Server"))
        case _:
            raise UnreadableRow(f"is of type {kind[:20]}")
    return DnsRecord(_text(row, "Name").rstrip(".").lower(), kind, _number(row, "TTL"), data)


def _section(row: dict[str, Json]) -> Json:
    return _value(row, "Section")


def _value(row: dict[str, Json], *keys: str) -> Json:
    return rows.raw(row, *keys) if rows.has(row, *keys) else None


def _text(row: dict[str, Json], *keys: str) -> str:
    for key in keys:
        value = _value(row, key)
        text = value.get("@text") if isinstance(value, dict) else value  # an address may come as an object
        if isinstance(text, str) and text:
            return text
    raise UnreadableRow(f"has no {keys[0]}")


def _number(row: dict[str, Json], key: str) -> int:
    value = _value(row, key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise UnreadableRow(f"has no {key}")
    return value


def _absolute(name: str) -> str:
    return name.rstrip(".") + "."


def in_order(aliases: list[DnsRecord], name: str) -> list[DnsRecord]:
    """In the order in which they lead on from ``name``; what hangs loose comes last."""
    left = {alias.name: alias for alias in aliases}
    chain = []
    while name in left:
        chain.append(left.pop(name))
        name = chain[-1].data.rstrip(".").lower()
    return chain + sorted(left.values(), key=by_name)


def by_name(record: DnsRecord) -> tuple[str, str, str]:
    return record.name, record.record, record.data

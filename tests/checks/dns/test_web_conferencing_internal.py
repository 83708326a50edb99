import pytest

from checker.checks.dns.web_conferencing_internal import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.dns_records import address
from checker.readings.topology import EDGE_SERVICES
from tests.judging import CONTOSO, DENIED, NXDOMAIN, SILENT, judged, objects, records

NAME = "webconf.contoso.com"
PUBLIC = records(NAME, "A", "203.0.113.11")


def service(pool: str = "edge.contoso.com", **more: Json) -> dict[str, Json]:
    return {"PoolFqdn": pool, "AccessEdgeExternalFqdn": "sip.contoso.com", "AccessEdgeExternalSipPort": 5061, **more}


def views(inside: DnsAnswer | NoAnswer, outside: DnsAnswer | NoAnswer) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    return {address(Vantage.DNS_INTERNAL, NAME): inside, address(Vantage.DNS_EXTERNAL, NAME): outside}


@pytest.mark.parametrize(
    ("verdict", "inside", "outside"),
    [
        ("pass", PUBLIC, PUBLIC),
        ("warn", NXDOMAIN, PUBLIC),
        ("warn", records(NAME, "A", "10.0.0.11"), PUBLIC),  # the Edge's internal side takes no such client
        ("warn", PUBLIC, NXDOMAIN),
        ("unknown: timed-out", SILENT, PUBLIC),
        ("unknown: timed-out", PUBLIC, SILENT),
        ("warn", NXDOMAIN, SILENT),  # whatever public DNS says
    ],
)
def test_inside_it_has_the_address_that_it_has_outside(
    verdict: str, inside: DnsAnswer | NoAnswer, outside: DnsAnswer | NoAnswer
) -> None:
    known = {EDGE_SERVICES: objects(service(DataEdgeExternalFqdn=NAME)), **views(inside, outside)}
    assert judged(CHECK, CONTOSO, known) == verdict


@pytest.mark.parametrize(
    ("verdict", "services"),
    [
        ("not-applicable", objects()),
        ("not-applicable", objects(service(DataEdgeExternalFqdn=None))),
        ("pass", objects(service(DataEdgeExternalFqdn=""), service("two.contoso.com", DataEdgeExternalFqdn=NAME))),
        ("unknown: malformed", objects(service())),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_name_comes_from_the_topology(verdict: str, services: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {EDGE_SERVICES: services, **views(PUBLIC, PUBLIC)}) == verdict

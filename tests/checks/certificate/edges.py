"""Edges, their pool and their certificates in short form."""

from checker.model.answers import Json
from tests.checks.topology.edges import edge as service

EDGE, OTHER = "edge01.contoso.com", "edge02.contoso.com"
ONE, TWO = "A" * 40, "B" * 40
SERVICE = service("edge.contoso.com")


def pool(*edges: str) -> dict[str, Json]:
    return {"Fqdn": "edge.contoso.com", "Computers": list(edges), "Services": ["EdgeServer:edge.contoso.com"]}


def certificate(**changes: Json) -> dict[str, Json]:
    """A row of Get-CsCertificate."""
    row: dict[str, Json] = {
        "Use": "AccessEdgeExternal",
        "Thumbprint": ONE,
        "Subject": "CN=sip.contoso.com",
        "NotBefore": "2026-01-01T00:00:00Z",
        "NotAfter": "2027-01-01T00:00:00Z",
        "AlternativeNames": ["sip.contoso.com", "webconf.contoso.com"],
    }
    return row | changes


def without(name: str) -> dict[str, Json]:
    """That row without a property."""
    return {key: value for key, value in certificate().items() if key != name}

"""Rows of Get-CsService -EdgeServer in short form."""

from checker.model.answers import Json


def edge(pool: str, port: Json = 5061) -> dict[str, Json]:
    return {
        "Identity": f"EdgeServer:{pool}",
        "PoolFqdn": pool,
        "AccessEdgeExternalFqdn": "sip.contoso.com",
        "AccessEdgeExternalSipPort": port,
    }


NO_PORT = {"Identity": "EdgeServer:edge.contoso.com", "PoolFqdn": "edge.contoso.com", "AccessEdgeExternalFqdn": "x.y"}

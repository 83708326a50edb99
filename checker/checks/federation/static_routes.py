"""No static route leads messages for the deployment's own SIP domain elsewhere.

A route to another host for the split domain would catch what should go to the cloud, or to the user's pool (inferred;
no text says so). A route matches the domain by name, or what lies below another one as *.contoso.com. Review it, and
take it away if nothing needs it.
"""

import re
from collections.abc import Iterator, Mapping

from checker import sources
from checker.model.answers import Json
from checker.model.checks import Confidence, Impact, SipDomainCheck, Worst
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.federated_domains import lies_below
from checker.readings.names import dns_name, is_host_name, same_name

STATIC_ROUTES = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsStaticRoutingConfiguration", properties=("Identity", "Route")
)
_IN_TEXT = re.compile(r"MatchUri=([^;\s]+)", re.IGNORECASE)  # of a route that was clipped to its string form


def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
    configurations = rows.all_of(evidence.answer(STATIC_ROUTES), STATIC_ROUTES.cmdlet)
    if not configurations:
        raise Unreadable(f"{STATIC_ROUTES.cmdlet} shows no configuration, and Global is always there")
    matching = sorted({uri for uri in _match_uris(configurations) if _matches(uri, domain)})
    return Verdict.when(
        not matching, expected=f"no route for {domain}", observed=f"routes with MatchUri: {rows.named(matching)}"
    )


def _match_uris(configurations: tuple[rows.Row, ...]) -> Iterator[str]:
    for route in (route for row in configurations for route in rows.items(row, "Route")):
        if isinstance(route, Mapping) and rows.has(route, "MatchUri"):
            yield rows.text(route, "MatchUri")
        else:
            yield from _in_text(rows.scalar(route, "Route"))


def _in_text(route: Json) -> list[str]:
    found = _IN_TEXT.findall(route)
    if not found:
        raise Unreadable("a static route shows no MatchUri")
    return found


def _matches(uri: str, domain: str) -> bool:
    if uri == "*":
        return True
    below = uri.removeprefix("*.")
    if not is_host_name(dns_name(below)):
        raise Unreadable(f"the MatchUri {uri!r} of a static route is no domain")
    return lies_below(dns_name(domain), (dns_name(below),)) if below != uri else same_name(uri, domain)


CHECK = SipDomainCheck(
    id="federation.static-routes",
    title="No static route diverts a SIP domain",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="inference",
    judge=judge,
    remediation=remedies.on_premises(
        "review the routes; then Set-CsStaticRoutingConfiguration -Identity <identity> -Route @{Remove=<route>}",
        verify="(Get-CsStaticRoutingConfiguration).Route",
        rollback="Set-CsStaticRoutingConfiguration -Identity <identity> -Route @{Add=<route>}",
    ),
    sources=(sources.FIELD,),
    page=__doc__,
)

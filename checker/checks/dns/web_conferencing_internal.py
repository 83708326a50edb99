"""Internal DNS gives the Web Conferencing Edge the address that it has outside.

Users who have moved and sit inside of the corporate network join meetings of users who have not over the Edge, as
anybody from outside does. Where internal DNS does not know the Edge's external name, or gives it another address than
public DNS, they are in the meeting and do not see what is shown in it. Add the address record to the internal zone.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.dns_records import address, host
from checker.readings.topology import EDGE_SERVICES, edge_services


def judge(target: Target, evidence: Evidence) -> Verdict:
    found = [edge.data_edge for edge in edge_services(evidence.answer(EDGE_SERVICES))]
    if None in found:
        raise Unreadable("an Edge service has no property DataEdgeExternalFqdn")
    names = tuple(dict.fromkeys(name for name in found if name))
    if not names:
        return Verdict.not_applicable("no Edge of the topology has a Web Conferencing Edge service")
    fill = (("names", rows.named(names)),)
    vantages = (Vantage.DNS_INTERNAL, Vantage.DNS_EXTERNAL)
    evidence.attempts(*(address(vantage, name) for name in names for vantage in vantages))  # asked together
    inside = [host(evidence, Vantage.DNS_INTERNAL, name) for name in names]
    observed = "\n".join(f"internal: {each}" for each in inside)
    if not all(own.addresses for own in inside):  # whatever public DNS says
        return Verdict.when(False, expected=f"internal addresses of {rows.named(names)}", observed=observed, fill=fill)
    outside = [host(evidence, Vantage.DNS_EXTERNAL, name) for name in names]
    return Verdict.when(
        all(own.addresses <= public.addresses for own, public in zip(inside, outside, strict=True)),
        expected="\n".join(f"public: {each}" for each in outside),
        observed=observed,
        fill=fill,
    )


CHECK = DeploymentCheck(
    id="dns.web-conferencing-internal",
    title="Internal clients resolve the Web Conferencing Edge",
    impact=Impact.DEGRADES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=Remediation(
        run="publish an A record with the external address of each Web Conferencing Edge: {names}",
        where="internal DNS zone",
        role="DNS administrator",
        verify="Resolve-DnsName -Name '<name of the Web Conferencing Edge>'  # on a client inside",
        rollback="the zone as it was before",
        wait="the TTL of the record it replaces",
    ),
    sources=(sources.PLAN,),
    page=__doc__,
)

"""Each Edge finds an address for the cloud's federation service.

An Edge often asks DNS servers of the inside, which need not know the internet. Without an address it reaches the cloud
neither for users who have moved nor for federation, although the same name resolves everywhere else: only the Edge's
own resolver counts here. Give the Edge a resolver that knows the internet, on its external network card, or let the
servers it asks forward. Whether the address is one of the cloud's is network.sipfed-address-range.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.dns_records import host
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    found = host(evidence, Vantage.DNS_EDGE, target.proxy_fqdn, server.fqdn)
    return Verdict.when(
        bool(found.addresses),
        expected=f"{found.name} has an address",
        observed=str(found),
        fill=(("sipfed", quoted(found.name)),),
    )


CHECK = ServerCheck(
    id="dns.edge-resolves-cloud",
    title="The Edge resolves the cloud's federation name",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as a requirement; no text ties it to a move error",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="set a DNS server that resolves names of the internet on the Edge's external network card, or forwarders",
        where="the Edge, or the DNS server that it asks",
        role="local administrator",
        verify="Resolve-DnsName -Name {sipfed} -Type A -DnsOnly  # on the Edge",
        rollback="the DNS servers noted before",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)

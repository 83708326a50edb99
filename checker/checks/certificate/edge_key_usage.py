"""The external certificate of each Edge may act as server and as client.

Mutual TLS makes the Edge a client whenever it is the one that connects. Public authorities stop issuing certificates
for client authentication in 2026; whether the cloud will then still accept such an Edge is not published: Microsoft
has announced it for Direct Routing alone, the rest is inferred. Ask the authority for both usages while it offers
them.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings.certificates import (
    CLIENT_AUTHENTICATION,
    SERVER_AUTHENTICATION,
    assigned_certificates,
    certificates_in,
    external_certificate,
    key_usages,
    store,
    thumbprint_of,
)

NAMES = {SERVER_AUTHENTICATION: "server authentication", CLIENT_AUTHENTICATION: "client authentication"}


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    personal = store(Vantage.EDGE, server.fqdn, "My")
    _, own = evidence.answers(assigned_certificates(Vantage.EDGE, server.fqdn), personal)
    certificate = external_certificate(evidence, server.fqdn)
    if certificate is None:
        return Verdict.not_applicable("no certificate is assigned outside (certificate.edge-validity)")
    found = [row for row in certificates_in(own, "My") if thumbprint_of(row) == certificate.thumbprint]
    if not found:
        raise Unreadable(f"the store My has no certificate {certificate.thumbprint}")
    usages = key_usages(found[0])
    lacking = [name for oid, name in NAMES.items() if usages and oid not in usages]
    return Verdict.when(
        not lacking,
        expected="server and client authentication, or no restriction",
        observed=f"not for {' and '.join(lacking)}" if lacking else "for both" if usages else "no restriction",
    )


CHECK = ServerCheck(
    id="certificate.edge-key-usage",
    title="The external Edge certificate may act as server and client",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.LOW,
    confidence_note="clientAuth",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="ask the authority for a certificate with both usages while it offers them, and assign it",
        where="each Edge of the pool",
        role="local administrator",
        verify="Get-ChildItem -Path Cert:\\LocalMachine\\My | Select-Object Thumbprint, EnhancedKeyUsageList",
        rollback="assign the old certificate again",
    ),
    sources=(sources.EKU,),
    page=__doc__,
)

"""The external certificate of each Edge is valid, and stays so for another 30 days.

With one that has expired, or does not count yet, neither partners nor the cloud nor users outside open a connection to
the Access Edge. The time is that of the observation, not that of the reading; the 30 days of warning are ours. Renew
the certificate and assign it on every Edge of the pool.
"""

from datetime import timedelta

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings.certificates import EXTERNAL_EDGE, NONE_ASSIGNED, assigned_certificates, external_certificate
from checker.readings.moments import shown
from checker.readings.powershell_text import quoted

NOTICE = timedelta(days=30)


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    certificate = external_certificate(evidence, server.fqdn)
    if certificate is None:
        fill = (("old", "<none was assigned>"),)
        return Verdict.when(False, expected=f"a certificate for {EXTERNAL_EDGE}", observed=NONE_ASSIGNED, fill=fill)
    seen = evidence.observed_at(assigned_certificates(Vantage.EDGE, server.fqdn))
    begins, ends = certificate.not_before, certificate.not_after
    expected = f"valid on {shown(seen)}, and for {NOTICE.days} more days"
    observed = f"valid from {shown(begins)} to {shown(ends)}"
    fill = (("old", quoted(certificate.thumbprint)),)
    if begins <= seen <= ends and ends - seen < NOTICE:
        return Verdict.mind(expected=expected, observed=observed, fill=fill)
    return Verdict.when(begins <= seen <= ends, expected=expected, observed=observed, fill=fill)


CHECK = ServerCheck(
    id="certificate.edge-validity",
    title="The external Edge certificate is valid",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="expired; the 30 days are ours",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="renew the certificate; Set-CsCertificate -Type AccessEdgeExternal -Thumbprint <thumbprint>",
        where="every Edge of the pool",
        role="local administrator",
        verify="Get-CsCertificate -Type AccessEdgeExternal | Select-Object NotBefore, NotAfter",
        rollback="Set-CsCertificate -Type AccessEdgeExternal -Thumbprint {old}",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)

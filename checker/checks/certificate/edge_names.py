"""The external certificate of each Edge bears the Access Edge's name and sip.<domain> for every SIP domain.

Partners and the cloud take the Edge's word for a SIP domain only if the certificate has, among its alternative names,
the host that the federation SRV record of that domain names. The common name of the subject counts for nothing, and a
wildcard is no safe substitute. Domains that are enabled in the tenant alone want their sip name on it too. Request a
certificate with all names, assign it on every Edge of the pool and restart the services in a window.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.certificates import NONE_ASSIGNED, covered_by_wildcard, external_certificate
from checker.readings.edge_certificate_names import names_needed, online_names
from checker.readings.powershell_text import quoted

ASTRAY = "A federation SRV record leads out of its SIP domain: correct it first (dns.federation-srv-target-name)."
TARGET_OF_THE_RECORD = "the target of the corrected SRV record (dns.federation-srv-target-name)"


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    certificate = external_certificate(evidence, server.fqdn)
    names = certificate.names if certificate else ()
    needed = names_needed(target, evidence, server.fqdn)
    missing = [name for name in needed.names if name not in names]
    lost = [name for name in missing if not covered_by_wildcard(name, names)]
    if needed.unasked and not lost:
        raise needed.unasked
    online = [name for name in online_names(evidence) if name not in (*names, *needed.names)]
    lacking = (*missing, *online)
    expected = f"the names {rows.named(needed.names)}"
    observed = f"lacks {rows.named(lacking)}; has {rows.named(names)}" if certificate else NONE_ASSIGNED
    wanted = rows.named((name for name in lacking if name not in needed.astray), TARGET_OF_THE_RECORD)
    fill = (("names", wanted), ("old", quoted(certificate.thumbprint) if certificate else "<none was assigned>"))
    if lost:
        summary = ASTRAY if needed.astray & set(lost) else ""
        return Verdict.when(False, expected=expected, observed=observed, summary=summary, fill=fill)
    if missing or online:
        summary = (
            "A wildcard stands for it." if missing else "A SIP domain that only the tenant has wants its name too."
        )
        return Verdict.mind(expected=expected, observed=observed, summary=summary, fill=fill)
    return Verdict.when(True, expected=expected, observed=f"has {rows.named(names)}")


CHECK = ServerCheck(
    id="certificate.edge-names",
    title="The external Edge certificate names the Access Edge and sip.<every SIP domain>",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="request a certificate with {names} as well; Set-CsCertificate -Type AccessEdgeExternal"
        " -Thumbprint <thumbprint>; restart the services in a window",
        where="each Edge of the pool",
        role="local administrator",
        verify="Get-CsCertificate -Type AccessEdgeExternal | Select-Object Thumbprint, AlternativeNames",
        rollback="Set-CsCertificate -Type AccessEdgeExternal -Thumbprint {old}",
    ),
    sources=(sources.OPD, sources.CONS),
    page=__doc__,
)

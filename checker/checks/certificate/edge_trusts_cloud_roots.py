"""Each Edge has the cloud's root authorities among its trusted roots.

The federation service shows a certificate below DigiCert Global Root G2, in the government clouds too; an Edge that
does not trust this root ends every connection to it. Windows fetches roots by itself only where it reaches Windows
Update, which few Edges do. A further list is published for Direct Routing and may come to matter here: what lacks of
it is a warning. The old Baltimore root is no longer used. Import the missing roots.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.certificates import certificates_in, store, thumbprint_of
from checker.readings.cloud_roots import FEDERATION_ROOT, FURTHER_ROOTS


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    roots = certificates_in(evidence.answer(store(Vantage.EDGE, server.fqdn, "Root")), "Root")
    trusted = {thumbprint_of(root) for root in roots}
    thumbprint, name = FEDERATION_ROOT
    further = [root for each, root in FURTHER_ROOTS.items() if each not in trusted]
    expected = f"{name}, and those published for Direct Routing"
    fill = (("roots", rows.named(([] if thumbprint in trusted else [name]) + further)),)
    if thumbprint not in trusted:
        return Verdict.when(False, expected=expected, observed=f"{name} ({thumbprint}) is missing", fill=fill)
    if further:
        observed = f"{name} is there; missing: {rows.named(further)}"
        return Verdict.mind(expected=expected, observed=observed, fill=fill)
    return Verdict.when(True, expected=expected, observed="all of them are there")


CHECK = ServerCheck(
    id="certificate.edge-trusts-cloud-roots",
    title="The Edge trusts the cloud's root authorities",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="G2; low for the further list",
    roles=frozenset({ServerRole.EDGE}),
    judge=judge,
    remediation=Remediation(
        run="import into Trusted Root Certification Authorities of the computer: {roots}",
        where="each Edge",
        role="local administrator",
        verify="Get-ChildItem -Path Cert:\\LocalMachine\\Root | Select-Object Subject, Thumbprint",
        rollback="remove the imported certificate",
    ),
    sources=(sources.CA22, sources.EKU),
    page=__doc__,
)

"""The store of trusted roots holds roots alone, each once and not more than 100, on Front Ends and Edges.

Schannel sends the names of trusted authorities to whoever connects, and cuts a list that has grown too long; with an
intermediate among the roots, mutual TLS between the servers fails in ways that no log explains. ClientAuthTrustMode 2
and EnableSessionTicket 2 keep Schannel to what the servers expect. Move intermediates to their own store, remove
strays, set the two values.
"""

from collections.abc import Iterable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.certificates import certificates_in, store, thumbprint_of
from checker.readings.tls_registry import SCHANNEL, Machine, number

MOST = 100  # On Premise Diagnostic
VALUES = {"ClientAuthTrustMode": 2, "EnableSessionTicket": 2}


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    vantage = Vantage.EDGE if server.role is ServerRole.EDGE else Vantage.ONPREM
    machine = Machine(vantage, server.fqdn)
    probes = [store(vantage, server.fqdn, "Root"), *(machine.value(SCHANNEL, name) for name in VALUES)]
    roots, *values = evidence.attempts(*probes)
    strange = [] if isinstance(roots, NoAnswer) else list(_strange(certificates_in(roots, "Root")))
    for (name, wanted), value in zip(VALUES.items(), values, strict=True):
        if not isinstance(value, NoAnswer) and (found := number(value, name)) != wanted:
            strange.append(f"{name} {'not set' if found is None else found}")
    missing = [
        (probe, each) for probe, each in zip(probes, [roots, *values], strict=True) if isinstance(each, NoAnswer)
    ]
    if missing and not strange:
        raise Unanswered(tuple(missing))
    return Verdict.when(
        not strange,
        expected=f"self-signed roots alone, {MOST} at most; ClientAuthTrustMode 2, EnableSessionTicket 2",
        observed=rows.named(strange, "as expected"),
    )


def _strange(roots: tuple[rows.Row, ...]) -> Iterable[str]:
    if signed_by_others := [rows.text(root, "Subject") for root in roots if not _is_self_signed(root)]:
        yield f"not self-signed: {'; '.join(signed_by_others)}"
    thumbprints = [thumbprint_of(root) for root in roots]
    if len(set(thumbprints)) > MOST:
        yield f"{len(set(thumbprints))} roots"
    if twice := sorted({each for each in thumbprints if thumbprints.count(each) > 1}):
        yield f"more than once: {rows.named(twice)}"


def _is_self_signed(root: rows.Row) -> bool:
    return rows.text(root, "Subject") == rows.text(root, "Issuer")


CHECK = ServerCheck(
    id="certificate.root-store-clean",
    title="The root store of the servers is clean",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    roles=frozenset(ServerRole),
    judge=judge,
    remediation=Remediation(
        run="move intermediates to Intermediate Certification Authorities (CA), remove strays; set the two values of"
        " Schannel as DWORD, reboot",
        where="each server",
        role="local administrator",
        verify="Get-ChildItem -Path Cert:\\LocalMachine\\Root | Where-Object { $_.Subject -ne $_.Issuer }",
        rollback="import the removed certificates again; the values as they were before",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)

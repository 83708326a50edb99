"""The machine that will run Move-CsUser reaches the cloud over HTTPS: discovery, sign-in, configuration and Graph.

Move-CsUser finds the migration service through the cloud's webdir host, signs in and talks to the Teams module's
service from that machine. A closed port 443, a proxy that wants a password, or a certificate that it does not trust
stops the move before the first user. A status of the host's own, 401 or 404 too, means reached; 5xx, which a proxy
says as well, settles nothing. That the move needs Graph is written nowhere, so Graph alone is a warning. Open TCP 443
to the hosts on firewall and proxy: without a proxy password, without TLS inspection.
"""

from urllib.parse import urlsplit

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.target import Target, said
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_https import Trouble, from_here, from_workstation
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.powershell_text import quoted


def judge(target: Target, evidence: Evidence) -> Verdict:
    names = CLOUD_NAMES[target.cloud]
    graph = f"https://{names.graph}/"
    others = (f"https://{host}/" for host in (names.login, names.config_api) if host)
    trouble, unseen = from_workstation(evidence, (names.autodiscover_url, *others, graph))
    if unseen and not stopped(trouble, graph) and said(target.this_machine_moves, "[workstation].this_machine"):
        seen_here, unseen = from_here(evidence, tuple(unseen))
        trouble |= seen_here
    if unseen and not stopped(trouble, graph):
        raise Unanswered(tuple(unseen.values()))
    expected = "each answers over verified TLS, 401, 403 and 404 included"
    observed = "\n".join(f"{urlsplit(url).hostname}: {why or 'reached'}" for url, why in trouble.items())
    failing = [url for url, why in trouble.items() if why]
    fill = (
        ("hosts", rows.named(str(urlsplit(url).hostname) for url in failing)),
        ("address", quoted(next(iter(failing), ""))),
    )
    if trouble.get(graph) and not stopped(trouble, graph):
        summary = "No text says that the move needs Graph."
        return Verdict.mind(expected=expected, observed=observed, summary=summary, fill=fill)
    return Verdict.when(not stopped(trouble, graph), expected=expected, observed=observed, fill=fill)


def stopped(trouble: Trouble, graph: str) -> bool:
    return any(why for url, why in trouble.items() if url != graph)


CHECK = DeploymentCheck(
    id="network.cloud-https",
    title="The machine that runs the move reaches the cloud over HTTPS",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as a requirement; medium for the host list",
    predicts=("cloud-unreachable",),
    judge=judge,
    remediation=Remediation(
        run="allow TCP 443 from the machine that runs the move to {hosts}, without a proxy password or TLS inspection",
        where="firewall or proxy before the machine that runs the move",
        role="firewall administrator",
        verify="Invoke-WebRequest -UseBasicParsing -Uri {address}  # on that machine; 401, 403 and 404 will do",
        rollback="remove the rule",
    ),
    sources=(sources.PLAN, sources.MCU, sources.EPW),
    page=__doc__,
)

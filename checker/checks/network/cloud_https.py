"""The machine that will run Move-CsUser reaches the cloud over HTTPS: discovery, sign-in, configuration and Graph.

Move-CsUser finds the migration service through the cloud's webdir host, signs in and talks to the Teams module's
service from that machine. A closed port 443, a proxy that wants a password, or a certificate that it does not trust
stops the move before the first user. Any HTTP status means reached. That the move needs Graph is written nowhere, so
Graph alone is a warning. Open TCP 443 to the cloud's names on firewall and proxy, without TLS inspection.
"""

from urllib.parse import urlsplit

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.target import Target, said
from checker.model.verdicts import Verdict
from checker.readings.cloud_https import Trouble, from_here, from_workstation
from checker.readings.cloud_names import CLOUD_NAMES


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
    expected = "each answers over verified TLS, with whatever status"
    observed = "\n".join(f"{urlsplit(url).hostname}: {why or 'reached'}" for url, why in trouble.items())
    if trouble.get(graph) and not stopped(trouble, graph):
        summary = "no text says that the move needs Graph"
        return Verdict.mind(expected=expected, observed=observed, summary=summary)
    return Verdict.when(not stopped(trouble, graph), expected=expected, observed=observed)


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
        run="allow TCP 443 to *.lync.com, *.teams.microsoft.com, the login and the Graph host (the cloud's names)",
        where="firewall or proxy before the machine that runs the move",
        role="firewall administrator",
        verify="Invoke-WebRequest -UseBasicParsing -Uri <address> (on that machine; any HTTP status will do)",
        rollback="remove the rule",
    ),
    sources=(sources.PLAN, sources.MCU, sources.EPW),
    page=__doc__,
)

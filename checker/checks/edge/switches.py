"""The switches of the Access Edge's global settings that let users in from outside, each a check of its own."""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Reference, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.access_edge import access_edge_row


def switch_check(slug: str, title: str, name: str, origins: tuple[Reference, ...], page: str) -> DeploymentCheck:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        value = rows.flag(access_edge_row(evidence), name)
        return Verdict.when(value, expected=f"{name} True", observed=f"{name} {value}")

    return DeploymentCheck(
        id=f"edge.{slug}",
        title=title,
        impact=Impact.DEGRADES,
        worst=Worst.FAIL,
        confidence=Confidence.HIGH,
        judge=judge,
        remediation=remedies.on_premises(
            f"Set-CsAccessEdgeConfiguration -{name} $true",
            verify=f"(Get-CsAccessEdgeConfiguration).{name}",
            rollback=f"Set-CsAccessEdgeConfiguration -{name} $false",
            wait=remedies.REPLICATION,
        ),
        sources=origins,
        page=page,
    )


CHECKS = (
    switch_check(
        "outside-users-allowed",
        "The Edge allows outside users",
        "AllowOutsideUsers",
        (sources.FEDC, sources.SAE),
        """The Access Edge lets the deployment's own users in from outside: AllowOutsideUsers is True.

Configuring federation with the cloud begins with it. While it is off, whoever is not on the internal network cannot
sign in to a server on premises. Switch it on with Set-CsAccessEdgeConfiguration.
""",
    ),
    switch_check(
        "federated-users-allowed",
        "The Edge allows federated users",
        "AllowFederatedUsers",
        (sources.SAE, sources.FEDC),
        """The Access Edge lets other organizations in: AllowFederatedUsers is True.

The switch gates split-domain traffic too, so with False, which is the default, users in the cloud and users on
premises do not reach each other after a move. Switch it on with Set-CsAccessEdgeConfiguration.
""",
    ),
)

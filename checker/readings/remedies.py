"""Where a fix is run and by whom, said once: the two places in which most settings of a hybrid deployment are changed.

The roles are the usual ones, not verified cmdlet by cmdlet; Get-CsAdminRole tells for the on-premises side.
"""

from checker.model.checks import Remediation

REPLICATION = "replication of the Central Management store to the Edge; Get-CsManagementStoreReplicationStatus shows it"


def on_premises(run: str, *, verify: str = "", rollback: str = "", wait: str = "") -> Remediation:
    return Remediation(
        run=run,
        where="Skype for Business Server Management Shell on a Front End or admin host",
        role="CsAdministrator (RTCUniversalServerAdmins)",
        verify=verify,
        rollback=rollback,
        wait=wait,
    )


def tenant(run: str, *, verify: str = "", rollback: str = "", wait: str = "") -> Remediation:
    return Remediation(
        run=run,
        where="MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams",
        role="Teams Administrator",
        verify=verify,
        rollback=rollback,
        wait=wait,
    )


def public_dns(record: str, *, verify: str) -> Remediation:
    return Remediation(
        run=record,
        where="public DNS zone of the SIP domain",
        role="DNS administrator",
        verify=verify,
        rollback="the record as it was before",
        wait="the TTL of the record it replaces",
    )

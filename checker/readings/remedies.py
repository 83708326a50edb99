"""Where a fix is run and by whom, said once: the two places in which most settings of a hybrid deployment are changed.

The roles are the usual ones, not verified cmdlet by cmdlet; Get-CsAdminRole tells for the on-premises side.
"""

from checker.model.checks import Remediation
from checker.readings.powershell_text import quoted

REPLICATION = "replication of the Central Management store to the Edge; Get-CsManagementStoreReplicationStatus shows it"

TLS12_FOR_DOTNET = (
    r"'HKLM:\SOFTWARE', 'HKLM:\SOFTWARE\Wow6432Node' | ForEach-Object {"
    r' $key = "$_\Microsoft\.NETFramework\v4.0.30319"; '
    "'SchUseStrongCrypto', 'SystemDefaultTlsVersions' | ForEach-Object {"
    " New-ItemProperty -Path $key -Name $_ -Value 1 -PropertyType DWord -Force } }"
)


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


def both_lists(*, verify: str, rollback: str) -> Remediation:
    """Of two lists that differ: each half has its shell, so it is a sentence and no command to be run as a whole."""
    return Remediation(
        run="Decide which list is right, and fill the other. What the tenant lacks, in the MicrosoftTeams module:"
        " {to_tenant}. What the servers lack, in the Skype for Business Server Management Shell: {to_servers}",
        where="the shell that is named before each command",
        role="Teams Administrator; CsAdministrator (RTCUniversalServerAdmins)",
        verify=verify,
        rollback=rollback,
        wait=REPLICATION,
    )


def zone_names(owner: str, domain: str) -> tuple[tuple[str, str], ...]:
    """What :func:`public_dns` is filled with: ``{name}`` as a command takes it, ``{owner}`` and ``{domain}`` as a zone
    file has them.
    """
    return (("name", quoted(owner)), ("owner", owner), ("domain", domain))


def public_dns(record: str, *, verify: str) -> Remediation:
    """``record`` is a sentence: a zone file knows no quotes, so what stands in it is nothing to be run."""
    return Remediation(
        run=record,
        where="public DNS zone of the SIP domain",
        role="DNS administrator",
        verify=verify,
        rollback="the record as it was before",
        wait="the TTL of the record it replaces",
    )


def licence() -> Remediation:
    """Fill ``{identity}`` with the user's UPN."""
    return Remediation(
        run='Set-MgUserLicense -UserId {identity} -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()',
        where="Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids",
        role="License Administrator",
        verify="Get-MgUserLicenseDetail -UserId {identity} | Select-Object -ExpandProperty ServicePlans",
        rollback='Set-MgUserLicense -UserId {identity} -AddLicenses @() -RemoveLicenses @("<sku id>")',
        wait="30 minutes and more",
    )


def directory_sync(run: str, *, verify: str = "", wait: str = "") -> Remediation:
    return Remediation(
        run=run,
        where="Entra Connect server",
        role="Hybrid Identity Administrator, and local administrator there",
        verify=verify,
        wait=wait,
    )


def refreshed_schema(verify: str) -> Remediation:
    """For attributes of Skype for Business that synchronisation leaves out, set up before the schema was extended."""
    return directory_sync(
        "run the wizard of Entra Connect: Refresh directory schema, default synchronisation rules, all forests in"
        " scope, matching on ObjectSID and msExchangeMasterAccountSID; then: Start-ADSyncSyncCycle -PolicyType Initial",
        verify=verify,
        wait="the cycle, then until the value in the cloud changes",
    )

# fix.ps1 of csready 0.4.0 for contoso, as of 2026-11-22 19:03 UTC: 10 steps
# Without -Apply it lists the steps and changes nothing. The steps run in different shells, by different people: read a
# step, open the shell that it names, and then run this file there with -Apply -Step <number>.
[CmdletBinding()]
param(
    [switch] $Apply,
    [int] $Step = 0
)
$ErrorActionPreference = 'Stop'

if (-not $Apply) {
    Write-Output '  1  workstation.teams-module-minimum  [the machine that runs the move, Windows PowerShell 5.1]'
    Write-Output '  2  hosting-provider.enabled  [Skype for Business Server Management Shell on a Front End or admin host]'
    Write-Output '  3  hosting-provider.target-matches  [the runbook, and csready.toml]'
    Write-Output '  4  hosting-provider.autodiscover-url  [Skype for Business Server Management Shell on a Front End or admin host]'
    Write-Output '  5  tenant.shared-sip-address-space  [MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams]'
    Write-Output '  6  user.licence-teams-sfb  [Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids]'
    Write-Output '  7  user.licence-teams-sfb  [Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids]'
    Write-Output '  8  user.licence-teams-sfb  [Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids]'
    Write-Output '  9  edge.federated-users-allowed  [Skype for Business Server Management Shell on a Front End or admin host]'
    Write-Output ' 10  dns.federation-srv  [public DNS zone of the SIP domain]'
    Write-Output 'Nothing was changed. One step at a time: -Apply -Step <number>'
    return
}

switch ($Step) {
    1 {
        # check     workstation.teams-module-minimum
        # where     the machine that runs the move, Windows PowerShell 5.1
        # role      local administrator
        # verify    Get-Module -Name MicrosoftTeams -ListAvailable  # in a new shell
        # rollback  Uninstall-Module MicrosoftTeams -RequiredVersion 7.1.0
        Install-Module MicrosoftTeams -RequiredVersion 7.1.0 -Scope AllUsers
    }
    2 {
        # check     hosting-provider.enabled
        # where     Skype for Business Server Management Shell on a Front End or admin host
        # role      CsAdministrator (RTCUniversalServerAdmins)
        # verify    (Get-CsHostingProvider -Identity 'Office365').Enabled
        # rollback  Set-CsHostingProvider -Identity 'Office365' -Enabled $false
        # wait      replication of the Central Management store to the Edge; Get-CsManagementStoreReplicationStatus shows it
        Set-CsHostingProvider -Identity 'Office365' -Enabled $true
    }
    3 {
        # check     hosting-provider.target-matches
        # where     the runbook, and csready.toml
        # role      whoever keeps the runbook
        # verify    Get-CsHostingProvider | Where-Object Enabled | Select-Object Identity, ProxyFqdn
        # rollback  none known
        # do        In the runbook: Move-CsUser -Target 'sipfed.online.lync.com', the same in [deployment].target; and a hosting provider with that ProxyFqdn that is switched on.
        Write-Warning 'Step 3 is no command that this file could run: In the runbook: Move-CsUser -Target ''sipfed.online.lync.com'', the same in [deployment].target; and a hosting provider with that ProxyFqdn that is switched on.'
    }
    4 {
        # check     hosting-provider.autodiscover-url
        # where     Skype for Business Server Management Shell on a Front End or admin host
        # role      CsAdministrator (RTCUniversalServerAdmins)
        # verify    (Get-CsHostingProvider -Identity 'Office365').AutodiscoverUrl
        # rollback  Set-CsHostingProvider -Identity 'Office365' -AutodiscoverUrl $null
        # wait      replication of the Central Management store to the Edge; Get-CsManagementStoreReplicationStatus shows it
        Set-CsHostingProvider -Identity 'Office365' -AutodiscoverUrl 'https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root'
    }
    5 {
        # check     tenant.shared-sip-address-space
        # where     MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams
        # role      Teams Administrator
        # verify    (Get-CsTenantFederationConfiguration).SharedSipAddressSpace
        # rollback  Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false  # when nobody is left on-premises
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true
    }
    6 {
        # check     user.licence-teams-sfb
        # where     Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids
        # role      License Administrator
        # verify    Get-MgUserLicenseDetail -UserId 'ben.okafor@contoso.com' | Select-Object -ExpandProperty ServicePlans
        # rollback  Set-MgUserLicense -UserId 'ben.okafor@contoso.com' -AddLicenses @() -RemoveLicenses @("<sku id>")
        # wait      30 minutes and more
        # do        Set-MgUserLicense -UserId 'ben.okafor@contoso.com' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()
        Write-Warning 'Step 6 is no command that this file could run: Set-MgUserLicense -UserId ''ben.okafor@contoso.com'' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()'
    }
    7 {
        # check     user.licence-teams-sfb
        # where     Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids
        # role      License Administrator
        # verify    Get-MgUserLicenseDetail -UserId 'chloe.martin@contoso.com' | Select-Object -ExpandProperty ServicePlans
        # rollback  Set-MgUserLicense -UserId 'chloe.martin@contoso.com' -AddLicenses @() -RemoveLicenses @("<sku id>")
        # wait      30 minutes and more
        # do        Set-MgUserLicense -UserId 'chloe.martin@contoso.com' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()
        Write-Warning 'Step 7 is no command that this file could run: Set-MgUserLicense -UserId ''chloe.martin@contoso.com'' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()'
    }
    8 {
        # check     user.licence-teams-sfb
        # where     Microsoft Graph PowerShell, after Connect-MgGraph; Get-MgSubscribedSku lists the SKU ids
        # role      License Administrator
        # verify    Get-MgUserLicenseDetail -UserId 'grace.o''neill@fabrikam.com' | Select-Object -ExpandProperty ServicePlans
        # rollback  Set-MgUserLicense -UserId 'grace.o''neill@fabrikam.com' -AddLicenses @() -RemoveLicenses @("<sku id>")
        # wait      30 minutes and more
        # do        Set-MgUserLicense -UserId 'grace.o''neill@fabrikam.com' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()
        Write-Warning 'Step 8 is no command that this file could run: Set-MgUserLicense -UserId ''grace.o''''neill@fabrikam.com'' -AddLicenses @{SkuId="<sku id>"} -RemoveLicenses @()'
    }
    9 {
        # check     edge.federated-users-allowed
        # where     Skype for Business Server Management Shell on a Front End or admin host
        # role      CsAdministrator (RTCUniversalServerAdmins)
        # verify    (Get-CsAccessEdgeConfiguration).AllowFederatedUsers
        # rollback  Set-CsAccessEdgeConfiguration -AllowFederatedUsers $false
        # wait      replication of the Central Management store to the Edge; Get-CsManagementStoreReplicationStatus shows it
        Set-CsAccessEdgeConfiguration -AllowFederatedUsers $true
    }
    10 {
        # check     dns.federation-srv
        # where     public DNS zone of the SIP domain
        # role      DNS administrator
        # verify    Resolve-DnsName -Name '_sipfederationtls._tcp.fabrikam.com' -Type SRV -Server 8.8.8.8
        # rollback  the record as it was before
        # wait      the TTL of the record it replaces
        # do        publish _sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com. (the name of the Access Edge), and no other record of that name
        Write-Warning 'Step 10 is no command that this file could run: publish _sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com. (the name of the Access Edge), and no other record of that name'
    }
    default { throw 'Name one step, -Step 1 to 10.' }
}

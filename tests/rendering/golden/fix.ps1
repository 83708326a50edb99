# fix.ps1 of csready 0.4.0 for contoso, as of 2026-11-22 19:03 UTC: 3 steps
# Without -Apply it lists the steps and changes nothing. The steps run in different shells, by different people: read a
# step, open the shell that it names, and then run this file there with -Apply -Step <number>.
[CmdletBinding()]
param(
    [switch] $Apply,
    [int] $Step = 0
)
$ErrorActionPreference = 'Stop'

if (-not $Apply) {
    Write-Output '  1  tenant.shared-sip-address-space  [MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams]'
    Write-Output '  2  user.licence-teams-sfb  [Microsoft 365 admin centre]'
    Write-Output '  3  dns.federation-srv  [public DNS]'
    Write-Output 'Nothing was changed. One step at a time: -Apply -Step <number>'
    return
}

switch ($Step) {
    1 {
        # check     tenant.shared-sip-address-space
        # where     MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams
        # role      Teams Administrator
        # verify    (Get-CsTenantFederationConfiguration).SharedSipAddressSpace
        # rollback  Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true
    }
    2 {
        # check     user.licence-teams-sfb
        # where     Microsoft 365 admin centre
        # role      License Administrator
        # rollback  none known
        # wait      up to 30 minutes of provisioning
        # do        Assign a licence that holds the Teams and Skype for Business Online plans
        Write-Warning 'Step 2 is no command that this file could run: Assign a licence that holds the Teams and Skype for Business Online plans'
    }
    3 {
        # check     dns.federation-srv
        # where     public DNS
        # role      DNS administrator
        # rollback  none known
        # wait      the TTL of the negative answer
        # do        _sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com.
        Write-Warning 'Step 3 is no command that this file could run: _sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com.'
    }
    default { throw 'Name one step, -Step 1 to 3.' }
}

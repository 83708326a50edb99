# fix.ps1 of csready 0.4.0 for contoso, as of 2026-11-22 19:03 UTC: 1 step
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
    Write-Output 'Nothing was changed. One step at a time: -Apply -Step <number>'
    return
}

switch ($Step) {
    1 {
        # check     tenant.shared-sip-address-space
        # where     MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams
        # role      Teams Administrator
        # verify    (Get-CsTenantFederationConfiguration).SharedSipAddressSpace
        # rollback  Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false  # when nobody is left on-premises
        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true
    }
    default { throw 'Name one step, -Step 1 to 1.' }
}

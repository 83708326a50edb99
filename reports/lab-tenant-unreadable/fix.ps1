# fix.ps1 of csready 0.4.0 for contoso, as of 2026-11-22 19:03 UTC: 0 steps
# Without -Apply it lists the steps and changes nothing. The steps run in different shells, by different people: read a
# step, open the shell that it names, and then run this file there with -Apply -Step <number>.
[CmdletBinding()]
param(
    [switch] $Apply,
    [int] $Step = 0
)
$ErrorActionPreference = 'Stop'

if (-not $Apply) {
    Write-Output 'There is nothing to fix.'
    return
}

switch ($Step) {
    default { throw 'There is nothing to fix.' }
}

#Requires -Version 5.1
<#
.SYNOPSIS
    Reads what csready needs to foresee the errors of Move-CsUser, and puts it into one zip. It changes nothing.
.DESCRIPTION
    All that it runs is in the table $Commands and in the functions Read-... that the table names. It installs nothing,
    downloads nothing, signs in nowhere, and sends what it read to nobody. It writes the zip, and a folder in TEMP that it
    removes again. -WhatIf lists the commands, runs none of them and writes nothing. A failure costs its own file only.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [ValidateSet('onprem', 'edge', 'workstation')] [string] $Vantage, # what this machine is; else its services tell
    [string] $HostName,            # its FQDN; else its name and primary DNS suffix
    [string[]] $SipDomain = @(),   # a Front End knows them; an Edge and a workstation have to be told
    [string[]] $Server = @(),      # further names to resolve; on an Edge, servers behind it, also tried on port 5061
    [ValidateSet('worldwide', 'gcc', 'gcc-high', 'dod', 'china')] [string] $Cloud = 'worldwide',
    [string] $UsersFile,           # whose data to read: SIP addresses or UPNs; else every user's
    [switch] $Tenant,              # workstation: the tenant too, where Connect-MicrosoftTeams and Connect-MgGraph were run
    [string] $Operator,            # UPN of the account that will run the move; else the account of Connect-MgGraph
    [switch] $MachineOnly,         # on all Front Ends but one: only what describes this server
    [string] $Resolver = '8.8.8.8', # public DNS is asked here; empty: not at all
    [string] $OutFile
)
Set-StrictMode -Version 3.0
$Version = '0.4.0'
$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'

# Federation service; then the hosts of discovery, sign-in, Graph and configuration (of dod, sources disagree on that).
$CloudHosts = @{
    'worldwide' = 'sipfed.online.lync.com', 'webdir.online.lync.com', 'login.microsoftonline.com', 'graph.microsoft.com',
        'api.interfaces.records.teams.microsoft.com'
    'gcc-high' = 'sipfed.online.gov.skypeforbusiness.us', 'webdir.online.gov.skypeforbusiness.us', 'login.microsoftonline.us',
        'graph.microsoft.us', 'api.interfaces.records.gov.teams.microsoft.us'
    'dod' = 'sipfed.online.dod.skypeforbusiness.us', 'webdir.online.dod.skypeforbusiness.us', 'login.microsoftonline.us', 'dod-graph.microsoft.us'
    'china' = 'sipfed.online.partner.lync.cn', 'webdir.online.partner.lync.cn', 'login.partner.microsoftonline.cn',
        'microsoftgraph.chinacloudapi.cn', 'api.interfaces.records.teams.microsoftonline.cn'
}
$CloudHosts['gcc'] = $CloudHosts['worldwide']
# Asked of DNS for each SIP domain <d>. Nobody published the last name: it tells a wildcard record.
$DnsQuestions = 'SRV _sipfederationtls._tcp.<d>', 'SRV _sip._tls.<d>', 'SRV _sipinternaltls._tcp.<d>', 'SRV _sipinternal._tcp.<d>',
    'CNAME sip.<d>', 'A sip.<d>', 'AAAA sip.<d>', 'CNAME lyncdiscover.<d>', 'A lyncdiscover.<d>', 'AAAA lyncdiscover.<d>',
    'A lyncdiscoverinternal.<d>', 'AAAA lyncdiscoverinternal.<d>', 'CNAME msoid.<d>', 'A csready-wildcard-probe.<d>'
$Rcodes = @{ 'DNS_ERROR_RCODE_NAME_ERROR' = 'NXDOMAIN'; 'DNS_INFO_NO_RECORDS' = 'NOERROR'; 'ERROR_TIMEOUT' = 'TIMEOUT'
    'DNS_ERROR_RCODE_SERVER_FAILURE' = 'SERVFAIL'; 'RCODE_SERVER_FAILURE' = 'SERVFAIL'; 'RCODE_REFUSED' = 'REFUSED' }
$Schannel = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL'
$Tls = @{
    'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' = @('CurrentBuildNumber')
    'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' = 'SchUseStrongCrypto', 'SystemDefaultTlsVersions'
    'HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319' = 'SchUseStrongCrypto', 'SystemDefaultTlsVersions'
    $Schannel = 'ClientAuthTrustMode', 'EnableSessionTicket'
}
foreach ($key in 'TLS 1.0\Client', 'TLS 1.0\Server', 'TLS 1.1\Client', 'TLS 1.1\Server', 'TLS 1.2\Client', 'TLS 1.2\Server') {
    $Tls["$Schannel\Protocols\$key"] = 'Enabled', 'DisabledByDefault'
}
$Proxy = @{
    'HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings' = 'ProxyEnable', 'ProxyServer', 'ProxyOverride', 'AutoConfigURL'
    'HKLM:\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections' = @('WinHttpSettings')
}
$Certificate = 'Subject', 'Issuer', 'Thumbprint', 'PSParentPath', 'EnhancedKeyUsageList'
$Module = 'Name', 'Version', 'ModuleBase', 'Path'
# As patterns, 'Nam[e]': of a plain name that an object does not have, Select-Object makes a property without a value.
$User = 'Identity', 'SipAddress', 'UserPrincipalName', 'SamAccountName', 'Enabled', 'HostingProvider', 'RegistrarPool', 'EnterpriseVoiceEnabled', 'LineURI', 'DialPlan',
    'ConferencingPolicy', 'ExternalAccessPolicy', 'HostedVoicemailPolicy', 'HostedVoiceMail', 'ExUmEnabled', 'VoicePolicy', 'UserServicesPolicy' -replace '.$', '[$0]'
$AdUser = 'DistinguishedName', 'ObjectClass', 'UserPrincipalName', 'SamAccountName', 'SID', 'Enabled', 'adminCount', 'proxyAddresses', 'whenChanged',
    'msRTCSIP-PrimaryUserAddress', 'msRTCSIP-DeploymentLocator', 'msRTCSIP-OriginatorSID'
$OnlineUser = 'Identity', 'UserPrincipalName', 'SipAddress', 'OnPremSipAddress', 'OnPremHostingProvider', 'HostingProvider', 'UserDirSyncEnabled', 'DirSyncEnabled',
    'UserValidationErrors', 'MCOValidationErrors', 'MCOValidationError', 'InterpretedUserType', 'AssignedPlan', 'ShadowProxyAddresses', 'SoftDeletionTimestamp',
    'TeamsUpgradeEffectiveMode', 'TeamsUpgradePolicy', 'ExternalAccessPolicy', 'TeamsMeetingPolicy', 'ConferencingPolicy', 'OnlineVoicemailPolicy',
    'HostedVoicemailPolicy', 'TenantDialPlan', 'DialPlan', 'TeamsCallingPolicy', 'OnlineVoiceRoutingPolicy', 'VoicePolicy' -replace '.$', '[$0]'
$GraphUser = 'Id', 'UserPrincipalName', 'ProxyAddresses', 'ImAddresses', 'AssignedPlans', 'UsageLocation', 'AccountEnabled', 'OnPremisesSyncEnabled',
    'OnPremisesProvisioningErrors', 'ServiceProvisioningErrors'

# Sets of parameters. With -UsersFile: one for each user, else one for all of them.
$SipDomain, $Server = @($SipDomain -split '[,;\s]+' -match '.'), @($Server -split '[,;\s]+' -match '.')
$Domains = @($SipDomain | ForEach-Object -Process { @{ DomainId = $_ } })
$CsUsers = @(@{})
$AdUsers = @(@{ LDAPFilter = '(|(msRTCSIP-PrimaryUserAddress=*)(msRTCSIP-DeploymentLocator=*)(proxyAddresses=sip:*))'; Properties = $AdUser })
$GraphUsers = @(@{ All = $true; Property = $GraphUser })
if ($UsersFile) {
    $users = @((Get-Content -LiteralPath $UsersFile) -split '[,;\s"]+' -replace '^sip:' -match '^[^@()*\\]+@[^@()*\\]+$' | Select-Object -Unique)
    if (-not $users) { throw "$UsersFile names nobody." }
    $CsUsers = @($users | ForEach-Object -Process { @{ Identity = "sip:$_" }; @{ Identity = $_ } })
    $AdUsers = @($users | ForEach-Object -Process { @{ LDAPFilter = "(|(userPrincipalName=$_)(msRTCSIP-PrimaryUserAddress=sip:$_))"; Properties = $AdUser } })
    $GraphUsers = @($users | ForEach-Object -Process { @{ UserId = $_; Property = $GraphUser } })
}

# The table. In: folders of the zip. A file is named after its cmdlet, with --Label. Keep: these properties, else all.
# With: parameters of the cmdlets, or of the function that calls it (Read). All: whether it reads every object. Each: a file for each value of it.
$Commands = @(
    @{ In = 'onprem'; Cmdlet = 'Get-CsAccessEdgeConfiguration', 'Get-CsHostingProvider', 'Get-CsPublicProvider',
        'Get-CsAllowedDomain', 'Get-CsBlockedDomain', 'Get-CsSipDomain', 'Get-CsSite', 'Get-CsPool',
        'Get-CsManagementStoreReplicationStatus', 'Get-CsStaticRoutingConfiguration', 'Get-CsOAuthServer',
        'Get-CsConferencingPolicy', 'Get-CsExternalAccessPolicy', 'Get-CsUserServicesPolicy' }
    @{ In = 'onprem'; Cmdlet = 'Get-CsService'; With = @{ EdgeServer = $true } }
    @{ In = 'onprem'; Cmdlet = 'Get-CsCommonAreaPhone', 'Get-CsMeetingRoom', 'Get-CsHybridApplicationEndpoint'; Keep = 'Identity', 'SipAddress' }
    @{ In = 'onprem'; Cmdlet = 'Get-CsUser'; With = $CsUsers; Keep = $User; All = -not $UsersFile; Depth = 1 }
    @{ In = 'onprem'; Cmdlet = 'Get-ADUser'; With = $AdUsers; Keep = $AdUser; All = -not $UsersFile }
    @{ In = 'edge--<host>'; Cmdlet = 'Get-CsAccessEdgeConfiguration', 'Get-CsHostingProvider'; With = @{ LocalStore = $true } }
    @{ In = 'onprem--<host>', 'edge--<host>', 'workstation'; Cmdlet = 'Get-CsServerPatchVersion' }
    @{ In = 'onprem--<host>', 'edge--<host>', 'workstation'; Cmdlet = 'Get-ItemProperty'; Label = 'build'; Read = 'Read-Build' }
    @{ In = 'onprem--<host>', 'edge--<host>', 'workstation'; Cmdlet = 'Get-ItemProperty'; Label = 'tls'; Read = 'Read-Registry'; With = @{ Values = $Tls } }
    @{ In = 'onprem--<host>', 'workstation'; Cmdlet = 'Get-ItemProperty'; Label = 'proxy'; Read = 'Read-Registry'; With = @{ Values = $Proxy } }
    @{ In = 'onprem--<host>', 'edge--<host>'; Cmdlet = 'Get-CsCertificate' }
    @{ In = 'onprem--<host>', 'edge--<host>'; Cmdlet = 'Get-ChildItem'; Label = 'Root'; With = @{ Path = 'Cert:\LocalMachine\Root' }; Keep = $Certificate }
    @{ In = 'edge--<host>'; Cmdlet = 'Get-ChildItem'; Label = 'My'; With = @{ Path = 'Cert:\LocalMachine\My' }; Keep = $Certificate }
    @{ In = 'onprem--<host>', 'edge--<host>'; Cmdlet = 'Test-NetConnection'; Read = 'Read-Connection' }
    @{ In = 'workstation'; Cmdlet = 'Get-Module'; Label = 'MicrosoftTeams'; With = @{ Name = 'MicrosoftTeams'; ListAvailable = $true }; Keep = $Module }
    @{ In = 'workstation'; Cmdlet = 'Get-Module'; Label = 'SkypeForBusiness'; With = @{ Name = 'SkypeForBusiness'; ListAvailable = $true }; Keep = $Module }
    @{ In = 'workstation'; Cmdlet = 'Get-Module'; Label = 'Lync'; With = @{ Name = 'Lync'; ListAvailable = $true }; Keep = $Module }
    @{ In = 'workstation'; Cmdlet = 'Invoke-WebRequest'; Label = 'cloud'; Read = 'Read-Web' }
    @{ In = 'workstation'; Cmdlet = 'whoami'; Label = 'groups'; Read = 'Read-Group' }
    @{ In = 'tenant'; Cmdlet = 'Get-CsTenant'; Keep = 'TenantId', 'ServiceInstance', 'VerifiedDomains', 'DirSyncEnabled', 'LastSyncTimeStamp' }
    @{ In = 'tenant'; Cmdlet = 'Get-CsTenantFederationConfiguration', 'Get-CsTenantMigrationConfiguration',
        'Get-CsOnlineSipDomain', 'MicrosoftTeams\Get-CsExternalAccessPolicy', 'MicrosoftTeams\Get-CsTeamsUpgradePolicy' }
    @{ In = 'tenant'; Cmdlet = 'Get-CsOnlineUser'; With = $CsUsers; Keep = $OnlineUser; All = -not $UsersFile }
    @{ In = 'tenant'; Cmdlet = 'Get-MgDomain'; With = @{ All = $true }; Keep = 'Id', 'IsVerified' }
    @{ In = 'tenant'; Cmdlet = 'Get-MgDomainServiceConfigurationRecord'; Each = 'DomainId'; With = $Domains }
    @{ In = 'tenant'; Cmdlet = 'Get-MgOrganization'; Keep = 'Id', 'OnPremisesSyncEnabled', 'OnPremisesLastSyncDateTime' }
    @{ In = 'tenant'; Cmdlet = 'Get-MgSubscribedSku'; Keep = 'SkuId', 'SkuPartNumber', 'ServicePlans' }
    @{ In = 'tenant'; Cmdlet = 'Get-MgUser'; With = $GraphUsers; Keep = $GraphUser; All = -not $UsersFile }
    @{ In = 'tenant'; Cmdlet = 'Get-MgUserTransitiveMemberOf'; Read = 'Read-Role' }
    @{ In = 'dns-internal', 'dns-edge--<host>'; Cmdlet = 'Resolve-DnsName'; File = 'answers.json'; Read = 'Read-Dns' }
    @{ In = 'dns-external'; Cmdlet = 'Resolve-DnsName'; File = 'answers.json'; Read = 'Read-Dns'; With = @{ At = $Resolver } }
)

function Read-Cmdlet {
    # A cmdlet of the table, once for each set of parameters. A user who is not found costs nobody else.
    param([string] $Cmdlet, [hashtable[]] $Sets)
    $answered = $false
    foreach ($set in $Sets) {
        try { & $Cmdlet @set -ErrorAction Stop; $answered = $true } catch { $failure = $_ }
    }
    if (-not $answered) { throw $failure }
}

function Read-Registry {
    # A value that is not set is a row with null.
    param([hashtable] $Values)
    foreach ($path in $Values.Keys) {
        $key = if (Test-Path -LiteralPath $path) { Get-ItemProperty -LiteralPath $path }
        foreach ($name in $Values[$path]) {
            $value = $null
            if ($key -and $key.PSObject.Properties[$name]) { $value = $key.PSObject.Properties[$name].Value }
            [pscustomobject]@{ Path = $path; Name = $name; Value = $value }
        }
    }
}

function Read-Build {
    # Lync Server 2013 has no Get-CsServerPatchVersion: its build stands in the list of installed programs.
    $programs = @{}
    Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*' -ErrorAction SilentlyContinue |
        Where-Object -FilterScript { $_.PSObject.Properties['DisplayName'] -and $_.DisplayName -like '*Core Components' } |
        ForEach-Object -Process { $programs[$_.PSPath] = 'DisplayName', 'DisplayVersion' }
    if (-not $programs.Count) { throw 'No program whose name ends in Core Components is installed.' }
    Read-Registry -Values $programs
}

function Read-Group {
    # Columns by their place: their names are in the language of Windows.
    whoami.exe '/groups' '/fo' 'csv' '/nh' | ConvertFrom-Csv -Header 'Name', 'Type', 'SID', 'Attributes' | Select-Object -Property 'Name', 'SID'
}

function Read-Role {
    # Directory roles alone; groups are left out.
    if (-not $Operator) { $Operator = (Get-MgContext).Account }
    Get-MgUserTransitiveMemberOf -UserId $Operator -All -ErrorAction Stop |
        Where-Object -FilterScript { $_.AdditionalProperties['@odata.type'] -eq '#microsoft.graph.directoryRole' } |
        ForEach-Object -Process { [pscustomobject]@{ id = $_.Id; displayName = $_.AdditionalProperties['displayName'] } }
}

function Read-Connection {
    # Opens a TCP connection and closes it. From a Front End to the Edges; from an Edge to the cloud and to -Server.
    $names = @($CloudHosts[$Cloud][0]) + $Server
    $ports = 5061
    if ($Vantage -eq 'onprem') {
        $names = Get-CsPool -ErrorAction Stop | Where-Object -FilterScript { @($_.Services) -like 'EdgeServer:*' } | ForEach-Object -Process { $_.Computers }
        $ports = 443, 4443, 5061, 5062, 8057, 50001, 50002, 50003
    }
    foreach ($name in $names) {
        foreach ($port in $ports) {
            $result = Test-NetConnection -ComputerName "$name" -Port $port -WarningAction SilentlyContinue
            [pscustomobject]@{ ComputerName = "$name"; RemotePort = $port; TcpTestSucceeded = $result.TcpTestSucceeded }
        }
    }
}

function Read-Web {
    # GET without credentials. A redirect is an answer of the host; where it leads is another host's matter.
    foreach ($name in $CloudHosts[$Cloud] | Select-Object -Skip 1) {
        $path, $redirects = if ($name -like 'webdir.*') { 'Autodiscover/AutodiscoverService.svc/root', 5 } else { '', 0 }
        $answer = [pscustomobject]@{ Uri = "https://$name/$path"; StatusCode = $null; Error = $null; Content = $null }
        try {
            $reply = Invoke-WebRequest -Uri $answer.Uri -UseBasicParsing -TimeoutSec 30 -MaximumRedirection $redirects -ErrorAction SilentlyContinue
            if ($reply) { $answer.StatusCode = [int]$reply.StatusCode }
            if ($reply -and $path -and $reply.Content -is [string]) { $answer.Content = $reply.Content }
        }
        catch {
            $answer.Error = $_.Exception.Message
            $response = $_.Exception.PSObject.Properties['Response']
            if ($response -and $response.Value) { $answer.StatusCode = [int]$response.Value.StatusCode }
        }
        $answer
    }
}

function Read-Dns {
    # A row for each question, and one for each CNAME record on the way to its answer. What an SRV record names is asked next.
    param([string] $At)
    $view = if ($At) { @{ Server = $At; DnsOnly = $true; NoHostsFile = $true } } else { @{} }
    $domains = if ($SipDomain -or $Vantage -ne 'onprem') { $SipDomain } else { Get-CsSipDomain -ErrorAction Stop | ForEach-Object -Process { [string]$_.Name } }
    $names = @($CloudHosts[$Cloud][0]) + $Server
    if ($Vantage -eq 'onprem') { $names += Get-CsService -EdgeServer -ErrorAction Stop | ForEach-Object -Process { $_.AccessEdgeExternalFqdn; $_.DataEdgeExternalFqdn } }
    $questions = @($domains | ForEach-Object -Process { $DnsQuestions -replace '<d>', $_ }) + @($names | ForEach-Object -Process { "A $_"; "AAAA $_" })
    for ($i = 0; $i -lt $questions.Count; $i++) {
        $type, $name = $questions[$i] -split ' '
        if (-not $name -or $questions.IndexOf($questions[$i]) -lt $i) { continue }
        $answer = [pscustomobject]@{ name = $name; type = $type; rcode = 'NOERROR'; answers = @(); ttl = 0; server = $At }
        $records = @()
        try { $records = @(Resolve-DnsName -Name $name -Type $type @view -ErrorAction Stop | Where-Object -FilterScript { [string]$_.Section -eq 'Answer' }) }
        catch {
            $answer.rcode = $Rcodes[($_.FullyQualifiedErrorId -split ',')[0]]
            if ($At -and $answer.rcode -eq 'TIMEOUT') { throw }
            if (-not $answer.rcode) { continue }
        }
        foreach ($record in $records) {
            $kind = [string]$record.Type
            if ($kind -eq 'SRV') {
                $data = "$($record.Priority) $($record.Weight) $($record.Port) $($record.NameTarget)".TrimEnd('.') + '.'
                $questions += "A $($record.NameTarget)".TrimEnd('.'), "AAAA $($record.NameTarget)".TrimEnd('.')
            }
            elseif ($kind -eq 'CNAME') { $data = $record.NameHost.TrimEnd('.') + '.' }
            elseif ($kind -in 'A', 'AAAA') { $data = [string]$record.IPAddress }
            if ($kind -eq $type) { $answer.answers += $data; $answer.ttl = $record.TTL }
            elseif ($kind -eq 'CNAME') { [pscustomobject]@{ name = $record.Name; type = $kind; rcode = 'NOERROR'; answers = @($data); ttl = $record.TTL; server = $At } }
        }
        $answer
    }
}

$machine = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
if (-not $HostName) { $HostName = "$($machine.HostName).$($machine.DomainName)".TrimEnd('.').ToLowerInvariant() }
if (-not $Vantage) {
    $services = @(Get-Service -Name 'RTCSRV', 'RTCMRAUTH' -ErrorAction SilentlyContinue | ForEach-Object -Process { $_.Name })
    $Vantage = if ($services -contains 'RTCMRAUTH') { 'edge' } elseif ($services) { 'onprem' } else { 'workstation' }
}
$isFolder = @{
    'onprem--<host>' = $Vantage -eq 'onprem'; 'edge--<host>' = $Vantage -eq 'edge'; 'dns-edge--<host>' = $Vantage -eq 'edge'
    'onprem' = $Vantage -eq 'onprem' -and -not $MachineOnly; 'dns-internal' = $Vantage -eq 'onprem' -and -not $MachineOnly
    'dns-external' = $Resolver -and -not $MachineOnly; 'workstation' = $Vantage -eq 'workstation'; 'tenant' = $Tenant -and $Vantage -eq 'workstation'
}
if ($Vantage -ne 'workstation' -and (Get-Module -Name 'MicrosoftTeams')) { throw 'Open a new shell: MicrosoftTeams has cmdlets of the same name.' }
$started = [datetime]::UtcNow
if (-not $OutFile) { $OutFile = "csready-$Vantage-$HostName-$($started.ToString('yyyyMMddHHmmss')).zip" }
if ($OutFile -notlike '*.zip' -or (Test-Path -LiteralPath $OutFile)) { throw "$OutFile is there already, or is no .zip." }
$work = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "csready-$([guid]::NewGuid())"
$files = [ordered]@{}
try {
    foreach ($row in $Commands) {
        foreach ($folder in $row.In | Where-Object -FilterScript { $isFolder[$_] }) {
            foreach ($cmdlet in $row.Cmdlet) {
                $with = @(if ($row.Contains('With')) { $row.With } else { @{} })
                foreach ($part in @(if ($row['Each']) { $with } else { , $with })) {
                    $sets = @($part); $set = $sets[0]
                    $name = $cmdlet -replace '^.*\\'
                    $label = if ($row['Label']) { "--$($row.Label)" } elseif ($row['Each']) { "--$($set[$row.Each])" } elseif ($sets.Count -gt 1) { '--listed' }
                    $file = if ($row['File']) { $row.File } elseif ($row['Read']) { "$name$label.json" } else { "$name$label.xml" }
                    $path = "$folder/$file".Replace('<host>', $HostName)
                    $shown = if ($row['Read']) { "$name in $($row.Read)" } else { $name + ($set.Keys | ForEach-Object -Process { " -$_ $($set[$_])" }) }
                    if (-not $PSCmdlet.ShouldProcess($path, $shown)) { continue }
                    $note = [ordered]@{ sha256 = $null; cmdlet = $name; parameters = $null; complete = $row['All']; error = $null }
                    if ($sets.Count -eq 1 -and -not $row['Read']) { $note.parameters = $set }
                    $keep = @{ Property = if ($row['Keep']) { $row.Keep } else { '*' }; Unique = $sets.Count -gt 1 }
                    $depth = if ($row['Depth']) { $row.Depth } else { 4 }
                    $target = Join-Path -Path $work -ChildPath $path
                    try {
                        $null = New-Item -ItemType Directory -Path (Split-Path -Path $target) -Force
                        if ($row['Read']) { ConvertTo-Json -InputObject @(& $row.Read @set) -Depth 4 | Out-File -LiteralPath $target -Encoding utf8 }
                        else { Read-Cmdlet -Cmdlet $cmdlet -Sets $sets | Select-Object @keep | Export-Clixml -LiteralPath $target -Depth $depth }
                        $note.sha256 = (Get-FileHash -LiteralPath $target -Algorithm SHA256).Hash
                    }
                    catch {
                        $note.error = @{ category = [string]$_.CategoryInfo.Category; message = $_.Exception.Message; id = $_.FullyQualifiedErrorId }
                        if (Test-Path -LiteralPath $target) { Remove-Item -LiteralPath $target }
                    }
                    $files[$path] = $note
                }
            }
        }
    }
    if ($files.Count) {
        $manifest = [ordered]@{ tool = 'Collect-CsReadiness.ps1'; version = $Version; powershell = [string]$PSVersionTable.PSVersion
            vantage = $Vantage; host = $HostName; collected_at = "$($started.ToString('s'))Z"; files = $files }
        ConvertTo-Json -InputObject $manifest -Depth 6 | Out-File -LiteralPath (Join-Path -Path $work -ChildPath 'manifest.json') -Encoding utf8
        Compress-Archive -LiteralPath @(Get-ChildItem -LiteralPath $work | ForEach-Object -Process { $_.FullName }) -DestinationPath $OutFile
        Write-Output "$OutFile, SHA256 $((Get-FileHash -LiteralPath $OutFile -Algorithm SHA256).Hash)"
    }
}
finally { if (Test-Path -LiteralPath $work) { Remove-Item -LiteralPath $work -Recurse } }

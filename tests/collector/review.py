"""What the collector script may run, and what in a script is more than that, read off its syntax tree."""

from collections.abc import Iterator
from dataclasses import dataclass

from tree_sitter import Node

from tests.collector.powershell_syntax import (
    assigned,
    child,
    commands,
    declared,
    entries,
    every,
    functions,
    hashtables,
    loops,
    parsed,
    strings,
    text,
    variables,
)

# Everything that the script may run, and docs/collector.md lists: what reads ...
READING = frozenset(
    {
        "Get-ADUser",
        "Get-ChildItem",
        "Get-Content",
        "Get-CsAccessEdgeConfiguration",
        "Get-CsAllowedDomain",
        "Get-CsBlockedDomain",
        "Get-CsCertificate",
        "Get-CsCommonAreaPhone",
        "Get-CsConferencingPolicy",
        "Get-CsExternalAccessPolicy",
        "Get-CsHostingProvider",
        "Get-CsHybridApplicationEndpoint",
        "Get-CsManagementStoreReplicationStatus",
        "Get-CsMeetingRoom",
        "Get-CsOAuthServer",
        "Get-CsOnlineSipDomain",
        "Get-CsOnlineUser",
        "Get-CsPool",
        "Get-CsPublicProvider",
        "Get-CsServerPatchVersion",
        "Get-CsService",
        "Get-CsSipDomain",
        "Get-CsSite",
        "Get-CsStaticRoutingConfiguration",
        "Get-CsTeamsUpgradePolicy",
        "Get-CsTenant",
        "Get-CsTenantFederationConfiguration",
        "Get-CsTenantMigrationConfiguration",
        "Get-CsUser",
        "Get-CsUserServicesPolicy",
        "Get-FileHash",
        "Get-ItemProperty",
        "Get-MgContext",
        "Get-MgDomain",
        "Get-MgDomainServiceConfigurationRecord",
        "Get-MgOrganization",
        "Get-MgSubscribedSku",
        "Get-MgUser",
        "Get-MgUserTransitiveMemberOf",
        "Get-Module",
        "Get-Service",
        "Invoke-WebRequest",
        "Resolve-DnsName",
        "Test-NetConnection",
        "Test-Path",
        "whoami",
        "whoami.exe",
    }
)
# ... what writes the zip and the folder in TEMP ...
WRITING = frozenset({"Compress-Archive", "Export-Clixml", "New-Item", "Out-File", "Remove-Item"})
# ... and what touches nothing but the script's own values.
SHAPING = frozenset(
    {
        "ConvertFrom-Csv",
        "ConvertTo-Json",
        "ForEach-Object",
        "Join-Path",
        "Select-Object",
        "Set-StrictMode",
        "Split-Path",
        "Where-Object",
        "Write-Output",
    }
)
TYPES = frozenset(
    {
        "System.IO.Path",
        "System.Net.NetworkInformation.IPGlobalProperties",
        "datetime",
        "guid",
        "hashtable",
        "hashtable[]",
        "int",
        "ordered",
        "pscustomobject",
        "string",
        "string[]",
        "switch",
    }
)
METHODS = frozenset(
    {
        "Contains",
        "GetIPGlobalProperties",
        "GetTempPath",
        "IndexOf",
        "NewGuid",
        "Replace",
        "ShouldProcess",
        "ToLowerInvariant",
        "ToString",
        "TrimEnd",
    }
)
# In full: short forms, and those that set a variable such as -OutVariable, are none of them.
PARAMETERS = frozenset(
    {
        "-Algorithm",
        "-All",
        "-ChildPath",
        "-Cmdlet",
        "-ComputerName",
        "-Depth",
        "-DestinationPath",
        "-EdgeServer",
        "-Encoding",
        "-ErrorAction",
        "-FilterScript",
        "-Force",
        "-Header",
        "-InputObject",
        "-ItemType",
        "-LiteralPath",
        "-MaximumRedirection",
        "-Name",
        "-Path",
        "-Port",
        "-Process",
        "-Property",
        "-Recurse",
        "-Sets",
        "-Skip",
        "-TimeoutSec",
        "-Type",
        "-Unique",
        "-Uri",
        "-UseBasicParsing",
        "-UserId",
        "-Values",
        "-Version",
        "-WarningAction",
    }
)
# How the table is read: nothing else may be called by the value of a variable.
CALLED = ("$Cmdlet", "$row.Read")
AUTOMATIC = {"$_", "$true", "$false", "$null", "$pscmdlet", "$psversiontable"}


@dataclass(frozen=True)
class Row:
    """A row of the script's table. ``paths``: of all its files, with a made-up host and, where each domain has its
    own, a made-up domain."""

    cmdlets: tuple[str, ...]
    read: str
    paths: tuple[str, ...]


def table(script: bytes) -> Iterator[Row]:
    (rows,) = assigned(parsed(script), "$Commands")
    for hashtable in hashtables(rows):
        row = {key: strings(value) for key, value in entries(hashtable).items()}
        (read,), (label,) = row.get("Read", ("",)), row.get("Label", ("contoso.com" if "Each" in row else "",))
        suffix = (f"--{label}" if label else "") + (".json" if read else ".xml")
        names = row.get("File") or [cmdlet.rpartition("\\")[2] + suffix for cmdlet in row["Cmdlet"]]
        places = [place.replace("<host>", "fe01.contoso.com") for place in row["In"]]
        yield Row(row["Cmdlet"], read, tuple(f"{place}/{name}" for place in places for name in names))


def objections(script: bytes) -> list[str]:
    """Whatever in the script is not on the lists above."""
    root = parsed(script)
    own = functions(root)
    allowed = READING | WRITING | SHAPING | own
    found = ["does not parse"] if root.has_error else []
    for command in commands(root):
        if command.operator and (command.operator, command.name) not in [("&", name) for name in CALLED]:
            found.append(f"calls {command.name}")
        elif not command.operator and command.name not in allowed:
            found.append(f"runs {command.name}")
        if command.loose and command.name not in ("whoami.exe", "Write-Output"):
            found.append(f"hands {command.loose} to {command.name} by position")
        found += [f"says {name} to {command.name}" for name in command.parameters if name not in PARAMETERS]
        if command.name == "Read-Cmdlet" and command.parameters.get("-Cmdlet") != "$cmdlet":
            found.append("calls Read-Cmdlet past the table")
    for node in every(root, "type_literal"):
        if text(node)[1:-1] not in TYPES:
            found.append(f"uses the type {text(node)}")
    for node in every(root, "invokation_expression"):
        if text(child(node, "member_name")) not in METHODS:
            found.append(f"calls the method {text(child(node, 'member_name'))}")
    found += [f"redirects {text(node)}" for node in every(root, "redirection")]
    found += [f"declares {node.type}" for node in every(root, "class_statement", "enum_statement", "trap_statement")]
    run = {block for node in every(root, "command") for block in _own_blocks(node)}
    found += [f"keeps the block {text(node)}" for node in every(root, "script_block_expression") if node.id not in run]
    strange = variables(root) - declared(root) - AUTOMATIC
    found += [f"uses {name}" for name in variables(root) if name in strange or ":" in name]
    found += [f"runs a row of {over}" for name, over in loops(root) if name == "$row" and over != "$Commands"]
    found += [f"runs a cmdlet of {over}" for name, over in loops(root) if name == "$cmdlet" and over != "$row.Cmdlet"]
    found += [f"changes {name}" for name in ("$row", "$cmdlet") if assigned(root, name)]
    if len(assigned(root, "$Commands")) != 1:
        return [*found, "has another table"]
    for row in table(script):
        found += [f"has {each} in its table" for each in row.cmdlets if each.rpartition("\\")[2] not in READING]
        if row.read and row.read not in own:
            found.append(f"has {row.read} in its table")
    return found


def _own_blocks(command: Node) -> Iterator[int]:
    """The blocks that Where-Object and ForEach-Object run on the spot."""
    if text(child(command, "command_name")) in ("ForEach-Object", "Where-Object"):
        elements = child(command, "command_elements")
        for element in elements.named_children if elements else ():
            first = next(every(element, "script_block_expression"), None)
            if first and first.start_byte == element.start_byte:
                yield first.id

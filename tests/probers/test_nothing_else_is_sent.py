"""What reaches a server is in the list: seen at the server's end, for what is asked and for what is made up."""

import ast
import queue
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import checker
from checker.lab.powershell_objects import CmdletReply, Endpoint
from checker.lab.wsman_server import WsmanServer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import ALLOWED, AROUND, Kind, NotAllowed, Takes
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.psrp_pipelines import connect_teams
from checker.probers.wire import Reply
from tests.probers.remoting_lab import RemotingLab, over_winrm

HOSTS = {vantage: f"{vantage.value}.contoso.test" for vantage in ALLOWED if vantage is not Vantage.TENANT}
TEXTS = (
    r"Cert:\LocalMachine\My",
    r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319",
    r"C:\Program Files\Common Files\X\Microsoft.Rtc.Management.dll",
    "https://login.microsoftonline.com/",
    "MicrosoftTeams",
    "SchUseStrongCrypto",
    "*",
)
STRANGE_CMDLETS = (
    *("Move-CsUser", "Set-CsUser", "Remove-Item", "Invoke-Expression", "Get-Credential", "get-csuser", "cmd", ""),
    *("Import-Module", "Select-Object", "Out-Null", "Connect-MicrosoftTeams", "Get-CsUser; Remove-CsUser"),
)
STRANGE_PARAMETERS = ("OutVariable", "ErrorAction", "Confirm", "ScriptBlock", "Path", "Name", "identity", "")
STRANGE_TEXTS = (
    *("$(evil)", r"HKLM:\SECURITY", r"HKLM:\SOFTWARE\Microsoft\.NETFramework\..\..\Secret", r"HKLM:\SOFTWARE\*"),
    *(r"Cert:\CurrentUser\My", r"C:\Windows\win.ini", "http://login.microsoftonline.com/", "https://evil.test/"),
    *(r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon", "PSDiagnostics", "MicrosoftTeams\n", "0", "-1"),
)


def suitable(takes: Takes) -> str:
    match takes.kind:
        case Kind.SWITCH:
            return ""
        case Kind.NUMBER:
            return "5061"
        case _:
            return next(text for text in TEXTS if re.fullmatch(takes.only or ".*", text))


def every_question() -> Iterator[CmdletProbe]:
    """Each cmdlet of the list, with what it must have, and once more with each parameter that it may have."""
    for vantage, cmdlets in ALLOWED.items():
        for cmdlet, takes in cmdlets.items():
            needed = tuple((name, suitable(each)) for name, each in takes.items() if each.required)
            further = [(name, suitable(each)) for name, each in takes.items() if not each.required]
            for parameters in (needed, *((*needed, one) for one in further)):
                yield CmdletProbe(vantage=vantage, cmdlet=cmdlet, parameters=parameters, properties=("Name",))


def made_up(chance: random.Random) -> CmdletProbe:
    """Some of a question of the list, and some that is not."""
    right = chance.choice(list(every_question()))
    vantage = chance.choice((right.vantage, *Vantage))
    cmdlet = chance.choice((right.cmdlet, right.cmdlet, right.cmdlet, chance.choice(STRANGE_CMDLETS)))
    names = chance.choice((STRANGE_PARAMETERS, tuple(ALLOWED[right.vantage][right.cmdlet]) or STRANGE_PARAMETERS))
    added = (chance.choice(names), chance.choice((*STRANGE_TEXTS, *TEXTS, "")))
    parameters = chance.choice((right.parameters, (*right.parameters, added), (added,)))
    return CmdletProbe(
        vantage=vantage, cmdlet=cmdlet, parameters=parameters, properties=chance.choice((("Name",), ("*",), ("a;b",)))
    )


def served(lab: RemotingLab) -> tuple[PowerShellWire, Mapping[Vantage, WsmanServer]]:
    """A server for each place, each with a language, that runs whatever it is sent and keeps it."""
    everything = {name for cmdlets in ALLOWED.values() for name in cmdlets} | set(STRANGE_CMDLETS)
    of_teams = dict.fromkeys(("Connect-MicrosoftTeams", *ALLOWED[Vantage.TENANT]), CmdletReply())
    endpoint = Endpoint(
        "wsman",
        cmdlets=dict.fromkeys(everything, CmdletReply()),
        language=True,
        modules={"MicrosoftTeams": of_teams, "Lync": {}},
    )
    servers: dict[Vantage, WsmanServer] = {
        vantage: lab.serve(endpoint, host, port=5986) for vantage, host in HOSTS.items()
    }
    ends = {vantage: over_winrm(vantage, host) for vantage, host in HOSTS.items()}
    wire = lab.wire(ends[Vantage.EDGE], onprem=ends[Vantage.ONPREM], workstation=ends[Vantage.WORKSTATION])
    return wire, servers


def ask_all(wire: PowerShellWire, probes: list[CmdletProbe]) -> int:
    """How many were refused before anything was sent."""
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    deadline, refused = time.monotonic() + 60, 0
    sign_in = connect_teams("graph", "teams", "TeamsDOD")
    for probe in probes:
        try:
            if probe.vantage is Vantage.TENANT:
                wire.send_with_prelude(probe, deadline, replies.put, lambda: sign_in)
            else:
                wire.send(probe, deadline, replies.put)
        except NotAllowed:
            refused += 1
    for _ in range(len(probes) - refused):
        replies.get(timeout=60)
    return refused


def unlisted(servers: Mapping[Vantage, WsmanServer]) -> list[tuple[str, object]]:
    """What servers saw that stands in no list of theirs; a pipeline for the tenant runs on the workstation."""
    found: list[tuple[str, object]] = []
    for vantage, server in servers.items():
        places = (vantage, Vantage.TENANT) if vantage is Vantage.WORKSTATION else (vantage,)
        lists = [{**ALLOWED[place], **AROUND[place]} for place in places]
        for cmdlet, given in server.commands:
            if not any(cmdlet in each and all(_fits(each[cmdlet], *pair) for pair in given.items()) for each in lists):
                found.append((cmdlet, dict(given)))
    return found


def _fits(listed: Mapping[str, Takes], name: str, value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    return name in listed and all(re.fullmatch(listed[name].only or "(?s).*", str(text), re.I) for text in texts)


def test_all_of_the_list_can_be_sent_and_nothing_but_it_arrives(lab: RemotingLab) -> None:
    wire, servers = served(lab)

    assert ask_all(wire, list(every_question())) == 0
    assert unlisted(servers) == []
    seen = Counter(cmdlet for server in servers.values() for cmdlet, _ in server.commands)
    around = {name for names in AROUND.values() for name in names}
    assert set(seen) == {name for names in ALLOWED.values() for name in names} | around


def test_of_what_is_made_up_nothing_arrives_that_is_not_in_the_list(lab: RemotingLab) -> None:
    wire, servers = served(lab)
    chance = random.Random(20261122)

    probes = [made_up(chance) for _ in range(600)]

    assert 100 < ask_all(wire, probes) < 600
    assert unlisted(servers) == []


def test_one_place_alone_hands_cmdlets_to_pypsrp() -> None:
    """And there they come out of an AllowedCommand, which cannot be built outside the list."""
    handing = {"add_cmdlet", "add_command", "add_script", "add_statement", "add_parameter", "add_parameters"}
    found = set()
    for path in Path(checker.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in handing:
                found.add(path.name)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "PowerShell":
                found.add(path.name)
    assert found == {"psrp_pipelines.py"}

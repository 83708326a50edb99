"""The PowerShell endpoints of the lab's machines: what each cmdlet of a Front End, the Edge and the admin host
replies.
"""

import http.client
from collections.abc import Callable, Mapping
from email.message import Message
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dns.name
import dns.rdatatype

from checker.lab import tenant_objects
from checker.lab.deployment import Deployment, Machine, Records, Replies
from checker.lab.powershell_objects import Behaviour, Cmdlet, CmdletReply, Endpoint, ErrorReply, Thing
from checker.lab.web_server import WebBehaviour, WebReply, WebRequest
from checker.lab.zones import DnsBehaviour, Zones
from checker.lab.zones import Records as Authority

# Windows' own texts and ids for Resolve-DnsName, DnsClient module.
_NO_SUCH_NAME = "DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName"
_NO_GOOD_REPLY = "WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand"
_NO_SUCH_VALUE = "System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand"
_ARGUMENT = "System.Management.Automation.PSArgument"
_CUSTOM_OBJECT = "System.Management.Automation.PSCustomObject"
_SERVER_FAILURE = "DNS_ERROR_RCODE_SERVER_FAILURE,Microsoft.DnsClient.Commands.ResolveDnsName"


def front_end(deployment: Deployment, fqdn: str) -> Endpoint:
    """Plain WinRM, or OcsPowershell: no language, and only the product's cmdlets, each to be projected."""
    machine = deployment.machines[fqdn]
    of_the_product = {**deployment.replies(), **machine.replies()}
    if deployment.is_restricted:
        return Endpoint(path="OcsPowershell", cmdlets={**of_the_product})
    cs, others = _by_module(of_the_product)
    cmdlets = {**others, **_of_windows(deployment, fqdn), "Resolve-DnsName": _resolve_in(deployment.internal)}
    return Endpoint(path="wsman", cmdlets=cmdlets, language=True, modules={"SkypeForBusiness": cs})


def edge(deployment: Deployment, fqdn: str) -> Endpoint:
    """Plain WinRM on the Edge: its own cmdlets and its replica of the store, in a module that has to be imported, and
    what it sees of the network.
    """
    store = deployment.replies()
    replicated = ("Get-CsAccessEdgeConfiguration", "Get-CsHostingProvider")
    replica: dict[str, Cmdlet] = {name: _from_local_store(store[name]) for name in replicated}
    cs, others = _by_module(deployment.machines[fqdn].replies())
    return Endpoint(
        path="wsman",
        cmdlets={**others, **_of_windows(deployment, fqdn), "Resolve-DnsName": _resolve_in(deployment.at_edge)},
        language=True,
        modules={"SkypeForBusiness": {**replica, **cs}},
    )


def workstation(
    deployment: Deployment, fqdn: str, web: Callable[[WebRequest], WebReply], tokens: list[str]
) -> Endpoint:
    """Plain WinRM on the machine that will run the move; ``web`` is what its requests get to see, ``tokens`` what its
    MicrosoftTeams module is to be signed in with.
    """

    def invoke_web_request(parameters: Mapping[str, object]) -> CmdletReply:
        url = urlsplit(str(parameters["Uri"]))
        request = WebRequest("GET", url.hostname or "", url.path, dict(parse_qsl(url.query)), Message())
        reply = web(request)
        if reply.behaviour is WebBehaviour.RESET:
            return _failed("The underlying connection was closed.", _NO_GOOD_REPLY)
        if reply.behaviour is not WebBehaviour.ANSWER:
            return CmdletReply(behaviour=Behaviour.SILENT)  # until its own time-out, which the lab does not keep
        if reply.status >= 400:
            phrase = http.client.responses.get(reply.status, "")
            return _failed(f"The remote server returned an error: ({reply.status:d}) {phrase}.", _NO_GOOD_REPLY)
        properties: dict[str, Any] = {"StatusCode": int(reply.status), "Content": reply.body.decode("utf-8")}
        kind = "Microsoft.PowerShell.Commands.BasicHtmlWebResponseObject"
        return CmdletReply((Thing((kind, "System.Object"), MappingProxyType(properties)),))

    cs, others = _by_module(deployment.machines[fqdn].replies())
    teams = tenant_objects.teams_module(deployment, tokens)
    return Endpoint(
        path="wsman",
        cmdlets={**others, **_of_windows(deployment, fqdn), "Invoke-WebRequest": invoke_web_request},
        language=True,
        modules={"SkypeForBusiness": cs, "MicrosoftTeams": teams},
    )


def _of_windows(deployment: Deployment, fqdn: str) -> dict[str, Cmdlet]:
    """What every Windows has: its registry, its certificate stores, its modules, its way into the network."""
    machine = deployment.machines[fqdn]

    def get_item_property(parameters: Mapping[str, object]) -> CmdletReply:
        path, name = str(parameters["Path"]), str(parameters["Name"])
        value = machine.value(path, name)
        if value is None:
            return _failed(
                f"Property {name} does not exist at path {path}.", _NO_SUCH_VALUE, "InvalidArgument", _ARGUMENT
            )
        properties: dict[str, Any] = {name: value, "PSPath": path}
        return CmdletReply((Thing((_CUSTOM_OBJECT, "System.Object"), MappingProxyType(properties)),))

    def get_child_item(parameters: Mapping[str, object]) -> CmdletReply:
        return CmdletReply(machine.stores.get(str(parameters["Path"]).rpartition("\\")[2], ()))

    def get_module(parameters: Mapping[str, object]) -> CmdletReply:
        return machine.modules.get(str(parameters["Name"]), CmdletReply())

    def test_net_connection(parameters: Mapping[str, object]) -> CmdletReply:
        host, port = str(parameters["ComputerName"]), int(str(parameters["Port"]))
        return CmdletReply((connection(machine, host, port),))

    return {
        "Get-ItemProperty": get_item_property,
        "Get-ChildItem": get_child_item,
        "Get-Module": get_module,
        "Test-NetConnection": test_net_connection,
    }


def connection(machine: Machine, host: str, port: int) -> Thing:
    """Of Test-NetConnection."""
    reached = (host, port) not in machine.blocked
    properties: dict[str, Any] = {"ComputerName": host, "RemotePort": port, "TcpTestSucceeded": reached}
    return Thing(("TestNetConnectionResult", "System.Object"), MappingProxyType(properties))


def _resolve_in(view: Records) -> Cmdlet:
    def resolve_dns_name(parameters: Mapping[str, object]) -> CmdletReply:
        return _resolve(zones(view), str(parameters["Name"]), str(parameters["Type"]))

    return resolve_dns_name


def _by_module(local: Replies) -> tuple[dict[str, Cmdlet], dict[str, Cmdlet]]:
    """The cmdlets of the product, and those of Windows."""
    of_the_product: dict[str, Cmdlet] = {name: reply for name, reply in local.items() if "-Cs" in name}
    others: dict[str, Cmdlet] = {name: reply for name, reply in local.items() if "-Cs" not in name}
    return of_the_product, others


def _from_local_store(reply: CmdletReply) -> Cmdlet:
    """An Edge reaches no Central Management Store: without -LocalStore it has nothing to say."""

    def cmdlet(parameters: Mapping[str, object]) -> CmdletReply:
        return reply if "LocalStore" in parameters else _failed("Could not connect to SQL server.", "SqlConnection")

    return cmdlet


def zones(records: Records) -> Zones:
    """Authority over the second-level domains of these names: what is not listed below them does not exist."""
    names = {".".join(name.rsplit(".", 2)[-2:]) for name, _ in records}
    return Zones(records, tuple(sorted(names)))


def _resolve(data: Zones, name: str, kind: str) -> CmdletReply:
    """Rows as Resolve-DnsName gives them: one for each record, Type as a name, targets without a final dot."""
    found = Authority(data).resolve(dns.name.from_text(name), dns.rdatatype.from_text(kind))
    if found.behaviour is not DnsBehaviour.ANSWER:
        return _failed(f"{name} : DNS server failure", _SERVER_FAILURE)
    if found.rcode == 3:
        return _failed(f"{name} : DNS name does not exist", _NO_SUCH_NAME)
    things = []
    for rrset in (*found.answer, *found.authority):
        for rdata in rrset:
            properties: dict[str, Any] = {
                "Name": rrset.name.to_text(omit_final_dot=True),
                "Type": dns.rdatatype.to_text(rrset.rdtype),
                "TTL": rrset.ttl,
            }
            match dns.rdatatype.to_text(rrset.rdtype):
                case "SRV":
                    properties |= {"NameTarget": rdata.target.to_text(omit_final_dot=True), "Port": rdata.port}
                    properties |= {"Priority": rdata.priority, "Weight": rdata.weight}
                case "A" | "AAAA":
                    properties["IPAddress"] = rdata.address
                case "CNAME":
                    properties["NameHost"] = rdata.target.to_text(omit_final_dot=True)
            things.append(
                Thing(("Microsoft.DnsClient.Commands.DnsRecord", "System.Object"), MappingProxyType(properties))
            )
    return CmdletReply(tuple(things))


def _failed(
    message: str, identifier: str, category: str = "ResourceUnavailable", exception: str = "System.ComponentModel.Win32"
) -> CmdletReply:
    return CmdletReply(
        error=ErrorReply(
            message, category=category, fully_qualified_id=identifier, exception_type=f"{exception}Exception"
        )
    )


def denied(cmdlet: str) -> CmdletReply:
    """What a role that does not reach so far gets to read: an error record, and a pipeline that completed all the
    same.
    """
    return CmdletReply(
        error=ErrorReply(
            f"Access is denied to run {cmdlet}.",
            category="PermissionDenied",
            fully_qualified_id=f"AccessDenied,{cmdlet}",
            exception_type="System.UnauthorizedAccessException",
        )
    )

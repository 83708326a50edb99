"""The PowerShell endpoints of the lab's machines: what each cmdlet of a Front End, the Edge and the admin host
replies.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import dns.name
import dns.rdatatype

from checker.lab.deployment import Deployment, Records
from checker.lab.naming import SIPFED
from checker.lab.powershell_objects import Cmdlet, CmdletReply, Endpoint, ErrorReply, Thing
from checker.lab.zones import DnsBehaviour, Zones
from checker.lab.zones import Records as Authority

# Windows' own texts and ids for Resolve-DnsName, DnsClient module.
_NO_SUCH_NAME = "DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands.ResolveDnsName"
_SERVER_FAILURE = "DNS_ERROR_RCODE_SERVER_FAILURE,Microsoft.DnsClient.Commands.ResolveDnsName"


def front_end(deployment: Deployment, fqdn: str) -> Endpoint:
    """OcsPowershell: no language, and only the cmdlets that the account's role grants."""
    cmdlets: dict[str, Cmdlet] = {**deployment.onprem, **deployment.servers[fqdn]}
    return Endpoint(path="OcsPowershell", cmdlets=cmdlets)


def edge(deployment: Deployment, fqdn: str) -> Endpoint:
    """Plain WinRM on the Edge: its own cmdlets, and what it sees of the network."""

    def test_net_connection(parameters: Mapping[str, object]) -> CmdletReply:
        host, port = str(parameters["ComputerName"]), int(str(parameters["Port"]))
        reached = deployment.sipfed.reached_by_edge if host == SIPFED else True
        properties: dict[str, Any] = {"ComputerName": host, "RemotePort": port, "TcpTestSucceeded": reached}
        return CmdletReply((Thing(("TestNetConnectionResult", "System.Object"), MappingProxyType(properties)),))

    def resolve_dns_name(parameters: Mapping[str, object]) -> CmdletReply:
        return _resolve(zones(deployment.at_edge), str(parameters["Name"]), str(parameters["Type"]))

    local: dict[str, Cmdlet] = {**deployment.servers[fqdn]}
    return Endpoint(
        path="wsman",
        cmdlets={**local, "Test-NetConnection": test_net_connection, "Resolve-DnsName": resolve_dns_name},
        language=True,
    )


def workstation(deployment: Deployment, fqdn: str) -> Endpoint:
    cmdlets: dict[str, Cmdlet] = {**deployment.servers[fqdn]}
    return Endpoint(path="wsman", cmdlets=cmdlets, language=True)


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


def _failed(message: str, identifier: str) -> CmdletReply:
    return CmdletReply(
        error=ErrorReply(
            message,
            category="ResourceUnavailable",
            fully_qualified_id=identifier,
            exception_type="System.ComponentModel.Win32Exception",
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

"""PowerShell endpoints on loopback by host name, and a wire that reaches nothing else: for the tests of that wire."""

import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from checker.lab.certificates import Authority
from checker.lab.powershell_objects import CmdletReply, Endpoint, Enumeration, Thing, Version
from checker.lab.wsman_server import WsmanServer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Connections, NetworkSettings, RemotingEndpoint, Secret
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire

USER, PASSWORD = "CONTOSO\\svc-readiness", "correct horse battery"
FE01, FE02 = "fe01.contoso.test", "fe02.contoso.test"
URL = f"https://{FE01}/OcsPowershell"
ONPREM = RemotingEndpoint(
    vantage=Vantage.ONPREM,
    host=FE01,
    url=URL,
    username=USER,
    password=Secret("CSREADY_ONPREM_PASSWORD"),
    auth="basic",
)
PROVIDERS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider")
SIP_DOMAINS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsSipDomain")
OFFICE365 = Thing(
    ("Deserialized.DisplayHostingProvider",),  # a type that pypsrp hands back as raw XML
    {
        "Name": "Office365",
        "Enabled": True,
        "VerificationLevel": Enumeration("VerificationLevel", "UseSourceVerification", 1),
        "Version": Version("7.0.2046.0"),
        "Domains": ["contoso.com"],
        "Comment": "two\r\nlines",
        "Owner": None,
    },
    "Office365",
)
ROW = {
    "@type": "Deserialized.DisplayHostingProvider",
    "@text": "Office365",
    "Name": "Office365",
    "Enabled": True,
    "VerificationLevel": "UseSourceVerification",
    "Version": "7.0.2046.0",
    "Domains": ["contoso.com"],
    "Comment": "two\r\nlines",
    "Owner": None,
}


def offering(reply: CmdletReply, **more: CmdletReply) -> Endpoint:
    cmdlets = {"Get-CsHostingProvider": reply, "Get-CsSipDomain": CmdletReply((Thing((), {"Name": "contoso.com"}),))}
    return Endpoint(cmdlets=cmdlets | more)


class RemotingLab:
    """Servers by host name, and wires that reach nothing else."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority("Lab root")
        self.ca_bundle = folder / "root.pem"
        self.ca_bundle.write_bytes(self.authority.pem)
        self.connect_to = {"*": "refuse"}
        self._closing = ExitStack()

    def serve(self, endpoint: Endpoint, host: str = FE01, port: int = 443, **options: Any) -> WsmanServer:
        certificate = self.authority.issue(options.pop("certificate_for", host))
        if options.pop("over_tls", True):
            der = ssl.PEM_cert_to_DER_cert(certificate.leaf.cert_chain_pems[0].bytes().decode("ascii"))
            options |= {"tls": certificate.context(), "certificate_der": der}
        server = self._closing.enter_context(WsmanServer(endpoint, USER, PASSWORD, **options))
        self.map(host, port, server.address)
        return server

    def map(self, host: str, port: int, address: tuple[str, int]) -> None:
        self.connect_to[f"{host}:{port}"] = f"{address[0]}:{address[1]}"

    def network(self, **settings: Any) -> Network:
        return Network(NetworkSettings(**{"ca_bundle": self.ca_bundle, "connect_to": self.connect_to, **settings}))

    def wire(
        self,
        *edges: RemotingEndpoint,
        onprem: RemotingEndpoint | None = ONPREM,
        workstation: RemotingEndpoint | None = None,
        **options: Any,
    ) -> PowerShellWire:
        connections = Connections(onprem=onprem, edges=edges, workstation=workstation)
        wire = PowerShellWire(self.network(**options), connections)
        self._closing.callback(wire.close)
        return wire

    def close(self) -> None:
        self._closing.close()


def over_winrm(vantage: Vantage, host: str, configuration: str = "Microsoft.PowerShell") -> RemotingEndpoint:
    """``host`` by plain WinRM, or by the session configuration of that name."""
    return RemotingEndpoint(
        vantage=vantage,
        host=host,
        url=f"https://{host}:5986/wsman",
        username=USER,
        password=Secret(f"CSREADY_{vantage.name}_PASSWORD"),
        auth="basic",
        configuration_name=configuration,
    )


def with_auth(auth: str, url: str = URL) -> RemotingEndpoint:
    return RemotingEndpoint(
        vantage=Vantage.ONPREM, host=FE01, url=url, username=USER, password=ONPREM.password, auth=auth
    )

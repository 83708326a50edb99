"""Where and as whom csready connects: data from the configuration, with the names of secrets and never their values."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.probers.tenant_routes import Interface


@dataclass(frozen=True)
class Secret:
    """The name of a secret. The value is read when it is used, from what stands for the environment, and not kept."""

    variable: str
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False, compare=False)

    def reveal(self) -> str | None:
        """The value, or ``None`` when the variable is not set or empty."""
        return self.environment.get(self.variable) or None


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """Seconds. Each wire's own limit for one probe; the run's deadline cuts them short. ``cmdlet`` is how long nothing
    may come: the objects of a large answer begin it anew.
    """

    connect: float = 5.0
    dns: float = 5.0
    tls: float = 10.0
    http: float = 20.0
    cmdlet: float = 60.0


@dataclass(frozen=True, kw_only=True)
class NetworkSettings:
    """``resolvers``: ``address:port`` per DNS vantage; none means that nobody can be asked there.

    ``connect_to`` maps ``host:port`` to ``address:port``, as curl's --connect-to. The entry ``"*": "refuse"`` refuses
    every name that is not mapped, so that nothing is ever looked up outside: the lab sets it.
    """

    resolvers: Mapping[Vantage, tuple[str, ...]] = field(default_factory=dict)
    ca_bundle: Path | None = None
    proxy: str | None = None
    connect_to: Mapping[str, str] = field(default_factory=dict)
    timeouts: Timeouts = Timeouts()


@dataclass(frozen=True, kw_only=True)
class RemotingEndpoint:
    """A PowerShell endpoint. ``host`` is the server it runs on; the URL's path tells OcsPowershell from plain WinRM."""

    vantage: Vantage
    host: str
    url: str
    username: str
    password: Secret
    auth: str = "negotiate"
    configuration_name: str = "Microsoft.PowerShell"


class TenantAuth(Enum):
    """How the tokens for the tenant's interfaces are got; with ``TOKEN`` they are in the environment."""

    TOKEN = "token"
    DEVICE_CODE = "device-code"
    CLIENT_SECRET = "client-secret"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, kw_only=True)
class TenantEndpoint:
    """The tenant's REST interfaces. The two hosts want tokens of two audiences.

    ``certificate``: a PEM file with the application's certificate and its private key. ``module_on_workstation``: the
    workstation's MicrosoftTeams module may be asked, with the same tokens, for what has no REST counterpart.
    ``signed_in``: what signing in with a device code brought for each interface, before anything was asked.
    """

    cloud: Cloud
    tenant_id: str = ""
    auth: TenantAuth = TenantAuth.TOKEN
    client_id: str = ""
    certificate: Path | None = None
    module_on_workstation: bool = False
    client_secret: Secret = Secret("CSREADY_TENANT_SECRET")
    token: Secret = Secret("CSREADY_TENANT_TOKEN")
    graph_token: Secret = Secret("CSREADY_GRAPH_TOKEN")
    signed_in: Mapping[Interface, Secret | NoAnswer] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, kw_only=True)
class Connections:
    network: NetworkSettings = NetworkSettings()
    onprem: RemotingEndpoint | None = None
    edges: tuple[RemotingEndpoint, ...] = ()
    workstation: RemotingEndpoint | None = None
    tenant: TenantEndpoint | None = None

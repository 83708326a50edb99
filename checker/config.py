"""From options and ``csready.toml`` to the target and its connections; where credentials come from, never their
values.
"""

import ipaddress
import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from checker.config_file import (
    ConfigFile,
    EndpointSection,
    NetworkSection,
    RemotingAuth,
    read_config_file,
)
from checker.errors import UsageError
from checker.model.axes import Cloud, Direction, Phase
from checker.model.facts import Notice
from checker.model.probes import Vantage
from checker.model.target import Runbook, Target
from checker.model.undecided import Unreadable
from checker.probers.connections import (
    Connections,
    NetworkSettings,
    RemotingEndpoint,
    Secret,
)
from checker.probers.network import Network
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import dns_name, is_host_name
from checker.tenant_section import tenant_endpoint
from checker.users_file import read_users_file

# Asked for the public view when the operator names no resolver; Microsoft's own diagnostic asks the same one.
PUBLIC_RESOLVER = "8.8.8.8:53"


LAB_NOTICE = Notice(
    code="lab",
    text="a run against the lab: it shows what the checker recognises, not what a real Move-CsUser does",
)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line said; it wins over the file."""

    domains: tuple[str, ...] = ()
    config: Path | None = None
    phase: Phase | None = None
    direction: Direction | None = None
    users: Path | None = None
    no_users: bool = False
    has_evidence: bool = False
    offline: bool = False


@dataclass(frozen=True, kw_only=True)
class Setup:
    target: Target
    connections: Connections
    notices: tuple[Notice, ...] = ()


def set_up(options: Options, *, environment: Mapping[str, str] = os.environ) -> Setup:
    """``environment`` is where the secrets will be read from. Raises ``UsageError`` for whatever cannot be used,
    naming file and key, before anything is sent.
    """
    where = str(options.config) if options.config else "command line"
    file = read_config_file(options.config) if options.config else ConfigFile()
    folder = options.config.parent if options.config else Path()
    target, notices = _target(file, options, folder, where)
    connections = _connections(file, folder, target, where, environment)
    try:
        Network(connections.network)
    except (ValueError, OSError) as exc:
        raise UsageError(f"{where}: [network]: {exc}", "Mend connect_to, proxy or ca_bundle.") from exc
    return Setup(target=target, connections=connections, notices=notices)


def sip_domain(name: str, where: str) -> str:
    """A SIP domain in its compared form. Raises ``UsageError`` for what is no domain name."""
    plain = _dns_name(name)
    last = plain.rpartition(".")[2] if plain and "." in plain else ""
    if plain is None or not last or last.isdigit():
        raise UsageError(f"{where}: {name!r} is no SIP domain", "Give one like contoso.com, without sip: or https://.")
    return plain


def _host(name: str, where: str) -> str:
    """A server's name in its compared form. Raises ``UsageError`` for what cannot be one."""
    plain = _dns_name(name)
    if plain is None:
        raise UsageError(f"{where}: {name!r} is no name of a server", "Give its FQDN.")
    return plain


def _dns_name(name: str) -> str | None:
    """As :func:`dns_name`; ``None`` for what cannot be the name of a host or a domain."""
    try:
        plain = dns_name(name)
    except Unreadable:
        return None
    return plain if is_host_name(plain) else None


def _target(file: ConfigFile, options: Options, folder: Path, where: str) -> tuple[Target, tuple[Notice, ...]]:
    said = file.deployment
    domains = tuple(dict.fromkeys(sip_domain(name, "command line") for name in options.domains)) or tuple(
        dict.fromkeys(sip_domain(name, f"{where}: [deployment].sip_domains") for name in said.sip_domains)
    )
    if not domains and file.onprem is None and not options.has_evidence:
        raise UsageError("nothing to look at", "Name a SIP domain, a configuration with -c, --evidence, or --lab.")
    cloud = said.cloud or Cloud.WORLDWIDE
    phase = options.phase or said.phase
    direction = options.direction or said.direction
    notices = [
        Notice(code=f"{key}-defaulted", text=f"[deployment].{key} is not said; {default} is assumed", where=where)
        for key, value, default in (
            ("phase", phase, Phase.HYBRID.value),
            ("direction", direction, Direction.TO_CLOUD.value),
            ("cloud", said.cloud, cloud.value),
        )
        if value is None
    ]
    direction = direction or Direction.TO_CLOUD
    if direction is Direction.TO_ONPREM and not said.target:
        raise UsageError(
            f"{where}: [deployment].target is not said",
            "A move back needs the FQDN of the pool that -Target will name.",
        )
    if not file.dns.external and not options.offline:
        notices.append(
            Notice(
                code="resolver-defaulted", text=f"[dns].external is not said; {PUBLIC_RESOLVER} is asked", where=where
            )
        )
    if file.network.connect_to.get("*") == "refuse":  # only a lab leads every name to its own servers
        notices.append(LAB_NOTICE)
    if options.no_users:
        notices.append(Notice(code="no-users", text="users were left out on purpose (--no-users)"))
    users_path = options.users or (folder / file.move.users if file.move.users else None)
    listed = read_users_file(users_path) if users_path and not options.no_users else None
    move = msgspec.structs.asdict(file.move)
    move.pop("users")
    target = Target(
        name=said.name or (domains[0].partition(".")[0] if domains else "deployment"),
        sip_domains=domains,
        cloud=cloud,
        phase=phase or Phase.HYBRID,
        direction=direction,
        proxy_fqdn=_host(said.target, f"{where}: [deployment].target") if said.target else CLOUD_NAMES[cloud].sipfed,
        forests=said.forests,
        resource_forest=said.resource_forest,
        edges=tuple(_host(edge.host, f"{where}: [[edge]].host") for edge in file.edge),
        users=listed.names if listed else None,
        users_file=users_path.name if users_path and listed else "",
        user_lines=listed.lines if listed else (),
        no_users=options.no_users,
        this_machine_moves=file.workstation.this_machine,
        teams_environment=file.workstation.teams_environment,
        here_is=file.network.here_is,
        onprem_groups=file.operator.onprem_groups,
        tenant_roles=file.operator.tenant_roles,
        runbook=Runbook(**move),
    )
    return target, tuple(notices)


def _connections(
    file: ConfigFile, folder: Path, target: Target, where: str, environment: Mapping[str, str]
) -> Connections:
    def secret(variable: str) -> Secret:
        return Secret(variable, environment)

    external = file.dns.external or (PUBLIC_RESOLVER,)
    resolvers = {
        Vantage.DNS_EXTERNAL: tuple(_resolver(each, f"{where}: [dns].external") for each in external),
        Vantage.DNS_INTERNAL: tuple(_resolver(each, f"{where}: [dns].internal") for each in file.dns.internal),
    }
    return Connections(
        network=NetworkSettings(
            resolvers={vantage: addresses for vantage, addresses in resolvers.items() if addresses},
            ca_bundle=_bundle(folder / file.network.ca_bundle, where) if file.network.ca_bundle else None,
            proxy=_proxy(file.network.proxy, where) if file.network.proxy else None,
            connect_to=_connect_to(file.network, where),
        ),
        onprem=_endpoint(file.onprem, Vantage.ONPREM, "", secret("CSREADY_ONPREM_PASSWORD"), f"{where}: [onprem]"),
        edges=tuple(
            found
            for edge in file.edge
            if (
                found := _endpoint(
                    edge, Vantage.EDGE, edge.host, secret("CSREADY_EDGE_PASSWORD"), f"{where}: [[edge]] {edge.host}"
                )
            )
        ),
        workstation=_endpoint(
            file.workstation, Vantage.WORKSTATION, "", secret("CSREADY_WORKSTATION_PASSWORD"), f"{where}: [workstation]"
        ),
        tenant=tenant_endpoint(file, folder, target.cloud, f"{where}: [tenant]", environment),
    )


def _endpoint(
    section: EndpointSection | None, vantage: Vantage, host: str, password: Secret, where: str
) -> RemotingEndpoint | None:
    """``None`` when no URL is said: then nobody can be asked there, and the questions say so."""
    if section is None or section.url is None:
        return None
    host_of_url = _host_of_url(section.url, ("http", "https"))
    if "@" in section.url:
        raise UsageError(
            f"{where}.url carries a login", f"Put the name into username, the password into {password.variable}."
        )
    if not host_of_url:
        raise UsageError(
            f"{where}.url: {section.url!r} is no URL", "Give one like https://fe01.contoso.com/OcsPowershell."
        )
    if not urlsplit(section.url).path.strip("/"):
        raise UsageError(
            f"{where}.url: {section.url!r} has no path",
            "End it with /OcsPowershell, on a Front End, or with /wsman, of plain WinRM.",
        )
    if not section.username:
        raise UsageError(f"{where}.username is not said", r"Give one like CONTOSO\\svc-readiness.")
    if section.auth is RemotingAuth.BASIC and not section.url.lower().startswith("https:"):
        raise UsageError(f"{where}.auth: basic needs https", "It would send the password in the clear.")
    return RemotingEndpoint(
        vantage=vantage,
        host=_host(host or host_of_url, f"{where}.url"),
        url=section.url,
        username=section.username,
        password=password,
        auth=section.auth.value,
        configuration_name=section.configuration_name,
    )


def _host_of_url(text: str, schemes: tuple[str, ...]) -> str:
    """The host of a URL; empty for what is no URL of these schemes."""
    try:
        url = urlsplit(text)
        return url.hostname or "" if url.scheme in schemes and url.port != 0 else ""
    except ValueError:  # a port that is no number or too large, or half an IPv6 address
        return ""


def _proxy(url: str, where: str) -> str:
    if not _host_of_url(url, ("http", "https")):
        # The text is not repeated: it may hold the proxy's password.
        raise UsageError(f"{where}: [network].proxy is no URL", "Give one like http://proxy.contoso.com:8080.")
    return url


def _bundle(path: Path, where: str) -> Path:
    try:
        ssl.create_default_context(cafile=str(path))
    except OSError as exc:  # ssl.SSLError is one
        reason = "holds no certificate" if isinstance(exc, ssl.SSLError) else exc.strerror
        raise UsageError(f"{where}: [network].ca_bundle: {path}: {reason}", "Name a PEM file.") from exc
    return path


def _connect_to(network: NetworkSection, where: str) -> Mapping[str, str]:
    for asked, led in network.connect_to.items():
        if (asked, led) != ("*", "refuse") and not all(re.fullmatch(r".+:[0-9]{1,5}", each) for each in (asked, led)):
            raise UsageError(
                f"{where}: [network].connect_to: {asked!r} = {led!r} is not known",
                'Write "host:port" = "address:port", as in "sip.contoso.com:5061" = "127.0.0.1:5061".',
            )
    return network.connect_to


def _resolver(address: str, where: str) -> str:
    """``address:port`` from ``address`` or ``address:port``; IPv6 with a port stands in brackets."""
    host, port = address, "53"
    if bracketed := re.fullmatch(r"\[(.+)\]:(\d+)", address):
        host, port = bracketed[1], bracketed[2]
    elif address.count(":") == 1:
        host, port = address.split(":")
    try:
        ip = ipaddress.ip_address(host)
    except ValueError as exc:
        raise UsageError(f"{where}: {address!r} is no address", "Give an IP address, or address:port.") from exc
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"{where}: {address!r} has no valid port", "Give an IP address, or address:port.")
    return f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"

"""Servers that nobody here wrote, run in the foreground on free ports of loopback with nothing of the system's own.

All that they read, write or listen to is in the directory they are given. Each yields where it listens, as
``address:port``, once it accepts connections, and is gone when its block ends.
"""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from checker.lab.certificates import ClientCertificate, ServerCertificate

_LOOPBACK = "127.0.0.1"
_START_S = 30.0  # of a loaded machine; an idle one needs some 0.1 s
_STOP_S = 15.0
_LOG_SHOWN = 3000  # characters of the end of a server's log


@contextmanager
def nsd(program: str, directory: Path, zones: Mapping[str, str]) -> Iterator[str]:
    """NSD, authoritative for ``zones``: the text of a zone file by its origin."""
    (port,) = _free_ports(1)
    stanzas = []
    for origin, text in zones.items():
        (directory / f"{origin}.zone").write_text(text, encoding="ascii")
        stanzas.append(f'zone:\n    name: "{origin}"\n    zonefile: "{origin}.zone"\n')
    configuration = directory / "nsd.conf"
    configuration.write_text(
        f"""
server:
    ip-address: {_LOOPBACK}@{port}
    username: ""
    zonesdir: "{directory}"
    database: ""
    pidfile: "{directory}/nsd.pid"
    xfrdir: "{directory}"
    xfrdfile: "{directory}/xfrd.state"
    zonelistfile: "{directory}/zone.list"
    server-count: 1
remote-control:
    control-enable: no
{"".join(stanzas)}""",
        encoding="ascii",
    )
    with _running([program, "-d", "-c", str(configuration)], directory, [port]):
        yield _spelt(port)


@dataclass(frozen=True)
class Site:
    """``locations``: what to do by path, in nginx's own words; files are found in ``html`` of nginx's directory."""

    certificate: ServerCertificate
    locations: Mapping[str, str]


@contextmanager
def nginx(program: str, directory: Path, sites: Mapping[str, Site]) -> Iterator[str]:
    """nginx on one port of TLS; the client's SNI picks the site, and who sends another gets the first."""
    (port,) = _free_ports(1)
    blocks = []
    for name, site in sites.items():
        (directory / f"{name}.pem").write_bytes(site.certificate.pem)
        locations = "\n".join(f"        location {path} {{ {body} }}" for path, body in site.locations.items())
        blocks.append(
            f"""    server {{
        listen {_LOOPBACK}:{port} ssl;
        server_name {name};
        ssl_certificate {directory}/{name}.pem;
        ssl_certificate_key {directory}/{name}.pem;
{locations}
    }}
"""
        )
    private = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    configuration = directory / "nginx.conf"
    configuration.write_text(
        f"""
daemon off;
master_process off;
pid {directory}/nginx.pid;
lock_file {directory}/nginx.lock;
error_log stderr;
events {{}}
http {{
    access_log off;
    {" ".join(f"{kind}_temp_path {directory}/{kind};" for kind in private)}
    default_type application/json;
    gzip on;
    gzip_types application/json;
    gzip_min_length 1000;
{"".join(blocks)}}}
""",
        encoding="ascii",
    )
    with _running([program, "-p", str(directory), "-e", "stderr", "-c", str(configuration)], directory, [port]):
        yield _spelt(port)


@dataclass(frozen=True)
class SipDoor:
    """One port of a SIP server. A client is believed when the authority of ``certificate`` issued its own."""

    certificate: ServerCertificate
    client_certificate: ClientCertificate = ClientCertificate.NOT_ASKED
    versions: str = "TLSv1.2+"  # the words of kamailio; the other one of use is "TLSv1.2", no newer


@contextmanager
def kamailio(program: str, directory: Path, doors: Sequence[SipDoor]) -> Iterator[tuple[str, ...]]:
    """kamailio, which answers OPTIONS with 200 and all else with 405, on one port of TLS per door, in their order."""
    ports = _free_ports(len(doors))
    profiles = []
    for port, door in zip(ports, doors, strict=True):
        (directory / f"{port}.pem").write_bytes(door.certificate.pem)
        (directory / f"{port}-clients.pem").write_bytes(door.certificate.authority.pem)
        asks = door.client_certificate is not ClientCertificate.NOT_ASKED
        profiles.append(
            f"""[server:{_LOOPBACK}:{port}]
method = {door.versions}
certificate = {directory}/{port}.pem
private_key = {directory}/{port}.pem
verify_certificate = {"yes" if asks else "no"}
require_certificate = {"yes" if door.client_certificate is ClientCertificate.REQUIRED else "no"}
{f"ca_list = {directory}/{port}-clients.pem" if asks else ""}
"""
        )
    # The default profile is not optional, though no port here uses it.
    default = profiles[0].replace(f"[server:{_LOOPBACK}:{ports[0]}]", "[server:default]")
    (directory / "tls.cfg").write_text("\n".join([default, *profiles]), encoding="ascii")
    listens = "\n".join(f"listen=tls:{_LOOPBACK}:{port}" for port in ports)
    configuration = directory / "kamailio.cfg"
    configuration.write_text(
        f"""#!KAMAILIO
enable_tls=yes
{listens}
auto_aliases=no
dns=no
rev_dns=no
children=1
tcp_children=1
loadmodule "tls.so"
loadmodule "sl.so"
loadmodule "pv.so"
modparam("tls", "config", "{directory}/tls.cfg")
request_route {{
    if (method=="OPTIONS") {{
        sl_send_reply("200", "OK");
    }} else {{
        sl_send_reply("405", "Method Not Allowed");
    }}
    exit;
}}
""",
        encoding="ascii",
    )
    foreground = [program, "-DD", "-E", "-m", "32", "-M", "8", "-w", str(directory), "-Y", str(directory)]
    with _running([*foreground, "-f", str(configuration)], directory, ports):
        yield tuple(map(_spelt, ports))


@contextmanager
def _running(command: Sequence[str], directory: Path, ports: Sequence[int]) -> Iterator[None]:
    log = directory / "log"
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for pytest, and what does not stop can be ended with its children
        ) as server,
    ):
        try:
            until = time.monotonic() + _START_S
            if not all(_accepts(port, server, until) for port in ports):
                said = log.read_text(encoding="utf-8", errors="replace")[-_LOG_SHOWN:]
                raise RuntimeError(f"{command[0]} did not start (exit status {server.poll()}):\n{said}")
            yield
        finally:
            _stop(server)


def _accepts(port: int, server: "subprocess.Popen[bytes]", until: float) -> bool:
    """Waits for it; false when the server has ended or time is up."""
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection((_LOOPBACK, port), timeout=1.0).close()
            return True
        except OSError:
            time.sleep(0.02)
    return False


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """Raises TimeoutExpired, after ending it by force, when a server does not end as it is asked to."""
    server.terminate()
    try:
        server.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        raise


def _free_ports(count: int) -> list[int]:
    """Of TCP and UDP, free a moment ago: these servers cannot be handed a socket that is already bound."""
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            tcp = held.enter_context(socket.socket())
            tcp.bind((_LOOPBACK, 0))
            port = tcp.getsockname()[1]
            udp = held.enter_context(socket.socket(type=socket.SOCK_DGRAM))
            try:
                udp.bind((_LOOPBACK, port))
            except OSError:
                continue
            ports.append(port)
        return ports


def _spelt(port: int) -> str:
    return f"{_LOOPBACK}:{port}"

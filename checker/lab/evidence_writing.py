"""Writes a deployment of the lab as an evidence folder, the way an administrator or the collector would have."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import dns.name
import dns.rdatatype

from checker.lab import remoting, tenant_objects, websites
from checker.lab.clixml_writing import clixml_document
from checker.lab.deployment import Deployment, Replies
from checker.lab.deployment import Records as Names
from checker.lab.json_writing import json_document, json_text
from checker.lab.login_site import LoginSite, Registration
from checker.lab.machine_objects import PROXY_VALUES, TLS_VALUES
from checker.lab.management_objects import rows
from checker.lab.naming import ADMIN_HOST, DOMAINS, FRONT_ENDS, POOL, RETIRED_WEBDIR, WEB_CONFERENCING
from checker.lab.powershell_objects import CmdletReply, ErrorReply, Thing, Value
from checker.lab.web_server import WebReply, WebRequest
from checker.lab.zones import DnsBehaviour, Records

_SRV_LABELS = ("_sipfederationtls._tcp", "_sip._tls", "_sipinternaltls._tcp", "_sipinternal._tcp")
_HOST_LABELS = ("sip", "lyncdiscover", "lyncdiscoverinternal", "msoid", "csready-wildcard-probe")
_LOCAL = ("Get-CsCertificate",)  # which speaks of the machine that it runs on
_LOGGING = (50001, 50002, 50003)
_REVOCATION = ("crl3.digicert.com", "ocsp.digicert.com")
_GRAPH = (
    ("Get-MgUser", "users", 4),
    ("Get-MgSubscribedSku", "subscribedSkus", 2),
    ("Get-MgDomain", "domains", 2),
    ("Get-MgOrganization", "organization", 2),
)
_RCODES = {DnsBehaviour.SERVFAIL: "SERVFAIL", DnsBehaviour.REFUSED: "REFUSED"}


class Form(Enum):
    CLIXML = "clixml"
    """Export-Clixml of Windows PowerShell 5.1, in UTF-16 LE with BOM; what a script put together is JSON in UTF-8."""
    JSON = "json"
    """ConvertTo-Json with its default depth, redirected by ``>``: UTF-16 LE with BOM."""
    ZIP = "zip"
    """As CLIXML, in a zip with one top folder."""


@dataclass(frozen=True)
class _File:
    """``content``: a cmdlet's reply, or rows that a script put together, which are JSON in every form. ``depth``: of
    the cmdlet that writes it."""

    place: str
    cmdlet: str
    content: CmdletReply | list[dict[str, Any]]
    label: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    depth: int = 2  # Export-Clixml and ConvertTo-Json, unless they are told a number

    @property
    def name(self) -> str:
        return f"{self.place}/{self.cmdlet}{f'--{self.label}' if self.label else ''}"


def write_evidence(deployment: Deployment, path: Path, form: Form, *, now: datetime | None = None) -> None:
    """Raises FileExistsError for a path that is there, and what else writing brings (OSError)."""
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    deployment = deployment.at(moment)
    files: dict[str, bytes] = {}
    notes: dict[str, dict[str, Any]] = {}
    for file in _gathered(deployment):
        name, content, error = _written(file, form)
        if content is not None:
            files[name] = content
        notes[name] = {
            "sha256": None if content is None else hashlib.sha256(content).hexdigest(),
            "cmdlet": file.cmdlet,
            "parameters": dict(file.parameters),
            "complete": error is None,
            "error": error,
        }
    manifest = {
        "tool": "csready lab",
        "version": "1",
        "collected_at": moment.isoformat(timespec="seconds"),
        "host": ADMIN_HOST,
        "files": notes,
    }
    files["manifest.json"] = json.dumps(manifest, indent=1).encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    if form is Form.ZIP:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(f"csready-evidence/{name}", content)
        return
    path.mkdir()
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)


def _gathered(deployment: Deployment) -> Iterator[_File]:
    if not deployment.login_refused:
        said = deployment.replies()
        yield from (_File("onprem", cmdlet, reply) for cmdlet, reply in said.items() if cmdlet not in _LOCAL)
        for front_end in FRONT_ENDS:
            local = {name: reply for name, reply in said.items() if name in _LOCAL}
            yield from _cmdlets(f"onprem--{front_end}", {**local, **deployment.machines[front_end].replies()})
            if not deployment.is_restricted:
                tried = [(edge, port) for edge in deployment.edges for port in (443, 4443, 5061, 5062, 8057, *_LOGGING)]
                yield from _of_windows(deployment, f"onprem--{front_end}", front_end, tried, ("Root",))
                yield _registry(deployment, f"onprem--{front_end}", front_end, "proxy", PROXY_VALUES)
    admin = deployment.machines[ADMIN_HOST]
    yield from _cmdlets("workstation", admin.replies())
    for name in ("MicrosoftTeams", "SkypeForBusiness", "Lync"):
        asked = {"Name": name, "ListAvailable": True}
        yield _File("workstation", "Get-Module", admin.modules.get(name, rows()), name, asked)
    yield _registry(deployment, "workstation", ADMIN_HOST, "tls", TLS_VALUES)
    yield _registry(deployment, "workstation", ADMIN_HOST, "proxy", PROXY_VALUES)
    for edge in deployment.edges:
        yield from _cmdlets(f"edge--{edge}", deployment.machines[edge].replies())
        tried = [(name, 5061) for name in (deployment.cloud.sipfed, *FRONT_ENDS)]
        tried += [(name, 80) for name in _REVOCATION]
        yield from _of_windows(deployment, f"edge--{edge}", edge, tried, ("Root", "My"))
        yield _File(f"dns-edge--{edge}", "answers", _answers(deployment.at_edge, deployment))
    yield _File("dns-external", "answers", _answers(deployment.external, deployment))
    yield _File("dns-internal", "answers", _answers(deployment.internal, deployment))
    seen = list(_web_rows(deployment))
    yield _File("here", "Invoke-WebRequest", seen)
    yield _File("workstation", "Invoke-WebRequest", seen, "cloud")
    reached = [{"ComputerName": f"sip.{domain}", "RemotePort": 5061, "TcpTestSucceeded": True} for domain in DOMAINS]
    yield _File("outside", "Test-NetConnection", reached, "edge")
    if not deployment.tenant.refuses:
        yield from _of_tenant(deployment)


def _cmdlets(place: str, replies: Replies) -> Iterator[_File]:
    for cmdlet, reply in replies.items():
        if cmdlet == "Get-Item":
            yield _File(place, cmdlet, list(_file_versions(reply)), "management")
        else:
            yield _File(place, cmdlet, reply)


def _file_versions(reply: CmdletReply) -> Iterator[dict[str, Any]]:
    for file in reply.output:
        if isinstance(file, Thing) and isinstance(info := file.properties["VersionInfo"], Thing):
            yield {"Name": file.properties["Name"], "FileVersion": info.properties["FileVersion"]}


def _of_windows(
    deployment: Deployment, place: str, server: str, tried: list[tuple[str, int]], stores: tuple[str, ...]
) -> Iterator[_File]:
    machine = deployment.machines[server]
    yield _registry(deployment, place, server, "tls", TLS_VALUES)
    for name in stores:
        asked = {"Path": rf"Cert:\LocalMachine\{name}"}
        yield _File(place, "Get-ChildItem", rows(*machine.stores.get(name, ())), name, asked)
    yield _File(place, "Test-NetConnection", rows(*(remoting.connection(machine, host, port) for host, port in tried)))


def _registry(
    deployment: Deployment, place: str, server: str, label: str, values: Mapping[tuple[str, str], Value]
) -> _File:
    machine = deployment.machines[server]
    found = [{"Path": path, "Name": name, "Value": machine.value(path, name)} for path, name in values]
    return _File(place, "Get-ItemProperty", found, label)


def _of_tenant(deployment: Deployment) -> Iterator[_File]:
    for cmdlet, reply in tenant_objects.replies(deployment).items():
        # 2 would leave of the users' plans the names of their types.
        yield _File("tenant", cmdlet, reply, depth=4 if cmdlet == "Get-CsOnlineUser" else 2)
    for cmdlet, resource, depth in _GRAPH:
        found = websites.graph(deployment, resource) or []
        yield _File("tenant", cmdlet, tenant_objects.custom_objects(found), depth=depth)
    for domain in deployment.tenant.verified_domains:
        found = websites.graph(deployment, f"domains/{domain}/serviceConfigurationRecords") or []
        records = tenant_objects.custom_objects(found)
        yield _File("tenant", "Get-MgDomainServiceConfigurationRecord", records, domain, {"DomainId": domain})


# What no cmdlet returns as it is


def _answers(names: Names, deployment: Deployment) -> list[dict[str, Any]]:
    """Rows of answers.json: every name of the zones and every name that SIP domains have, and where those lead."""
    records = Records(remoting.zones(names))
    every = (*deployment.external, *deployment.internal, *deployment.at_edge)
    asked = [name for name, _ in every]
    asked += [f"{label}.{domain}" for label in (*_SRV_LABELS, *_HOST_LABELS) for domain in DOMAINS]
    asked += [*FRONT_ENDS, POOL, WEB_CONFERENCING, deployment.cloud.sipfed]
    told: dict[tuple[str, str], dict[str, Any]] = {}
    while asked:
        name = asked.pop().rstrip(".").lower()
        for kind in ("SRV",) if name.startswith("_") else ("A", "AAAA", "CNAME"):
            if (name, kind) in told:
                continue
            row = told[name, kind] = _answer(records, name, kind)
            asked += [data.split()[-1] for data in row["answers"] if row["type"] in ("SRV", "CNAME")]
    return list(told.values())


def _answer(records: Records, name: str, kind: str) -> dict[str, Any]:
    found = records.resolve(dns.name.from_text(name), dns.rdatatype.from_text(kind))
    rcode = _RCODES.get(found.behaviour, "TIMEOUT" if found.behaviour is DnsBehaviour.SILENT else "")
    own = [rrset for rrset in found.answer if dns.rdatatype.to_text(rrset.rdtype) == kind and not rcode]
    own = [rrset for rrset in own if rrset.name == dns.name.from_text(name)]
    return {
        "name": name,
        "type": kind,
        "rcode": rcode or ("NXDOMAIN" if found.rcode == 3 else "REFUSED" if found.rcode == 5 else "NOERROR"),
        "answers": [rdata.to_text() for rrset in own for rdata in rrset],
        "ttl": own[0].ttl if own else 0,
        "server": "10.0.0.53",
    }


def _web_rows(deployment: Deployment) -> Iterator[dict[str, Any]]:
    """Rows of Invoke-WebRequest: the cloud's addresses, the provider's, and those of the SIP domains."""
    nobody_signs_in = LoginSite("", "", Registration(client_id=""), {})
    reply_to = websites.routes(deployment, "", "", nobody_signs_in)
    cloud = deployment.cloud
    root = cloud.root
    urls = [root, *(f"{root}?originalDomain={domain}" for domain in DOMAINS)]
    urls += [f"https://{RETIRED_WEBDIR}/Autodiscover/AutodiscoverService.svc/root"]
    urls += [f"https://{host}/" for host in (cloud.login, cloud.graph, cloud.config_api, cloud.webdir)]
    urls += [f"https://{cloud.login}/{domain}/.well-known/openid-configuration" for domain in DOMAINS]
    urls += [f"https://lyncdiscover.{domain}/" for domain in DOMAINS]
    for url in urls:
        yield _web_row(url, reply_to)
    for domain in DOMAINS:  # nothing of the lab listens on port 80
        yield {"Uri": f"http://lyncdiscover.{domain}/", "StatusCode": None, "Error": "Unable to connect to the server"}


def _web_row(url: str, reply_to: Callable[[WebRequest], WebReply]) -> dict[str, Any]:
    parts = urlsplit(url)
    reply = reply_to(WebRequest("GET", parts.hostname or "", parts.path, dict(parse_qsl(parts.query)), Message()))
    if reply.status >= 400:
        phrase = HTTPStatus(reply.status).phrase
        error = f"The remote server returned an error: ({reply.status:d}) {phrase}."
        return {"Uri": url, "StatusCode": None, "Error": error}
    return {
        "Uri": url,
        "StatusCode": int(reply.status),
        "Error": None,
        "Content": reply.body.decode("utf-8"),
        "Headers": dict(reply.headers),
    }


# One file


def _written(file: _File, form: Form) -> tuple[str, bytes | None, dict[str, str] | None]:
    """Its name, its bytes (none where the cmdlet failed), and the error of the cmdlet."""
    if isinstance(file.content, list):
        text = json_text(file.content if len(file.content) != 1 else file.content[0])
        return f"{file.name}.json", _encoded(text, "utf-16" if form is Form.JSON else "utf-8-sig"), None
    name = f"{file.name}.{'json' if form is Form.JSON else 'xml'}"
    if file.content.error:
        return name, None, _failure(file.content.error)
    document = json_document if form is Form.JSON else clixml_document
    return name, _encoded(document(file.content.output, file.depth), "utf-16"), None


def _encoded(text: str, encoding: str) -> bytes:
    line = f"{text}\r\n"
    return b"\xff\xfe" + line.encode("utf-16-le") if encoding == "utf-16" else line.encode(encoding)


def _failure(error: ErrorReply) -> dict[str, str]:
    return {"category": error.category, "message": error.message, "id": error.fully_qualified_id}

"""The lab running: a deployment's servers on loopback, and the configuration that leads a scan to them.

The names and ports a scan uses are the real ones; ``[network].connect_to`` leads them here, and its last entry refuses
whatever is not led, so that nothing of a lab run is ever looked up outside.
"""

import secrets
import tempfile
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

import tomli_w

from checker.lab import remoting, websites
from checker.lab.certificates import Authority, ClientCertificate
from checker.lab.deployment import Deployment
from checker.lab.dns_server import DnsServer
from checker.lab.login_site import LoginSite, Registration
from checker.lab.naming import (
    ADMIN_HOST,
    CHINA,
    CLIENT_ID,
    CONFIG_AUDIENCE,
    DOMAINS,
    FRONT_ENDS,
    GCC_HIGH,
    RETIRED_WEBDIR,
    TENANT,
    TENANT_ID,
)
from checker.lab.powershell_objects import Endpoint
from checker.lab.sip_server import SipBehaviour, SipServer
from checker.lab.web_server import WebServer
from checker.lab.wsman_authentication import forget_accounts
from checker.lab.wsman_server import WsmanServer

SECRETS = (
    "CSREADY_ONPREM_PASSWORD",
    "CSREADY_EDGE_PASSWORD",
    "CSREADY_WORKSTATION_PASSWORD",
    "CSREADY_TENANT_TOKEN",
    "CSREADY_GRAPH_TOKEN",
    "CSREADY_TENANT_SECRET",
)
BATCH_FILE = "csready-lab-users.txt"
_ACCOUNT = r"CONTOSO\svc-readiness"
_EDGE_ACCOUNT = r"EDGE01\svc-readiness"


def operators_answers(deployment: Deployment) -> dict[str, Any]:
    """What only the operator knows, as sections of ``csready.toml``; it is needed whoever fetches the evidence."""
    sound: dict[str, Any] = {
        "deployment": {
            "name": "contoso",
            "sip_domains": list(DOMAINS),
            "cloud": {GCC_HIGH: "gcc-high", CHINA: "china"}.get(deployment.cloud, "worldwide"),
            "phase": "hybrid",
            "direction": "to-cloud",
            "forests": 1,
            "resource_forest": False,
        },
        "edge": [{"host": edge} for edge in deployment.edges],
        "workstation": {"this_machine": True},
        "network": {"here_is": "outside"},
        "operator": {
            "onprem_groups": ["CSServerAdministrator", "CsUserAdministrator", "RTCUniversalUserAdmins"],
            "tenant_roles": ["Teams Administrator", "User Administrator"],
        },
        "move": {
            "uses_credential_parameter": False,
            "admin_needs_mfa": True,
            "hosted_migration_override_url": "",
            "proxy_pool": "",
            "force": False,
            "move_to_teams": False,
            "use_oauth": False,
            "bypass_enterprise_voice_check": False,
            "bypass_audio_conferencing_check": False,
        },
    }
    if deployment.batch:
        sound["move"]["users"] = BATCH_FILE
    for section, answers in deployment.says.items():
        merged = {**sound.get(section, {}), **answers}
        sound[section] = {key: value for key, value in merged.items() if value is not None}
    return sound


def write_configuration(sections: Mapping[str, Any], deployment: Deployment, config: Path) -> None:
    """A ``csready.toml`` with these sections, and beside it the users file that it names."""
    if deployment.batch:
        names = "".join(f"{name}\n" for name in deployment.batch)
        config.with_name(BATCH_FILE).write_text(names, encoding="utf-8")
    config.write_text(tomli_w.dumps(sections), encoding="utf-8")


class Lab(AbstractContextManager["Lab"]):
    """Between ``with`` and its end the servers answer; ``config`` is then a ``csready.toml``, ``environment`` its
    secrets.

    Secrets are made up, but for those that ``environment`` (another one, of the caller) already has: so two processes
    can agree on them. ``delay_s`` is what every server holds each result back, for measuring. ``moment``: what the
    times in its answers count from, the start of the lab unless it is said.
    """

    config: Path
    _bundle: Path

    def __init__(
        self,
        deployment: Deployment,
        *,
        environment: Mapping[str, str] = MappingProxyType({}),
        delay_s: float = 0.0,
        moment: datetime | None = None,
    ) -> None:
        self._deployment = deployment.at(moment or datetime.now(UTC))
        self._delay_s = delay_s
        self._stack = ExitStack()
        self._connect_to: dict[str, str] = {}
        self._secrets = {name: environment.get(name) or secrets.token_urlsafe(16) for name in SECRETS}
        self.dns: dict[str, DnsServer] = {}
        self.remoting: dict[str, WsmanServer] = {}
        registration = Registration(client_id=CLIENT_ID, secret=self._secrets["CSREADY_TENANT_SECRET"], is_public=True)
        tokens = {
            CONFIG_AUDIENCE: self._secrets["CSREADY_TENANT_TOKEN"],
            f"https://{deployment.cloud.graph}": self._secrets["CSREADY_GRAPH_TOKEN"],
        }
        self.login = LoginSite(TENANT, TENANT_ID, registration, tokens)

    @property
    def environment(self) -> Mapping[str, str]:
        """The secrets of this run, under the names that a scan reads them by."""
        told = dict(self._secrets)
        if self._deployment.login_refused:
            told["CSREADY_ONPREM_PASSWORD"] += "-mistyped"
        return told

    def __enter__(self) -> Self:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="csready-lab-")))
        public, corporate = Authority("csready lab public root"), Authority("csready lab Contoso root")
        self._start_names()
        self._start_sipfed(public)
        self._start_web(public)
        self._start_remoting(corporate)
        self._bundle = folder / "lab-roots.pem"
        self._bundle.write_bytes(public.pem + corporate.pem)
        self.config = folder / "csready.toml"
        self.write_configuration(self.config)
        return self

    def write_configuration(self, config: Path) -> None:
        """Another ``csready.toml`` that leads to it."""
        write_configuration(self.sections(self._bundle), self._deployment, config)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        forget_accounts()

    def sections(self, bundle: Path) -> dict[str, Any]:
        """The content of ``csready.toml``."""
        said = operators_answers(self._deployment)
        sections: dict[str, Any] = {
            **said,
            "onprem": {"url": f"https://{FRONT_ENDS[0]}{self._front_end_path}", "username": _ACCOUNT},
            "edge": [
                {**edge, "url": f"https://{edge['host']}:5986/wsman", "username": _EDGE_ACCOUNT}
                for edge in said["edge"]
            ],
            "workstation": {
                **said["workstation"],
                "url": f"https://{ADMIN_HOST}:5986/wsman",
                "username": _ACCOUNT,
            },
            "tenant": {"id": TENANT, "auth": "token", "module_on_workstation": True},
            "dns": {"external": [self.dns["external"].address], "internal": [self.dns["internal"].address]},
            "network": {
                **said["network"],
                "ca_bundle": str(bundle),
                "connect_to": {**self._connect_to, "*": "refuse"},
            },
        }
        return sections

    @property
    def _front_end_path(self) -> str:
        return "/OcsPowershell" if self._deployment.is_restricted else ":5986/wsman"

    def _start_names(self) -> None:
        for view, records in (("external", self._deployment.external), ("internal", self._deployment.internal)):
            self.dns[view] = self._stack.enter_context(DnsServer(remoting.zones(records), self._delay_s))

    def _start_sipfed(self, public: Authority) -> None:
        behaviour = SipBehaviour.ANSWERS
        issuer = public
        if self._deployment.sipfed == "filtered":
            behaviour = SipBehaviour.FILTERED
        elif self._deployment.sipfed == "intercepted":
            issuer = Authority("Contoso TLS Inspection")
        sipfed = self._deployment.cloud.sipfed
        context = issuer.issue(sipfed).context(ClientCertificate.OPTIONAL)
        self._lead(sipfed, 5061, self._stack.enter_context(SipServer(context, behaviour, self._delay_s)).address)
        names = [f"sip.{domain}" for domain in DOMAINS]
        context = public.issue(*names).context(ClientCertificate.OPTIONAL)
        access_edge = self._stack.enter_context(SipServer(context, SipBehaviour.ANSWERS, self._delay_s))
        for name in names:
            self._lead(name, 5061, access_edge.address)

    def _start_web(self, public: Authority) -> None:
        cloud = self._deployment.cloud
        of_the_cloud = (cloud.webdir, RETIRED_WEBDIR, cloud.login, cloud.graph, cloud.config_api)
        hosts = (*of_the_cloud, *(f"lyncdiscover.{domain}" for domain in DOMAINS))
        answer = websites.routes(
            self._deployment, self._secrets["CSREADY_TENANT_TOKEN"], self._secrets["CSREADY_GRAPH_TOKEN"], self.login
        )
        self._web = answer
        server = WebServer(answer, public.issue(*hosts).context(), self._delay_s, forms=(cloud.login,))
        self._stack.enter_context(server)
        for host in hosts:
            self._lead(host, 443, server.address)

    def _start_remoting(self, corporate: Authority) -> None:
        for fqdn in FRONT_ENDS:
            self._serve(
                corporate,
                fqdn,
                443 if self._deployment.is_restricted else 5986,
                remoting.front_end(self._deployment, fqdn),
                "ONPREM",
            )
        for fqdn in self._deployment.edges:
            self._serve(corporate, fqdn, 5986, remoting.edge(self._deployment, fqdn), "EDGE")
        tokens = [self._secrets["CSREADY_GRAPH_TOKEN"], self._secrets["CSREADY_TENANT_TOKEN"]]
        admin_host = remoting.workstation(self._deployment, ADMIN_HOST, self._web, tokens)
        self._serve(corporate, ADMIN_HOST, 5986, admin_host, "WORKSTATION")

    def _serve(self, corporate: Authority, fqdn: str, port: int, endpoint: Endpoint, kind: str) -> None:
        certificate = corporate.issue(fqdn)
        account = _EDGE_ACCOUNT if kind == "EDGE" else _ACCOUNT
        password = self._secrets[f"CSREADY_{kind}_PASSWORD"]
        server = WsmanServer(endpoint, account, password, tls=certificate.context(), delay_s=self._delay_s)
        self.remoting[fqdn] = self._stack.enter_context(server)
        self._lead(fqdn, port, server.address)

    def _lead(self, host: str, port: int, address: tuple[str, int]) -> None:
        self._connect_to[f"{host}:{port}"] = f"{address[0]}:{address[1]}"

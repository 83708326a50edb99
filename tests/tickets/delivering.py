"""A delivery in this process, to a site on loopback."""

from datetime import UTC, datetime
from pathlib import Path

from checker.model.report import Report
from checker.probers.connections import NetworkSettings
from checker.probers.network import Network
from checker.tickets.delivery import Arrived, Delivery, Wishes
from checker.tickets.edition import JiraEdition
from checker.tickets.exchange import LiveExchange
from checker.tickets.jira import JIRA
from checker.tickets.packing import packed
from checker.tickets.servicenow import SERVICENOW
from checker.tickets.system import Kind, Site
from tests.tickets import jira_server, servicenow_server
from tests.tickets.jira_server import JiraServer
from tests.tickets.loopback_site import LoopbackSite
from tests.tickets.scan_folder import sample_report, scan_folder
from tests.tickets.servicenow_server import ServiceNowServer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def live(server: LoopbackSite, authorization: str, deadline_s: float = 20) -> LiveExchange:
    return LiveExchange(server.base, authorization, Network(NetworkSettings()), deadline_s)


def deliver(
    server: JiraServer | ServiceNowServer,
    folder: Path,
    *,
    report: Report | None = None,
    as_text: bool = False,
    jira: JiraEdition | None = None,
) -> Arrived:
    """What arrived. Raises what the delivery raises."""
    kind: Kind = JIRA
    ticket, authorization = "MIG-42", jira_server.BASIC
    if isinstance(server, ServiceNowServer):
        kind, ticket, authorization = SERVICENOW, "CHG0012345", servicenow_server.BASIC
    wishes = Wishes(as_text=as_text, jira=jira)
    with live(server, authorization) as exchange:
        delivery = Delivery(packed(report or sample_report(), folder / "report.json"), exchange, wishes)
        delivery.run(kind.connect(Site(server.base), ticket, exchange, wishes.jira), NOW)
    return delivery.arrived


def folder_with(path: Path, html: str) -> Path:
    return scan_folder(path / "out", html=html)

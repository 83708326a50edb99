"""Jira as a kind of ticket system: how an issue is named, and which edition of Jira answers for it."""

import re
from http import HTTPStatus
from urllib.parse import SplitResult

from checker.tickets.answers import expected, text
from checker.tickets.edition import JiraEdition
from checker.tickets.exchange import Exchange, Request
from checker.tickets.failures import DeliveryFailed
from checker.tickets.jira_calls import Jira
from checker.tickets.jira_cloud import JiraCloud
from checker.tickets.jira_data_center import JiraDataCenter
from checker.tickets.system import Kind, Site, TicketSystem, Variables

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]*")
_CLOUD_GATEWAY = "api.atlassian.com"  # scoped tokens and OAuth: https://api.atlassian.com/ex/jira/<cloudId>
_EDITIONS: dict[JiraEdition, type[Jira]] = {
    JiraEdition.CLOUD: JiraCloud,
    JiraEdition.DATA_CENTER: JiraDataCenter,
}


def _ticket_in(url: SplitResult) -> tuple[str, str] | None:
    """``https://host/context/browse/KEY``, also ``.../projects/MIG/issues/KEY``."""
    found = re.fullmatch(rf"(.*?)/(?:browse|projects/[^/]+/issues)/({_KEY.pattern})/?", url.path)
    return (f"{url.scheme}://{url.netloc}{found[1]}", found[2].upper()) if found else None


def _is_cloud(site: Site) -> bool:
    return site.host.endswith(".atlassian.net") or site.host == _CLOUD_GATEWAY


def _connect(site: Site, ticket: str, exchange: Exchange, edition: JiraEdition | None) -> TicketSystem:
    found = edition or (JiraEdition.CLOUD if _is_cloud(site) else _asked(site, ticket, exchange))
    return _EDITIONS[found](site, ticket.upper(), exchange)


def _asked(site: Site, ticket: str, exchange: Exchange) -> JiraEdition:
    """``deploymentType`` is "Cloud" there and "Server" on premises (https://gitlab.com/gitlab-org/gitlab/-/issues/229223);
    anything but "Cloud" is taken for Data Center.
    """
    asked = Request("GET", "/rest/api/2/serverInfo", supposed={"deploymentType": "Server"})
    answer = exchange.read(asked)
    if answer.status in (HTTPStatus.OK, HTTPStatus.NOT_FOUND) and not text(answer.body, "deploymentType"):
        raise DeliveryFailed(
            f"{site.host} does not answer as a Jira does",
            "Is CSREADY_JIRA_URL right, with the context path (https://host/jira)? --jira says which edition it is.",
        )
    deployment = text(expected(answer, site, ticket, "asking which Jira it is").body, "deploymentType")
    return JiraEdition.CLOUD if deployment == "Cloud" else JiraEdition.DATA_CENTER


JIRA = Kind(
    prefix="jira",
    title="Jira",
    ticket=_KEY,
    example="jira:MIG-42",
    variables=Variables("CSREADY_JIRA_URL", "CSREADY_JIRA_USER", "CSREADY_JIRA_TOKEN"),
    stand_in="https://your-site.atlassian.net",
    ticket_in=_ticket_in,
    # A personal access token of Data Center, and one of OAuth, stand alone; an API token of Cloud goes with an address.
    needs_user=lambda site: site.host.endswith(".atlassian.net"),
    connect=_connect,
)

"""The web of the lab: the cloud's Autodiscover, the tenant's REST interfaces, and the pages of a deployment."""

import json
from collections.abc import Callable
from typing import Any

from checker.lab.deployment import SERVICE_PLANS, Deployment
from checker.lab.naming import CONFIG_API, GRAPH, WEBDIR
from checker.lab.web_server import WebReply, WebRequest

_AUTODISCOVER = "/Autodiscover/AutodiscoverService.svc/root"
_FEDERATION = "/Skype.Policy/configurations/TenantFederationSettings/configuration/Global"


def routes(deployment: Deployment, token: str, graph_token: str) -> Callable[[WebRequest], WebReply]:
    """What each host and path replies; pages of the deployment win, and what is nowhere is a 404."""

    def reply(request: WebRequest) -> WebReply:
        if page := deployment.pages.get((request.host, request.path)):
            return page
        if deployment.tenant.refuses and request.host in (CONFIG_API, GRAPH):
            return _json({"code": "40301"}, deployment.tenant.refuses)
        match request.host, request.path:
            case (host, path) if host == WEBDIR and path.casefold() == _AUTODISCOVER.casefold():
                return _autodiscover(deployment, request)
            case (host, path) if host == CONFIG_API and path == _FEDERATION:
                return _authorised(request, token, dict(deployment.tenant.federation))
            case (host, "/v1.0/users") if host == GRAPH:
                return _authorised(request, graph_token, {"value": list(deployment.tenant.users)})
            case (host, "/v1.0/subscribedSkus") if host == GRAPH:
                return _authorised(request, graph_token, {"value": [_subscription()]})
        return WebReply(404)

    return reply


def _json(body: Any, status: int = 200) -> WebReply:
    return WebReply(status, (("Content-Type", "application/json"),), json.dumps(body).encode())


def _authorised(request: WebRequest, token: str, body: Any) -> WebReply:
    return _json(body) if request.headers.get("Authorization") == f"Bearer {token}" else WebReply(401)


def _autodiscover(deployment: Deployment, request: WebRequest) -> WebReply:
    """404 for a domain that is not enabled online; for one that is, the link to its forest."""
    root = f"https://{WEBDIR}{_AUTODISCOVER}"
    domain = request.query.get("originalDomain")
    if domain is None:
        return _json({"_links": {"self": {"href": root}, "user": {"href": f"{root}/oauth/user"}}})
    if domain not in deployment.tenant.online_domains:
        return WebReply(404)
    forest = f"https://webdir1E.online.lync.com{_AUTODISCOVER}?originalDomain={domain}"
    return _json({"_links": {"self": {"href": f"{root}?originalDomain={domain}"}, "redirect": {"href": forest}}})


def _subscription() -> dict[str, Any]:
    return {
        "skuPartNumber": "ENTERPRISEPACK",
        "servicePlans": [
            {"servicePlanId": id_, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User"}
            for name, id_ in SERVICE_PLANS.items()
        ],
    }

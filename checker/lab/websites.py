"""The web of the lab: the cloud's Autodiscover and login, the tenant's REST interfaces, the pages of a deployment."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from checker.lab.deployment import SERVICE_PLANS, Deployment
from checker.lab.login_site import LoginSite
from checker.lab.naming import CONFIG_API, DOMAINS, GRAPH, LOGIN, SIPFED, TENANT_ID, WEBDIR
from checker.lab.web_server import WebReply, WebRequest

_AUTODISCOVER = "/Autodiscover/AutodiscoverService.svc/root"
_FEDERATION = "/Skype.Policy/configurations/TenantFederationSettings/configuration/Global"


def routes(deployment: Deployment, token: str, graph_token: str, login: LoginSite) -> Callable[[WebRequest], WebReply]:
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
                return _authorised(request, graph_token, {"value": [subscription()]})
            case (host, "/v1.0/domains") if host == GRAPH:
                return _authorised(request, graph_token, {"value": [_domain(deployment, name) for name in DOMAINS]})
            case (host, "/v1.0/organization") if host == GRAPH:
                return _authorised(request, graph_token, {"value": [_organization()]})
            case (host, path) if host == GRAPH and (domain := _service_records_of(path)):
                return _authorised(request, graph_token, {"value": _service_records(domain)})
            case (host, _) if host == LOGIN:
                return login.reply(request)
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


def subscription() -> dict[str, Any]:
    return {
        "skuPartNumber": "ENTERPRISEPACK",
        "servicePlans": [
            {"servicePlanId": id_, "servicePlanName": name, "provisioningStatus": "Success", "appliesTo": "User"}
            for name, id_ in SERVICE_PLANS.items()
        ],
    }


def _domain(deployment: Deployment, name: str) -> dict[str, Any]:
    """https://learn.microsoft.com/graph/api/resources/domain"""
    services = ["Email", *(["OfficeCommunicationsOnline"] if name in deployment.tenant.online_domains else [])]
    return {
        "id": name,
        "authenticationType": "Managed",
        "isDefault": name == DOMAINS[0],
        "isInitial": False,
        "isVerified": True,
        "supportedServices": services,
    }


def _organization() -> dict[str, Any]:
    """https://learn.microsoft.com/graph/api/resources/organization"""
    return {
        "id": TENANT_ID,
        "displayName": "Contoso",
        "onPremisesSyncEnabled": True,
        "onPremisesLastSyncDateTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verifiedDomains": [
            {"name": name, "isDefault": name == DOMAINS[0], "isInitial": False, "type": "Managed"} for name in DOMAINS
        ],
    }


def _service_records_of(path: str) -> str:
    """The domain; empty for another path, and for a domain that is not the tenant's."""
    domain = path.removeprefix("/v1.0/domains/").removesuffix("/serviceConfigurationRecords")
    return domain if path == f"/v1.0/domains/{domain}/serviceConfigurationRecords" and domain in DOMAINS else ""


def _service_records(domain: str) -> list[dict[str, Any]]:
    """https://learn.microsoft.com/graph/api/domain-list-serviceconfigurationrecords"""

    def record(kind: str, label: str, **more: Any) -> dict[str, Any]:
        known = {"recordType": kind, "label": label, "ttl": 3600, "isOptional": False}
        return {**known, "supportedService": "OfficeCommunicationsOnline", **more}

    def srv(service: str, protocol: str, port: int, target: str) -> dict[str, Any]:
        where = {"nameTarget": target, "port": port, "priority": 100, "weight": 1}
        return record("Srv", f"{service}.{protocol}.{domain}", service=service, protocol=protocol, **where)

    return [
        srv("_sip", "_tls", 443, "sipdir.online.lync.com"),
        srv("_sipfederationtls", "_tcp", 5061, SIPFED),
        record("CName", f"sip.{domain}", canonicalName="sipdir.online.lync.com"),
        record("CName", f"lyncdiscover.{domain}", canonicalName=WEBDIR),
    ]

"""The web of the lab: the cloud's Autodiscover and login, the tenant's REST interfaces, the pages of a deployment."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from checker.lab.cloud_accounts import SERVICE_PLANS
from checker.lab.deployment import Deployment
from checker.lab.login_site import LoginSite
from checker.lab.naming import DOMAINS, TENANT_ID, Cloud
from checker.lab.web_server import WebReply, WebRequest

_AUTODISCOVER = "/Autodiscover/AutodiscoverService.svc/root"
_POLICY = "/Skype.Policy/configurations"


def routes(deployment: Deployment, token: str, graph_token: str, login: LoginSite) -> Callable[[WebRequest], WebReply]:
    """What each host and path replies; pages of the deployment win, and what is nowhere is a 404."""
    cloud, tenant = deployment.cloud, deployment.tenant

    def reply(request: WebRequest) -> WebReply:
        if page := deployment.pages.get((request.host, request.path)):
            return page
        if tenant.refuses and request.host in (cloud.config_api, cloud.graph):
            return _json({"code": "40301"}, tenant.refuses)
        match request.host, request.path:
            case (host, path) if host == cloud.webdir and path.casefold() == _AUTODISCOVER.casefold():
                return _autodiscover(deployment, request)
            case (host, path) if host == cloud.config_api:
                return _configured(deployment, path, request, token)
            case (host, path) if host == cloud.graph and path.startswith("/v1.0/"):
                found = graph(deployment, path.removeprefix("/v1.0/"))
                return WebReply(404) if found is None else _authorised(request, graph_token, {"value": found})
            case (host, _) if host == cloud.login:
                return login.reply(request)
        return WebReply(404)

    return reply


def graph(deployment: Deployment, resource: str) -> list[dict[str, Any]] | None:
    """The objects of one of Microsoft Graph's lists; ``None`` where there is no such list."""
    match resource:
        case "users":
            return [account.in_graph() for account in deployment.tenant.users]
        case "subscribedSkus":
            return [_subscription()]
        case "domains":
            return [_domain(deployment, name) for name in deployment.tenant.verified_domains]
        case "organization":
            return [_organization(deployment)]
    domain = resource.removeprefix("domains/").removesuffix("/serviceConfigurationRecords")
    if resource == f"domains/{domain}/serviceConfigurationRecords" and domain in deployment.tenant.verified_domains:
        return _service_records(deployment.cloud, domain)
    return None


def _configured(deployment: Deployment, path: str, request: WebRequest, token: str) -> WebReply:
    match path.removeprefix(_POLICY):
        case "/TenantFederationSettings/configuration/Global":
            return _authorised(request, token, dict(deployment.tenant.federation))
        case "/ExternalAccessPolicy":
            return _authorised(request, token, [dict(deployment.tenant.external_access)])
    return WebReply(404)


def _json(body: Any, status: int = 200) -> WebReply:
    return WebReply(status, (("Content-Type", "application/json"),), json.dumps(body).encode())


def _authorised(request: WebRequest, token: str, body: Any) -> WebReply:
    return _json(body) if request.headers.get("Authorization") == f"Bearer {token}" else WebReply(401)


def _autodiscover(deployment: Deployment, request: WebRequest) -> WebReply:
    """404 for a domain that is not enabled online; for one that is, the link to its forest."""
    root = deployment.cloud.root
    domain = request.query.get("originalDomain")
    if domain is None:
        return _json({"_links": {"self": {"href": root}, "user": {"href": f"{root}/oauth/user"}}})
    if domain not in deployment.tenant.online_domains:
        return WebReply(404)
    forest = f"{root.replace('//webdir.', '//webdir1E.')}?originalDomain={domain}"
    return _json({"_links": {"self": {"href": f"{root}?originalDomain={domain}"}, "redirect": {"href": forest}}})


def _subscription() -> dict[str, Any]:
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


def _organization(deployment: Deployment) -> dict[str, Any]:
    """https://learn.microsoft.com/graph/api/resources/organization"""
    synced, cycle = deployment.tenant.is_synced, deployment.moment - timedelta(minutes=20)
    return {
        "id": TENANT_ID,
        "displayName": "Contoso",
        "onPremisesSyncEnabled": synced,
        "onPremisesLastSyncDateTime": cycle.strftime("%Y-%m-%dT%H:%M:%SZ") if synced else None,
        "verifiedDomains": [
            {"name": name, "isDefault": name == DOMAINS[0], "isInitial": False, "type": "Managed"}
            for name in deployment.tenant.verified_domains
        ],
    }


def _service_records(cloud: Cloud, domain: str) -> list[dict[str, Any]]:
    """https://learn.microsoft.com/graph/api/domain-list-serviceconfigurationrecords"""

    def record(kind: str, label: str, **more: Any) -> dict[str, Any]:
        known = {"recordType": kind, "label": label, "ttl": 3600, "isOptional": False}
        return {**known, "supportedService": "OfficeCommunicationsOnline", **more}

    def srv(service: str, protocol: str, port: int, target: str) -> dict[str, Any]:
        where = {"nameTarget": target, "port": port, "priority": 100, "weight": 1}
        return record("Srv", f"{service}.{protocol}.{domain}", service=service, protocol=protocol, **where)

    return [
        srv("_sip", "_tls", 443, cloud.sipdir),
        srv("_sipfederationtls", "_tcp", 5061, cloud.sipfed),
        record("CName", f"sip.{domain}", canonicalName=cloud.sipdir),
        record("CName", f"lyncdiscover.{domain}", canonicalName=cloud.webdir),
    ]

"""The OpenID configuration that a sign-in host publishes for a domain: which tenant it is, and in which cloud.

No Microsoft text says what ``tenant_region_sub_scope`` means. Its values are those that ScubaGear tells its users to
look for (cisagov/ScubaGear, ExportPowerPlatformProvider.psm1): medium confidence.
"""

import re
from dataclasses import dataclass

import msgspec

from checker.model.answers import HttpAnswer
from checker.model.axes import Cloud
from checker.model.probes import HttpProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings.cloud_names import CLOUD_NAMES

LOGIN_HOSTS = tuple(dict.fromkeys(names.login for names in CLOUD_NAMES.values()))

_WORLDWIDE, _CHINA = CLOUD_NAMES[Cloud.WORLDWIDE].login, CLOUD_NAMES[Cloud.CHINA].login
_CLOUDS = {
    (_WORLDWIDE, ""): Cloud.WORLDWIDE,
    (_WORLDWIDE, "GCC"): Cloud.GCC,
    (CLOUD_NAMES[Cloud.GCC_HIGH].login, "DODCON"): Cloud.GCC_HIGH,
    (CLOUD_NAMES[Cloud.DOD].login, "DOD"): Cloud.DOD,
    (_CHINA, ""): Cloud.CHINA,
}
_TOKEN_ENDPOINT = re.compile(r"https://([a-z.]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/oauth2/(?:v2\.0/)?token")


@dataclass(frozen=True, slots=True)
class Tenant:
    """``cloud`` is ``None`` where the reply leaves it open: one sign-in host serves both gcc-high and dod."""

    id: str
    cloud: Cloud | None


class _Document(msgspec.Struct):
    token_endpoint: str = ""
    tenant_region_sub_scope: str | None = None
    error: str = ""


def openid_configuration(login_host: str, domain: str) -> HttpProbe:
    return HttpProbe(vantage=Vantage.HERE, url=f"https://{login_host}/{domain}/.well-known/openid-configuration")


def read_tenant(answer: HttpAnswer) -> Tenant | None:
    """``None``: no tenant that this host knows has the domain. Raises ``Unreadable`` for a reply of something else."""
    try:
        said = msgspec.json.decode(answer.body.encode(errors="replace"), type=_Document)
    except (msgspec.DecodeError, RecursionError):
        said = _Document()
    if answer.status == 400 and said.error:  # RFC 6749 5.2; with AADSTS90002: no tenant of that name
        return None
    endpoint = _TOKEN_ENDPOINT.fullmatch(said.token_endpoint.lower())
    # A host may answer for a tenant of another cloud: where its tokens come from is where it lives.
    if answer.status != 200 or endpoint is None or endpoint[1] not in LOGIN_HOSTS:
        said_instead = answer.tls_error or f"status {answer.status}, no OpenID configuration of a tenant"
        raise Unreadable(said_instead)
    return Tenant(endpoint[2], _CLOUDS.get((endpoint[1], (said.tenant_region_sub_scope or "").upper())))

"""From the section ``[tenant]`` to the tenant's endpoint, with all that a way of signing in needs."""

import re
from collections.abc import Mapping
from pathlib import Path

from checker.config_file import ConfigFile, TenantSection
from checker.errors import UsageError
from checker.model.axes import Cloud
from checker.probers.application_certificates import NotUsable, read_application_certificate
from checker.probers.connections import Secret, TenantAuth, TenantEndpoint
from checker.readings.names import is_dns_name, is_host_name

_GUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


def tenant_endpoint(
    file: ConfigFile, folder: Path, cloud: Cloud, where: str, environment: Mapping[str, str]
) -> TenantEndpoint:
    """``where`` names file and section. Raises ``UsageError`` for what nobody could sign in with: a key that the way of
    signing in needs and that is missing or of the wrong form, a certificate file that cannot be used.
    """
    section = file.tenant or TenantSection()
    if section.module_on_workstation and not file.workstation.url:
        raise UsageError(f"{where}.module_on_workstation needs [workstation].url", "Say which machine has the module.")
    if section.id and not _is_tenant(section.id):
        raise UsageError(f"{where}.id: {section.id!r} names no tenant", "Give contoso.onmicrosoft.com, or its GUID.")
    certificate = None
    if section.auth is not TenantAuth.TOKEN:
        way = f"with auth = {section.auth.value!r}"
        if not section.id:
            raise UsageError(f"{where}.id is not said, {way}", "Give contoso.onmicrosoft.com, or the tenant's GUID.")
        if not _GUID.fullmatch(section.client_id):
            raise UsageError(f"{where}.client_id is no GUID, {way}", "Give the application's (client) id.")
        if section.auth is TenantAuth.CERTIFICATE:
            if not section.certificate:
                raise UsageError(f"{where}.certificate is not said, {way}", "Name a PEM file with certificate and key.")
            certificate = _application_certificate(folder / section.certificate, where)

    def secret(variable: str) -> Secret:
        return Secret(variable, environment)

    return TenantEndpoint(
        cloud=cloud,
        tenant_id=section.id,
        auth=section.auth,
        client_id=section.client_id,
        certificate=certificate,
        module_on_workstation=section.module_on_workstation,
        client_secret=secret("CSREADY_TENANT_SECRET"),
        token=secret("CSREADY_TENANT_TOKEN"),
        graph_token=secret("CSREADY_GRAPH_TOKEN"),
    )


def _is_tenant(name: str) -> bool:
    return bool(_GUID.fullmatch(name)) or (is_dns_name(name.lower()) and is_host_name(name.lower()))


def _application_certificate(path: Path, where: str) -> Path:
    try:
        read_application_certificate(path)
    except (OSError, NotUsable) as exc:
        reason = exc.strerror or type(exc).__name__ if isinstance(exc, OSError) else str(exc)
        raise UsageError(f"{where}.certificate: {path}: {reason}", "Name a PEM file with certificate and key.") from exc
    return path

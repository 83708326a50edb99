"""Signs in to the tenant by msal, as an application or as a person with a device code: a token for each interface.

What is got stays in memory. msal is imported when somebody signs in, and not before.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from checker.model.answers import Json
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.application_certificates import NotUsable, read_application_certificate
from checker.probers.connections import Connections, Secret, TenantAuth, TenantEndpoint
from checker.probers.lifeline import Lifeline
from checker.probers.login_host import Declined, LoginHost, NoSignIn
from checker.probers.network import Network
from checker.probers.sign_in_refusals import refusal
from checker.probers.tenant_routes import Interface, scope
from checker.readings.cloud_names import CLOUD_NAMES

if TYPE_CHECKING:
    import msal

_LONGEST_WAIT_S = 900.0  # https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code: 15 minutes
_PENDING = frozenset({"authorization_pending", "slow_down"})  # RFC 8628 3.5
_USER_CODE = re.compile(r"[A-Za-z0-9-]{4,20}")
_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(/[A-Za-z0-9._/-]*)?")
# What msal raises where an answer is JSON and yet not what it expects: it takes answers apart without looking twice.
_RAISED_BY_GARBAGE = (ValueError, LookupError, TypeError, AttributeError)

Outcome = Secret | NoAnswer


def where_to_sign_in(tenant: TenantEndpoint) -> str:
    """``https://login.microsoftonline.com/contoso.onmicrosoft.com``: what msal calls the authority."""
    return f"https://{CLOUD_NAMES[tenant.cloud].login}/{tenant.tenant_id}"


def token_of_application(network: Network, tenant: TenantEndpoint, interface: Interface, lifeline: Lifeline) -> Outcome:
    """By ``client-secret`` or ``certificate``, in one attempt that ends with ``lifeline``."""
    try:
        credential = _credential(tenant)
        with _heard(network, tenant, interface, lambda: nullcontext(lifeline)) as login:
            import msal

            application = msal.ConfidentialClientApplication(
                tenant.client_id,
                client_credential=credential,
                authority=where_to_sign_in(tenant),
                instance_discovery=False,
                azure_region=False,  # else MSAL_FORCE_REGION would make it ask another host
                http_client=login,
            )
            said = application.acquire_token_for_client([scope(interface, tenant.cloud)])
            return _outcome(said, tenant, interface)
    except NoSignIn as exc:
        return exc.no_answer


def sign_in_interactively(connections: Connections, show: Callable[[str], None]) -> Connections:
    """``connections`` with the tokens of the person who signs in, where ``auth = "device-code"``; else as they are.

    Blocks until somebody has entered the code that ``show`` is given, in a sentence, or the code has ended: some 15
    minutes. To be called before a deadline begins to count, and only where a person sees what is shown. Ctrl-C raises
    KeyboardInterrupt as everywhere. What came to nothing is kept as the reason why the tenant cannot be asked.
    """
    tenant = connections.tenant
    if tenant is None or tenant.auth is not TenantAuth.DEVICE_CODE:
        return connections
    signed_in = _by_device_code(Network(connections.network), tenant, show)
    return replace(connections, tenant=replace(tenant, signed_in=signed_in))


def _by_device_code(
    network: Network, tenant: TenantEndpoint, show: Callable[[str], None]
) -> Mapping[Interface, Outcome]:
    def request_time() -> Lifeline:
        return Lifeline(time.monotonic() + network.timeouts.http)

    try:
        with _heard(network, tenant, Interface.GRAPH, request_time) as login:
            import msal

            application = msal.PublicClientApplication(
                tenant.client_id, authority=where_to_sign_in(tenant), instance_discovery=False, http_client=login
            )
            first = _outcome(_entered(application, tenant, login, show), tenant, Interface.GRAPH)
    except NoSignIn as exc:
        first = exc.no_answer
    if isinstance(first, NoAnswer):
        return dict.fromkeys(Interface, first)
    try:
        with _heard(network, tenant, Interface.CONFIGURATION, request_time) as login:
            asked = [scope(Interface.CONFIGURATION, tenant.cloud)]
            said = application.acquire_token_silent_with_error(asked, application.get_accounts()[0])
            second = _outcome(said, tenant, Interface.CONFIGURATION)
    except NoSignIn as exc:
        second = exc.no_answer
    return {Interface.GRAPH: first, Interface.CONFIGURATION: second}


def _entered(
    application: "msal.PublicClientApplication", tenant: TenantEndpoint, login: LoginHost, show: Callable[[str], None]
) -> Mapping[str, Json]:
    """What the login host said when the code was entered, or at last."""
    flow = application.initiate_device_flow([scope(Interface.GRAPH, tenant.cloud)])
    if "user_code" not in flow:
        said: Mapping[str, Json] = flow
        return said
    code, address = str(flow["user_code"]), str(flow["verification_uri"])
    if not (_USER_CODE.fullmatch(code) and _ADDRESS.fullmatch(address)):
        raise login.not_readable("has no code that a person could enter")
    lasts_s = min(float(flow["expires_in"]), _LONGEST_WAIT_S)
    until = time.monotonic() + lasts_s
    show(
        f"To sign in to {tenant.tenant_id}, open {address} in a browser and enter the code {code}. "
        f"Waiting for up to {max(1, round(lasts_s / 60))} min; Ctrl-C ends csready."
    )
    while time.monotonic() + (pause := max(1.0, float(flow["interval"]))) <= until:
        time.sleep(pause)
        said = application.acquire_token_by_device_flow(flow, exit_condition=lambda flow: True)
        if said.get("error") not in _PENDING:
            return said
    return {"error": "expired_token", "error_description": "nobody entered the code in time"}


@contextmanager
def _heard(
    network: Network,
    tenant: TenantEndpoint,
    interface: Interface,
    lifelines: Callable[[], AbstractContextManager[Lifeline]],
) -> Iterator[LoginHost]:
    """The login host; what msal makes of its answers comes out as ``NoSignIn`` alone, for a token for ``interface``."""
    where = where_to_sign_in(tenant)
    login = LoginHost(network, CLOUD_NAMES[tenant.cloud].login, where, lifelines)
    try:
        yield login
    except Declined as exc:
        raise NoSignIn(refusal(exc.said, where, tenant, interface)) from None
    except _RAISED_BY_GARBAGE:
        # Without the cause: msal's texts repeat what was answered.
        raise login.not_readable("is not that of a login host") from None


def _outcome(said: Mapping[str, Json] | None, tenant: TenantEndpoint, interface: Interface) -> Outcome:
    token = (said or {}).get("access_token")
    if isinstance(token, str) and is_bearer_token(token):
        variable = f"a token for the {interface.value} interface"
        return Secret(variable, {variable: token})
    return refusal(said or {}, where_to_sign_in(tenant), tenant, interface)


def is_bearer_token(text: str) -> bool:
    """RFC 6750, 2.1, as far as a header can carry it."""
    return text.isascii() and text.isprintable() and bool(text) and " " not in text


def _credential(tenant: TenantEndpoint) -> Any:
    """As msal takes it. Raises ``NoSignIn`` where there is none."""
    if tenant.auth is TenantAuth.CLIENT_SECRET:
        secret = tenant.client_secret.reveal()
        if secret is None:
            raise _missing("no-secret", "no client secret was given", f"{tenant.client_secret.variable} (environment)")
        return secret
    path = tenant.certificate
    if path is None:
        raise _missing("no-certificate", "no certificate was given", "[tenant].certificate in csready.toml")
    try:
        found = read_application_certificate(path)
    except (NotUsable, OSError) as exc:
        why = str(exc) if isinstance(exc, NotUsable) else f"cannot be read ({type(exc).__name__})"
        raise _missing("no-certificate", f"{path} {why}", "[tenant].certificate in csready.toml") from exc
    # By the certificate msal computes the SHA-256 thumbprint that stands in the assertion.
    return {"private_key": found.key_pem, "public_certificate": found.certificate_pem}


def _missing(code: str, detail: str, needs: str) -> NoSignIn:
    return NoSignIn(NoAnswer(reason=Reason.NO_ACCESS, code=code, detail=detail, needs=needs))

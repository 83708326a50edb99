"""The cloud's login host: a tenant's openid-configuration, and tokens by secret, certificate, device code and refresh.

Requests and responses are those of https://learn.microsoft.com/entra/identity-platform: v2-oauth2-device-code there,
v2-oauth2-client-creds-grant-flow and certificate-credentials; refusals those of reference-error-codes. Read 2026-11-23.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from checker.lab.naming import LOGIN
from checker.lab.web_server import WebReply, WebRequest

_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
_TRACES = (
    "Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333\r\nCorrelation ID: aaaa0000-bb11-2222-33cc-444444dddddd\r\n"
    "Timestamp: 2026-11-22 09:00:00Z"
)


@dataclass(frozen=True)
class Refusal:
    error: str
    number: int
    text: str
    status: int = HTTPStatus.BAD_REQUEST


_NO_TENANT = Refusal(
    "invalid_tenant", 90002, "Tenant '{}' not found. Check to make sure you have the correct tenant ID."
)
_NO_APPLICATION = Refusal(
    "unauthorized_client", 700016, "Application with identifier '{}' was not found in the directory 'Contoso'."
)
_WRONG_SECRET = Refusal(
    "invalid_client", 7000215, "Invalid client secret provided for app '{}'.", HTTPStatus.UNAUTHORIZED
)
_BAD_ASSERTION = Refusal(
    "invalid_client", 700027, "Client assertion contains an invalid signature. [Reason - {}.]", HTTPStatus.UNAUTHORIZED
)
_NO_CREDENTIAL = Refusal(
    "invalid_client",
    7000218,
    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    HTTPStatus.UNAUTHORIZED,
)
_PENDING = Refusal("authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending.")
_EXPIRED = Refusal("expired_token", 70019, "Verification code expired.")
_NO_GRANT = Refusal("invalid_grant", 70000, "Authentication failed. The token isn't valid.")
NO_CONSENT = Refusal("invalid_grant", 65001, "The user or administrator has not consented to use the application.")
BLOCKED = Refusal("invalid_grant", 53003, "Access has been blocked by Conditional Access policies.")


@dataclass(frozen=True, kw_only=True)
class Registration:
    """An application in the tenant. ``certificate`` is PEM; ``is_public``: public client flows are allowed.

    ``refused``: what is said instead of a token, by the audience that the token is asked for.
    """

    client_id: str
    secret: str = ""
    certificate: bytes = b""
    is_public: bool = False
    refused: Mapping[str, Refusal] = field(default_factory=dict)


@dataclass
class _Device:
    audience: str
    ends_at: float
    was_entered: bool = False


class LoginSite:
    """``tokens``: what is issued, by audience. ``asked`` has the form of each request for a token."""

    def __init__(
        self, tenant: str, tenant_id: str, registration: Registration, tokens: Mapping[str, str], *, lasts_s: int = 900
    ) -> None:
        """``tenant`` is its name; ``lasts_s`` how long a device code does."""
        self.registration = registration
        self.asked: list[dict[str, str]] = []
        self._names = (tenant, tenant_id)
        self._tenant_id = tenant_id
        self._tokens = tokens
        self._lasts_s = lasts_s
        self._lock = threading.Lock()
        self._devices: dict[str, _Device] = {}
        self._codes: dict[str, str] = {}
        self._refresh_tokens: set[str] = set()

    def enter(self, user_code: str) -> None:
        """What a person does in a browser. Raises KeyError for a code that was not given out."""
        with self._lock:
            self._devices[self._codes[user_code]].was_entered = True

    def reply(self, request: WebRequest) -> WebReply:
        tenant, _, page = request.path.lstrip("/").partition("/")
        if tenant not in self._names:
            return _refused(_NO_TENANT, tenant)
        match request.method, page:
            case "GET", "v2.0/.well-known/openid-configuration":
                return _json(self._configuration())
            case "POST", "oauth2/v2.0/devicecode":
                return self._device_code(request.form)
            case "POST", "oauth2/v2.0/token":
                self.asked.append(request.form)
                return self._token(request.form)
        return WebReply(HTTPStatus.NOT_FOUND)

    def _configuration(self) -> dict[str, str]:
        base = f"https://{LOGIN}/{self._tenant_id}"
        return {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }

    def _token(self, form: Mapping[str, str]) -> WebReply:
        known = self.registration
        if form.get("client_id") != known.client_id:
            return _refused(_NO_APPLICATION, str(form.get("client_id")))
        match form.get("grant_type"):
            case "client_credentials":
                if refusal := self._credential_refused(form):
                    return refusal
                return self._issued(_audience(form))
            case grant if not known.is_public:
                return _refused(_NO_CREDENTIAL, str(grant))
            case grant if grant == _DEVICE_CODE:
                return self._by_device_code(form)
            case "refresh_token" if form.get("refresh_token") in self._refresh_tokens:
                return self._issued(_audience(form), for_person=True)
        return _refused(_NO_GRANT)

    def _issued(self, audience: str, *, for_person: bool = False) -> WebReply:
        if audience in self.registration.refused:
            return _refused(self.registration.refused[audience])
        token = {"token_type": "Bearer", "expires_in": 3599, "access_token": self._tokens[audience]}
        return _json({**token, **(self._personal(audience) if for_person else {})})

    def _personal(self, audience: str) -> dict[str, str]:
        refresh_token = secrets.token_urlsafe(60)
        self._refresh_tokens.add(refresh_token)
        claims = {"sub": "anna", "oid": "anna", "tid": self._tenant_id, "aud": self.registration.client_id}
        return {
            "scope": f"{audience}/.default",
            "refresh_token": refresh_token,
            "id_token": f"{_encoded({'alg': 'none'})}.{_encoded(claims)}.",
            "client_info": _encoded({"uid": "anna", "utid": self._tenant_id}),
        }

    def _device_code(self, form: Mapping[str, str]) -> WebReply:
        if form.get("client_id") != self.registration.client_id:
            return _refused(_NO_APPLICATION, str(form.get("client_id")))
        device_code, user_code = secrets.token_urlsafe(60), secrets.token_hex(4).upper()
        with self._lock:
            self._devices[device_code] = _Device(_audience(form), time.monotonic() + self._lasts_s)
            self._codes[user_code] = device_code
        return _json(
            {
                "device_code": device_code,
                "user_code": user_code,
                "verification_uri": "https://microsoft.com/devicelogin",
                "expires_in": self._lasts_s,
                "interval": 1,
                "message": "To sign in, use a web browser.",
            }
        )

    def _by_device_code(self, form: Mapping[str, str]) -> WebReply:
        with self._lock:
            device = self._devices.get(form.get("device_code", ""))
        if device is None:
            return _refused(_NO_GRANT)
        if device.was_entered:
            return self._issued(device.audience, for_person=True)
        return _refused(_PENDING if time.monotonic() < device.ends_at else _EXPIRED)

    def _credential_refused(self, form: Mapping[str, str]) -> WebReply | None:
        if form.get("client_assertion_type") == _ASSERTION:
            why = self._assertion_refused(form.get("client_assertion", ""))
            return _refused(_BAD_ASSERTION, why) if why else None
        if "client_secret" not in form:
            return _refused(_NO_CREDENTIAL)
        is_right = bool(self.registration.secret) and form["client_secret"] == self.registration.secret
        return None if is_right else _refused(_WRONG_SECRET, self.registration.client_id)

    def _assertion_refused(self, assertion: str) -> str:
        """Why, or empty when it is the application's own and signed with the registered key."""
        if not self.registration.certificate:
            return "The key was not found"
        certificate = x509.load_pem_x509_certificate(self.registration.certificate)
        head, claims, signature = (_decoded(part) for part in assertion.split("."))
        header, said = json.loads(head), json.loads(claims)
        key = certificate.public_key()
        if _decoded(header["x5t#S256"]) != certificate.fingerprint(hashes.SHA256()):
            return "The key was not found"
        if certificate.not_valid_after_utc.timestamp() < time.time():
            return "The key used is expired"
        if header["alg"] != "PS256" or not isinstance(key, rsa.RSAPublicKey):
            return "The algorithm is not supported"
        try:
            signed = assertion.rpartition(".")[0].encode()
            pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
            key.verify(signature, signed, pss, hashes.SHA256())
        except InvalidSignature:
            return "The signature does not match"
        is_for_us = said["aud"] == self._configuration()["token_endpoint"] and said["exp"] > time.time()
        is_of_them = said["iss"] == said["sub"] == self.registration.client_id
        return "" if is_for_us and is_of_them else "The claims are not those of the application"


def _audience(form: Mapping[str, str]) -> str:
    wanted = [scope for scope in form.get("scope", "").split() if scope.endswith("/.default")]
    return wanted[0].removesuffix("/.default") if wanted else ""


def _refused(refusal: Refusal, name: str = "") -> WebReply:
    body = {
        "error": refusal.error,
        "error_description": f"AADSTS{refusal.number}: {refusal.text.format(name)} {_TRACES}",
        "error_codes": [refusal.number],
        "trace_id": "0000aaaa-11bb-cccc-dd22-eeeeee333333",
        "correlation_id": "aaaa0000-bb11-2222-33cc-444444dddddd",
    }
    return _json(body, refusal.status)


def _json(body: Mapping[str, Any], status: int = HTTPStatus.OK) -> WebReply:
    return WebReply(status, (("Content-Type", "application/json"),), json.dumps(body).encode())


def _encoded(claims: Mapping[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

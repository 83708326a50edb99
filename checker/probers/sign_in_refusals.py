"""Why a sign-in was refused, by what the login host said: one table for all ways of signing in.

The numbers are those of "Microsoft Entra authentication and authorization error codes",
https://learn.microsoft.com/entra/identity-platform/reference-error-codes, read 2026-11-23. They may change, which that
page says too: one that is not in the table is told by its class (RFC 6749, 5.2) and its own words.
"""

import re
from collections.abc import Mapping
from enum import Enum

from checker.model.answers import Json
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.connections import TenantAuth, TenantEndpoint
from checker.probers.error_records import shown
from checker.probers.tenant_routes import LEAST_RIGHT, Interface

_NUMBER = re.compile(r"AADSTS(\d{4,8})\b")
_CLASS = re.compile(r"[a-z_]{3,40}")
# From there on it tells one request from another, which is of use to Microsoft's support alone.
_TRACES = re.compile(r"\s*(Trace ID|Correlation ID|Timestamp|Request ID)\s*:.*", re.IGNORECASE | re.DOTALL)


class _Why(Enum):
    CREDENTIAL = "credential"
    APPLICATION = "application"
    CONSENT = "consent"
    CONDITIONAL_ACCESS = "conditional access"
    NOT_PUBLIC = "not public"
    PUBLIC = "public"
    ASSIGNMENT = "assignment"
    LATE = "late"


_BY_NUMBER = {
    **dict.fromkeys((7000215, 7000222, 70002, 700027, 700030, 50012, 50013, 50027, 50048), _Why.CREDENTIAL),
    **dict.fromkeys((700016, 700011, 70001, 7000112, 90002, 90019, 90038, 50059), _Why.APPLICATION),
    **dict.fromkeys((65001, 65004, 90008, 90094, 90095, 500011, 650056, 650057, 9002341), _Why.CONSENT),
    **dict.fromkeys((50005, 50097, 50131, 53000, 53001, 53002, 53003, 530032, 530035), _Why.CONDITIONAL_ACCESS),
    **dict.fromkeys((50072, 50074, 50076, 50078, 50079, 50158, 53004, 700020), _Why.CONDITIONAL_ACCESS),
    7000218: _Why.NOT_PUBLIC,
    700025: _Why.PUBLIC,
    50105: _Why.ASSIGNMENT,
    70019: _Why.LATE,
}
# RFC 6749 5.2, RFC 8628 3.5, and what the page above adds to them
_BY_CLASS = {
    "invalid_client": _Why.CREDENTIAL,
    "unauthorized_client": _Why.APPLICATION,
    "invalid_resource": _Why.CONSENT,
    "consent_required": _Why.CONSENT,
    "interaction_required": _Why.CONDITIONAL_ACCESS,
    "authorization_declined": _Why.LATE,
    "access_denied": _Why.LATE,
    "expired_token": _Why.LATE,
}
# Where it is not the sign-in that was wrong, but a right that is missing.
_NO_ACCESS = frozenset({_Why.CONSENT, _Why.CONDITIONAL_ACCESS, _Why.ASSIGNMENT, _Why.LATE})


def refusal(said: Mapping[str, Json], where: str, tenant: TenantEndpoint, interface: Interface) -> NoAnswer:
    """``said`` is an error response; ``interface`` is what a token was asked for. Its code is ``AADSTS65001`` or so."""
    words = _TRACES.sub("", str(said.get("error_description") or ""))
    kind = str(said.get("error") or "")
    number = _number(said, words)
    why = _BY_NUMBER.get(number) or _BY_CLASS.get(kind)
    code = f"AADSTS{number}" if number else kind if _CLASS.fullmatch(kind) else "sign-in-refused"
    return NoAnswer(
        reason=Reason.NO_ACCESS if why in _NO_ACCESS else Reason.REFUSED,
        code=code,
        detail=f"{where}: no token for the {interface.value} interface: {shown(words) or code}",
        needs=_needs(why, tenant, interface),
    )


def _number(said: Mapping[str, Json], words: str) -> int:
    """0 where none is said."""
    listed = said.get("error_codes")
    first = listed[0] if isinstance(listed, list) and listed else None
    if isinstance(first, int):
        return first
    return int(found[1]) if (found := _NUMBER.search(words)) else 0


def _needs(why: _Why | None, tenant: TenantEndpoint, interface: Interface) -> str:
    match why:
        case _Why.CREDENTIAL if tenant.auth is TenantAuth.CERTIFICATE:
            return "[tenant].certificate: one that is registered with the application and has not ended"
        case _Why.CREDENTIAL:
            return f"{tenant.client_secret.variable}: the value of a secret of the application (not its id), not ended"
        case _Why.APPLICATION:
            return (
                "[tenant].id, [tenant].client_id and [deployment].cloud that belong together, the application enabled"
            )
        case _Why.CONSENT | _Why.ASSIGNMENT:
            return LEAST_RIGHT[interface]
        case _Why.CONDITIONAL_ACCESS:
            return (
                "a sign-in that the tenant's Conditional Access lets through (multifactor authentication, an accepted "
                f"device or place), or an application of its own: {LEAST_RIGHT[interface]}"
            )
        case _Why.NOT_PUBLIC:
            return "'Allow public client flows' switched on at the application, or another [tenant].auth"
        case _Why.PUBLIC:
            return 'auth = "device-code" in csready.toml, or an application with credentials of its own'
        case _Why.LATE:
            return "the code entered, and the sign-in completed, while it is valid"
        case _:
            return ""

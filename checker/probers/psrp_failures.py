"""Why a PowerShell session gave no answer, by the exception that pypsrp raised: one table for its whole family.

No text here names the account; pypsrp's own messages do.
"""

import requests
from pypsrp.exceptions import (
    AuthenticationError,
    InvalidPSRPOperation,
    WinRMError,
    WinRMTransportError,
    WSManFaultError,
)
from spnego.exceptions import SpnegoError

from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import role_needed
from checker.probers.clixml import NotClixml
from checker.probers.error_records import shown
from checker.probers.lifeline import Stage
from checker.probers.no_answers import timed_out
from checker.probers.transport_failures import transport_failure

try:
    from requests_credssp.exceptions import AuthenticationException, NTStatusException

    CREDSSP_REFUSED: tuple[type[Exception], ...] = (AuthenticationException, NTStatusException)
except ImportError:  # an extra
    CREDSSP_REFUSED = ()

LOGIN_REFUSED = "login-refused"

_EXTRAS = ("kerberos", "credssp")  # ways of signing in that need more libraries, and the extra that brings them

_ACCESS_DENIED = 5  # ERROR_ACCESS_DENIED, https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-
_OPERATION_TIMED_OUT = 2150858793  # ERROR_WSMAN_OPERATION_TIMEDOUT, [MS-WSMV] 2.2.4.43


def psrp_failure(exc: Exception, stage: Stage, where: str, cmdlet: str, auth: str) -> NoAnswer:
    """``stage`` is how far the connection had come, ``where`` the endpoint's URL, ``auth`` the way of signing in."""
    match exc:
        case AuthenticationError():
            return NoAnswer(
                reason=Reason.REFUSED,
                code=LOGIN_REFUSED,
                detail=f"{where}: the account was refused; one attempt was made, and there will be no other",
                needs="the right password, or an auth that the endpoint offers",
            )
        case WSManFaultError(code=None, __context__=WinRMTransportError() as transport):
            return _http_status(transport.code, where, cmdlet)  # the page of the error was XML, and no fault
        case WSManFaultError(code=code) if code == _ACCESS_DENIED:
            return _denied(f"{where}: the endpoint denied access", cmdlet)
        case WSManFaultError(code=code) if code == _OPERATION_TIMED_OUT:
            return timed_out(Stage.READ, where)
        case WSManFaultError():
            said = shown(exc.provider_fault or exc.reason or "no reason given")
            return NoAnswer(
                reason=Reason.REFUSED, code="wsman-fault", detail=f"{where}: WSMan fault {exc.code}: {said}"
            )
        case WinRMTransportError():
            return _http_status(exc.code, where, cmdlet)
        case InvalidPSRPOperation():
            return NoAnswer(
                reason=Reason.REFUSED, code="runspace-broken", detail=f"{where}: the endpoint gave up the session"
            )
        case NotClixml():
            return NoAnswer(reason=Reason.MALFORMED, code="not-clixml", detail=f"{where}: {exc}")
        case SpnegoError():
            return NoAnswer(
                reason=Reason.REFUSED,
                code="login-failed",
                detail=f"{where}: no login came about ({type(exc).__name__})",
            )
        case ImportError():
            extra = f"pip install 'csready[{auth}]', or " if auth in _EXTRAS else ""
            return NoAnswer(
                reason=Reason.NO_ACCESS,
                code="auth-not-installed",
                detail=f"{where}: the library for signing in with {auth} is not installed",
                needs=f'{extra}auth = "negotiate" in csready.toml',
            )
        case WinRMError():
            return NoAnswer(reason=Reason.MALFORMED, code="not-psrp", detail=f"{where}: {type(exc).__name__}")
        case requests.RequestException() | OSError():
            return transport_failure(exc, stage, where)
        case _:
            return NoAnswer(
                reason=Reason.MALFORMED,
                code="not-psrp",
                detail=f"{where}: its answer is not PowerShell remoting ({type(exc).__name__})",
            )


def _http_status(status: int, where: str, cmdlet: str) -> NoAnswer:
    if status == 403:
        return _denied(f"{where}: HTTP 403", cmdlet)
    code = "wrong-path" if status == 404 else f"http-{status}"
    detail = f"{where}: nothing is served at this path (HTTP 404)" if status == 404 else f"{where}: HTTP {status}"
    return NoAnswer(reason=Reason.REFUSED, code=code, detail=detail)


def _denied(detail: str, cmdlet: str) -> NoAnswer:
    return NoAnswer(reason=Reason.NO_ACCESS, code="access-denied", detail=detail, needs=role_needed(cmdlet))

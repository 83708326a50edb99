"""The login host of a cloud as msal gets to see it: our connections, one host, bounded answers, nothing repeated.

msal asks for an object with ``get`` and ``post`` and brings its own otherwise, with its own trust, proxies and
time-outs. This one keeps it to the host that was configured, so that no answer can send a secret elsewhere.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests

from checker.model.answers import Json
from checker.model.facts import NoAnswer
from checker.model.undecided import Reason
from checker.probers.error_records import shown
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.no_answers import timed_out
from checker.probers.transport_failures import transport_failure

_LONGEST_BODY = 1 << 20  # bytes; real answers have some thousand
_CHUNK = 64 << 10
_SECRETS = ("client_secret", "client_assertion", "device_code", "code", "refresh_token")  # fields of what is posted
_NOT_SHOWN = "(not shown)"

# It logs whole answers, tokens among them, where they cannot be read.
logging.getLogger("msal").setLevel(logging.CRITICAL + 1)


class NoSignIn(Exception):
    """Ends a sign-in that came to nothing, through all of msal."""

    def __init__(self, no_answer: NoAnswer) -> None:
        super().__init__(no_answer.code)
        self.no_answer = no_answer


class Declined(Exception):
    """The tenant is not known there: an error response to what asked for no secret yet."""

    def __init__(self, said: Mapping[str, Json]) -> None:
        super().__init__("the login host declined")
        self.said = said


class Answered:
    """A response as msal wants it. ``text`` is a JSON object."""

    def __init__(self, status_code: int, text: str) -> None:
        self.status_code = status_code
        self.text = text
        self.headers: dict[str, str] = {}

    def raise_for_status(self) -> None:
        """Nothing: what is no answer has ended the sign-in before."""


class LoginHost:
    """msal's ``http_client``. ``get`` and ``post`` raise ``NoSignIn`` for whatever is neither an answer nor a refusal;
    a refusal of ``get`` raises ``Declined``, that of ``post`` is for msal to read.

    ``lifelines`` gives the time for each request; ``where`` stands in what a reader is told.
    """

    def __init__(
        self, network: Network, host: str, where: str, lifelines: Callable[[], AbstractContextManager[Lifeline]]
    ) -> None:
        self._network = network
        self._host = host
        self._where = where
        self._lifelines = lifelines

    def get(self, url: str, *, params: Mapping[str, str] | None = None, **_: Any) -> Answered:
        answered = self._exchanged("GET", url, params, {})
        if answered.status_code != 200:
            raise Declined(msgspec.json.decode(answered.text))
        return answered

    def post(
        self, url: str, *, params: Mapping[str, str] | None = None, data: Mapping[str, Any] | None = None, **_: Any
    ) -> Answered:
        # Its headers are left out: they describe this machine, and nobody here needs them.
        return self._exchanged("POST", url, params, data or {})

    def close(self) -> None:
        """Nothing is kept open."""

    def _exchanged(self, method: str, url: str, params: Mapping[str, str] | None, data: Mapping[str, Any]) -> Answered:
        self._stay_here(url)
        with self._lifelines() as lifeline, self._network.session(lifeline) as session:
            session.headers["Accept"] = "application/json"
            try:
                with session.request(
                    method, url, params=params, data=data, stream=True, timeout=self._network.timeouts.http
                ) as response:
                    status, body = response.status_code, self._body(response)
            except (requests.RequestException, OSError) as exc:
                late = timed_out(lifeline.stage, self._where) if lifeline.expired else None
                raise NoSignIn(late or transport_failure(exc, lifeline.stage, self._where)) from None
        if status == 429 or status >= 500:
            detail = f"{self._where}: HTTP {status}"
            raise NoSignIn(NoAnswer(reason=Reason.REFUSED, code=f"http-{status}", detail=detail))
        said = self._object(body, status)
        if status >= 400:
            said = _without([_plain(data[name]) for name in _SECRETS if data.get(name)], said)
        return Answered(status, msgspec.json.encode(said).decode())

    def _stay_here(self, url: str) -> None:
        """Raises ``NoSignIn`` for another host: one of another cloud's, or none that should see a secret."""
        target = urlsplit(url)
        if (target.scheme, target.netloc.lower()) != ("https", self._host):
            raise NoSignIn(
                NoAnswer(
                    reason=Reason.REFUSED,
                    code="other-login-host",
                    detail=f"{self._where}: it says that this tenant signs in at {shown(target.netloc)[:80]}",
                    needs="[deployment].cloud: the one that the tenant lives in",
                )
            )

    def _body(self, response: requests.Response) -> bytes:
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > _LONGEST_BODY:
                raise self.not_readable("is far too long")
        return bytes(body)

    def _object(self, body: bytes, status: int) -> dict[str, Json]:
        try:
            said = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise self.not_readable(f"is not JSON (HTTP {status})")
        return said

    def not_readable(self, how: str) -> NoSignIn:
        return NoSignIn(
            NoAnswer(reason=Reason.MALFORMED, code="not-a-sign-in", detail=f"{self._where}: its answer {how}")
        )


def _without(secrets: Iterable[str], said: Mapping[str, Json]) -> dict[str, Json]:
    """An error response that does not repeat what it was sent."""
    cleaned = dict(said)
    for name, value in said.items():
        for secret in secrets if isinstance(value, str) else ():
            cleaned[name] = cleaned[name].replace(secret, _NOT_SHOWN)
    return cleaned


def _plain(posted: object) -> str:
    return posted.decode("ascii") if isinstance(posted, bytes) else str(posted)

"""The exchange of requests and answers with a ticket system, within one deadline and without a redirect."""

import http.cookiejar
import json
import logging
import re
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit

import requests

from checker.model.answers import Json
from checker.probers.lifeline import Lifeline, Stage
from checker.probers.network import Network
from checker.probers.transport_failures import transport_failure
from checker.rendering.hostile_text import plain
from checker.tickets.failures import DeliveryFailed, Unsure

_LOG = logging.getLogger("checker")

_LONGEST_ANSWER = 16 << 20  # bytes: a page of a hundred comments of 32,767 characters, and as much again
_LONGEST_WORDS = 300  # characters of what the other side says that are shown
_CHUNK = 1 << 16  # bytes
_SILENCE_S = 20.0  # borne before one request is given up, so that there is time left to look what became of it
_SLOWEST_LINE = 64 << 10  # bytes a second: what an upload is allowed to take beyond that
_TRY_LATER = {429, 502, 503, 504}
_MOST_TRIES = 5
_SECONDS = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Upload:
    """A file to send: as the part ``file`` of a form, or as the whole body where ``is_form`` is off."""

    name: str
    content: bytes = field(repr=False)
    mime: str
    is_form: bool


@dataclass(frozen=True)
class Request:
    """``path`` is below the base, its query encoded. ``supposed``: what a dry run takes for the answer: of a ticket
    with nothing of ours on it.
    """

    method: str
    path: str
    supposed: Json = None
    json: Json = None
    upload: Upload | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_anonymous: bool = False


@dataclass(frozen=True)
class Answer:
    """``body``: the JSON of it, ``None`` where it is none. ``location``: where a redirect leads to."""

    status: int
    body: Json = None
    text: str = field(default="", repr=False)
    location: str = ""

    @property
    def words(self) -> str:
        """What it says for people, on one line and bounded; empty where it is a page, or nothing."""
        said = "; ".join(_messages(self.body)) or ("" if "<" in self.text else self.text)
        said = plain(said).strip()
        return said if len(said) <= _LONGEST_WORDS else f"{said[:_LONGEST_WORDS]}..."


def _messages(body: Json) -> list[str]:
    """Jira: ``errorMessages`` and ``errors``; ServiceNow: ``error`` with ``message`` and ``detail``."""
    if not isinstance(body, dict):
        return []
    several, fields, one = body.get("errorMessages"), body.get("errors"), body.get("error")
    found = list(several) if isinstance(several, list) else []
    found += fields.values() if isinstance(fields, dict) else []
    found += [one.get("message"), one.get("detail")] if isinstance(one, dict) else []
    return [each for each in found if isinstance(each, str) and each]


class Exchange(Protocol):
    """Reads may be repeated, and are; a write never is: it raises ``Unsure``, and whoever knows how looks first."""

    def read(self, request: Request) -> Answer: ...

    def write(self, request: Request) -> Answer: ...

    def pause(self, unsure: Unsure, tries: int) -> None:
        """Waits before a further try, after so many. Raises ``DeliveryFailed`` when there is no time, or were too
        many.
        """
        ...


class LiveExchange:
    """``authorization``: the value of that header, which goes to ``base`` alone and is in no message."""

    def __init__(self, base: str, authorization: str, network: Network, deadline_s: float) -> None:
        self._base = base
        self._host = urlsplit(base).netloc
        self._authorization = authorization
        self._deadline_s = deadline_s
        self._open = ExitStack()
        self._lifeline = self._open.enter_context(Lifeline(time.monotonic() + deadline_s))
        self._session = self._open.enter_context(network.session(self._lifeline))
        # Without cookies, who asks without credentials is nobody, whatever was signed in before.
        self._session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def read(self, request: Request) -> Answer:
        for tries in count(1):
            try:
                return self.write(request)
            except Unsure as unsure:
                self.pause(unsure, tries)
        raise AssertionError("counting has no end")

    def pause(self, unsure: Unsure, tries: int) -> None:
        wait_s = 2.0 ** (tries - 1) if unsure.wait_s is None else unsure.wait_s
        if tries == _MOST_TRIES:
            raise DeliveryFailed(f"{unsure.message}, {_MOST_TRIES} times")
        if wait_s >= self._lifeline.remaining():
            asked = f" and asks to wait {wait_s:.0f} s" if unsure.wait_s is not None else ""
            raise DeliveryFailed(
                f"{unsure.message}{asked}, which the deadline of {self._deadline_s:g} s does not allow",
                "Give it more time with --deadline.",
            )
        _LOG.info("attach: waiting %.1f s", wait_s)
        time.sleep(wait_s)

    def write(self, request: Request) -> Answer:
        """Sent once. ``DeliveryFailed`` where it cannot have arrived, or the deadline came."""
        prepared = self._session.prepare_request(prepared_from(request, self._base, self._authorization))
        upload = len(request.upload.content) / _SLOWEST_LINE if request.upload else 0.0
        time_left = min(max(self._lifeline.remaining(), 0.001), _SILENCE_S + upload)
        try:
            with self._session.send(prepared, stream=True, timeout=time_left, allow_redirects=False) as response:
                answer = _answer(response, _body(response, self._host))
        except (requests.RequestException, OSError) as exc:
            failure = transport_failure(exc, self._lifeline.stage, self._host)
            _LOG.info("attach: %s %s: %s", request.method, _bare(request), failure.code)
            if self._lifeline.expired:
                message = f"{self._host}: no answer within the deadline of {self._deadline_s:g} s"
                raise DeliveryFailed(message, "Give it more time with --deadline.") from None
            if self._lifeline.stage is not Stage.READ:  # there was no connection to send it on
                raise DeliveryFailed(failure.detail, failure.needs and f"It needs {failure.needs}.") from None
            raise Unsure(failure.detail) from None
        _LOG.info("attach: %s %s: %d", request.method, _bare(request), answer.status)
        if answer.status in _TRY_LATER:
            wait_s = retry_after(response.headers.get("Retry-After", ""), datetime.now(UTC))
            raise Unsure(f"{self._host} answers {answer.status}", wait_s)
        return answer


def prepared_from(request: Request, base: str, authorization: str) -> requests.Request:
    """As requests wants it; the multipart header is its own to write."""
    headers = {"Accept": "application/json", **request.headers}
    if authorization and not request.is_anonymous:
        headers["Authorization"] = authorization
    upload = request.upload
    if upload and not upload.is_form:
        headers["Content-Type"] = upload.mime
    return requests.Request(
        request.method,
        base + request.path,
        headers=headers,
        json=request.json,
        files={"file": (upload.name, upload.content, upload.mime)} if upload and upload.is_form else None,
        data=upload.content if upload and not upload.is_form else None,
    )


def retry_after(header: str, now: datetime) -> float | None:
    """Seconds, never negative; ``None`` where the header is absent or says nothing (RFC 9110 10.2.3)."""
    if _SECONDS.fullmatch(header.strip()):
        return float(header)
    try:
        return max((parsedate_to_datetime(header) - now).total_seconds(), 0.0)
    except (TypeError, ValueError):  # no date; one without a zone cannot be subtracted
        return None


def _body(response: requests.Response, host: str) -> bytes:
    body = b""
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > _LONGEST_ANSWER:
            raise DeliveryFailed(f"{host}: its answer is longer than {_LONGEST_ANSWER >> 20} MB")
    return body


def _answer(response: requests.Response, body: bytes) -> Answer:
    text = body.decode("utf-8", errors="replace")
    try:
        decoded = json.loads(text)
    except (ValueError, RecursionError):
        decoded = None
    return Answer(response.status_code, decoded, text, response.headers.get("Location", ""))


def _bare(request: Request) -> str:
    return request.path.partition("?")[0]

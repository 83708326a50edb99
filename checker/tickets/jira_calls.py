"""The calls that Jira Cloud and Jira Data Center share: the issue, its attachments, its comments.

Both speak the same REST interface under another version number; what a comment looks like is their own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from urllib.parse import quote

from checker.model.answers import Json
from checker.tickets.answers import expected, listed, number, text
from checker.tickets.exchange import Answer, Exchange, Request, Upload
from checker.tickets.failures import DeliveryFailed
from checker.tickets.system import Attached, Body, File, Limits, Note, Noted, Site

# "no-check", as "nocheck" is deprecated (https://github.com/pycontribs/jira/issues/821); wanted with every form.
_NO_XSRF_CHECK = {"X-Atlassian-Token": "no-check"}
_XSRF = "xsrf check failed"  # https://github.com/floralvikings/jira-connector/issues/161: with 403, or with 404
_PAGE = 100  # comments asked for at once


class Jira(ABC):
    """One issue. ``comment_budget`` leaves room in the 32,767 characters that a comment holds
    (seen: https://github.com/bhaalsen/gitmerger/issues/9).
    """

    name: str
    version: int
    comment_budget = 30_000

    def __init__(self, site: Site, ticket: str, exchange: Exchange) -> None:
        self.ticket = ticket
        self.site = site
        self.exchange = exchange
        self.api = f"/rest/api/{self.version}"
        self.issue = f"{self.api}/issue/{quote(ticket, safe='')}"

    @property
    def url(self) -> str:
        return f"{self.site.base}/browse/{self.ticket}"

    @abstractmethod
    def painted(self, note: Note) -> Body: ...

    @abstractmethod
    def ours(self, comments: Sequence[Json], note: Note) -> Iterator[Noted]:
        """Those of a page of comments that carry the marker of ``note``."""

    @abstractmethod
    def write(self, note: Note, over: Noted | None) -> Noted: ...

    def look(self) -> Limits:
        doing = f"signing in to {self.site.host}"
        self.checked(self.exchange.read(Request("GET", f"{self.api}/myself", supposed={})), doing)
        meta = Request("GET", f"{self.api}/attachment/meta", supposed={"enabled": True})
        settings = self.checked(self.exchange.read(meta), "asking what it takes for an attachment").body
        is_off = isinstance(settings, dict) and settings.get("enabled") is False
        return Limits(self.site.host, 0 if is_off else number(settings, "uploadLimit"))

    def is_public(self) -> bool:
        asked = Request("GET", f"{self.issue}?fields=summary", is_anonymous=True)
        return _is_read(self.exchange.read(asked))

    def attached(self) -> tuple[Attached, ...]:
        asked = Request("GET", f"{self.issue}?fields=attachment", supposed={"fields": {"attachment": []}})
        body = self.checked(self.exchange.read(asked), f"reading {self.ticket}").body
        fields = body.get("fields") if isinstance(body, dict) else None
        return tuple(map(_attached, listed(fields, "attachment", f"{self.site.host}: {self.ticket}")))

    def attach(self, file: File) -> Attached:
        pretended = [{"id": "1", "filename": file.name, "size": len(file.content), "content": ""}]
        request = Request(
            "POST",
            f"{self.issue}/attachments",
            supposed=pretended,
            upload=Upload(file.name, file.content, file.mime, is_form=True),
            headers=_NO_XSRF_CHECK,
        )
        stored = self.checked(self.exchange.write(request), f"attaching {file.name}", file).body
        if not isinstance(stored, list) or not stored:
            raise DeliveryFailed(f"{self.site.host}: its answer does not say what became of {file.name}")
        return _attached(stored[0])

    def noted(self, note: Note) -> Noted | None:
        found: Noted | None = None
        start = 0
        while True:
            asked = Request(
                "GET", f"{self.issue}/comment?startAt={start}&maxResults={_PAGE}", supposed={"comments": [], "total": 0}
            )
            page = self.checked(self.exchange.read(asked), f"reading the comments of {self.ticket}").body
            comments = listed(page, "comments", f"{self.site.host}: the comments of {self.ticket}")
            for each in self.ours(comments, note):
                found = each
            start += len(comments)
            if not comments or start >= (number(page, "total") or 0):
                return found

    def comment_url(self, id_: str) -> str:
        return f"{self.url}?focusedCommentId={id_}"

    def send_comment(self, body: Json, over: Noted | None) -> str:
        """Writes a comment, or changes one without sending mail about it; returns its id."""
        place = f"/{quote(over.id, safe='')}?notifyUsers=false" if over else ""
        request = Request(
            "PUT" if over else "POST",
            f"{self.issue}/comment{place}",
            supposed={"id": "COMMENT_ID"},
            json=body,
            headers=_NO_XSRF_CHECK,
        )
        doing = "changing the comment" if over else "commenting"
        return text(self.checked(self.exchange.write(request), f"{doing} on {self.ticket}").body, "id")

    def checked(self, answer: Answer, doing: str, file: File | None = None) -> Answer:
        """The answer, when it is one that was hoped for."""
        if answer.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND) and _XSRF in answer.text.lower():
            raise DeliveryFailed(
                f"{doing}: {self.site.host} answers {answer.status}, XSRF check failed",
                f"{self.ticket} is not missing: X-Atlassian-Token: no-check was sent, and did not reach Jira. "
                "Look at the proxy or gateway in front of it.",
            )
        return expected(answer, self.site, self.ticket, doing, file)


def _is_read(answer: Answer) -> bool:
    return answer.status == HTTPStatus.OK and isinstance(answer.body, dict)


def _attached(item: Json) -> Attached:
    return Attached(text(item, "id"), text(item, "filename"), text(item, "content"), number(item, "size"))

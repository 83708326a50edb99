"""ServiceNow: one record of a table, its attachments, and its work notes, which are only ever added to."""

import re
from http import HTTPStatus
from urllib.parse import SplitResult, unquote, urlencode

from checker.model.answers import Json
from checker.rendering.ticket_comments import as_plain
from checker.tickets.answers import expected, listed, number, text
from checker.tickets.edition import JiraEdition
from checker.tickets.exchange import Answer, Exchange, Request, Upload
from checker.tickets.failures import DeliveryFailed
from checker.tickets.system import (
    Attached,
    Body,
    File,
    Kind,
    Limits,
    Note,
    Noted,
    Site,
    TicketSystem,
    Variables,
)

# By the prefix of the number, as ServiceNow delivers it (unverified but for changes; an administrator can alter them).
_TABLES = {
    "CHG": "change_request",
    "CTASK": "change_task",
    "INC": "incident",
    "PRB": "problem",
    "REQ": "sc_request",
    "RITM": "sc_req_item",
    "SCTASK": "sc_task",
}
_NUMBER = re.compile(rf"({'|'.join(_TABLES)})[0-9]+", re.IGNORECASE)
_MAX_SIZE = 1024 << 20  # bytes; "Attachment API", com.glide.attachment.max_size, 1024 MB by default
_SIZE, _EXTENSIONS = "com.glide.attachment.max_size", "glide.attachment.extensions"
_NONE: Json = {"result": []}


class ServiceNow:
    """One record. The Attachment API is as documented; unverified are the look-up by number, PATCH of ``work_notes``,
    that notes are never replaced, and the 4,000 characters that a note holds.
    """

    name = "ServiceNow"
    comment_budget = 4_000

    def __init__(self, site: Site, ticket: str, exchange: Exchange) -> None:
        self.ticket = ticket
        self._site = site
        self._exchange = exchange
        self._table = _TABLES[re.match(r"[A-Z]+", ticket)[0]]  # type: ignore[index]  # the number's form is checked
        self._record = "SYS_ID"  # as a dry run shows it; the live one is found by look()

    @property
    def url(self) -> str:
        return f"{self._site.base}/{self._table}.do?{urlencode({'sysparm_query': f'number={self.ticket}'})}"

    def look(self) -> Limits:
        query = {"sysparm_query": f"number={self.ticket}", "sysparm_fields": "sys_id,number", "sysparm_limit": "1"}
        supposed = {"result": [{"sys_id": self._record, "number": self.ticket}]}
        rows = self._rows(f"/api/now/table/{self._table}", query, f"finding {self.ticket}", supposed)
        # A query that it does not understand is answered with any record: the number has to be looked at.
        mine = [text(row, "sys_id") for row in rows if text(row, "number") == self.ticket]
        if not mine:
            hint = f"It was looked for in {self._table}. It also stays hidden from an account that may not read it."
            raise DeliveryFailed(f"{self._site.host} has no {self.ticket}", hint)
        self._record = mine[0]
        return self._limits()

    def _limits(self) -> Limits:
        """Of its properties; an account that may not read them is told nothing, and then the defaults count."""
        query = {"sysparm_query": f"name={_SIZE}^ORname={_EXTENSIONS}", "sysparm_fields": "name,value"}
        answer = self._exchange.read(Request("GET", f"/api/now/table/sys_properties?{urlencode(query)}", _NONE))
        rows = answer.body.get("result") if answer.status == HTTPStatus.OK and isinstance(answer.body, dict) else ()
        said = {text(row, "name"): text(row, "value") for row in rows or ()}
        megabytes = said.get(_SIZE, "")
        return Limits(
            self._site.host,
            int(megabytes) << 20 if megabytes.isdecimal() else _MAX_SIZE,
            tuple(filter(None, (each.strip().lower() for each in said.get(_EXTENSIONS, "").split(",")))),
        )

    def is_public(self) -> bool:
        answer = self._exchange.read(Request("GET", self._place("number"), is_anonymous=True))
        return answer.status == HTTPStatus.OK and isinstance(answer.body, dict)

    def attached(self) -> tuple[Attached, ...]:
        query = {"sysparm_query": f"table_name={self._table}^table_sys_id={self._record}"}
        rows = self._rows("/api/now/attachment", query, f"reading what is attached to {self.ticket}", _NONE)
        return tuple(_attached(row) for row in rows if text(row, "table_sys_id") == self._record)

    def attach(self, file: File) -> Attached:
        query = {"table_name": self._table, "table_sys_id": self._record, "file_name": file.name}
        request = Request(
            "POST",
            f"/api/now/attachment/file?{urlencode(query)}",
            supposed={"result": {"sys_id": "1", "file_name": file.name}},
            upload=Upload(file.name, file.content, file.mime, is_form=False),
        )
        stored = self._checked(self._exchange.write(request), f"attaching {file.name}", file).body
        if not isinstance(stored, dict) or not text(stored.get("result"), "sys_id"):
            raise DeliveryFailed(f"{self._site.host}: its answer does not say what became of {file.name}")
        return _attached(stored["result"])

    def painted(self, note: Note) -> Body:
        return f"{as_plain(note.summary).rstrip()}\n\n{_marked(note)}"

    def noted(self, note: Note) -> Noted | None:
        """A note cannot be changed; what was noted of another report is history, and no note of this one.

        Journal fields show what they hold as display values only (unverified).
        """
        asked = Request("GET", self._place("number,work_notes"), supposed={"result": {"work_notes": ""}})
        body = self._checked(self._exchange.read(asked), f"reading the work notes of {self.ticket}").body
        record = body.get("result") if isinstance(body, dict) else None
        if not isinstance(record, dict) or "work_notes" not in record:
            raise DeliveryFailed(
                f"{self._site.host} does not show the work notes of {self.ticket}",
                "Without them nobody can tell whether this report was noted already. Let the account read work_notes.",
            )
        lines = text(record, "work_notes").splitlines()
        is_there = any(line.strip() == _marked(note) for line in lines)
        return Noted("", self.url, is_current=True) if is_there else None

    def write(self, note: Note, over: Noted | None) -> Noted:
        request = Request(
            "PATCH",
            f"/api/now/table/{self._table}/{self._record}",
            supposed={"result": {}},
            json={"work_notes": self.painted(note)},
        )
        self._checked(self._exchange.write(request), f"adding a work note to {self.ticket}")
        return Noted("", self.url, is_current=True)

    def _place(self, fields: str) -> str:
        query = {"sysparm_fields": fields, "sysparm_display_value": "true"}
        return f"/api/now/table/{self._table}/{self._record}?{urlencode(query)}"

    def _rows(self, place: str, query: dict[str, str], doing: str, supposed: Json) -> list[Json]:
        answer = self._exchange.read(Request("GET", f"{place}?{urlencode(query)}", supposed))
        return listed(self._checked(answer, doing).body, "result", f"{self._site.host}: {doing}")

    def _checked(self, answer: Answer, doing: str, file: File | None = None) -> Answer:
        return expected(answer, self._site, self.ticket, doing, file)


def _marked(note: Note) -> str:
    return f"{note.marker} {note.report[:8]}"


def _attached(row: Json) -> Attached:
    return Attached(text(row, "sys_id"), text(row, "file_name"), text(row, "download_link"), number(row, "size_bytes"))


def _ticket_in(url: SplitResult) -> tuple[str, str] | None:
    """Any address of a ServiceNow page that has ``number=CHG0012345`` in it, however often it is encoded."""
    if not ((url.hostname or "").endswith(".service-now.com") or ".do" in url.path):
        return None
    found = re.search(rf"\bnumber=({_NUMBER.pattern})\b", unquote(unquote(url._replace(scheme="", netloc="").geturl())))
    return (f"{url.scheme}://{url.netloc}", found[1].upper()) if found else None


def _connect(site: Site, ticket: str, exchange: Exchange, edition: JiraEdition | None) -> TicketSystem:
    return ServiceNow(site, ticket.upper(), exchange)


SERVICENOW = Kind(
    prefix="snow",
    title="ServiceNow",
    ticket=_NUMBER,
    example="snow:CHG0012345",
    variables=Variables("CSREADY_SERVICENOW_URL", "CSREADY_SERVICENOW_USER", "CSREADY_SERVICENOW_PASSWORD"),
    stand_in="https://your-instance.service-now.com",
    ticket_in=_ticket_in,
    needs_user=lambda site: True,
    connect=_connect,
)

"""Jira Cloud: comments are documents (Atlassian Document Format), and carry our marker as a property."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from checker.model.answers import Json
from checker.rendering.ticket_comments import as_document
from checker.tickets.answers import listed, text
from checker.tickets.exchange import Request
from checker.tickets.jira_calls import Jira
from checker.tickets.system import Body, Note, Noted

_PROPERTY = "csready"


class JiraCloud(Jira):
    name = "Jira Cloud"
    version = 3

    def painted(self, note: Note) -> Body:
        return as_document(note.summary)

    def ours(self, comments: Sequence[Json], note: Note) -> Iterator[Noted]:
        """Properties are not in the list of comments; they are asked for by the comments' ids, all at once.

        https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comments/, "Get comments by IDs".
        """
        ids = [int(id_) for each in comments if (id_ := text(each, "id")).isdecimal()]
        if not ids:
            return
        asked = Request("POST", f"{self.api}/comment/list?expand=properties", json={"ids": ids})
        page = self.checked(self.exchange.read(asked), f"reading the comments of {self.ticket}").body
        for comment in listed(page, "values", f"{self.site.host}: the comments of {self.ticket}"):
            for each in comment.get("properties") or () if isinstance(comment, dict) else ():
                value = each.get("value") if isinstance(each, dict) and each.get("key") == _PROPERTY else None
                if text(value, "marker") == note.marker:
                    id_ = text(comment, "id")
                    yield Noted(id_, self.comment_url(id_), text(value, "sha256") == self._value(note)["sha256"])

    def write(self, note: Note, over: Noted | None) -> Noted:
        """The property goes along with a new comment, so that one whose answer was lost is found again. It is put once
        more by its own call, after which it holds the hash of what is there now.
        """
        value = self._value(note)
        body = {"body": self.painted(note)}
        new = {} if over else {"properties": [{"key": _PROPERTY, "value": value}]}
        id_ = self.send_comment({**body, **new}, over)
        place = f"{self.api}/comment/{quote(id_, safe='')}/properties/{_PROPERTY}"
        self.checked(self.exchange.write(Request("PUT", place, json=value)), "marking the comment")
        return Noted(id_, self.comment_url(id_), is_current=True)

    def _value(self, note: Note) -> dict[str, str]:
        document = json.dumps(self.painted(note), sort_keys=True)
        return {"marker": note.marker, "sha256": hashlib.sha256(document.encode()).hexdigest(), "report": note.report}

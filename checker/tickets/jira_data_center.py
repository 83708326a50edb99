"""Jira Data Center and Server: comments are wiki markup, with our marker as their last line."""

import hashlib
from collections.abc import Iterator, Sequence

from checker.model.answers import Json
from checker.rendering.ticket_comments import as_wiki
from checker.tickets.answers import text
from checker.tickets.jira_calls import Jira
from checker.tickets.system import Body, Note, Noted


class JiraDataCenter(Jira):
    name = "Jira Data Center"
    version = 2

    def painted(self, note: Note) -> Body:
        """Last comes the marker, with a hash of the lines before it, which Jira may store with other line ends."""
        lines = as_wiki(note.summary).rstrip()
        return f"{lines}\n\n{note.marker} {hashlib.sha256(lines.encode()).hexdigest()[:8]}"

    def ours(self, comments: Sequence[Json], note: Note) -> Iterator[Noted]:
        """By the last line alone: whoever quotes our comment in an answer writes something after it."""
        current = _last_line(str(self.painted(note)))
        for comment in comments:
            last = _last_line(text(comment, "body"))
            if last.rpartition(" ")[0] == note.marker:
                id_ = text(comment, "id")
                yield Noted(id_, self.comment_url(id_), is_current=last == current)

    def write(self, note: Note, over: Noted | None) -> Noted:
        id_ = self.send_comment({"body": self.painted(note)}, over)
        return Noted(id_, self.comment_url(id_), is_current=True)


def _last_line(comment: str) -> str:
    return comment.rstrip().rpartition("\n")[2].strip()

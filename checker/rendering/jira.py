"""The report in Jira's wiki markup, for an issue's description, or a page in Confluence."""

from checker.model.report import Report
from checker.rendering.document import Document
from checker.rendering.markup import Wiki
from checker.rendering.summary import summary
from checker.rendering.ticket_comments import as_wiki


def render_jira(report: Report) -> str:
    return Document(Wiki()).drawn(report, as_wiki(summary(report)))

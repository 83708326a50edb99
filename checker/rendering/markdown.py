"""The report as Markdown that reads well in a ticket, also where the ticket system shows it as typed."""

from checker.model.report import Report
from checker.rendering.document import Document
from checker.rendering.markup import Markdown
from checker.rendering.summary import summary
from checker.rendering.ticket_comments import as_markdown


def render_markdown(report: Report) -> str:
    return Document(Markdown()).drawn(report, as_markdown(summary(report)))

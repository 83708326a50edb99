"""The means of a document, in Markdown and in Jira's wiki markup; foreign text comes through ``text``, ``code`` and
``block`` only.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from tabulate import tabulate

from checker.rendering import hostile_text

_HTTPS = re.compile(r"https://[!-;=?-~]+")


class Markup(Protocol):
    """Each gives finished markup; ``code`` a value on one line, ``block`` lines as they are, ``cell`` what stands in a
    table.
    """

    def text(self, prose: str) -> str: ...

    def code(self, value: str) -> str: ...

    def strong(self, markup: str) -> str: ...

    def block(self, lines: str, *, is_powershell: bool = False) -> str: ...

    def heading(self, level: int, markup: str) -> str: ...

    def bullet(self, markup: str) -> str: ...

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str: ...

    def address(self, url: str | None) -> str:
        """A source's address, with a space before it; empty for what is none that could be opened."""
        ...


class Markdown:
    """CommonMark with tables, which also reads well where it is shown as typed."""

    def text(self, prose: str) -> str:
        return hostile_text.escaped(prose)

    def code(self, value: str) -> str:
        return hostile_text.code(value)

    def strong(self, markup: str) -> str:
        return f"**{markup}**"

    def block(self, lines: str, *, is_powershell: bool = False) -> str:
        return hostile_text.fenced(lines, "powershell" if is_powershell else "")

    def heading(self, level: int, markup: str) -> str:
        return f"{'#' * level} {markup}"

    def bullet(self, markup: str) -> str:
        return f"- {markup}"

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
        cells = [[hostile_text.cell(str(each)) for each in row] for row in rows]
        return tabulate(cells, headers, tablefmt="github", disable_numparse=True)

    def address(self, url: str | None) -> str:
        return f" <{url}>" if url and _HTTPS.fullmatch(url) else ""


class Wiki:
    """Jira's text formatting notation (https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all)."""

    def text(self, prose: str) -> str:
        return hostile_text.wiki(prose)

    def code(self, value: str) -> str:
        return hostile_text.wiki_code(value)

    def strong(self, markup: str) -> str:
        return f"*{markup}*"

    def block(self, lines: str, *, is_powershell: bool = False) -> str:
        return hostile_text.wiki_block(lines, "code:powershell" if is_powershell else "noformat")

    def heading(self, level: int, markup: str) -> str:
        return f"h{level + 1}. {markup}"  # one below the heading that the ticket itself is

    def bullet(self, markup: str) -> str:
        return f"* {markup}"

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
        return tabulate(rows, headers, tablefmt="jira", disable_numparse=True)

    def address(self, url: str | None) -> str:
        return f" [{url}]" if url and _HTTPS.fullmatch(url) and not set(url) & set("[]|{}") else ""

"""The board's summary as the comment on a ticket, in the markup of each system. Foreign text stays text in each."""

from collections.abc import Callable, Iterable

from checker.model.answers import Json
from checker.rendering.hostile_text import code, escaped, plain, wiki, wiki_code
from checker.rendering.summary import Span, Summary, Tone


def as_markdown(summary: Summary) -> str:
    lines = [f"# {escaped(summary.title)}", "", f"**{summary.verdict}**: {escaped(summary.sentence)}.", ""]
    lines += [f"- **{line.label}**: {''.join(map(_markdown, line.spans))}" for line in summary.lines]
    return "\n".join(lines) + "\n"


def as_wiki(summary: Summary) -> str:
    """Jira's text formatting notation, as Jira Data Center takes it for a comment."""
    lines = [f"h2. {wiki(summary.title)}", "", f"*{summary.verdict}*: {wiki(summary.sentence)}.", ""]
    lines += [f"* *{line.label}*: {''.join(map(_wiki, line.spans))}" for line in summary.lines]
    return "\n".join(lines) + "\n"


def as_plain(summary: Summary) -> str:
    """For a field that shows what it holds."""
    lines = [plain(summary.title), "", f"{summary.verdict}: {plain(summary.sentence)}.", ""]
    lines += [f"- {line.label}: {''.join(plain(span.text) for span in line.spans)}" for line in summary.lines]
    return "\n".join(lines) + "\n"


def as_document(summary: Summary) -> dict[str, Json]:
    """Atlassian Document Format 1 (https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/)."""
    verdict = (Span(summary.verdict, Tone.STRONG), Span(f": {summary.sentence}."))
    bullets = [
        {"type": "listItem", "content": [_paragraph((Span(line.label, Tone.STRONG), Span(": "), *line.spans))]}
        for line in summary.lines
    ]
    heading = {"type": "heading", "attrs": {"level": 2}, "content": _texts((Span(summary.title),))}
    content = [heading, _paragraph(verdict), *([{"type": "bulletList", "content": bullets}] if bullets else [])]
    return {"type": "doc", "version": 1, "content": content}


def _paragraph(spans: Iterable[Span]) -> dict[str, Json]:
    return {"type": "paragraph", "content": _texts(spans)}


def _texts(spans: Iterable[Span]) -> list[dict[str, Json]]:
    """An empty text node is refused, so there is none."""
    marks = {Tone.STRONG: "strong", Tone.CODE: "code"}
    nodes: list[dict[str, Json]] = []
    for span in spans:
        if text := plain(span.text):
            node: dict[str, Json] = {"type": "text", "text": text}
            if span.tone in marks:
                node["marks"] = [{"type": marks[span.tone]}]
            nodes.append(node)
    return nodes


def _markdown(span: Span) -> str:
    if span.tone is Tone.CODE:
        return code(span.text)
    text = _spaced(span.text, escaped)
    return f"**{text}**" if span.tone is Tone.STRONG else text


def _wiki(span: Span) -> str:
    if span.tone is Tone.CODE:
        return wiki_code(span.text)
    text = _spaced(span.text, wiki)
    return f"*{text}*" if span.tone is Tone.STRONG else text


def _spaced(text: str, escape: Callable[[str], str]) -> str:
    """Escaping takes the space around a text away; between spans it counts."""
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{escape(text)}{after}"

"""Text from the estate made harmless: for a terminal, for Markdown, for a spreadsheet.

Names, banners, certificate subjects and error texts are written by others. Every renderer passes them through here.
"""

import re

_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_TYPOGRAPHY = str.maketrans(
    {"—": "-", "–": "-", "…": "...", "‘": "'", "’": "'", "“": '"', "”": '"', "→": "->", "×": "x", "≥": ">=", "≤": "<="}  # noqa: RUF001 - these are what it replaces
    | {_UNPRINTABLE: "?", "\N{NO-BREAK SPACE}": " "}
)

# Backslash works in CommonMark and, for the braces of macros, in Jira's wiki markup too.
_MARKDOWN = re.compile(r"[\\`*\[\]{}|~!$&]|(?<![^\W_])_|_(?![^\W_])|(?<=\w):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
_MARKDOWN_AT_START = re.compile(r"[-+#>=]|\d+(?=[.)])")
# GitHub and GitLab look for mentions after Markdown was read, so no escape stops them; a zero-width space does.
_MENTION = re.compile(r"(?<!\w)@(?=\w)")

# OWASP, "CSV Injection" (https://owasp.org/www-community/attacks/CSV_Injection): full-width forms count too.
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the full-width forms are meant


def plain(text: str) -> str:
    """One line without control characters, bidirectional overrides and zero-width characters.

    White space of any kind becomes a space, the rest a replacement character, so that a name that was tampered with
    does not look like another.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else " " if c.isspace() else _UNPRINTABLE for c in text)


def plain_lines(text: str) -> tuple[str, ...]:
    """The lines of a text that may have several, each made plain; empty ones are left out."""
    return tuple(line for line in map(plain, text.splitlines()) if line.strip())


def in_ascii(text: str) -> str:
    """For an output that lacks characters: typography is replaced, a letter of a name is spelt out as ``\\xfc``."""
    return text.translate(_TYPOGRAPHY).encode("ascii", "backslashreplace").decode("ascii")


def escaped(text: str) -> str:
    """Prose for Markdown that starts no markup, HTML, link or mention, wherever in a line it stands."""
    safe = _MARKDOWN.sub(lambda match: "\\" + match[0], plain(text).strip())
    if start := _MARKDOWN_AT_START.match(safe):
        cut = start.end() if safe[0].isdigit() else 0
        safe = safe[:cut] + "\\" + safe[cut:]
    return _MENTION.sub("@\N{ZERO WIDTH SPACE}", safe.replace("<", "&lt;"))


def code(text: str) -> str:
    """A value as a Markdown code span, longer quoted than any run of backticks within; a dash where there is none."""
    safe = plain(text).strip()
    if not safe:
        return "-"
    quote = "`" * (_longest_run(safe) + 1)
    pad = " " if safe.startswith("`") or safe.endswith("`") else ""
    return f"{quote}{pad}{safe}{pad}{quote}"


def cell(markdown: str) -> str:
    """Finished Markdown as the cell of a table, where a pipe ends the cell even within a code span."""
    return re.sub(r"(?<!\\)\|", r"\\|", markdown)


def fenced(text: str, language: str = "") -> str:
    """A fenced block, its fence longer than any run of backticks within."""
    body = "\n".join(plain_lines(text))
    fence = "`" * max(3, _longest_run(body) + 1)
    return f"{fence}{language}\n{body}\n{fence}"


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + plain(text) if text.lstrip(" ").startswith(_STARTS_FORMULA) else plain(text)


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


# Jira's text formatting notation escapes with a backslash; two of them are a line break, so a backslash of the text's
# own is written as a character reference, which the notation passes on.
_WIKI = re.compile(r"[{}\[\]|*_+^~!?]|(?<!\w)-|-(?!\w)")
_WIKI_AT_START = re.compile(r"#|-|h[1-6]\.|bq\.|\|")
_WIKI_SPOKEN = re.compile(
    r"\((?=(?:y|n|i|/|x|!|\+|-|\?|on|off|\*[rgby]?|flag|flagoff)\))|[:;](?=[()PDp])|:(?=//)|(?<=\bmailto):"
    r"|(?<=\bwww)\.|(?<=\w)@(?=\w)",
    re.IGNORECASE,
)


def wiki(text: str) -> str:
    """Prose for Jira's wiki markup that starts no macro, link, image, mention, list, heading or emoticon."""
    safe = plain(text).strip().replace("&", "&amp;").replace("\\", "&#92;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _WIKI_SPOKEN.sub(lambda match: f"&#{ord(match[0])};", safe)
    at_start = _WIKI_AT_START.match(safe)
    safe = _WIKI.sub(lambda match: "\\" + match[0], safe)
    return "\N{ZERO WIDTH SPACE}" + safe if at_start else safe


def wiki_code(text: str) -> str:
    """A value in a fixed width; a dash where there is none. The notation reads markup within it, too."""
    return "{{" + wiki(text) + "}}" if plain(text).strip() else "-"


def wiki_block(text: str, macro: str) -> str:
    """Lines as they are, within ``noformat`` or ``code``; a zero-width space keeps the text from ending the macro."""
    name = macro.partition(":")[0]
    body = "\n".join(plain_lines(text)).replace(f"{{{name}", f"{{\N{ZERO WIDTH SPACE}{name}")
    return f"{{{macro}}}\n{body}\n{{{name}}}"

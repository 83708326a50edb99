"""What each renderer may rely on."""

import pytest

from checker.rendering.hostile_text import cell, code, escaped, fenced, guarded, in_ascii, plain, plain_lines


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("zürich.example", "zürich.example"),
        ("a\r\nb\tc", "a  b c"),
        ("\x1b[31mred", "\ufffd[31mred"),
        ("con\u200btoso.com", "con\ufffdtoso.com"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        ("a\u2028b", "a b"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_cannot_be_seen_is_replaced_and_not_dropped(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_lines_are_kept_apart_and_empty_ones_left_out() -> None:
    assert plain_lines("a\r\n\n b\x1b") == ("a", " b\ufffd")


def test_ascii_spells_a_letter_out() -> None:
    assert in_ascii("müller — “x”… \ufffd") == r'm\xfcller - "x"... ?'


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("_sipfederationtls._tcp.contoso.com", r"\_sipfederationtls.\_tcp.contoso.com"),
        ("a_b", "a_b"),
        ("__b__", r"\_\_b\_\_"),
        ("<b>&lt;", r"&lt;b>\&lt;"),
        ("[x](https://evil.example)", r"\[x\](https\://evil.example)"),
        ("www.evil.example", r"www\.evil.example"),
        ("alice@contoso.com", "alice@contoso.com"),
        ("ping @admin", "ping @\u200badmin"),
        ("1. x", r"1\. x"),
        ("# x", r"\# x"),
        ("- x", r"\- x"),
        ("a | b", r"a \| b"),
        ("{code}", r"\{code\}"),
    ],
)
def test_prose_starts_no_markup(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"), [("", "-"), ("x", "`x`"), ("a`b", "``a`b``"), ("`a``", "``` `a`` ```"), ("a\nb", "`a b`")]
)
def test_a_code_span_cannot_be_left(text: str, markdown: str) -> None:
    assert code(text) == markdown


def test_a_pipe_ends_no_cell_and_is_escaped_once() -> None:
    assert cell(code("a|b")) == r"`a\|b`"
    assert cell(escaped("a|b")) == r"a\|b"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert fenced("a\n````\nb", "powershell") == "`````powershell\na\n````\nb\n`````"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "\uff1d"])
def test_no_cell_is_a_formula(start: str) -> None:
    assert guarded(f"{start}1+1").startswith("'")


def test_other_cells_stay_as_they_are() -> None:
    assert guarded("a=1") == "a=1"
    assert guarded("") == ""

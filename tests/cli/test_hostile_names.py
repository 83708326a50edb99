"""The scenario whose names carry attacks, in every format: each shows them as text, and nothing of them comes alive."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from markdown_it import MarkdownIt

from checker.lab.scenarios_of_hostile_names import ACCOUNTS
from tests.cli.running import csready
from tests.collector.powershell_syntax import commands, parsed

FORMATS = "terminal,html,md,jira,junit"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder, and what the terminal showed."""
    folder = tmp_path_factory.mktemp("hostile")
    out = folder / "out"
    ended = csready("scan", "--lab", "hostile-names", "--out", str(out), "--format", FORMATS, cwd=folder)
    assert ended.returncode == 3, ended.stderr
    return out, ended.stdout


def text(run: tuple[Path, str], name: str) -> str:
    return (run[0] / name).read_bytes().decode("utf-8-sig")


def test_the_terminal_is_sent_no_escape(run: tuple[Path, str]) -> None:
    assert not UNPRINTABLE.search(run[1])


@pytest.mark.parametrize(
    "name", ["report.html", "report.md", "report.jira.txt", "report.junit.xml", "users.csv", "findings.csv", "fix.ps1"]
)
def test_no_file_holds_what_steers_a_terminal_or_turns_text_around(run: tuple[Path, str], name: str) -> None:
    assert not UNPRINTABLE.search(text(run, name).replace("\r\n", "\n"))


def test_the_page_has_no_element_that_a_name_brought(run: tuple[Path, str]) -> None:
    page: Any = lxml.html.document_fromstring((run[0] / "report.html").read_bytes())
    assert not page.xpath("//img | //svg//*[@onload] | //iframe | //object | //base")
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert len(page.xpath("//script")) == 1
    assert not [href for href in page.xpath("//a/@href") if "evil" in href or href.startswith("javascript")]
    assert ACCOUNTS["browser"].lower() in page.text_content()
    assert ACCOUNTS["document"].lower() in page.text_content()


def test_markdown_reads_as_text(run: tuple[Path, str]) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(text(run, "report.md"))
    inline = [child for token in tokens for child in token.children or ()]
    assert not [token for token in (*tokens, *inline) if token.type in ("html_block", "html_inline", "image")]
    targets = [str(token.attrs.get("href")) for token in inline if token.type == "link_open"]
    assert not [target for target in targets if "evil" in target or target.startswith("javascript")]


def test_wiki_markup_reads_as_text(run: tuple[Path, str]) -> None:
    wiki = text(run, "report.jira.txt")
    outside = re.sub(r"\{(noformat|code)[^}]*\}.*?\{\1\}", "", wiki, flags=re.DOTALL)
    assert not re.search(r"(?<!\\)\{(color|panel|noformat|code|jql)", outside)
    assert not re.search(r"(?<!\\)\[(click|~admin|x)", outside)
    assert not re.search(r"(?<!\\)!x\.png", outside)


def test_the_pipeline_reads_well_formed_xml(run: tuple[Path, str]) -> None:
    suites = ElementTree.fromstring((run[0] / "report.junit.xml").read_bytes())
    names = {case.get("name", "") for case in suites.iter("testcase")}
    assert any(ACCOUNTS["document"].lower() in name for name in names)


@pytest.mark.parametrize("name", ["users.csv", "findings.csv"])
def test_no_cell_is_a_formula(run: tuple[Path, str], name: str) -> None:
    rows = list(csv.reader(io.StringIO(text(run, name))))
    assert len(rows) > len(ACCOUNTS)
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(tuple("=+-@\t\r"))]


def test_the_script_runs_no_command_that_a_name_brought(run: tuple[Path, str]) -> None:
    root = parsed((run[0] / "fix.ps1").read_bytes())
    named = {command.name.lower() for command in commands(root)}
    assert named and not named & {"remove-item", "calc"}

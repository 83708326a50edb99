"""The HTML report in a real browser: it loads nothing, says nothing on the console, filters, and prints."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from checker.rendering.html import render_html
from checker.rendering.user_lines import UserLine
from tests.rendering.samples import NOT_READY, READY

HOSTILE = "</script><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
USERS = (
    UserLine("anna@contoso.com", "blocked", "moves", ("hms-510",), ""),
    UserLine("ben@contoso.com", "blocked", "blocked", ("hms-510", "hms-507"), "user.licence-teams-sfb"),
    UserLine(HOSTILE, "blocked", "undetermined", ("hms-510",), ""),
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("html") / "report.html"
    deployment = msgspec.structs.replace(NOT_READY.deployment, name=f"contoso {HOSTILE}")
    path.write_text(render_html(msgspec.structs.replace(NOT_READY, deployment=deployment), USERS), encoding="utf-8")
    return path


@pytest.fixture
def page(chromium: Browser, report: Path) -> Iterator[Page]:
    """Opened, with every word on the console, request and dialog held against it."""
    context = chromium.new_context()
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("request", lambda request: heard.append(request.url) if request.url != report.as_uri() else None)
    page.goto(report.as_uri())
    yield page
    context.close()
    assert heard == []


def shown(page: Page) -> list[str]:
    return [row.inner_text().split("\t")[0] for row in page.locator("#user-rows tr").all() if row.is_visible()]


def test_it_loads_nothing_and_a_name_runs_nothing(page: Page) -> None:
    assert page.title().startswith("not-ready: contoso")
    assert page.locator("img").count() == 0


def test_the_filter_finds_users_by_name_fault_and_outcome(page: Page) -> None:
    assert len(shown(page)) == 3
    page.fill("#user-text", "HMS-507")
    assert shown(page) == ["ben@contoso.com"]
    assert page.inner_text("#user-count") == "1 of 3 shown"
    page.fill("#user-text", "")
    page.select_option("#user-outcome", "moves")
    assert shown(page) == ["anna@contoso.com"]


def test_everything_reads_without_scripts(chromium: Browser, report: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("#user-rows tr").count() == 3
    assert not page.locator("#user-filter").is_visible()
    assert page.locator("#plan").is_visible()
    context.close()


def test_dark_has_another_ground(chromium: Browser, report: Path) -> None:
    grounds = set()
    for scheme in ("light", "dark"):
        context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(report.as_uri())
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        context.close()
    assert len(grounds) == 2


def test_a_narrow_window_scrolls_downwards_only(chromium: Browser, report: Path) -> None:
    context = chromium.new_context(viewport={"width": 400, "height": 800})
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    context.close()


def test_it_prints_the_board_on_a_page_of_its_own(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_html(READY), encoding="utf-8")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(path.as_uri())
    pages = printed(page)
    board_alone = page.evaluate("document.querySelectorAll('body > :not(main):not(style)').forEach(e => e.remove())")
    assert board_alone is None
    assert printed(page) == 1
    assert 2 <= pages <= 8
    context.close()


def printed(page: Page) -> int:
    """Pages of the PDF, counted by its page objects."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

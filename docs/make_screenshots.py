"""Makes the pictures of the README anew from the samples, in headless Chromium: python docs/make_screenshots.py

Needs the ``dev`` extra, and Chromium as ``tests/browser/install`` puts it there.
"""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

DOCS = Path(__file__).parent
REPORTS = DOCS.parent / "reports"


def main() -> None:
    chromium = shutil.which("chromium")
    if not chromium:
        sys.exit("chromium is missing: run tests/browser/install")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 1240}, device_scale_factor=1.5)
        page.goto((REPORTS / "lab-several-things-wrong" / "report.html").as_uri())
        page.screenshot(path=DOCS / "report-html.png")
        _terminal(browser.new_page(viewport={"width": 780, "height": 400}, device_scale_factor=1.5))
        browser.close()


def _terminal(page: Page) -> None:
    """What csready scan --lab prints, on a terminal of 80 columns."""
    shown = subprocess.run(
        [
            sys.executable,
            "-m",
            "checker",
            "assess",
            str(REPORTS / "lab-tenant-not-shared" / "snapshot.json"),
            "--color",
            "always",
        ],
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    ).stdout
    console = Console(record=True, width=200, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(shown))
    page.set_content(console.export_html(theme=DIMMED_MONOKAI, inline_styles=True))
    page.screenshot(path=DOCS / "terminal.png", full_page=True)


if __name__ == "__main__":
    main()

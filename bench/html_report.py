"""Measures the HTML report of 5,000 users in headless Chromium: its size, and how soon it is open and filtered.

The report is that of ``csready scan --evidence FOLDER --offline`` over 5,000 generated users. Opening counts from the
navigation to the load event, filtering from the typing to the moment at which the count says what is shown; beside it
the same for 100 users. Needs the ``dev`` extra, and Chromium as ``tests/browser/install`` puts it there.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from many_users import write_users
from playwright.sync_api import Browser, sync_playwright
from processes import python
from tabulate import tabulate

NUMBERS = (100, 5_000)
ROUNDS = 5
SIZE_LIMIT_MB = 1.5
OPEN_LIMIT_S = 2.0


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("chromium is missing: run tests/browser/install")
    rows = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="csready-bench-") as name:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for number in NUMBERS:
            folder = Path(name, str(number))
            write_users(folder / "evidence", number)
            scan = ("-m", "checker", "scan", "contoso.com", "--evidence", str(folder / "evidence"), "--offline")
            python(*scan, "--format", "html", "--out", str(folder / "out"), exits=(3, 5))
            html = folder / "out" / "report.html"
            rounds = [opened_and_filtered(browser, html) for _ in range(ROUNDS)]
            opened, filtered = (min(each) for each in zip(*rounds, strict=True))
            rows.append((f"{number:,}", html.stat().st_size / 1e6, opened, filtered, opened + filtered))
        browser.close()
    print(f"report.html; best of {ROUNDS} rounds\n")
    headers = ("users", "MB", "open s", "filter s", "together s")
    print(tabulate(rows, headers=headers, floatfmt=("", ".2f", ".2f", ".2f", ".2f")))
    _, size_mb, _, _, together_s = rows[-1]
    print(f"\nAt {NUMBERS[-1]:,}: {size_mb:.2f} MB (limit {SIZE_LIMIT_MB}), {together_s:.2f} s (limit {OPEN_LIMIT_S})")
    return int(size_mb > SIZE_LIMIT_MB or together_s > OPEN_LIMIT_S)


def opened_and_filtered(browser: Browser, html: Path) -> tuple[float, float]:
    """Seconds. The last user of the list is looked for."""
    page = browser.new_page()
    began = time.perf_counter()
    page.goto(html.as_uri())
    opened = time.perf_counter() - began
    wanted = page.locator("#user-rows tr td").first.text_content() or ""
    began = time.perf_counter()
    page.fill("#user-text", wanted)
    page.wait_for_function("document.getElementById('user-count').textContent.startsWith('1 of')")
    filtered = time.perf_counter() - began
    page.close()
    return opened, filtered


if __name__ == "__main__":
    sys.exit(main())

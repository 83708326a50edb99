"""Writes docs/checks/<area>.md and docs/faults.md from the catalogues themselves: python docs/make_catalogue.py"""

from pathlib import Path

from checker.checks import AREAS, all_checks
from checker.faults import FAULTS
from checker.rendering.catalogue_pages import area_page, faults_page

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """Contents by path below ``docs``."""
    checks = all_checks()
    by_area = {area: [check for check in checks if check.area == area] for area in AREAS}
    areas = {f"checks/{area}.md": area_page(area, some) for area, some in by_area.items() if some}
    return {**areas, "faults.md": faults_page(FAULTS, checks)}


if __name__ == "__main__":
    (DOCS / "checks").mkdir(exist_ok=True)
    for path, content in pages().items():
        (DOCS / path).write_text(content, encoding="utf-8", newline="\n")

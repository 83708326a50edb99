"""The documents say what the program does: their tables, counts and samples are compared with the code."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from checker.checks import all_checks
from checker.cli.exits import Exit
from checker.config_file import ConfigFile
from checker.faults import FAULTS
from checker.lab.scenarios import SCENARIOS
from checker.model import report as parts
from checker.model.checks import Impact, Remediation
from checker.model.findings import FaultStatus
from checker.model.probes import Vantage
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.probers.allowed_cmdlets import ALLOWED
from checker.probers.psrp_pipelines import BY_PROVIDER
from checker.rendering.spreadsheets import FINDING_COLUMNS, USER_COLUMNS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")), ROOT / "reports" / "README.md"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """From a heading to the next one of the same or a higher level."""
    level = heading.split(" ")[0]
    after = text(name).partition(f"\n{heading}\n")[2]
    assert after, f"{name} has no {heading}"
    return re.split(rf"\n#{{1,{len(level)}}} ", after)[0]


def first_column(table: str) -> list[str]:
    """What stands in the first cell of each row, without the head and without backquotes."""
    cells = re.findall(r"^\| *([^|]+?) *\|", table, re.MULTILINE)
    return [word.strip("`") for cell in cells[1:] if not cell.startswith("-") for word in cell.split(", ")]


def values(words: Iterable[object]) -> list[str]:
    return [str(getattr(word, "value", word)) for word in words]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_key_of_the_configuration_is_on_its_page() -> None:
    for field in msgspec.structs.fields(ConfigFile):
        heading = f"## `[[{field.name}]]`" if field.name == "edge" else f"## `[{field.name}]`"
        (keys,) = _keys_of_sections(field.type)
        assert sorted(first_column(section("docs/configuration.md", heading))) == sorted(keys)


def _keys_of_sections(kind: object) -> list[list[str]]:
    """Of the one section in ``X``, ``X | None`` or ``tuple[X, ...]``."""
    kinds = (kind, *getattr(kind, "__args__", ()))
    return [_keys(each) for each in kinds if isinstance(each, type) and issubclass(each, msgspec.Struct)]


def test_every_example_of_a_configuration_is_one() -> None:
    examples = re.findall(r"^```toml\n(.*?)^```$", text("README.md"), re.MULTILINE | re.DOTALL)
    assert examples
    for example in examples:
        msgspec.convert(tomllib.loads(example), ConfigFile)


def test_every_key_of_the_report_is_on_its_page() -> None:
    table = section("docs/report.md", "## report.json")
    assert first_column(table) == _keys(parts.Report)
    for part in (
        parts.Tool,
        parts.Deployment,
        parts.Coverage,
        parts.NotLookedAt,
        parts.FaultEntry,
        parts.Missing,
        parts.FindingEntry,
        parts.ReasonEntry,
        parts.CheckCount,
        parts.Fix,
        parts.Users,
        parts.UserOutcome,
        parts.EvidenceEntry,
        parts.Advisory,
        Remediation,
    ):
        for key in _keys(part):
            assert f"`{key}`" in table, f"{part.__name__}.{key}"


def _keys(part: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(part)]


def test_the_columns_of_the_csv_files_are_on_their_page() -> None:
    page = " ".join(section("docs/report.md", "## CSV files").split())
    for name, columns in (("users.csv", USER_COLUMNS), ("findings.csv", FINDING_COLUMNS)):
        listed = page.partition(f"`{name}`: ")[2].partition(". ")[0]
        assert re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", listed)) == list(columns)


def test_the_words_of_a_verdict_are_on_their_page() -> None:
    page = "docs/verdicts.md"
    assert sorted(first_column(section(page, "## Status of a finding"))) == sorted(values(Status))
    assert sorted(first_column(section(page, "## Reasons of `unknown`"))) == sorted(values(Reason))
    assert sorted(first_column(section(page, "## Impact and worst verdict"))) == sorted(values(Impact))
    assert sorted(first_column(section(page, "## Status of a fault"))) == sorted(values(FaultStatus))
    assert sorted(first_column(section(page, "## Verdict of the run"))) == sorted(values(parts.RunVerdict))


@pytest.mark.parametrize("document", ["README.md", "docs/verdicts.md"])
def test_the_exit_codes_are_those_of_the_program(document: str) -> None:
    assert first_column(section(document, "## Exit codes")) == [str(code.value) for code in Exit]


def test_the_readme_names_every_cmdlet_that_can_be_sent_and_no_other() -> None:
    named = section("README.md", "## Security and privacy").partition("The whole list.")[2].partition("The report")[0]
    by_place = re.split(r"(?:Front End|Edge|Workstation|allows it): ", named)[1:]
    assert [re.findall(r"`([A-Za-z]+-[A-Za-z]+)`", place) for place in by_place] == [
        sorted(cmdlets) for cmdlets in ALLOWED.values()
    ]


def test_the_example_of_a_jea_endpoint_shows_what_a_front_end_may_be_asked() -> None:
    example = section("docs/access.md", "### Only these cmdlets: a JEA endpoint")
    shown = re.findall(r"^ +'([A-Za-z]+-[A-Za-z]+)'$", example, re.MULTILINE)
    assert shown == sorted(set(ALLOWED[Vantage.ONPREM]) - BY_PROVIDER)


def test_the_counts_are_those_of_the_catalogues() -> None:
    checks = all_checks()
    predicted = {fault for check in checks for fault in check.predicts}
    readme = " ".join(text("README.md").split())
    assert f"{len(checks)} checks, which predict {len(predicted)} of the {len(FAULTS)} documented faults" in readme
    assert f"in {len(SCENARIOS)} scenarios" in " ".join(text("CHANGELOG.md").split())
    assert f"- {len(checks)} checks" in text("CHANGELOG.md")


def test_the_output_in_the_readme_is_that_of_the_sample() -> None:
    excerpt = re.search(r"^```text\n(.*?)^```$", section("README.md", "## What it says"), re.MULTILINE | re.DOTALL)
    assert excerpt
    sample = text("reports/lab-tenant-not-shared/terminal.txt")
    for passage in excerpt[1].split("...\n"):
        assert passage in sample


def test_every_command_is_in_the_readme() -> None:
    from checker.cli import build

    told = set(re.findall(r"`csready ([a-z]+)", section("README.md", "## Commands")))
    app = build()
    commands = {each.name for each in app.registered_commands}
    assert told == commands | {each.name for each in app.registered_groups}

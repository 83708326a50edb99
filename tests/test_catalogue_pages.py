"""The catalogue under docs/ is what the checks and the faults say today, byte for byte."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from checker.checks import all_checks
from checker.faults import FAULTS
from checker.first_questions import first_questions
from checker.rendering.catalogue import as_json, check_record, fault_record

DOCS = Path(__file__).parents[1] / "docs"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_catalogue", DOCS / "make_catalogue.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, str] = _script().pages()


def test_the_pages_are_what_the_catalogue_says_today() -> None:
    for path, content in PAGES.items():
        assert (DOCS / path).read_bytes() == content.encode("utf-8"), f"{path}: run docs/make_catalogue.py"


def test_no_page_is_left_of_an_area_that_is_gone() -> None:
    assert {f"checks/{path.name}" for path in (DOCS / "checks").iterdir()} == set(PAGES) - {"faults.md"}


def test_every_check_and_every_fault_has_a_section_of_its_own() -> None:
    sections = [name for content in PAGES.values() for name in re.findall(r"^## (\S+)$", content, re.MULTILINE)]
    assert sorted(sections) == sorted([*(check.id for check in all_checks()), *(fault.id for fault in FAULTS)])


def test_every_link_of_the_catalogue_leads_to_a_section() -> None:
    for path, content in PAGES.items():
        for target, anchor in re.findall(r"\]\(([\w./-]+\.md)#([\w-]+)\)", content):
            page = (DOCS / path).parent.joinpath(target).resolve().relative_to(DOCS.resolve()).as_posix()
            heads = [head.replace(".", "") for head in re.findall(r"^## (\S+)$", PAGES[page], re.MULTILINE)]
            assert anchor in heads, f"{path}: {target}#{anchor}"


def test_the_json_of_the_checks_has_the_published_keys() -> None:
    records = json.loads(as_json(map(check_record, all_checks())))
    assert [record["id"] for record in records] == [check.id for check in all_checks()]
    assert " ".join(records[0]) == (
        "id title area scope impact worst confidence confidence_note applies predicts remediation references "
        "page revision"
    )


def test_the_json_of_the_faults_names_the_checks_that_foresee_them() -> None:
    records = {each["id"]: each for each in json.loads(as_json(fault_record(f, all_checks()) for f in FAULTS))}
    assert records["hms-510"]["predicted_by"] == ["tenant.shared-sip-address-space"]
    assert records["hms-510"]["status"] == "predictable"
    assert all((record["status"] == "predictable") is bool(record["predicted_by"]) for record in records.values())


def test_the_first_questions_of_a_check_are_those_it_sends() -> None:
    (check,) = (each for each in all_checks() if each.id == "tenant.shared-sip-address-space")
    assert first_questions(check) == ("tenant/Get-CsTenantFederationConfiguration",)

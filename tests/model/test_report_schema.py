"""The JSON Schema of the report: it ships, it is what the code says, and real reports validate against it."""

import json
from pathlib import Path

import jsonschema
import pytest

import checker.model
from checker.model.report import Report, report_schema
from tests.cli.running import csready

SHIPPED = Path(checker.model.__file__).with_name("report.schema.json")
SCHEMA = json.loads(SHIPPED.read_text(encoding="utf-8"))


def test_the_shipped_schema_is_what_the_code_says() -> None:
    assert report_schema() == SCHEMA, "run docs/make_schema.py"


def test_the_schema_is_valid_2020_12() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_the_report_is_required() -> None:
    assert SCHEMA["$defs"]["Report"]["required"] == list(Report.__struct_encode_fields__)


def test_the_command_prints_the_shipped_schema(tmp_path: Path) -> None:
    done = csready("schema", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == SCHEMA


@pytest.mark.parametrize("scenario", ["ready", "several-things-wrong", "tenant-unreadable"])
def test_a_report_validates(scenario: str, tmp_path: Path) -> None:
    done = csready("scan", "--lab", scenario, "--json", "--out", "out", cwd=tmp_path)
    report = json.loads(done.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert list(report) == SCHEMA["$defs"]["Report"]["required"]


def test_a_report_without_one_of_its_keys_does_not_validate(tmp_path: Path) -> None:
    report = json.loads(csready("scan", "--lab", "ready", "--json", "--out", "out", cwd=tmp_path).stdout)
    del report["faults"][0]["missing"]
    with pytest.raises(jsonschema.ValidationError, match="'missing' is a required property"):
        jsonschema.Draft202012Validator(SCHEMA).validate(report)

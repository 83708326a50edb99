"""Writes checker/model/report.schema.json, which ships with the package, from the code: python docs/make_schema.py"""

import json
from pathlib import Path

import checker.model
from checker.model.report import report_schema

SHIPPED = Path(checker.model.__file__).with_name("report.schema.json")

if __name__ == "__main__":
    SHIPPED.write_bytes(json.dumps(report_schema(), indent=2).encode("ascii") + b"\n")

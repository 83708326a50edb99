"""Files and live servers in one scan: both are looked at, the newer answer stands, and the report says which."""

import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.lab.running import Lab
from checker.lab.scenarios import SCENARIOS
from checker.model.checks import Scope
from checker.model.report import Report
from checker.model.verdicts import Status
from tests.cli.running import csready, scanned

SHARED = "tenant.shared-sip-address-space@contoso"
FILE = "tenant/Get-CsTenantFederationConfiguration.json"
SECOND_DAY = 24 * 3600


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab(SCENARIOS["ready"].deployment) as running:
        yield running


def folder(tmp_path: Path, content: str, *, age_s: float = SECOND_DAY) -> Path:
    file = tmp_path / "estate" / FILE
    file.parent.mkdir(parents=True)
    file.write_text(content, encoding="utf-8")
    os.utime(file, (time.time() - age_s,) * 2)
    return tmp_path / "estate"


def federation(shared: bool) -> str:
    return json.dumps({"SharedSipAddressSpace": shared, "AllowFederatedUsers": True, "AllowedDomains": {}})


def status(report: Report, finding_id: str) -> Status:
    return next(finding.status for finding in report.findings if finding.id == finding_id)


def scan(lab: Lab, evidence: Path, *options: str) -> Report:
    arguments = ("-c", str(lab.config), "--evidence", str(evidence), "--only", "tenant.shared-*", *options)
    return scanned(*arguments, cwd=evidence.parent, **lab.environment)[1]


def test_what_the_wire_says_now_stands_before_an_older_file(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, federation(shared=False)))
    assert status(report, SHARED) is Status.PASS
    (notice,) = (each for each in report.notices if each.code == "two-sources")
    assert notice.where == f"estate: {FILE}"
    assert "live as well, which is newer and was used" in notice.text
    (entry,) = (each for each in report.evidence if each.id == "tenant/Get-CsTenantFederationConfiguration")
    assert entry.source.startswith("https://")


def test_a_file_from_the_future_is_no_newer_than_what_the_wire_says_now(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, federation(shared=False), age_s=-SECOND_DAY))
    assert status(report, SHARED) is Status.PASS
    (notice,) = (each for each in report.notices if each.code == "evidence-from-the-future")
    assert notice.where == "estate" and "yet to come" in notice.text


def test_evidence_that_is_old_ends_the_reports_validity_and_says_so(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, federation(shared=True), age_s=30 * SECOND_DAY), "--offline")
    assert report.valid_until < datetime.now(UTC)
    (notice,) = (each for each in report.notices if each.code == "evidence-old")
    assert notice.where == f"estate: {FILE}"


def test_a_file_stands_in_for_a_server_that_does_not_answer(tmp_path: Path) -> None:
    with Lab(SCENARIOS["tenant-unreadable"].deployment) as refusing:
        report = scan(refusing, folder(tmp_path, federation(shared=False)))
    assert status(report, SHARED) is Status.FAIL


def test_a_file_that_cannot_be_read_costs_nothing_where_the_wire_answers(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, '{"SharedSipAddressSpace": tr'))
    assert status(report, SHARED) is Status.PASS


def test_offline_a_file_that_cannot_be_read_is_named_and_costs_its_own_facts_only(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, '{"SharedSipAddressSpace": tr'), "--offline")
    (finding,) = (each for each in report.findings if each.id == SHARED)
    assert finding.status is Status.UNKNOWN
    assert finding.reason is not None and finding.reason.code.value == "malformed"
    assert FILE in finding.reason.detail
    assert report.commands_run == ()


def test_offline_nothing_is_sent_and_what_is_missing_is_named_by_its_file(lab: Lab, tmp_path: Path) -> None:
    report = scan(lab, folder(tmp_path, federation(shared=True)), "--offline", "--only", "edge.*")
    assert report.commands_run == ()
    assert status(report, SHARED) is Status.PASS
    unknown = [
        each for each in report.findings if each.status is Status.UNKNOWN and each.subject.kind is Scope.DEPLOYMENT
    ]
    assert any(each.reason and "onprem/Get-CsAccessEdgeConfiguration.xml" in each.reason.needs for each in unknown)


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere", "there is no such folder or zip"), ("not-a.zip", "neither a folder nor a zip that can be read")],
)
def test_evidence_that_cannot_be_opened_is_refused_before_anything_is_sent(
    name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "not-a.zip").write_bytes(b"PK\x03\x04 and nothing more")
    done = csready("scan", "contoso.com", "--evidence", name, "--offline", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr

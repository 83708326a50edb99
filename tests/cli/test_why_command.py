"""``csready why``: one user of a scan's folder, with the snapshot beside the report and without it."""

import json
import shutil
from pathlib import Path

import pytest

from checker.model.facts import Fact, encode_snapshot
from checker.model.report import decode_report
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.cli.running import csready
from tests.judging import NOW, objects
from tests.made_up_checks import HYBRID, estate, taken

ANNA, BEN = "anna@contoso.com", "ben@contoso.com"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an assessment wrote of two users in a tenant that does not share its address space."""
    place = tmp_path_factory.mktemp("assessed")
    answers = {**estate(ANNA, BEN), TENANT_FEDERATION: objects(SharedSipAddressSpace=False, AllowFederatedUsers=True)}
    facts = (Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in answers.items())
    (place / "snapshot.json").write_bytes(encode_snapshot(taken(HYBRID, *facts)))
    done = csready("assess", "snapshot.json", "--out", "scan", "--wave-size", "1", cwd=place)
    assert done.returncode == 3, done.stderr
    return place / "scan"


@pytest.mark.parametrize("name", [ANNA, f"sip:{ANNA}", f"CN={ANNA}"])
def test_a_user_is_told_the_first_fault_and_what_is_the_deployments(name: str, folder: Path) -> None:
    done = csready("why", name, str(folder), cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{ANNA} ")
    assert "hms-510  of the deployment: it stops everybody" in done.stdout
    assert "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true" in done.stdout


def test_the_json_says_the_same_for_other_programs(folder: Path) -> None:
    done = csready("why", BEN, str(folder / "report.json"), "--json", cwd=folder)
    found = json.loads(done.stdout)
    assert (found["user"], found["outcome"], found["first_fault"], found["whole"]) == (BEN, "blocked", "hms-510", True)
    assert [each["check"] for each in found["deployment"] if each["status"] == "fail"] == [
        "tenant.shared-sip-address-space"
    ]


def test_without_its_snapshot_the_report_and_users_csv_answer(folder: Path, tmp_path: Path) -> None:
    for name in ("report.json", "users.csv"):
        shutil.copy(folder / name, tmp_path / name)
    done = csready("why", ANNA, ".", "--json", cwd=tmp_path)
    assert done.returncode == 0 and "no snapshot of this report beside report.json" in done.stderr
    with_it = csready("why", ANNA, str(folder), "--json", cwd=tmp_path)
    assert json.loads(done.stdout) == json.loads(with_it.stdout)


def test_the_snapshot_of_another_run_is_not_taken_for_this_ones(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    raw = (tmp_path / "report.json").read_bytes()
    assert decode_report(raw).as_of == NOW
    (tmp_path / "report.json").write_bytes(raw.replace(b'"as_of": "2026-11-22', b'"as_of": "2026-11-21'))
    assert "no snapshot of this report" in csready("why", ANNA, ".", cwd=tmp_path).stderr


@pytest.mark.parametrize(
    ("name", "hint"),
    [("anne@contoso.com", f"Did you mean {ANNA}"), ("zzz", "users.csv beside the report lists everybody.")],
)
def test_a_name_that_is_nobodys_is_an_error_with_the_closest_one(name: str, hint: str, folder: Path) -> None:
    done = csready("why", name, str(folder), cwd=folder)
    assert done.returncode == 2
    assert f"{name}: is not in the batch of" in done.stderr and hint in done.stderr


@pytest.mark.parametrize(("content", "says"), [(None, "No such file"), (b"{", "cannot be read as a report")])
def test_what_is_no_report_is_an_error(content: bytes | None, says: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "report.json").write_bytes(content)
    done = csready("why", ANNA, ".", cwd=tmp_path)
    assert done.returncode == 2 and says in done.stderr

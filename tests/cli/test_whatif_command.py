"""``csready whatif`` as an operator runs it: a change, a plan, the keys, JSON, and what is refused."""

import gzip
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checker.model.facts import NoAnswer, decode_snapshot, encode_snapshot
from checker.model.report import decode_report
from checker.model.undecided import Reason
from tests.cli.running import csready
from tests.cli.test_bad_input import refused

SHARE = "tenant.SharedSipAddressSpace=true"
REPORTS = Path(__file__).parents[2] / "reports"


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a scan of a deployment whose tenant does not share its address space, and has nothing else."""
    folder = tmp_path_factory.mktemp("scanned")
    done = csready("scan", "--lab", "tenant-not-shared", "--out", "scan", cwd=folder)
    assert done.returncode == 3, done.stderr
    return folder / "scan"


def answered(*arguments: str, cwd: Path) -> dict[str, Any]:
    done = csready("whatif", *arguments, "--json", cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_one_thing_that_is_wrong_set_right_rules_out_the_fault_and_lets_everybody_move(
    scan: Path, tmp_path: Path
) -> None:
    difference = answered(str(scan), "--set", SHARE, cwd=tmp_path)["difference"]
    (change,) = difference["changes"]
    assert change == {"key": "tenant.SharedSipAddressSpace", "before": False, "after": True, "assumed": False}
    assert (difference["before"]["verdict"], difference["before"]["exit_code"]) == ("not-ready", 3)
    assert difference["after"]["exit_code"] == 0
    assert {"id": "hms-510", "before": "predicted", "after": "ruled-out"} in difference["faults"]
    (finding,) = (each for each in difference["findings"] if each["check"] == "tenant.shared-sip-address-space")
    assert (finding["before"], finding["after"]) == ("fail", "pass")
    assert difference["users_before"]["moves"] == 0
    assert difference["users_after"]["moves"] == difference["users_after"]["total"] > 0
    assert difference["users_changed"] == difference["users_after"]["total"]
    assert difference["unanswered"] == []
    assert list(tmp_path.iterdir()) == []


def test_for_people_it_says_the_same(scan: Path, tmp_path: Path) -> None:
    done = csready("whatif", str(scan / "snapshot.json"), "--set", SHARE, "--plan", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    text = done.stdout
    assert "tenant.SharedSipAddressSpace: false -> true" in text
    assert "not-ready -> ready" in text
    assert "3 -> 0" in text
    assert "hms-510  predicted -> ruled-out" in text
    assert "nothing that was looked at blocks anybody" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_a_plan_names_check_command_and_who_moves_after_it(scan: Path, tmp_path: Path) -> None:
    plan = answered(str(scan), "--plan", cwd=tmp_path)
    assert plan["difference"] is None
    (step,) = plan["plan"]
    total = decode_report((scan / "report.json").read_bytes()).users.total
    assert (step["check"], step["more"], step["moving"]) == ("tenant.shared-sip-address-space", total, total)
    run = "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true"
    assert step["fixes"][0]["remediation"]["run"] == run
    text = csready("whatif", str(scan), "--plan", cwd=tmp_path).stdout
    assert f"\n      {run}\n" in text and f"+{total} -> {total} of {total} move" in text
    assert "Greedy:" in text


def test_what_was_not_read_can_be_assumed_and_is_called_so(scan: Path, tmp_path: Path) -> None:
    saved = decode_snapshot((scan / "snapshot.json").read_bytes())
    denied = NoAnswer(reason=Reason.NO_ACCESS, code="http-403", detail="403")
    facts = tuple(
        msgspec.structs.replace(fact, answer=denied)
        if fact.probe.asked == "Get-CsTenantFederationConfiguration"
        else fact
        for fact in saved.facts
    )
    (tmp_path / "blind.json").write_bytes(encode_snapshot(msgspec.structs.replace(saved, facts=facts)))
    key = "tenant.Get-CsTenantFederationConfiguration.SharedSipAddressSpace"
    difference = answered("blind.json", "--set", f"{key}=true", cwd=tmp_path)["difference"]
    assert difference["changes"][0]["assumed"] is True
    assert {"id": "hms-510", "before": "not-ruled-out", "after": "ruled-out"} in difference["faults"]
    text = csready("whatif", "blind.json", "--set", f"{key}=true", cwd=tmp_path).stdout
    assert "assumed: it rests on your word, not on an answer" in text
    said = refused("whatif", "blind.json", "--set", SHARE, cwd=tmp_path)
    assert "nobody answered, so there is nothing to change" in said and f"assume it on purpose, as {key}" in said


def test_another_question_that_the_change_raises_is_unknown_and_named(scan: Path, tmp_path: Path) -> None:
    difference = answered(str(scan), "--set", "deployment.sip_domains=contoso.com,new.test", cwd=tmp_path)["difference"]
    assert "dns-external/SRV _sipfederationtls._tcp.new.test" in difference["unanswered"]
    unknown = {each["id"] for each in difference["findings"] if each["after"] == "unknown"}
    assert "dns.federation-srv@new.test" in unknown


def test_a_change_that_changes_nothing_says_so(scan: Path, tmp_path: Path) -> None:
    done = csready("whatif", str(scan), "--set", "tenant.SharedSipAddressSpace=false", cwd=tmp_path)
    assert "nothing changes" in done.stdout


def test_a_packed_snapshot_is_read_too(scan: Path, tmp_path: Path) -> None:
    (tmp_path / "snapshot.json.gz").write_bytes(gzip.compress((scan / "snapshot.json").read_bytes()))
    assert answered(".", "--set", SHARE, cwd=tmp_path)["difference"]["after"]["exit_code"] == 0


def test_the_keys_are_listed_in_lines_that_fit_and_can_be_narrowed(scan: Path, tmp_path: Path) -> None:
    every = csready("whatif", str(scan), "--list-keys", cwd=tmp_path)
    assert (every.returncode, every.stderr) == (0, "")
    assert "deployment.phase = hybrid" in every.stdout.splitlines()
    assert "tenant.SharedSipAddressSpace = false" in every.stdout.splitlines()
    assert "onprem.Get-CsUser  (" in every.stdout and "@contoso.com" not in every.stdout.partition("Get-CsUser")[2][:60]
    some = csready("whatif", str(scan), "tenant.*sip*", "--list-keys", cwd=tmp_path).stdout
    assert some == "".join(
        f"{line}\n" for line in every.stdout.splitlines() if line.startswith("tenant.") and "sip" in line.lower()
    )
    listed = json.loads(csready("whatif", str(scan), "sharedsip", "--list-keys", "--json", cwd=tmp_path).stdout)
    assert {"key": "tenant.SharedSipAddressSpace", "value": False, "note": ""} in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to change. Give --set KEY=VALUE, --plan, or --list-keys."),
        (("--set", "tenant.SharedSip=true"), "Did you mean tenant.SharedSipAddressSpace"),
        (("--set", "tenant.SharedSipAddressSpace"), "holds no value. Write KEY=VALUE"),
        (("--list-keys", "--plan"), "--list-keys excludes --set and --plan."),
        (("*sip*", "--plan"), "*sip*: a pattern needs --list-keys."),
        (("nothing-like-it", "--list-keys"), "--list-keys nothing-like-it: matches no key."),
    ],
)
def test_what_is_wrong_is_named(arguments: tuple[str, ...], said: str, scan: Path, tmp_path: Path) -> None:
    assert said in refused("whatif", str(scan), *arguments, cwd=tmp_path)


def test_what_is_no_snapshot_is_refused(tmp_path: Path) -> None:
    assert "cannot be read as a snapshot" in refused(
        "whatif", str(REPORTS / "lab-ready" / "report.json"), "--plan", cwd=tmp_path
    )
    assert "nowhere: No such file" in refused("whatif", "nowhere", "--plan", cwd=tmp_path)

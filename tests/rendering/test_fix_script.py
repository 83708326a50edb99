"""fix.ps1: nothing happens by itself, and no text becomes a command."""

from pathlib import Path

import msgspec

from checker.model.checks import Remediation
from checker.model.report import Fix
from checker.rendering.fix_script import fix_script
from tests.rendering.samples import NOT_READY, READY

GOLDEN = Path(__file__).parent / "golden"


def test_the_script_is_the_golden_one() -> None:
    assert fix_script(NOT_READY).replace("\r\n", "\n") == (GOLDEN / "fix.ps1").read_text(encoding="utf-8")


def test_every_command_stands_behind_apply_and_its_step() -> None:
    before, _, after = fix_script(NOT_READY).partition("    return\r\n}")
    assert "Set-Cs" not in before
    assert "    1 {" in after
    assert "        Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true\r\n" in after


def test_no_text_escapes_its_comment() -> None:
    hostile = "x'\r\nRemove-CsUser\u2028Remove-CsUser\x85Remove-CsUser #> \u2019; Remove-CsUser"
    remedy = Remediation(
        run=f"Read {hostile}", where=hostile, role=hostile, verify=hostile, rollback=hostile, wait=hostile
    )
    fix = Fix(order=1, check="user.x", remediation=remedy, users_unblocked=0, own_unblocked=0)
    deployment = msgspec.structs.replace(NOT_READY.deployment, name=hostile)
    script = fix_script(msgspec.structs.replace(NOT_READY, fixes=(fix,), deployment=deployment))
    dangerous = [line.strip() for line in script.splitlines() if "Remove-CsUser" in line]
    assert dangerous
    assert all(line.startswith(("# ", "Write-Output '", "Write-Warning '")) for line in dangerous)
    literal = next(line for line in dangerous if line.startswith("Write-Warning '"))[len("Write-Warning ") :]
    assert literal[0] == literal[-1] == "'"
    inner = literal[1:-1]
    assert all(inner.replace(quote * 2, "").count(quote) == 0 for quote in "'\u2019")


def test_a_script_without_steps_says_so() -> None:
    assert "Write-Output 'There is nothing to fix.'" in fix_script(READY)

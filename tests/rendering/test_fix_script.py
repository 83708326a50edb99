"""fix.ps1: nothing happens by itself, and no text becomes a command."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from checker.checks import all_checks
from checker.model.checks import Check, Remediation
from checker.model.findings import Finding
from checker.model.report import Fix
from checker.model.verdicts import Claim, Verdict
from checker.readings.powershell_text import quoted
from checker.rendering.commands import is_command
from checker.rendering.fix_script import fix_script
from tests.collector.powershell_syntax import commands, every, parsed, text
from tests.rendering.samples import NOT_READY, READY

GOLDEN = Path(__file__).parent / "golden"

# What PowerShell takes for a quote, an escape, an expansion, the end of a line or of a comment; and what hides it.
HOSTILE = (
    "'", "''", '"', "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", "\u201e", "`", "``", "$(", ")", "${",
    "@(", "@'", "'@", "#>", "<#", "#", ";", "|", "&", ">", "<", "\n", "\r\n", "\x85", "\u2028", "\u2029", "\0", "\x1a",
    "\u202e", "\u200b", "\ufeff", "{identity}", "{run}", "-Force", "--%", "Remove-CsUser", " ", "$env:X", "\u2013", "}",
)  # fmt: skip


def hostile_names() -> list[str]:
    """Each by itself around a command, and many of them in a row, the same ones in every run."""
    chance = random.Random(510)
    alone = [f"x{each}; Remove-CsUser{each}" for each in HOSTILE]
    return alone + ["".join(chance.choices(HOSTILE, k=chance.randint(2, 12))) for _ in range(150)]


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


def script_of(*remedies: Remediation) -> str:
    plan = tuple(
        Fix(order=order, check="user.x", remediation=remedy, users_unblocked=0, own_unblocked=0)
        for order, remedy in enumerate(remedies, start=1)
    )
    return fix_script(msgspec.structs.replace(NOT_READY, fixes=plan, checks=()))


def shape(script: str) -> list[tuple[str, str]]:
    """Every command with how it is called, and everything that is expanded or run; in the order of the text."""
    root = parsed(script.encode("utf-8"))
    assert not root.has_error, script
    called = [(each.operator, each.name) for each in commands(root)]
    run = ("sub_expression", "script_block_expression", "invokation_expression", "variable", "braced_variable")
    return called + [(node.type, text(node).split("(")[0][:20]) for node in every(root, *run)]


def filled(check: Check, value: Callable[[str], str]) -> Remediation:
    """The check's remedy with every name in braces replaced, as a verdict would."""
    remedy = check.remediation
    names = {
        name for field in remedy.__struct_fields__ for name in re.findall(r"\{([a-z_]+)\}", getattr(remedy, field))
    }
    return Finding.filled(
        remedy, Verdict(Claim.DOES_NOT_HOLD, fill=tuple((name, value(name)) for name in sorted(names)))
    )


@pytest.mark.parametrize("name", hostile_names())
def test_no_name_becomes_code(name: str) -> None:
    """The syntax tree is that of the same script with a name that is none of these."""

    def remedy(named: str) -> Remediation:
        literal = quoted(named)
        return Remediation(
            run=f"Set-CsHostingProvider -Identity {literal} -Enabled $true",
            where=f"a shell at {named}",
            role=named,
            verify=f"Get-CsHostingProvider -Identity {literal}",
            rollback=f"Set-CsHostingProvider -Identity {literal} -Enabled $false",
            wait=named,
        )

    by_hand = Remediation(run=f"ask {name}", where=name, role=name)
    script = script_of(remedy(name), by_hand)
    harmless = script_of(remedy("Office365"), Remediation(run="ask somebody", where="there", role="somebody"))
    expected = shape(harmless)
    if not is_command(remedy(name).run):  # then the step is a warning to do it by hand
        expected = shape(script_of(by_hand_of(remedy("Office365")), Remediation(run="ask x", where="", role="")))
    assert shape(script) == expected


def by_hand_of(remedy: Remediation) -> Remediation:
    return msgspec.structs.replace(remedy, run="do it by hand")


WORST = "x'; Remove-CsUser \u2019 $(Remove-CsUser) `\" \u201d; Remove-CsUser\n Remove-CsUser"
RUN = tuple(check for check in all_checks() if is_command(filled(check, lambda name: quoted("name")).run))


@pytest.mark.parametrize("check", RUN, ids=lambda check: check.id)
def test_no_fix_of_the_catalogue_runs_what_a_name_says(check: Check) -> None:
    """Filled in with the worst and with a plain name, what this file would run has one and the same shape."""
    plain = script_of(filled(check, lambda name: quoted("name")))
    assert shape(script_of(filled(check, lambda name: quoted(WORST)))) == shape(plain)


@pytest.mark.parametrize("check", RUN, ids=lambda check: check.id)
def test_what_this_file_would_run_is_cmdlets_and_no_sentence(check: Check) -> None:
    root = parsed(filled(check, lambda name: quoted("name")).run.encode("utf-8"))
    assert not root.has_error
    for each in commands(root):
        assert re.fullmatch(r"[A-Z][A-Za-z]+-[A-Z]\w+", each.name) or each.operator, f"{each.name}: is no cmdlet"

"""The CSV files, read back as a spreadsheet would."""

import csv
import io
import time

import msgspec
import pytest

from checker.model.findings import Outcome
from checker.model.target import Runbook, Target
from checker.model.verdicts import Status
from checker.move_route import MoveRoute
from checker.rendering.spreadsheets import FINDING_COLUMNS, findings_csv, users_csv
from tests.rendering.predictions import BREAKS, MINDED, NO_POOL, UNLICENSED, prediction, user
from tests.rendering.samples import NOT_READY, finding

STRAIGHT = MoveRoute()
CONTOSO = Target(name="contoso", sip_domains=("contoso.com",))


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_the_columns_are_the_published_ones() -> None:
    raw = users_csv(prediction(), CONTOSO, STRAIGHT)
    assert raw == b"\xef\xbb\xbfsip_address,outcome,own_outcome,first_fault,faults,warnings,reasons,command\r\n"


def test_a_user_has_all_reasons() -> None:
    blocked = user(
        "alice@contoso.com",
        Outcome.BLOCKED,
        Outcome.BLOCKED,
        faults=("hms-510", "hms-507"),
        results=(UNLICENSED, NO_POOL, MINDED, BREAKS),
        own_blockers=("user.licence-teams-sfb", "tenant.domain-verified"),
    )
    (row,) = rows(users_csv(prediction(blocked), CONTOSO, STRAIGHT))
    assert row == {
        "sip_address": "alice@contoso.com",
        "outcome": "blocked",
        "own_outcome": "blocked",
        "first_fault": "hms-510",
        "faults": "hms-510;hms-507",
        "warnings": "user.voice-routing: voice;user.proxy-address: two addresses",
        "reasons": "user.licence-teams-sfb: no plan, MCOSTANDARD;user.registrar-pool: no-access, Get-CsPool is missing;"
        "tenant.domain-verified: fails for the SIP domain",
        "command": "",
    }


@pytest.mark.parametrize(
    ("outcome", "own", "advised"),
    [
        (Outcome.MOVES, Outcome.MOVES, True),
        (Outcome.BLOCKED, Outcome.MOVES, True),
        (Outcome.UNDETERMINED, Outcome.UNDETERMINED, False),
        (Outcome.BLOCKED, Outcome.BLOCKED, False),
    ],
)
def test_only_who_would_move_has_a_command(outcome: Outcome, own: Outcome, advised: bool) -> None:
    (row,) = rows(users_csv(prediction(user("o'hara@contoso.com", outcome, own)), CONTOSO, STRAIGHT))
    command = "Move-CsUser -Identity 'sip:o''hara@contoso.com' -Target 'sipfed.online.lync.com'"
    assert row["command"] == (command if advised else "")


def test_the_command_carries_what_the_runbook_passes() -> None:
    runbook = Runbook(proxy_pool="pool01.contoso.com", move_to_teams=True, force=False)
    target = msgspec.structs.replace(CONTOSO, runbook=runbook)
    (row,) = rows(users_csv(prediction(user("a@contoso.com")), target, STRAIGHT))
    assert row["command"].endswith("-Target 'sipfed.online.lync.com' -ProxyPool 'pool01.contoso.com' -MoveToTeams")


def test_an_address_is_no_formula() -> None:
    (row,) = rows(users_csv(prediction(user("=cmd|'/c calc'!a1@contoso.com")), CONTOSO, STRAIGHT))
    assert row["sip_address"].startswith("'=")


def test_a_hundred_thousand_users_take_seconds() -> None:
    many = tuple(user(f"user{number}@contoso.com", results=(UNLICENSED,)) for number in range(100_000))
    began = time.process_time()
    assert users_csv(prediction(*many), CONTOSO, STRAIGHT).count(b"\r\n") == 100_001
    assert time.process_time() - began < 10


def test_findings_are_one_row_each() -> None:
    found = rows(findings_csv(NOT_READY))
    assert tuple(found[0]) == FINDING_COLUMNS
    assert [row["id"] for row in found] == [each.id for each in NOT_READY.findings]
    assert found[2]["fix"] == "Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true"


def test_a_finding_is_no_formula() -> None:
    report = msgspec.structs.replace(NOT_READY, findings=(finding("dns.x", Status.FAIL, observed="@SUM(1)\r\n=2"),))
    assert rows(findings_csv(report))[0]["observed"] == "'@SUM(1)  =2"

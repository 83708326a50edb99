"""A redacted report holds together, can be compared under one key, and says what the original says."""

import csv
import io
import re
from datetime import date

import msgspec
import pytest

from checker.cli.delivering import Wishes, conclude
from checker.cli.report_writing import drawn
from checker.model.report import (
    Redacted,
    Report,
    StatusCounts,
    Waiver,
    WaiverEntry,
    WaiverState,
    decode_report,
    encode_report,
    seal_of,
    sealed,
)
from checker.redacting.redactor import Redactor
from checker.rejudging import judged_again
from checker.rendering.user_lines import user_lines
from tests.redacting.estates import KEY, Estate, judged, of_files, of_sample, sample

TOKEN = re.compile(r"(?:user|host|number|address)-[0-9a-f]{8,}")


@pytest.fixture(scope="module")
def estate() -> Estate:
    return of_sample("lab-several-things-wrong", "several-things-wrong")


@pytest.fixture(scope="module")
def redactor(estate: Estate) -> Redactor:
    return Redactor(estate.outcome.snapshot, KEY)


@pytest.fixture(scope="module")
def redacted(estate: Estate, redactor: Redactor) -> Report:
    return redactor.report(estate.outcome.report)


def test_everything_that_is_named_by_its_id_is_there(redacted: Report) -> None:
    findings = {each.id for each in redacted.findings}
    assert {each for fault in redacted.faults for each in fault.because} <= findings
    evidence = {each.id for each in redacted.evidence}
    assert {each for finding in redacted.findings for each in finding.evidence} <= evidence
    assert len(findings) == len(redacted.findings)
    assert len(evidence) == len(redacted.evidence)
    assert {each.subject for each in redacted.coverage.not_looked_at} <= {
        each.subject.name for each in redacted.findings
    }


def test_statuses_counts_and_texts_of_the_catalogue_are_untouched(estate: Estate, redacted: Report) -> None:
    report = estate.outcome.report
    assert (redacted.verdict, redacted.exit_code, redacted.as_of) == (report.verdict, report.exit_code, report.as_of)
    assert redacted.checks == report.checks
    assert redacted.deployment == report.deployment
    assert msgspec.structs.replace(redacted.users, outcomes=()) == msgspec.structs.replace(report.users, outcomes=())
    for new, old in zip(redacted.findings, report.findings, strict=True):
        assert (new.check, new.status, new.title, new.references) == (old.check, old.status, old.title, old.references)
    for fault, before in zip(redacted.faults, report.faults, strict=True):
        kept = (fault.id, fault.status, fault.cause, fault.message, fault.users_affected, len(fault.because))
        assert kept == (
            before.id,
            before.status,
            before.cause,
            before.message,
            before.users_affected,
            len(before.because),
        )


def test_what_a_fix_cannot_be_read_without_stays(redacted: Report) -> None:
    text = encode_report(redacted).decode()
    for kept in (
        "_sipfederationtls._tcp.fabrikam.com",
        "sipfed.online.lync.com",
        "lyncdiscover.contoso.com",
        "8.8.8.8",
    ):
        assert kept in text
    assert '"CONTOSO\\\\user-' in text


def test_it_is_sealed_says_that_it_is_redacted_and_decodes(redacted: Report) -> None:
    assert redacted.seal == seal_of(redacted)
    assert redacted.redaction == "pii"
    assert decode_report(encode_report(redacted)) == redacted


def test_it_counts_what_was_replaced(redacted: Report) -> None:
    met = {found for found in TOKEN.findall(encode_report(redacted).decode())}
    counts = redacted.redacted
    assert counts is not None
    assert counts == Redacted(
        users=sum(each.startswith("user-") for each in met),
        hosts=sum(each.startswith("host-") for each in met),
        numbers=0,
        addresses=sum(each.startswith("address-") for each in met),
        key=counts.key,
    )
    assert counts.users == 9  # the batch, and the account that looked


def test_one_key_gives_one_pseudonym_in_every_run(estate: Estate, redacted: Report) -> None:
    """Findings of another run are compared by their ids and fingerprints."""
    other = of_sample("lab-ready", "ready").outcome
    again = Redactor(other.snapshot, KEY).report(other.report)
    assert again.redacted and redacted.redacted
    assert again.redacted.key == redacted.redacted.key
    assert {each.sip_address for each in again.users.outcomes} == {each.sip_address for each in redacted.users.outcomes}
    theirs = {each.id: each.fingerprint for each in again.findings}
    before = {each.id: each.fingerprint for each in other.report.findings}
    for new, old in zip(redacted.findings, estate.outcome.report.findings, strict=True):
        assert (theirs.get(new.id) == new.fingerprint) is (before.get(old.id) == old.fingerprint)


def test_another_key_gives_others(estate: Estate, redacted: Report) -> None:
    other = Redactor(estate.outcome.snapshot, b"another key of the operator's").report(estate.outcome.report)
    one, two = (set(TOKEN.findall(encode_report(each).decode())) for each in (redacted, other))
    assert not one & two
    assert not {each.fingerprint for each in redacted.findings} & {each.fingerprint for each in other.findings}


def test_no_hash_without_a_key_is_left_of_what_is_hidden(estate: Estate, redacted: Report) -> None:
    """Whoever guesses a user's address could confirm it by the hash."""
    text = encode_report(redacted).decode()
    report = estate.outcome.report
    assert not [each.fingerprint for each in report.findings if each.fingerprint in text]
    bulk = [each.answer["sha256"] for each in report.evidence if each.answer and "sha256" in each.answer]
    assert bulk and not [each for each in bulk if each in text]
    own = re.compile(r'"Subject": "CN=fe01[^}]*"Thumbprint": "(\w{40})"').findall(encode_report(report).decode())
    assert own and own[0] not in text
    assert "DF3C24F9BFD666761B268073FE06D1CC8D4F82A4" in text  # DigiCert Global Root G2, which everybody trusts


def test_the_cells_of_users_csv_have_the_pseudonyms_of_the_report(
    estate: Estate, redactor: Redactor, redacted: Report
) -> None:
    raw = drawn(estate.outcome, ()).shared["users.csv"]()
    done = redactor.csv(raw)
    assert done.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.decode("utf-8-sig"), newline="")))
    assert [row["sip_address"] for row in rows] == [each.sip_address for each in redacted.users.outcomes]
    advised = [row for row in rows if row["command"]]
    assert advised
    for row in advised:
        assert row["command"] == f"Move-CsUser -Identity 'sip:{row['sip_address']}' -Target 'sipfed.online.lync.com'"
    before = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert [row["faults"] for row in rows] == [row["faults"] for row in before]


@pytest.mark.parametrize("scenario", ["hostile-names", "sip-address-missing"])
def test_a_name_that_a_spreadsheet_is_guarded_from_has_the_same_pseudonym_there(scenario: str) -> None:
    outcome = of_files(scenario).outcome
    hostile = Redactor(outcome.snapshot, KEY)
    report = hostile.report(outcome.report)
    rows = csv.DictReader(io.StringIO(hostile.csv(drawn(outcome, ()).shared["users.csv"]()).decode("utf-8-sig")))
    assert [row["sip_address"] for row in rows] == [each.sip_address for each in report.users.outcomes]
    lines = hostile.user_lines(user_lines(outcome.prediction))
    assert {line.sip_address for line in lines} == {each.sip_address for each in report.users.outcomes}


def test_the_map_gives_back_what_each_pseudonym_stands_for(redactor: Redactor, redacted: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(redactor.pseudonyms().decode("utf-8-sig"), newline="")))
    meant = {row["pseudonym"]: row["value"] for row in rows}
    assert len(meant) == len(rows)
    assert set(TOKEN.findall(encode_report(redacted).decode())) <= meant.keys()
    assert meant[redacted.users.outcomes[0].sip_address] == "anna.berg@contoso.com"
    assert {row["kind"] for row in rows} == {"user", "host", "address"}


def test_a_waivers_owner_is_a_person(estate: Estate, redactor: Redactor) -> None:
    finding = next(each for each in estate.outcome.report.findings if each.subject.name == "ben.okafor@contoso.com")
    waiver = Waiver(
        check=finding.check,
        subject="ben.okafor@contoso.com",
        reason="Ben.Okafor@contoso.com gets a licence on Monday, says fe01.contoso.com",
        owner="Dana Moreau",
        ticket="MIG-42",
        expires=date(2026, 12, 1),
        fingerprint=finding.fingerprint,
    )
    entry = WaiverEntry(
        waiver=waiver,
        state=WaiverState.APPLIED,
        lapsed_because="",
        findings=(finding.id,),
        accepted=StatusCounts(fail=1),
    )
    waived = msgspec.structs.replace(finding, waiver=waiver)
    report = sealed(msgspec.structs.replace(estate.outcome.report, waivers=(entry,), findings=(waived,)))
    done = redactor.report(report)
    (seen,) = done.waivers
    user = redactor.text("ben.okafor@contoso.com")
    assert seen.findings == (done.findings[0].id,) == (f"{finding.check}@{user}",)
    assert seen.waiver == done.findings[0].waiver
    assert seen.waiver.fingerprint == done.findings[0].fingerprint
    assert (seen.waiver.subject, seen.waiver.ticket) == (user, "MIG-42")
    assert seen.waiver.reason == f"{user} gets a licence on Monday, says {redactor.text('fe01.contoso.com')}"
    assert TOKEN.fullmatch(seen.waiver.owner)


def test_two_accounts_with_one_address_are_two_people() -> None:
    outcome = of_files("sip-address-twice").outcome
    text = encode_report(Redactor(outcome.snapshot, KEY).report(outcome.report)).decode()
    (said,) = {line for line in text.splitlines() if "2 objects" in line or "two objects" in line} or {text}
    assert len(set(re.findall(r"user-[0-9a-f]{8}", said))) >= 2


def test_a_run_without_users_is_redacted_too() -> None:
    kept = sample("lab-ready")
    target = msgspec.structs.replace(kept.target, no_users=True)
    outcome = judged(msgspec.structs.replace(kept, target=target))
    done = Redactor(outcome.snapshot, KEY).report(outcome.report)
    assert done.users.total == 0
    assert done.redacted and done.redacted.hosts


def test_a_snapshot_without_a_fact_is_redacted_too() -> None:
    kept = sample("lab-ready")
    empty = msgspec.structs.replace(kept, facts=(), commands_run=())
    redactor = Redactor(empty, KEY)
    assert redactor.report(judged(empty).report).redaction == "pii"
    assert redactor.text("anna@contoso.com at 10.1.2.3").count("-") == 2


def test_what_is_kept_private_is_the_report_as_it_was_judged(estate: Estate) -> None:
    snapshot = estate.outcome.snapshot
    again = judged_again(snapshot)
    outcome = conclude(again.assessment, snapshot, again.prediction, Wishes(redaction_key=KEY))
    assert outcome.report == estate.outcome.report
    assert outcome.shown == Redactor(snapshot, KEY).report(estate.outcome.report)

"""Nothing of users, hosts, numbers or addresses stands in what is shared, whatever scenario it is of."""

import re

import pytest

from checker.cli.report_writing import FORMATS, drawn
from checker.lab.evidence_writing import Form
from checker.redacting.redactor import Redactor
from checker.rendering.terminal import render_terminal
from tests.redacting.estates import KEY, Estate, of_files, of_sample

OF_FILES = (
    *((name, Form.JSON) for name in ("several-things-wrong", "hostile-names", "child-domain", "second-forest")),
    *((name, Form.CLIXML) for name in ("several-things-wrong", "voice-without-phone-system", "return-move")),
    *((name, Form.JSON) for name in ("sip-address-twice", "sip-address-missing", "not-a-person", "srv-missing")),
    *((name, Form.ZIP) for name in ("lync-2013", "edge-default-route", "federation-mismatch", "onprem-login-refused")),
)
HASH = re.compile(r"\b[0-9a-f]{8,}\b")
SAMPLES = ("ready", "several-things-wrong", "tenant-unreadable")


@pytest.mark.parametrize(("scenario", "form"), OF_FILES, ids=lambda one: getattr(one, "value", one))
def test_nothing_hidden_is_shared_of_a_run_out_of_files(scenario: str, form: Form) -> None:
    assert_hidden(of_files(scenario, form))


@pytest.mark.parametrize("scenario", SAMPLES)
def test_nothing_hidden_is_shared_of_a_run_over_the_wires(scenario: str) -> None:
    assert_hidden(of_sample(f"lab-{scenario}", scenario))


def assert_hidden(estate: Estate) -> None:
    outcome = estate.outcome.redacted(Redactor(estate.outcome.snapshot, KEY))
    shared = {name: draw().decode("utf-8") for name, draw in drawn(outcome, FORMATS).shared.items()}
    for wide in (80, 10_000):  # narrow as people see it; wide, so that no name is broken over two lines
        shared[f"terminal of {wide}"] = render_terminal(
            outcome.shown, width=wide, colour=False, ascii_only=False, verbose=True
        )
    shared = {name: HASH.sub("", text) for name, text in shared.items()}  # fe01 may stand in one
    seen = {
        (name, value)
        for name, text in shared.items()
        for lowered in [text.lower()]
        for value in estate.hidden
        if value in lowered
    }
    assert not seen
    assert len(estate.hidden) > 40  # it was looked for something


def test_the_same_run_without_redaction_shows_what_is_looked_for() -> None:
    estate = of_files("several-things-wrong")
    report = drawn(estate.outcome, ())
    text = report.shared["report.json"]().decode().lower() + report.shared["users.csv"]().decode().lower()
    assert {"anna.berg@contoso.com", "fe01.contoso.com", "203.0.113.10"} <= {
        each for each in estate.hidden if each in text
    }

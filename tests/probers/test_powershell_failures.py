"""The PowerShell wire where there is no answer: each cause told apart, in time, and at the price of one login."""

import queue
import time
from pathlib import Path

import pytest

from checker.lab.certificates import Authority
from checker.lab.listener import refused_port
from checker.lab.powershell_objects import Behaviour, CmdletReply, Endpoint, ErrorReply
from checker.lab.sip_server import SipBehaviour, SipServer
from checker.lab.wsman_authentication import Accounts
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Timeouts
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import (
    FE01,
    FE02,
    OFFICE365,
    PROVIDERS,
    SIP_DOMAINS,
    RemotingLab,
    offering,
)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ErrorReply("You may not.", "PermissionDenied"), "no-access access-denied"),
        (ErrorReply("Access is denied.", terminating=True), "no-access access-denied"),
        (ErrorReply("SQL is down.", "ResourceUnavailable", "SqlDown,Get"), "refused SqlDown"),
        (ErrorReply("It broke.", terminating=True), "refused error-record"),
        (ErrorReply("No such provider.", "ObjectNotFound"), "Objects"),
    ],
)
def test_error_record_decides(lab: RemotingLab, error: ErrorReply, expected: str) -> None:
    lab.serve(offering(CmdletReply(error=error)))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == expected


def test_rows_with_an_error_record_are_no_answer(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,), ErrorReply("One site did not answer."))))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused error-record"


def test_rows_with_something_not_found_are_no_answer(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,), ErrorReply("No such user.", "ObjectNotFound"))))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused half-result"


def test_a_cmdlet_that_is_not_offered_names_the_role(lab: RemotingLab) -> None:
    lab.serve(Endpoint())

    answer = ask(lab.wire(), PROVIDERS).answer

    assert outcome(answer) == "no-access cmdlet-not-found"
    assert isinstance(answer, NoAnswer) and "CsViewOnlyAdministrator" in answer.needs


def test_a_wrong_password_costs_one_attempt(
    lab: RemotingLab,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    attempts: list[str] = []

    def refuse(_: Accounts, token: str) -> bool:
        attempts.append(token)
        return False

    monkeypatch.setattr(Accounts, "accepts_basic", refuse)
    monkeypatch.setenv("CSREADY_ONPREM_PASSWORD", "hunter2-wrong")
    caplog.set_level("DEBUG")
    lab.serve(offering(CmdletReply((OFFICE365,))))
    lab.serve(offering(CmdletReply((OFFICE365,))), FE02)
    wire = lab.wire()
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    for host in ("", FE01, FE02, FE02):
        probe = CmdletProbe(vantage=Vantage.ONPREM, host=host, cmdlet="Get-CsHostingProvider")
        wire.send(probe, time.monotonic() + 5, replies.put)
    answers = [replies.get(timeout=5).answer for _ in range(4)]

    assert [outcome(answer) for answer in answers] == ["refused login-refused"] * 4
    assert len(attempts) == 1
    everything = f"{answers}{wire!r}{wire.commands_run()}{caplog.text}{capfd.readouterr()}"
    assert "hunter2" not in everything and "svc-readiness" not in everything


def test_without_a_password_nothing_is_sent(lab: RemotingLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSREADY_ONPREM_PASSWORD")
    server = lab.serve(offering(CmdletReply()))

    answer = ask(lab.wire(), PROVIDERS).answer

    assert outcome(answer) == "no-access no-password"
    assert isinstance(answer, NoAnswer) and answer.needs == "CSREADY_ONPREM_PASSWORD (environment)"
    assert server.commands == []


def test_without_an_endpoint_the_missing_keys_are_named(lab: RemotingLab) -> None:
    answer = ask(lab.wire(onprem=None), PROVIDERS).answer

    assert outcome(answer) == "no-access no-endpoint"
    assert isinstance(answer, NoAnswer) and answer.needs.startswith("[onprem] url and username in csready.toml")


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (Endpoint(path="elsewhere"), "refused wrong-path"),
        (Endpoint(configuration="Contoso.Restricted"), "refused wsman-fault"),
    ],
)
def test_wrong_path_and_configuration_are_told_apart(lab: RemotingLab, endpoint: Endpoint, expected: str) -> None:
    lab.serve(endpoint)

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == expected


def test_unknown_authority_is_named(lab: RemotingLab, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Authority("Other root").pem)
    lab.serve(offering(CmdletReply()))

    assert outcome(ask(lab.wire(ca_bundle=other), PROVIDERS).answer) == "refused tls-untrusted"


def test_certificate_for_another_name_is_named(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply()), certificate_for="other.contoso.test")

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused tls-wrong-name"


def test_refused_connection_is_unreachable(lab: RemotingLab) -> None:
    with refused_port() as address:
        lab.map(FE01, 443, address)

        assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable connection-refused"


def test_a_proxy_that_does_not_connect_is_unreachable(lab: RemotingLab) -> None:
    with refused_port() as (host, port):
        lab.map(host, port, (host, port))

        assert outcome(ask(lab.wire(proxy=f"http://{host}:{port}"), PROVIDERS).answer) == "unreachable proxy"


def test_a_name_outside_the_map_is_not_looked_up(lab: RemotingLab) -> None:
    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable not-mapped"


@pytest.mark.parametrize("behaviour", [Behaviour.SILENT, Behaviour.HALF, Behaviour.DRIP])
def test_what_does_not_end_is_timed_out_and_the_next_cmdlet_answered(lab: RemotingLab, behaviour: Behaviour) -> None:
    lab.serve(offering(CmdletReply((OFFICE365, OFFICE365), behaviour=behaviour)))
    wire = lab.wire(timeouts=Timeouts(cmdlet=0.5))

    assert outcome(ask(wire, PROVIDERS).answer) == "timed-out read-timeout"
    assert outcome(ask(wire, SIP_DOMAINS).answer) == "Objects"


def test_garbage_is_malformed_and_the_next_cmdlet_answered(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,), behaviour=Behaviour.GARBAGE)))
    wire = lab.wire()

    assert outcome(ask(wire, PROVIDERS).answer) == "malformed not-psrp"
    assert outcome(ask(wire, SIP_DOMAINS).answer) == "Objects"


def ask_all(wire: PowerShellWire, probe: CmdletProbe, times: int, within_s: float) -> tuple[list[str], float]:
    """The outcomes, and how long they took together."""
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    began = time.monotonic()
    for _ in range(times):
        wire.send(probe, began + within_s, replies.put)
    outcomes = [outcome(replies.get(timeout=within_s + 1).answer) for _ in range(times)]
    return outcomes, time.monotonic() - began


def test_an_endpoint_silent_twice_in_a_row_is_not_waited_for_again(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply(behaviour=Behaviour.SILENT)))

    outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(cmdlet=0.4)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out read-timeout"] * 10
    assert seconds < 2


def test_an_endpoint_that_never_says_a_byte_costs_one_timeout(lab: RemotingLab) -> None:
    with SipServer(behaviour=SipBehaviour.SILENT) as silent:
        lab.map(FE01, 443, silent.address)
        outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(cmdlet=0.4)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out handshake-timeout"] * 10
    assert seconds < 1


def test_an_endpoint_that_resets_is_unreachable(lab: RemotingLab) -> None:
    with SipServer(behaviour=SipBehaviour.RESET) as resetting:
        lab.map(FE01, 443, resetting.address)

        assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable connection-reset"


def test_an_endpoint_behind_a_firewall_costs_one_connect_timeout(lab: RemotingLab) -> None:
    with SipServer(behaviour=SipBehaviour.FILTERED) as filtered:
        lab.map(FE01, 443, filtered.address)
        outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(connect=0.3)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out connect-timeout"] * 10
    assert seconds < 1


def test_what_waits_behind_silence_is_answered_by_the_deadline(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply(behaviour=Behaviour.SILENT)))

    outcomes, seconds = ask_all(lab.wire(), PROVIDERS, 3, within_s=0.5)

    assert set(outcomes) <= {"timed-out read-timeout", "not-asked queue-timeout"}
    assert seconds < 1


def test_closing_does_not_wait_for_a_silent_endpoint(lab: RemotingLab) -> None:
    server = lab.serve(offering(CmdletReply(behaviour=Behaviour.SILENT)))
    wire = lab.wire()
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    wire.send(PROVIDERS, time.monotonic() + 60, replies.put)
    while not server.commands:
        time.sleep(0.01)
    began = time.monotonic()
    wire.close()

    assert time.monotonic() - began < 1
    assert replies.empty()


def test_a_silent_endpoint_says_nothing_about_another_of_the_same_account(lab: RemotingLab) -> None:
    """One endpoint signs in at a time until a login has succeeded; to wait for that is no silence of one's own."""
    lab.serve(offering(CmdletReply((OFFICE365,))), FE02)
    replies: dict[str, queue.SimpleQueue[Reply]] = {FE01: queue.SimpleQueue(), FE02: queue.SimpleQueue()}
    with SipServer(behaviour=SipBehaviour.SILENT) as silent:
        lab.map(FE01, 443, silent.address)
        wire = lab.wire(timeouts=Timeouts(cmdlet=0.8))
        for host, arrived in replies.items():
            probe = CmdletProbe(vantage=Vantage.ONPREM, host=host, cmdlet="Get-CsHostingProvider")
            wire.send(probe, time.monotonic() + 20, arrived.put)
        outcomes = {host: outcome(arrived.get(timeout=20).answer) for host, arrived in replies.items()}

    assert outcomes == {FE01: "timed-out handshake-timeout", FE02: "Objects"}

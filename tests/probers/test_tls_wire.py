"""The wire of TLS and SIP against the lab's SIP server."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

import pytest

from checker.lab.certificates import Authority, ClientCertificate
from checker.lab.listener import Listener, refused_port
from checker.lab.sip_server import SipBehaviour, SipServer
from checker.model.answers import TlsAnswer, TlsOutcome
from checker.model.facts import NoAnswer
from checker.model.probes import TlsProbe, Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.network import Network
from checker.probers.tls_wire import TlsWire
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome

NAME = "sip.contoso.com"
SIP = TlsProbe(vantage=Vantage.HERE, server=NAME, port=5061, sip=True)
PLAIN = TlsProbe(vantage=Vantage.HERE, server=NAME, port=5061)


@dataclass(frozen=True)
class Trust:
    authority: Authority
    bundle: Path


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    authority = Authority("Contoso Root")
    bundle = tmp_path_factory.mktemp("trust") / "root.pem"
    bundle.write_bytes(authority.pem)
    return Trust(authority, bundle)


@contextmanager
def tls_wire(trust: Trust, address: tuple[str, int], limit_s: float = 1.0) -> Iterator[TlsWire]:
    """A wire for which the port 5061 of the name is at ``address``."""
    host, port = address
    settings = NetworkSettings(
        ca_bundle=trust.bundle,
        connect_to={f"{NAME}:5061": f"{host}:{port}", "*": "refuse"},
        timeouts=Timeouts(connect=limit_s / 2, tls=limit_s),
    )
    with closing(TlsWire(Network(settings))) as wire:
        yield wire


def answer_of(trust: Trust, server: Listener, probe: TlsProbe = SIP) -> TlsAnswer | NoAnswer:
    with server, tls_wire(trust, server.address) as wire:
        answer = ask(wire, probe).answer
    assert isinstance(answer, TlsAnswer | NoAnswer)
    return answer


def seen_by(trust: Trust, server: Listener, probe: TlsProbe = SIP) -> TlsAnswer:
    answer = answer_of(trust, server, probe)
    assert isinstance(answer, TlsAnswer), answer
    return answer


def test_a_sound_server_shows_its_certificate_and_answers_options(trust: Trust) -> None:
    server = SipServer(trust.authority.issue(NAME, "sipfed.contoso.com").context())
    answer = seen_by(trust, server)
    assert (answer.outcome, answer.version, answer.sip) == (TlsOutcome.TRUSTED, "TLSv1.3", "SIP/2.0 200 OK")
    assert answer.address == "{}:{}".format(*server.address)
    assert (answer.alert, answer.detail, answer.client_certificate_asked) == ("", "", False)
    leaf = answer.chain[0]
    assert leaf.names == (NAME, "sipfed.contoso.com")
    assert leaf.issuer == "CN=Contoso Root"
    assert leaf.not_before < leaf.not_after
    assert leaf.not_after.endswith("Z")
    assert len(leaf.sha256) == 64


def test_without_sip_nothing_is_asked(trust: Trust) -> None:
    answer = seen_by(trust, SipServer(trust.authority.issue(NAME).context()), PLAIN)
    assert (answer.outcome, answer.sip, answer.detail) == (TlsOutcome.TRUSTED, "", "")


def test_who_intercepts_is_known_by_the_issuer(trust: Trust) -> None:
    answer = seen_by(trust, SipServer(Authority("Inspecting Firewall").issue(NAME).context()))
    assert (answer.outcome, answer.chain[-1].issuer) == (TlsOutcome.UNTRUSTED, "CN=Inspecting Firewall")


@pytest.mark.parametrize(
    ("names", "expired", "expected"),
    [
        (("sip.fabrikam.com",), False, TlsOutcome.WRONG_NAME),
        ((NAME,), True, TlsOutcome.EXPIRED),
        (("*.contoso.com",), False, TlsOutcome.TRUSTED),
    ],
)
def test_a_bad_certificate_is_shown_with_what_is_wrong_and_options_are_asked_all_the_same(
    trust: Trust, names: tuple[str, ...], expired: bool, expected: TlsOutcome
) -> None:
    answer = seen_by(trust, SipServer(trust.authority.issue(*names, expired=expired).context()))
    assert (answer.outcome, answer.version, answer.sip) == (expected, "TLSv1.3", "SIP/2.0 200 OK")
    assert answer.chain[0].names == names
    assert bool(answer.detail) is (expected is not TlsOutcome.TRUSTED)


@pytest.mark.parametrize("probe", [SIP, PLAIN])
@pytest.mark.parametrize(
    ("version", "alert"),
    [(ssl.TLSVersion.TLSv1_2, "handshake_failure"), (ssl.TLSVersion.TLSv1_3, "certificate_required")],
)
@pytest.mark.parametrize(("name", "expected"), [(NAME, TlsOutcome.TRUSTED), ("other.com", TlsOutcome.WRONG_NAME)])
def test_a_server_that_wants_a_client_certificate_is_reachable_and_its_own_is_judged(
    trust: Trust, probe: TlsProbe, version: ssl.TLSVersion, alert: str, name: str, expected: TlsOutcome
) -> None:
    context = trust.authority.issue(name).context(ClientCertificate.REQUIRED, maximum=version)
    answer = seen_by(trust, SipServer(context), probe)
    assert (answer.outcome, answer.alert, answer.client_certificate_asked) == (expected, alert, True)
    assert answer.chain[0].names == (name,)
    assert answer.sip == ""


def test_an_optional_client_certificate_is_noticed(trust: Trust) -> None:
    answer = seen_by(trust, SipServer(trust.authority.issue(NAME).context(ClientCertificate.OPTIONAL)))
    assert (answer.client_certificate_asked, answer.sip) == (True, "SIP/2.0 200 OK")


def test_an_alert_before_any_certificate_is_named(trust: Trust) -> None:
    context = trust.authority.issue(NAME).context()
    context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")  # of no use with the lab's elliptic-curve keys
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    answer = seen_by(trust, SipServer(context))
    assert (answer.outcome, answer.alert, answer.chain) == (TlsOutcome.ALERT, "handshake_failure", ())
    assert answer.client_certificate_asked is None


def test_a_server_stuck_at_an_old_version_is_an_answer(trust: Trust) -> None:
    context = trust.authority.issue(NAME).context(minimum=ssl.TLSVersion.TLSv1, maximum=ssl.TLSVersion.TLSv1)
    answer = seen_by(trust, SipServer(context))
    assert (answer.outcome, answer.alert, answer.chain) == (TlsOutcome.ALERT, "protocol_version", ())


def test_a_server_that_does_not_speak_tls_is_an_answer(trust: Trust) -> None:
    answer = seen_by(trust, SipServer(behaviour=SipBehaviour.PLAIN_TCP))
    assert (answer.outcome, answer.chain) == (TlsOutcome.PLAIN_TCP, ())


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (SipBehaviour.FILTERED, "timed-out connect-timeout"),
        (SipBehaviour.SILENT, "timed-out handshake-timeout"),
        (SipBehaviour.DRIP, "timed-out handshake-timeout"),
        (SipBehaviour.RESET, "unreachable connection-reset"),
    ],
)
def test_a_server_that_was_not_reached_is_no_answer(trust: Trust, behaviour: SipBehaviour, expected: str) -> None:
    assert outcome(answer_of(trust, SipServer(behaviour=behaviour))) == expected


def test_a_refused_connection_is_no_answer(trust: Trust) -> None:
    with refused_port() as address, tls_wire(trust, address) as wire:
        assert outcome(ask(wire, SIP).answer) == "unreachable connection-refused"


def test_a_name_without_an_address_is_no_answer(trust: Trust) -> None:
    with tls_wire(trust, ("no..name", 1)) as wire:
        assert outcome(ask(wire, SIP).answer) == "unreachable name-not-found"


def test_a_name_that_is_not_mapped_is_refused_and_not_looked_up(trust: Trust) -> None:
    with tls_wire(trust, ("127.0.0.1", 1)) as wire:
        probe = TlsProbe(vantage=Vantage.HERE, server="localhost", port=5061)
        assert outcome(ask(wire, probe).answer) == "unreachable not-mapped"


class Mute(Listener):
    """TLS, and then never a byte."""

    def converse(self, connection: socket.socket) -> None:
        self.keep_silent(self.secure(connection))


class Closing(Listener):
    """TLS, and then the end."""

    def converse(self, connection: socket.socket) -> None:
        self.secure(connection).recv(4096)


class Talkative(Listener):
    """TLS, and then what is not SIP."""

    def converse(self, connection: socket.socket) -> None:
        secured = self.secure(connection)
        secured.recv(4096)
        secured.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        (Mute, "no answer to OPTIONS in time"),
        (Closing, "closed without an answer to OPTIONS"),
        (Talkative, "what answered OPTIONS is not SIP"),
    ],
)
def test_no_answer_to_options_takes_nothing_from_the_answer_about_tls(
    trust: Trust, kind: type[Listener], detail: str
) -> None:
    answer = seen_by(trust, kind(trust.authority.issue(NAME).context()))
    assert (answer.outcome, answer.sip, answer.detail) == (TlsOutcome.TRUSTED, "", detail)


def test_a_server_that_shows_its_certificate_and_hangs_up_is_reachable(trust: Trust) -> None:
    context = trust.authority.issue(NAME).context(ClientCertificate.REQUIRED, maximum=ssl.TLSVersion.TLSv1_2)

    class HangingUp(Listener):
        def converse(self, connection: socket.socket) -> None:
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            handshake = context.wrap_bio(incoming, outgoing, server_side=True)
            incoming.write(connection.recv(4096))
            with suppress(ssl.SSLWantReadError):
                handshake.do_handshake()
            connection.sendall(outgoing.read())

    answer = seen_by(trust, HangingUp())
    assert (answer.outcome, answer.client_certificate_asked, answer.alert) == (TlsOutcome.TRUSTED, True, "")
    assert answer.detail == "ended the connection after it had shown its certificate"
    assert answer.chain[0].names == (NAME,)


def test_options_names_nobody_but_the_server(trust: Trust) -> None:
    heard: list[bytes] = []

    class Listening(Listener):
        def converse(self, connection: socket.socket) -> None:
            heard.append(self.secure(connection).recv(4096))

    seen_by(trust, Listening(trust.authority.issue(NAME).context()))
    assert heard[0].startswith(b"OPTIONS sip:sip.contoso.com SIP/2.0\r\n")
    assert socket.gethostname().encode() not in heard[0]


def test_many_dripping_servers_do_not_hold_up_a_sound_one(trust: Trust) -> None:
    replies: SimpleQueue[Reply] = SimpleQueue()
    with ExitStack() as stack:
        dripping = stack.enter_context(SipServer(behaviour=SipBehaviour.DRIP))
        sound = stack.enter_context(SipServer(trust.authority.issue(NAME).context()))
        settings = NetworkSettings(
            connect_to={
                "drip.contoso.com:5061": "{}:{}".format(*dripping.address),
                f"{NAME}:5061": "{}:{}".format(*sound.address),
            },
            timeouts=Timeouts(tls=0.5),
        )
        wire = stack.enter_context(closing(TlsWire(Network(settings))))
        deadline = time.monotonic() + 2
        for _ in range(64):
            wire.send(TlsProbe(vantage=Vantage.HERE, server="drip.contoso.com", port=5061), deadline, replies.put)
        assert isinstance(ask(wire, SIP).answer, TlsAnswer)
        assert {outcome(replies.get(timeout=2).answer) for _ in range(64)} == {"timed-out handshake-timeout"}
    for thread in threading.enumerate():
        if thread.name == "probe tls drip.contoso.com:5061":
            thread.join(timeout=1.0)
            assert not thread.is_alive()

"""The wire of TLS and SIP against kamailio, one port for each way in which a SIP server meets its clients."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from checker.lab.certificates import Authority, ClientCertificate
from checker.model.answers import TlsAnswer, TlsOutcome
from checker.model.probes import TlsProbe, Vantage
from checker.probers.connections import NetworkSettings, Timeouts
from checker.probers.network import Network
from checker.probers.tls_wire import TlsWire
from tests.peers.servers import SipDoor, kamailio
from tests.probers.asking import ask

LIMIT_S = 10.0


@pytest.fixture(scope="module")
def wire(installed: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsWire]:
    """Each name of contoso.com is a port of its own, named after what is special there."""
    root, stranger = Authority("Contoso Root"), Authority("Stranger Root")
    doors = {
        "sip": SipDoor(root.issue("sip.contoso.com", "sipfed.contoso.com")),
        "old": SipDoor(root.issue("old.contoso.com"), versions="TLSv1.2"),
        "asks": SipDoor(root.issue("asks.contoso.com"), ClientCertificate.OPTIONAL),
        "requires": SipDoor(root.issue("requires.contoso.com"), ClientCertificate.REQUIRED),
        "old-requires": SipDoor(root.issue("old-requires.contoso.com"), ClientCertificate.REQUIRED, "TLSv1.2"),
        "misnamed": SipDoor(root.issue("fe01.contoso.local")),
        "untrusted": SipDoor(stranger.issue("untrusted.contoso.com")),
        "untrusted-requires": SipDoor(stranger.issue("untrusted-requires.contoso.com"), ClientCertificate.REQUIRED),
        "expired": SipDoor(root.issue("expired.contoso.com", expired=True)),
    }
    directory = tmp_path_factory.mktemp("kamailio")
    bundle = directory / "root.pem"
    bundle.write_bytes(root.pem)
    with kamailio(installed("kamailio"), directory, tuple(doors.values())) as addresses:
        dialled = {f"{label}.contoso.com:5061": address for label, address in zip(doors, addresses, strict=True)}
        settings = NetworkSettings(
            ca_bundle=bundle,
            connect_to={**dialled, "*": "refuse"},
            timeouts=Timeouts(connect=LIMIT_S / 2, tls=LIMIT_S),
        )
        with closing(TlsWire(Network(settings))) as wire:
            yield wire


def seen(wire: TlsWire, label: str, *, sip: bool = True) -> TlsAnswer:
    probe = TlsProbe(vantage=Vantage.HERE, server=f"{label}.contoso.com", port=5061, sip=sip)
    answer = ask(wire, probe, LIMIT_S).answer
    assert isinstance(answer, TlsAnswer), answer
    return answer


@pytest.mark.parametrize(("label", "version", "asked"), [
    ("sip", "TLSv1.3", False),
    ("old", "TLSv1.2", False),
    ("asks", "TLSv1.3", True),
])  # fmt: skip
def test_a_sound_server_is_trusted_and_answers_options(wire: TlsWire, label: str, version: str, asked: bool) -> None:
    answer = seen(wire, label)
    assert (answer.outcome, answer.version, answer.sip) == (TlsOutcome.TRUSTED, version, "SIP/2.0 200 OK")
    assert (answer.client_certificate_asked, answer.alert, answer.detail) == (asked, "", "")


def test_its_certificate_is_read(wire: TlsWire) -> None:
    leaf = seen(wire, "sip").chain[0]
    assert (leaf.issuer, leaf.names) == ("CN=Contoso Root", ("sip.contoso.com", "sipfed.contoso.com"))


@pytest.mark.parametrize("sip", [True, False])
@pytest.mark.parametrize(("label", "alert"), [
    ("requires", "certificate_required"),  # TLS 1.3: the alert comes after the handshake
    ("old-requires", "handshake_failure"),  # TLS 1.2: instead of the end of the handshake
])  # fmt: skip
def test_a_server_that_wants_our_certificate_is_reachable_and_trusted(
    wire: TlsWire, label: str, alert: str, sip: bool
) -> None:
    answer = seen(wire, label, sip=sip)
    assert (answer.outcome, answer.client_certificate_asked) == (TlsOutcome.TRUSTED, True)
    assert (answer.alert, answer.sip) == (alert, "")
    assert answer.chain[0].names == (f"{label}.contoso.com",)


@pytest.mark.parametrize(("label", "outcome"), [
    ("misnamed", TlsOutcome.WRONG_NAME),
    ("untrusted", TlsOutcome.UNTRUSTED),
    ("expired", TlsOutcome.EXPIRED),
])  # fmt: skip
def test_what_is_wrong_with_a_certificate_is_named_and_the_server_still_heard(
    wire: TlsWire, label: str, outcome: TlsOutcome
) -> None:
    answer = seen(wire, label)
    assert (answer.outcome, answer.sip, answer.alert) == (outcome, "SIP/2.0 200 OK", "")
    assert answer.chain[0].names == (("fe01.contoso.local",) if label == "misnamed" else (f"{label}.contoso.com",))


def test_a_stranger_that_wants_our_certificate_stays_a_stranger(wire: TlsWire) -> None:
    answer = seen(wire, "untrusted-requires")
    assert (answer.outcome, answer.client_certificate_asked) == (TlsOutcome.UNTRUSTED, True)
    assert (answer.alert, answer.chain[0].issuer) == ("certificate_required", "CN=Stranger Root")

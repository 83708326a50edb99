"""The PowerShell wire against the lab's WS-Management server: answers, every way to fail, and what is never sent."""

import queue
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from checker.lab.certificates import Authority
from checker.lab.listener import refused_port
from checker.lab.powershell_objects import Behaviour, CmdletReply, Endpoint, Enumeration, ErrorReply, Thing, Version
from checker.lab.sip_server import SipBehaviour, SipServer
from checker.lab.wsman_authentication import Accounts
from checker.lab.wsman_server import WsmanServer
from checker.model.answers import Objects
from checker.model.facts import CommandRun, NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import NotAllowed
from checker.probers.connections import Connections, NetworkSettings, RemotingEndpoint, Secret, Timeouts
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome

USER, PASSWORD = "CONTOSO\\svc-readiness", "correct horse battery"
FE01, FE02 = "fe01.contoso.test", "fe02.contoso.test"
URL = f"https://{FE01}/OcsPowershell"
ONPREM = RemotingEndpoint(
    vantage=Vantage.ONPREM,
    host=FE01,
    url=URL,
    username=USER,
    password=Secret("CSREADY_ONPREM_PASSWORD"),
    auth="basic",
)
PROVIDERS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider")
SIP_DOMAINS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsSipDomain")
OFFICE365 = Thing(
    ("Deserialized.DisplayHostingProvider",),  # a type that pypsrp hands back as raw XML
    {
        "Name": "Office365",
        "Enabled": True,
        "VerificationLevel": Enumeration("VerificationLevel", "UseSourceVerification", 1),
        "Version": Version("7.0.2046.0"),
        "Domains": ["contoso.com"],
        "Comment": "two\r\nlines",
        "Owner": None,
    },
    "Office365",
)
ROW = {
    "@type": "Deserialized.DisplayHostingProvider",
    "@text": "Office365",
    "Name": "Office365",
    "Enabled": True,
    "VerificationLevel": "UseSourceVerification",
    "Version": "7.0.2046.0",
    "Domains": ["contoso.com"],
    "Comment": "two\r\nlines",
    "Owner": None,
}


def offering(reply: CmdletReply, **more: CmdletReply) -> Endpoint:
    cmdlets = {"Get-CsHostingProvider": reply, "Get-CsSipDomain": CmdletReply((Thing((), {"Name": "contoso.com"}),))}
    return Endpoint(cmdlets=cmdlets | more)


class Lab:
    """Servers by host name, and wires that reach nothing else."""

    def __init__(self, folder: Path) -> None:
        self.authority = Authority("Lab root")
        self.ca_bundle = folder / "root.pem"
        self.ca_bundle.write_bytes(self.authority.pem)
        self.connect_to = {"*": "refuse"}
        self._closing = ExitStack()

    def serve(self, endpoint: Endpoint, host: str = FE01, port: int = 443, **options: Any) -> WsmanServer:
        certificate = self.authority.issue(options.pop("certificate_for", host))
        if options.pop("over_tls", True):
            der = ssl.PEM_cert_to_DER_cert(certificate.leaf.cert_chain_pems[0].bytes().decode("ascii"))
            options |= {"tls": certificate.context(), "certificate_der": der}
        server = self._closing.enter_context(WsmanServer(endpoint, USER, PASSWORD, **options))
        self.map(host, port, server.address)
        return server

    def map(self, host: str, port: int, address: tuple[str, int]) -> None:
        self.connect_to[f"{host}:{port}"] = f"{address[0]}:{address[1]}"

    def network(self, **settings: Any) -> Network:
        return Network(NetworkSettings(**{"ca_bundle": self.ca_bundle, "connect_to": self.connect_to, **settings}))

    def wire(
        self, *edges: RemotingEndpoint, onprem: RemotingEndpoint | None = ONPREM, **options: Any
    ) -> PowerShellWire:
        wire = PowerShellWire(self.network(**options), Connections(onprem=onprem, edges=edges))
        self._closing.callback(wire.close)
        return wire

    def close(self) -> None:
        self._closing.close()


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    monkeypatch.setenv("CSREADY_ONPREM_PASSWORD", PASSWORD)
    monkeypatch.setenv("CSREADY_EDGE_PASSWORD", PASSWORD)
    lab = Lab(tmp_path)
    yield lab
    lab.close()


def with_auth(auth: str, url: str = URL) -> RemotingEndpoint:
    return RemotingEndpoint(
        vantage=Vantage.ONPREM, host=FE01, url=url, username=USER, password=ONPREM.password, auth=auth
    )


@pytest.mark.parametrize("auth", ["basic", "ntlm", "negotiate"])
def test_objects_come_back_as_rows(lab: Lab, auth: str) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))))

    reply = ask(lab.wire(onprem=with_auth(auth)), PROVIDERS)

    assert reply == Reply(Objects(rows=(ROW,)), URL)


def test_messages_are_encrypted_where_tls_is_not(lab: Lab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))), port=5985, over_tls=False)

    reply = ask(lab.wire(onprem=with_auth("negotiate", f"http://{FE01}:5985/OcsPowershell")), PROVIDERS)

    assert reply.answer == Objects(rows=(ROW,))


def test_no_output_is_the_answer_none(lab: Lab) -> None:
    lab.serve(offering(CmdletReply()))

    assert ask(lab.wire(), PROVIDERS).answer == Objects(rows=())


def test_one_session_serves_many_cmdlets(lab: Lab) -> None:
    server = lab.serve(offering(CmdletReply((OFFICE365,))))
    wire = lab.wire()

    assert [outcome(ask(wire, probe).answer) for probe in (PROVIDERS, SIP_DOMAINS, PROVIDERS)] == ["Objects"] * 3
    assert [cmdlet for cmdlet, _ in server.commands] == [
        "Get-CsHostingProvider",
        "Get-CsSipDomain",
        "Get-CsHostingProvider",
    ]
    assert wire.commands_run() == (
        CommandRun(where=URL, as_whom=USER, what="Get-CsHostingProvider"),
        CommandRun(where=URL, as_whom=USER, what="Get-CsSipDomain"),
    )


def test_parameters_arrive_as_what_they_are(lab: Lab) -> None:
    received: list[Mapping[str, object]] = []

    def services(parameters: Mapping[str, object]) -> CmdletReply:
        received.append(dict(parameters))
        return CmdletReply()

    lab.serve(Endpoint(cmdlets={"Get-CsService": services, "Get-CsUser": services}))
    wire = lab.wire()
    ask(wire, CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsService", parameters=(("EdgeServer", ""),)))
    user = (("Identity", "sip:ann@contoso.com"), ("ResultSize", "5"))
    ask(wire, CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsUser", parameters=user))

    assert received == [{"EdgeServer": None}, {"Identity": "sip:ann@contoso.com", "ResultSize": 5}]


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
def test_error_record_decides(lab: Lab, error: ErrorReply, expected: str) -> None:
    lab.serve(offering(CmdletReply(error=error)))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == expected


def test_rows_with_an_error_record_are_no_answer(lab: Lab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,), ErrorReply("One site did not answer."))))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused error-record"


def test_rows_with_something_not_found_are_no_answer(lab: Lab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,), ErrorReply("No such user.", "ObjectNotFound"))))

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused half-result"


def test_a_cmdlet_that_is_not_offered_names_the_role(lab: Lab) -> None:
    lab.serve(Endpoint())

    answer = ask(lab.wire(), PROVIDERS).answer

    assert outcome(answer) == "no-access cmdlet-not-found"
    assert isinstance(answer, NoAnswer) and "CsViewOnlyAdministrator" in answer.needs


def test_a_wrong_password_costs_one_attempt(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
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


def test_a_wrong_password_with_ntlm_is_a_refused_login(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSREADY_ONPREM_PASSWORD", "hunter2-wrong")
    lab.serve(offering(CmdletReply()))

    assert outcome(ask(lab.wire(onprem=with_auth("ntlm")), PROVIDERS).answer) == "refused login-refused"


def test_without_a_password_nothing_is_sent(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSREADY_ONPREM_PASSWORD")
    server = lab.serve(offering(CmdletReply()))

    answer = ask(lab.wire(), PROVIDERS).answer

    assert outcome(answer) == "no-access no-password"
    assert isinstance(answer, NoAnswer) and answer.needs == "CSREADY_ONPREM_PASSWORD (environment)"
    assert server.commands == []


def test_basic_authentication_is_not_sent_in_the_clear(lab: Lab) -> None:
    wire = lab.wire(onprem=with_auth("basic", f"http://{FE01}:5985/OcsPowershell"))

    assert outcome(ask(wire, PROVIDERS).answer) == "no-access basic-without-tls"


def test_without_an_endpoint_the_missing_keys_are_named(lab: Lab) -> None:
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
def test_wrong_path_and_configuration_are_told_apart(lab: Lab, endpoint: Endpoint, expected: str) -> None:
    lab.serve(endpoint)

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == expected


def test_unknown_authority_is_named(lab: Lab, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_bytes(Authority("Other root").pem)
    lab.serve(offering(CmdletReply()))

    assert outcome(ask(lab.wire(ca_bundle=other), PROVIDERS).answer) == "refused tls-untrusted"


def test_certificate_for_another_name_is_named(lab: Lab) -> None:
    lab.serve(offering(CmdletReply()), certificate_for="other.contoso.test")

    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "refused tls-wrong-name"


def test_refused_connection_is_unreachable(lab: Lab) -> None:
    with refused_port() as address:
        lab.map(FE01, 443, address)

        assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable connection-refused"


def test_a_proxy_that_does_not_connect_is_unreachable(lab: Lab) -> None:
    with refused_port() as (host, port):
        lab.map(host, port, (host, port))

        assert outcome(ask(lab.wire(proxy=f"http://{host}:{port}"), PROVIDERS).answer) == "unreachable proxy"


def test_a_name_outside_the_map_is_not_looked_up(lab: Lab) -> None:
    assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable not-mapped"


@pytest.mark.parametrize("behaviour", [Behaviour.SILENT, Behaviour.HALF, Behaviour.DRIP])
def test_what_does_not_end_is_timed_out_and_the_next_cmdlet_answered(lab: Lab, behaviour: Behaviour) -> None:
    lab.serve(offering(CmdletReply((OFFICE365, OFFICE365), behaviour=behaviour)))
    wire = lab.wire(timeouts=Timeouts(cmdlet=0.5))

    assert outcome(ask(wire, PROVIDERS).answer) == "timed-out read-timeout"
    assert outcome(ask(wire, SIP_DOMAINS).answer) == "Objects"


def test_garbage_is_malformed_and_the_next_cmdlet_answered(lab: Lab) -> None:
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


def test_an_endpoint_silent_twice_in_a_row_is_not_waited_for_again(lab: Lab) -> None:
    lab.serve(offering(CmdletReply(behaviour=Behaviour.SILENT)))

    outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(cmdlet=0.4)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out read-timeout"] * 10
    assert seconds < 2


def test_an_endpoint_that_never_says_a_byte_costs_one_timeout(lab: Lab) -> None:
    with SipServer(behaviour=SipBehaviour.SILENT) as silent:
        lab.map(FE01, 443, silent.address)
        outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(cmdlet=0.4)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out handshake-timeout"] * 10
    assert seconds < 1


def test_an_endpoint_that_resets_is_unreachable(lab: Lab) -> None:
    with SipServer(behaviour=SipBehaviour.RESET) as resetting:
        lab.map(FE01, 443, resetting.address)

        assert outcome(ask(lab.wire(), PROVIDERS).answer) == "unreachable connection-reset"


def test_an_endpoint_behind_a_firewall_costs_one_connect_timeout(lab: Lab) -> None:
    with SipServer(behaviour=SipBehaviour.FILTERED) as filtered:
        lab.map(FE01, 443, filtered.address)
        outcomes, seconds = ask_all(lab.wire(timeouts=Timeouts(connect=0.3)), PROVIDERS, 10, within_s=10)

    assert outcomes == ["timed-out connect-timeout"] * 10
    assert seconds < 1


def test_what_waits_behind_silence_is_answered_by_the_deadline(lab: Lab) -> None:
    lab.serve(offering(CmdletReply(behaviour=Behaviour.SILENT)))

    outcomes, seconds = ask_all(lab.wire(), PROVIDERS, 3, within_s=0.5)

    assert set(outcomes) <= {"timed-out read-timeout", "timed-out queue-timeout"}
    assert seconds < 1


def test_closing_does_not_wait_for_a_silent_endpoint(lab: Lab) -> None:
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


def test_nothing_outside_the_list_is_sent(lab: Lab) -> None:
    server = lab.serve(offering(CmdletReply()))
    wire = lab.wire()

    for probe in (
        CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Move-CsUser", parameters=(("Identity", "ann"),)),
        CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider", parameters=(("OutVariable", "x"),)),
        CmdletProbe(vantage=Vantage.HERE, cmdlet="Get-CsHostingProvider"),
    ):
        with pytest.raises(NotAllowed):
            wire.send(probe, time.monotonic() + 1, lambda reply: pytest.fail(str(reply)))
    ask(wire, PROVIDERS)

    assert [cmdlet for cmdlet, _ in server.commands] == ["Get-CsHostingProvider"]


def test_each_front_end_is_asked_itself(lab: Lab) -> None:
    for host in (FE01, FE02):
        patch = Thing((), {"ComponentName": host})
        lab.serve(Endpoint(cmdlets={"Get-CsServerPatchVersion": CmdletReply((patch,))}), host)
    wire = lab.wire()

    def asked(host: str) -> Reply:
        return ask(wire, CmdletProbe(vantage=Vantage.ONPREM, host=host, cmdlet="Get-CsServerPatchVersion"))

    assert asked("").answer == asked("FE01.contoso.test.").answer == Objects(rows=({"ComponentName": FE01},))
    assert asked(FE02) == Reply(Objects(rows=({"ComponentName": FE02},)), f"https://{FE02}/OcsPowershell")


def test_edges_are_told_apart_by_host(lab: Lab) -> None:
    edges = []
    for host in ("edge01.contoso.test", "edge02.contoso.test"):
        reply = CmdletReply((Thing((), {"ComponentName": host}),))
        lab.serve(Endpoint("wsman", cmdlets={"Get-CsServerPatchVersion": reply}), host, port=5986)
        edges.append(
            RemotingEndpoint(
                vantage=Vantage.EDGE,
                host=host,
                url=f"https://{host}:5986/wsman",
                username=USER,
                password=Secret("CSREADY_EDGE_PASSWORD"),
            )
        )
    wire = lab.wire(*edges)

    def asked(host: str) -> Reply:
        return ask(wire, CmdletProbe(vantage=Vantage.EDGE, host=host, cmdlet="Get-CsServerPatchVersion"))

    assert asked("edge02.contoso.test").answer == Objects(rows=({"ComponentName": "edge02.contoso.test"},))
    assert asked("").answer == Objects(rows=({"ComponentName": "edge01.contoso.test"},))
    assert outcome(asked("edge03.contoso.test").answer) == "no-access no-endpoint"

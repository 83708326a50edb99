"""The dispatcher over real servers: each probe down its wire, one fact for each, and nothing that raises."""

import queue
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from checker.lab.certificates import Authority
from checker.lab.dns_server import DnsServer
from checker.lab.powershell_objects import CmdletReply, Endpoint, ErrorReply, Thing
from checker.lab.sip_server import SipServer
from checker.lab.web_server import WebReply, WebServer
from checker.lab.wsman_server import WsmanServer
from checker.lab.zones import DnsReply, Zones
from checker.model.answers import DnsAnswer, HttpAnswer, Objects, TlsAnswer
from checker.model.facts import CommandRun, Fact, NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.connections import Connections, NetworkSettings, RemotingEndpoint, Secret
from checker.probers.dispatch import Dispatcher
from tests.probers.asking import outcome

EDGE = "edge01.contoso.test"
SIPFED = "sipfed.online.lync.com"
WEBDIR = "webdir.online.lync.com"
SIP_RECORD = ("sip.contoso.test", "A")

AT_THE_EDGE = CmdletProbe(vantage=Vantage.EDGE, host=EDGE, cmdlet="Get-CsServerPatchVersion")
EXTERNAL = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name="sip.contoso.test", record="A")
FROM_EDGE = DnsProbe(vantage=Vantage.DNS_EDGE, host=EDGE, name="nowhere.contoso.test", record="A")
TLS = TlsProbe(vantage=Vantage.HERE, server=SIPFED, port=5061)
HTTP = HttpProbe(vantage=Vantage.HERE, url=f"https://{WEBDIR}/")


@pytest.fixture
def dispatcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dispatcher]:
    monkeypatch.setenv("CSREADY_EDGE_PASSWORD", "correct horse")
    no_such_name = ErrorReply("no", "ResourceUnavailable", "DNS_ERROR_RCODE_NAME_ERROR,Microsoft.DnsClient.Commands")
    build = CmdletReply((Thing((), {"Version": "7.0.2046.396"}),))
    edge_shell = Endpoint(
        "wsman",
        cmdlets={"Resolve-DnsName": CmdletReply(error=no_such_name)},
        language=True,
        modules={"SkypeForBusiness": {"Get-CsServerPatchVersion": build}},
    )
    authority = Authority("Lab root")
    (tmp_path / "root.pem").write_bytes(authority.pem)
    with (
        DnsServer(Zones({SIP_RECORD: DnsReply(("192.0.2.1",))}, ("contoso.test",))) as dns,
        SipServer(authority.issue(SIPFED).context()) as sip,
        WebServer(lambda request: WebReply(body=b"{}"), authority.issue(WEBDIR).context()) as web,
        WsmanServer(edge_shell, "svc", "correct horse", tls=authority.issue(EDGE).context()) as ps,
    ):
        addresses = {f"{SIPFED}:5061": sip.address, f"{WEBDIR}:443": web.address, f"{EDGE}:5986": ps.address}
        edge = RemotingEndpoint(
            vantage=Vantage.EDGE,
            host=EDGE,
            url=f"https://{EDGE}:5986/wsman",
            username="svc",
            password=Secret("CSREADY_EDGE_PASSWORD"),
            auth="basic",
        )
        network = NetworkSettings(
            resolvers={Vantage.DNS_EXTERNAL: (dns.address,)},
            ca_bundle=tmp_path / "root.pem",
            connect_to={name: f"{host}:{port}" for name, (host, port) in addresses.items()} | {"*": "refuse"},
        )
        dispatcher = Dispatcher(Connections(network=network, edges=(edge,)))
        yield dispatcher
        dispatcher.close()


def facts_of(dispatcher: Dispatcher, *probes: AnyProbe) -> dict[AnyProbe, Fact]:
    deadline = time.monotonic() + 5
    for probe in probes:
        dispatcher.send(probe, deadline)
    facts = [dispatcher.facts.get(timeout=6) for _ in probes]
    with pytest.raises(queue.Empty):
        dispatcher.facts.get(timeout=0.05)
    return {fact.probe: fact for fact in facts}


def test_each_probe_has_one_fact_from_its_wire(dispatcher: Dispatcher) -> None:
    began = datetime.now(UTC)
    facts = facts_of(dispatcher, AT_THE_EDGE, EXTERNAL, FROM_EDGE, TLS, HTTP)

    assert facts[AT_THE_EDGE].answer == Objects(rows=({"Version": "7.0.2046.396"},))
    assert facts[AT_THE_EDGE].source == f"https://{EDGE}:5986/wsman"
    assert isinstance(facts[EXTERNAL].answer, DnsAnswer)
    assert facts[FROM_EDGE].answer == DnsAnswer(rcode="NXDOMAIN")
    assert isinstance(facts[TLS].answer, TlsAnswer)
    assert isinstance(facts[HTTP].answer, HttpAnswer)
    for fact in facts.values():
        assert began <= fact.observed_at <= began + timedelta(seconds=6) and 0 <= fact.duration_ms < 6000


def test_what_was_sent_is_listed(dispatcher: Dispatcher) -> None:
    facts_of(dispatcher, AT_THE_EDGE, EXTERNAL, FROM_EDGE, TLS, HTTP)
    facts_of(dispatcher, AT_THE_EDGE, EXTERNAL)
    url = f"https://{EDGE}:5986/wsman"
    with_module = "Import-Module -Name SkypeForBusiness, Lync -ErrorAction SilentlyContinue; Get-CsServerPatchVersion"

    assert sorted(dispatcher.commands_run(), key=repr) == sorted(
        [
            CommandRun(where=url, as_whom="svc", what=with_module),
            CommandRun(where=url, as_whom="svc", what="Resolve-DnsName -Name nowhere.contoso.test -Type A -DnsOnly"),
            CommandRun(where="dns-external", as_whom="", what="2 DNS questions"),
            CommandRun(where="here", as_whom="", what="1 HTTP request"),
            CommandRun(where="here", as_whom="", what="1 TLS handshake"),
        ],
        key=repr,
    )


@pytest.mark.parametrize(
    ("probe", "expected"),
    [
        (TlsProbe(vantage=Vantage.OUTSIDE, server=SIPFED, port=5061), "no-access no-wire"),
        (TlsProbe(vantage=Vantage.EDGE, server=SIPFED, port=5061), "no-access no-wire"),
        (HttpProbe(vantage=Vantage.WORKSTATION, url="https://login.microsoftonline.com/"), "no-access no-wire"),
        (CmdletProbe(vantage=Vantage.HERE, cmdlet="Get-CsUser"), "no-access no-wire"),
        (CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsUser"), "no-access no-endpoint"),
        (CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenant"), "no-access no-endpoint"),
        (DnsProbe(vantage=Vantage.DNS_INTERNAL, name="contoso.test", record="A"), "no-access no-resolver"),
        (
            DnsProbe(vantage=Vantage.DNS_EDGE, host="edge09.contoso.test", name="a.b", record="A"),
            "no-access no-endpoint",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_what_nobody_can_ask_names_what_is_missing(dispatcher: Dispatcher, probe: AnyProbe, expected: str) -> None:
    answer = facts_of(dispatcher, probe)[probe].answer

    assert outcome(answer) == expected
    assert isinstance(answer, NoAnswer) and answer.needs
    assert dispatcher.commands_run() == ()


def test_a_question_outside_the_list_is_our_bug_and_not_sent(dispatcher: Dispatcher) -> None:
    probe = CmdletProbe(vantage=Vantage.EDGE, cmdlet="Remove-CsUser", parameters=(("Identity", "hunter2"),))
    answer = facts_of(dispatcher, probe)[probe].answer

    assert isinstance(answer, NoAnswer) and answer.reason is Reason.BUG
    assert "NotAllowed at" in answer.detail and "hunter2" not in answer.detail
    assert dispatcher.commands_run() == ()


def test_what_comes_from_a_file_alone_is_no_bug_and_not_sent(dispatcher: Dispatcher) -> None:
    probe = CmdletProbe(vantage=Vantage.WORKSTATION, cmdlet="whoami", parameters=(("groups", ""),))
    answer = facts_of(dispatcher, probe)[probe].answer

    assert outcome(answer) == "no-access no-wire"
    assert isinstance(answer, NoAnswer) and answer.file == "workstation/whoami--groups.json"
    assert dispatcher.commands_run() == ()


def test_a_question_for_all_that_was_tried_is_for_files_alone(dispatcher: Dispatcher) -> None:
    probe = CmdletProbe(vantage=Vantage.EDGE, host=EDGE, cmdlet="Test-NetConnection", parameters=(("Port", "80"),))
    answer = facts_of(dispatcher, probe)[probe].answer
    assert isinstance(answer, NoAnswer) and answer.code == "no-wire"
    assert answer.file == f"edge--{EDGE}/Test-NetConnection.json"


def test_what_is_late_already_is_not_answered(dispatcher: Dispatcher) -> None:
    for probe in (AT_THE_EDGE, EXTERNAL, FROM_EDGE, TLS, HTTP):
        dispatcher.send(probe, time.monotonic() - 1)

        answer = dispatcher.facts.get(timeout=1).answer
        assert isinstance(answer, NoAnswer) and answer.reason in (Reason.NOT_ASKED, Reason.TIMED_OUT)


def test_closing_leaves_no_thread_that_keeps_the_program(dispatcher: Dispatcher) -> None:
    before = set(threading.enumerate())
    facts_of(dispatcher, AT_THE_EDGE, TLS, HTTP)
    dispatcher.close()
    ours = [thread for thread in set(threading.enumerate()) - before if thread.name.startswith(("psrp", "probe"))]

    assert all(thread.daemon for thread in ours)

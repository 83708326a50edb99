"""The PowerShell wire against the lab's WS-Management server: what it sends, to whom, and what comes back."""

import queue
import time
from collections.abc import Mapping

import pytest

from checker.lab.powershell_objects import Behaviour, CmdletReply, Endpoint, Thing
from checker.model.answers import Objects
from checker.model.facts import CommandRun
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import NotAllowed
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import (
    FE01,
    FE02,
    OFFICE365,
    PROVIDERS,
    ROW,
    SIP_DOMAINS,
    URL,
    USER,
    RemotingLab,
    offering,
    over_winrm,
)


def test_objects_come_back_as_rows(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))))

    assert ask(lab.wire(), PROVIDERS) == Reply(Objects(rows=(ROW,)), URL)


def test_no_output_is_the_answer_none(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply()))

    assert ask(lab.wire(), PROVIDERS).answer == Objects(rows=())


def test_one_session_serves_many_cmdlets(lab: RemotingLab) -> None:
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


def test_parameters_arrive_as_what_they_are(lab: RemotingLab) -> None:
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


def test_nothing_outside_the_list_is_sent(lab: RemotingLab) -> None:
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


def test_each_front_end_is_asked_itself(lab: RemotingLab) -> None:
    for host in (FE01, FE02):
        patch = Thing((), {"ComponentName": host})
        lab.serve(Endpoint(cmdlets={"Get-CsServerPatchVersion": CmdletReply((patch,))}), host)
    wire = lab.wire()

    def asked(host: str) -> Reply:
        return ask(wire, CmdletProbe(vantage=Vantage.ONPREM, host=host, cmdlet="Get-CsServerPatchVersion"))

    assert asked("").answer == asked("FE01.contoso.test.").answer == Objects(rows=({"ComponentName": FE01},))
    assert asked(FE02) == Reply(Objects(rows=({"ComponentName": FE02},)), f"https://{FE02}/OcsPowershell")


def test_edges_are_told_apart_by_host(lab: RemotingLab) -> None:
    edges = []
    for host in ("edge01.contoso.test", "edge02.contoso.test"):
        reply = CmdletReply((Thing((), {"ComponentName": host}),))
        modules = {"Lync": {"Get-CsServerPatchVersion": reply}}
        lab.serve(Endpoint("wsman", modules=modules, language=True), host, port=5986)
        edges.append(over_winrm(Vantage.EDGE, host))
    wire = lab.wire(*edges)

    def asked(host: str) -> Reply:
        return ask(wire, CmdletProbe(vantage=Vantage.EDGE, host=host, cmdlet="Get-CsServerPatchVersion"))

    assert asked("edge02.contoso.test").answer == Objects(rows=({"ComponentName": "edge02.contoso.test"},))
    assert asked("").answer == Objects(rows=({"ComponentName": "edge01.contoso.test"},))
    assert outcome(asked("edge03.contoso.test").answer) == "no-access no-endpoint"


def test_what_takes_long_is_told_while_it_lasts(lab: RemotingLab) -> None:
    objects = tuple(Thing((), {"Number": number}) for number in range(4200))
    lab.serve(offering(CmdletReply(objects, behaviour=Behaviour.HALF)))
    wire = lab.wire()
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    assert wire.under_way == ""

    wire.send(PROVIDERS, time.monotonic() + 5, replies.put)
    while wire.under_way != f"Get-CsHostingProvider at {FE01}: 2,100 objects":
        assert replies.empty()
        time.sleep(0.01)

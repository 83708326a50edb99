"""The PowerShell wire against the lab's WS-Management server: what it sends, to whom, and what comes back."""

import time
from collections.abc import Mapping

import pytest

from checker.lab.powershell_objects import CmdletReply, Endpoint, Thing
from checker.model.answers import Objects
from checker.model.facts import CommandRun
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import NotAllowed
from checker.probers.connections import RemotingEndpoint, Secret
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
    with_auth,
)


@pytest.mark.parametrize("auth", ["basic", "ntlm", "negotiate"])
def test_objects_come_back_as_rows(lab: RemotingLab, auth: str) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))))

    reply = ask(lab.wire(onprem=with_auth(auth)), PROVIDERS)

    assert reply == Reply(Objects(rows=(ROW,)), URL)


def test_messages_are_encrypted_where_tls_is_not(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))), port=5985, over_tls=False)

    reply = ask(lab.wire(onprem=with_auth("negotiate", f"http://{FE01}:5985/OcsPowershell")), PROVIDERS)

    assert reply.answer == Objects(rows=(ROW,))


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

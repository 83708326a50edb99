"""The tenant asked over the Teams module of the workstation: signed in within one pipeline, and tokens seen nowhere."""

import time
from collections.abc import Mapping

import pytest

from checker.lab.powershell_objects import Cmdlet, CmdletReply, Endpoint, ErrorReply, Thing
from checker.lab.wsman_server import WsmanServer
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import AllowedCommand, NotAllowed
from checker.probers.powershell_wire import PowerShellWire, Prelude
from checker.probers.psrp_pipelines import connect_teams
from checker.probers.wire import Deliver, Reply
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import ONPREM, PROVIDERS, RemotingLab, over_winrm

ADMIN = "admin01.contoso.test"
GRAPH, TEAMS = "eyJ.graph-planted.sig", "eyJ.teams-planted.sig"
TENANT = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsTenant", properties=("TenantId",))
POLICY = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-CsExternalAccessPolicy")


def signed_in() -> AllowedCommand:
    return connect_teams(GRAPH, TEAMS)


class SignedIn:
    """The wire as its caller for the tenant sees it."""

    def __init__(self, wire: PowerShellWire, prelude: Prelude = signed_in) -> None:
        self._wire = wire
        self._prelude = prelude

    def send(self, probe: CmdletProbe, deadline: float, deliver: Deliver) -> None:
        self._wire.send_with_prelude(probe, deadline, deliver, self._prelude)

    def close(self) -> None:
        self._wire.close()


SIGNED_IN = CmdletReply((Thing((), {"Account": "somebody"}),))


def module(lab: RemotingLab, connect: Cmdlet = SIGNED_IN, **more: Cmdlet) -> WsmanServer:
    cmdlets: dict[str, Cmdlet] = {
        "Connect-MicrosoftTeams": connect,
        "Get-CsTenant": CmdletReply((Thing((), {"TenantId": "42", "DisplayName": "Contoso"}),)),
        "Get-CsExternalAccessPolicy": CmdletReply((Thing((), {"Identity": "of the tenant"}),)),
        **more,
    }
    on_premises: dict[str, Cmdlet] = {
        "Get-CsExternalAccessPolicy": CmdletReply((Thing((), {"Identity": "of the servers"}),))
    }
    modules = {"MicrosoftTeams": cmdlets, "SkypeForBusiness": on_premises}
    return lab.serve(Endpoint("wsman", language=True, modules=modules), ADMIN, port=5986)


def wire(lab: RemotingLab) -> PowerShellWire:
    return lab.wire(workstation=over_winrm(Vantage.WORKSTATION, ADMIN))


def test_one_pipeline_imports_signs_in_and_asks(lab: RemotingLab) -> None:
    received: list[Mapping[str, object]] = []

    def connect(parameters: Mapping[str, object]) -> CmdletReply:
        received.append(dict(parameters))
        return SIGNED_IN

    module(lab, connect)
    asked = wire(lab)

    answer = ask(SignedIn(asked), TENANT).answer

    assert isinstance(answer, Objects) and [row["TenantId"] for row in answer.rows] == ["42"]
    assert received == [{"AccessTokens": [GRAPH, TEAMS]}]
    [run] = asked.commands_run()
    assert run.what == (
        "Import-Module -Name MicrosoftTeams -ErrorAction SilentlyContinue; Connect-MicrosoftTeams -AccessTokens "
        "(2 secrets) | Out-Null; Get-CsTenant | Select-Object -Property TenantI[d]"
    )


def test_the_servers_module_does_not_answer_for_the_tenant(lab: RemotingLab) -> None:
    module(lab)

    answer = ask(SignedIn(wire(lab)), POLICY).answer

    assert isinstance(answer, Objects) and [row["Identity"] for row in answer.rows] == ["of the tenant"]


def test_without_the_module_it_is_named(lab: RemotingLab) -> None:
    lab.serve(Endpoint("wsman", language=True), ADMIN, port=5986)

    answer = ask(SignedIn(wire(lab)), TENANT).answer

    assert outcome(answer) == "no-access module-not-found"
    assert isinstance(answer, NoAnswer) and "the module MicrosoftTeams did not bring it" in answer.detail
    assert ADMIN in answer.detail


def test_tokens_are_seen_nowhere(
    lab: RemotingLab, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")

    def quotes_what_it_was_given(parameters: Mapping[str, object]) -> CmdletReply:
        return CmdletReply(error=ErrorReply(f"Cannot use {parameters['AccessTokens']}.", "AuthenticationError"))

    module(lab, quotes_what_it_was_given)
    asked = wire(lab)

    answer = ask(SignedIn(asked), TENANT).answer

    assert isinstance(answer, NoAnswer) and "(secret)" in answer.detail
    everything = f"{answer}{asked.commands_run()}{signed_in()!r}{signed_in()}{caplog.text}{capfd.readouterr()}"
    assert "planted" not in everything


def test_a_role_of_the_tenant_is_named_where_it_is_missing(lab: RemotingLab) -> None:
    denied = ErrorReply("Access denied.", "PermissionDenied")
    module(lab, **{"Get-CsTenant": CmdletReply(error=denied)})

    answer = ask(SignedIn(wire(lab)), TENANT).answer

    assert isinstance(answer, NoAnswer) and answer.needs == "Global Reader in the tenant"


def test_nobody_signed_in_and_nothing_is_sent(lab: RemotingLab) -> None:
    nobody = NoAnswer(reason=Reason.NO_ACCESS, code="no-token", detail="no token")
    asked = wire(lab)

    assert ask(SignedIn(asked, lambda: nobody), TENANT) == Reply(nobody, "")
    assert asked.commands_run() == ()


def test_it_needs_a_workstation_with_a_language(lab: RemotingLab) -> None:
    restricted = lab.wire(workstation=over_winrm(Vantage.WORKSTATION, ADMIN, "CsReadiness"))

    assert outcome(ask(SignedIn(lab.wire()), TENANT).answer) == "no-access no-endpoint"
    assert outcome(ask(SignedIn(restricted), TENANT).answer) == "no-access needs-language"


def test_each_way_in_takes_its_own_questions_only(lab: RemotingLab) -> None:
    asked = lab.wire(onprem=ONPREM)
    with pytest.raises(NotAllowed):
        asked.send(TENANT, time.monotonic() + 1, lambda reply: pytest.fail(str(reply)))
    with pytest.raises(NotAllowed):
        SignedIn(asked).send(PROVIDERS, time.monotonic() + 1, lambda reply: pytest.fail(str(reply)))

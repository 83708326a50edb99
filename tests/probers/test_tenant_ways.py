"""Which way a question about the tenant takes: over REST, over the module of the workstation, or none."""

from collections.abc import Mapping

import pytest

from checker.lab.powershell_objects import Cmdlet, CmdletReply, Endpoint, Thing
from checker.model.answers import Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import NotAllowed
from checker.probers.connections import Secret, TenantEndpoint
from checker.probers.tenant_wire import TenantWire
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import RemotingLab, over_winrm

ADMIN = "admin01.contoso.test"
TOKENS = {"TEAMS": "eyJ.teams-planted", "GRAPH": "eyJ.graph-planted"}


def cmdlet(name: str, **parameters: str) -> CmdletProbe:
    return CmdletProbe(vantage=Vantage.TENANT, cmdlet=name, parameters=tuple(parameters.items()))


SIP_DOMAINS = cmdlet("Get-CsOnlineSipDomain")
FEDERATION = cmdlet("Get-CsTenantFederationConfiguration")


class Workstation:
    """With the module; ``connected`` is what it was signed in with."""

    def __init__(self, lab: RemotingLab) -> None:
        self.connected: list[Mapping[str, object]] = []
        self.lab = lab
        cmdlets: dict[str, Cmdlet] = {
            "Connect-MicrosoftTeams": self._connect,
            SIP_DOMAINS.cmdlet: CmdletReply((Thing((), {"Name": "contoso.com", "Status": "Enabled"}),)),
            FEDERATION.cmdlet: CmdletReply((Thing((), {"Identity": "Global"}),)),
        }
        lab.serve(Endpoint("wsman", language=True, modules={"MicrosoftTeams": cmdlets}), ADMIN, port=5986)

    def _connect(self, parameters: Mapping[str, object]) -> CmdletReply:
        self.connected.append(dict(parameters))
        return CmdletReply()

    def wire(self, cloud: Cloud = Cloud.WORLDWIDE, *, allowed: bool = True, has_tokens: bool = True) -> TenantWire:
        endpoint = TenantEndpoint(
            cloud=cloud,
            module_on_workstation=allowed,
            token=Secret("TEAMS", TOKENS if has_tokens else {}),
            graph_token=Secret("GRAPH", TOKENS),
        )
        powershell = self.lab.wire(workstation=over_winrm(Vantage.WORKSTATION, ADMIN))
        return TenantWire(self.lab.network(), endpoint, powershell)


@pytest.fixture
def workstation(lab: RemotingLab) -> Workstation:
    return Workstation(lab)


@pytest.mark.parametrize(
    ("cloud", "probe", "environment"),
    [
        (Cloud.WORLDWIDE, SIP_DOMAINS, {}),
        (Cloud.GCC, SIP_DOMAINS, {}),
        (Cloud.GCC_HIGH, SIP_DOMAINS, {"TeamsEnvironmentName": "TeamsGCCH"}),
        (Cloud.CHINA, SIP_DOMAINS, {"TeamsEnvironmentName": "TeamsChina"}),
        (Cloud.DOD, FEDERATION, {"TeamsEnvironmentName": "TeamsDOD"}),
    ],
)
def test_what_has_no_route_in_the_cloud_is_asked_of_the_module(
    workstation: Workstation, cloud: Cloud, probe: CmdletProbe, environment: dict[str, str]
) -> None:
    wire = workstation.wire(cloud)

    assert wire.asks_module(probe)
    reply = ask(wire, probe, within_s=5)
    assert isinstance(reply.answer, Objects) and len(reply.answer.rows) == 1
    assert reply.source == f"https://{ADMIN}:5986/wsman"
    assert workstation.connected == [{"AccessTokens": [TOKENS["GRAPH"], TOKENS["TEAMS"]], **environment}]
    wire.close()


def test_what_has_a_route_takes_it(workstation: Workstation) -> None:
    wire = workstation.wire()

    assert not wire.asks_module(FEDERATION)
    assert outcome(ask(wire, FEDERATION).answer) == "unreachable not-mapped"
    assert workstation.connected == []
    wire.close()


@pytest.mark.parametrize("probe", [SIP_DOMAINS, cmdlet("Get-CsOnlineUser"), cmdlet("Get-CsTenant")])
def test_without_leave_the_module_is_left_alone_and_the_choice_is_named(
    workstation: Workstation, probe: CmdletProbe
) -> None:
    wire = workstation.wire(allowed=False)
    answer = ask(wire, probe).answer

    assert outcome(answer) == "no-access no-route"
    assert isinstance(answer, NoAnswer) and "module_on_workstation = true" in answer.needs
    assert workstation.connected == []
    wire.close()


def test_a_question_that_the_module_has_no_cmdlet_for_names_no_module(workstation: Workstation) -> None:
    wire = workstation.wire()
    answer = ask(wire, cmdlet("Get-MgUserTransitiveMemberOf")).answer

    assert isinstance(answer, NoAnswer) and (answer.code, answer.needs) == ("no-route", "")
    wire.close()


def test_without_both_tokens_nobody_is_signed_in(workstation: Workstation) -> None:
    wire = workstation.wire(has_tokens=False)

    assert outcome(ask(wire, SIP_DOMAINS).answer) == "no-access no-token"
    assert workstation.connected == []
    wire.close()


def test_what_is_not_in_the_list_is_refused_before_anybody_signs_in(workstation: Workstation) -> None:
    wire = workstation.wire()
    with pytest.raises(NotAllowed):
        ask(wire, cmdlet("Get-CsOnlineSipDomain", Domain="contoso.com"))
    wire.close()


def test_no_workstation_is_named(lab: RemotingLab) -> None:
    endpoint = TenantEndpoint(
        cloud=Cloud.WORLDWIDE,
        module_on_workstation=True,
        token=Secret("TEAMS", TOKENS),
        graph_token=Secret("GRAPH", TOKENS),
    )
    wire = TenantWire(lab.network(), endpoint, lab.wire())
    answer = ask(wire, SIP_DOMAINS).answer

    assert outcome(answer) == "no-access no-endpoint"
    assert isinstance(answer, NoAnswer) and "[workstation]" in answer.needs
    wire.close()

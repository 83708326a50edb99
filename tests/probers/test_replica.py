"""An Edge's replica of the store stands in for a Front End that nobody may ask."""

import pytest

from checker.lab.powershell_objects import CmdletReply, Endpoint, Thing
from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import ONPREM, PROVIDERS, SIP_DOMAINS, RemotingLab, offering, over_winrm

EDGE = "edge01.contoso.test"


def test_without_a_front_end_the_edge_is_asked_for_what_it_has(lab: RemotingLab) -> None:
    reply = CmdletReply((Thing((), {"Name": "from the replica"}),))
    modules = {"SkypeForBusiness": {"Get-CsHostingProvider": reply}}
    server = lab.serve(Endpoint("wsman", language=True, modules=modules), EDGE, port=5986)
    wire = lab.wire(over_winrm(Vantage.EDGE, EDGE), onprem=None)

    found = ask(wire, PROVIDERS)

    assert found.answer == Objects(rows=({"Name": "from the replica"},))
    assert found.source == f"https://{EDGE}:5986/wsman (replica of {EDGE})"
    assert ("Get-CsHostingProvider", {"LocalStore": None}) in [(name, dict(given)) for name, given in server.commands]


@pytest.mark.parametrize(
    "probe",
    [
        SIP_DOMAINS,
        CmdletProbe(vantage=Vantage.ONPREM, host="fe02.contoso.test", cmdlet="Get-CsHostingProvider"),
        CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider", parameters=(("Identity", "x"),)),
    ],
)
def test_what_the_replica_does_not_have_is_not_asked_of_it(lab: RemotingLab, probe: CmdletProbe) -> None:
    wire = lab.wire(over_winrm(Vantage.EDGE, EDGE), onprem=None)

    assert outcome(ask(wire, probe).answer) == "no-access no-endpoint"


def test_a_front_end_that_is_configured_is_asked_itself(lab: RemotingLab) -> None:
    lab.serve(offering(CmdletReply()))
    wire = lab.wire(over_winrm(Vantage.EDGE, EDGE), onprem=ONPREM)

    assert ask(wire, PROVIDERS).source == ONPREM.url

"""What stands around a cmdlet: modules on plain WinRM, a selection where one is offered, else nothing."""

import queue
import time
from dataclasses import replace

import pytest

from checker.lab.powershell_objects import CmdletReply, Endpoint, ErrorReply, Thing
from checker.lab.wsman_server import WsmanServer
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import allowed_command
from checker.probers.connections import RemotingEndpoint
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.psrp_pipelines import EndpointKind, Phrasing
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import FE01, ONPREM, PROVIDERS, RemotingLab, over_winrm

PROPERTIES = ("Name", "Enabled", "AutodiscoverUrl")
SELECTED = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider", properties=PROPERTIES)
PROVIDER = CmdletReply(
    (Thing(("DisplayHostingProvider", "System.Object"), {"Name": "Office365", "Enabled": True, "Other": "x" * 99}),)
)
OLD_TYPE = {"Name": "Office365", "Enabled": True}  # AutodiscoverUrl is not known to Lync 2010
REGISTRY = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-ItemProperty",
    parameters=(("Path", r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion"), ("Name", "CurrentBuildNumber")),
)
WINRM = over_winrm(Vantage.ONPREM, FE01)
JEA = over_winrm(Vantage.ONPREM, FE01, "CsReadiness")


def names(server: WsmanServer) -> list[str]:
    return [cmdlet for cmdlet, _ in server.commands]


def properties(answer: object) -> list[dict[str, object]]:
    assert isinstance(answer, Objects)
    return [{name: value for name, value in row.items() if not name.startswith("@")} for row in answer.rows]


def test_only_what_is_read_crosses_the_wire_and_what_is_missing_stays_missing(lab: RemotingLab) -> None:
    lab.serve(Endpoint(cmdlets={"Get-CsHostingProvider": PROVIDER}))
    wire = lab.wire()

    answer = ask(wire, SELECTED).answer

    assert properties(answer) == [OLD_TYPE]
    assert isinstance(answer, Objects) and answer.rows[0]["@type"].endswith("DisplayHostingProvider")
    assert [run.what for run in wire.commands_run()] == [
        "Get-CsHostingProvider | Select-Object -Property Nam[e], Enable[d], AutodiscoverUr[l]"
    ]


@pytest.mark.parametrize("selectable", [(), ("Name", "Count", "HelpUri")], ids=["absent", "restricted"])
def test_an_endpoint_without_a_selection_is_asked_for_one_once(lab: RemotingLab, selectable: tuple[str, ...]) -> None:
    server = lab.serve(Endpoint(cmdlets={"Get-CsHostingProvider": PROVIDER}, selectable=selectable))
    wire = lab.wire()

    for _ in range(3):
        assert properties(ask(wire, SELECTED).answer) == [OLD_TYPE]
    assert names(server).count("Select-Object") == 1
    assert names(server).count("Get-CsHostingProvider") == 4


def test_what_was_begun_ahead_with_a_selection_is_run_again_without(lab: RemotingLab) -> None:
    cmdlets = {"Get-CsHostingProvider": PROVIDER, "Get-CsSipDomain": CmdletReply((Thing((), {"Name": "a.com"}),))}
    lab.serve(Endpoint(cmdlets=cmdlets, selectable=()))
    domains = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsSipDomain", properties=("Name",))

    assert together(lab.wire(), SELECTED, domains, SELECTED) == ["Objects"] * 3


def together(wire: PowerShellWire, *probes: CmdletProbe) -> list[str]:
    """The outcomes of probes that are all asked before the first one is answered."""
    replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    for probe in probes:
        wire.send(probe, time.monotonic() + 5, replies.put)
    return [outcome(replies.get(timeout=6).answer) for _ in probes]


def test_a_cmdlet_without_named_properties_is_not_projected(lab: RemotingLab) -> None:
    server = lab.serve(Endpoint(cmdlets={"Get-CsHostingProvider": PROVIDER}))
    ask(lab.wire(), PROVIDERS)

    assert names(server) == ["Get-CsHostingProvider"]


def test_an_error_of_the_cmdlet_itself_is_not_blamed_on_the_selection(lab: RemotingLab) -> None:
    failing = CmdletReply(error=ErrorReply("SQL is down.", "ResourceUnavailable", "SqlDown,Get", terminating=True))
    server = lab.serve(Endpoint(cmdlets={"Get-CsHostingProvider": failing}))

    assert outcome(ask(lab.wire(), SELECTED).answer) == "refused SqlDown"
    assert names(server) == ["Get-CsHostingProvider", "Select-Object"]


@pytest.mark.parametrize("module", ["SkypeForBusiness", "Lync"])
def test_on_plain_winrm_each_pipeline_imports_the_module_that_is_there(lab: RemotingLab, module: str) -> None:
    modules = {module: {"Get-CsHostingProvider": PROVIDER}}
    server = lab.serve(Endpoint("wsman", language=True, modules=modules), port=5986)
    wire = lab.wire(onprem=WINRM)

    assert [properties(ask(wire, SELECTED).answer) for _ in range(2)] == [[OLD_TYPE]] * 2
    assert names(server) == ["Import-Module", "Get-CsHostingProvider", "Select-Object"] * 2
    assert dict(server.commands[0][1]) == {"Name": ["SkypeForBusiness", "Lync"], "ErrorAction": "SilentlyContinue"}


def test_without_either_module_cmdlet_machine_and_modules_are_named(lab: RemotingLab) -> None:
    lab.serve(Endpoint("wsman", language=True), port=5986)

    answer = ask(lab.wire(onprem=WINRM), SELECTED).answer

    assert outcome(answer) == "no-access module-not-found"
    assert isinstance(answer, NoAnswer)
    assert answer.detail == (
        f"https://{FE01}:5986/wsman: no Get-CsHostingProvider there: importing the module SkypeForBusiness or Lync did "
        "not bring it"
    )


def test_an_error_while_importing_is_told_as_it_came(lab: RemotingLab) -> None:
    """Not "no such module", which is silent: one that is there and cannot be loaded."""
    cmdlets = {"Import-Module": CmdletReply(error=ErrorReply("Broken manifest.", "InvalidData", "Modules_Broken,X"))}
    lab.serve(Endpoint("wsman", cmdlets={**cmdlets, "Get-CsHostingProvider": PROVIDER}), port=5986)

    assert outcome(ask(lab.wire(onprem=WINRM), PROVIDERS).answer) == "refused Modules_Broken"


def test_where_import_module_is_not_offered_the_cmdlet_is_asked_alone(lab: RemotingLab) -> None:
    server = lab.serve(Endpoint("wsman", cmdlets={"Get-CsHostingProvider": PROVIDER}), port=5986)
    wire = lab.wire(onprem=WINRM)

    assert [outcome(ask(wire, PROVIDERS).answer) for _ in range(2)] == ["Objects"] * 2
    assert names(server) == ["Import-Module", *["Get-CsHostingProvider"] * 3]


def test_what_is_not_of_the_product_needs_no_module(lab: RemotingLab) -> None:
    resolve = CmdletProbe(
        vantage=Vantage.ONPREM, cmdlet="Resolve-DnsName", parameters=(("Name", "a.com"), ("Type", "A"))
    )
    server = lab.serve(Endpoint("wsman", language=True, cmdlets={"Resolve-DnsName": CmdletReply()}), port=5986)
    ask(lab.wire(onprem=WINRM), resolve)

    assert names(server) == ["Resolve-DnsName"]


def test_a_jea_endpoint_is_sent_single_cmdlets_by_its_configuration_name(lab: RemotingLab) -> None:
    endpoint = Endpoint("wsman", "CsReadiness", {"Get-CsHostingProvider": PROVIDER}, selectable=("Name", "Count"))
    server = lab.serve(endpoint, port=5986)

    assert outcome(ask(lab.wire(onprem=JEA), PROVIDERS).answer) == "Objects"
    assert names(server) == ["Get-CsHostingProvider"]


@pytest.mark.parametrize("onprem", [ONPREM, JEA], ids=["OcsPowershell", "JEA"])
def test_a_path_is_not_read_where_there_may_be_no_provider(lab: RemotingLab, onprem: RemotingEndpoint) -> None:
    """There, "no such drive" is filed under ObjectNotFound, and would be taken for "nothing is set"."""
    wire = lab.wire(onprem=onprem)

    answer = ask(wire, REGISTRY).answer

    assert outcome(answer) == "no-access needs-language"
    assert isinstance(answer, NoAnswer) and "endpoint with a language" in answer.detail and "/wsman" in answer.needs
    assert wire.commands_run() == ()


@pytest.mark.parametrize(
    ("url", "configuration", "kind"),
    [
        ("https://fe01.contoso.com/OcsPowershell", "Microsoft.PowerShell", EndpointKind.RBAC),
        ("https://fe01.contoso.com/ocspowershell/", "Microsoft.PowerShell", EndpointKind.RBAC),
        ("http://fe01.contoso.com:5985/wsman", "microsoft.powershell", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/WSMan/", "Microsoft.PowerShell", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/wsman", "Microsoft.PowerShell32", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/wsman", "microsoft.powershell.workflow", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/wsman", "PowerShell.7", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/wsman", "powershell.7.4.1", EndpointKind.WINRM),
        ("https://fe01.contoso.com:5986/wsman", "PowerShellReaders", EndpointKind.JEA),
        ("https://fe01.contoso.com:5986/wsman", "CsReadiness", EndpointKind.JEA),
        ("https://fe01.contoso.com/elsewhere", "Microsoft.PowerShell", EndpointKind.RBAC),
    ],
)
def test_the_kind_is_told_by_path_and_configuration(url: str, configuration: str, kind: EndpointKind) -> None:
    endpoint = over_winrm(Vantage.ONPREM, "fe01.contoso.com", configuration)

    assert EndpointKind.of(replace(endpoint, url=url)) is kind


@pytest.mark.parametrize(
    ("endpoint", "asked", "runs"),
    [
        (ONPREM, "Resolve-DnsName", False),
        (JEA, "Resolve-DnsName", True),
        (WINRM, "Resolve-DnsName", True),
        (ONPREM, "Get-CsPool", True),
        (JEA, "Get-CsPool", True),
    ],
)
def test_what_each_kind_can_run(endpoint: RemotingEndpoint, asked: str, runs: bool) -> None:
    parameters = (("Name", "a.com"), ("Type", "A")) if asked == "Resolve-DnsName" else ()
    command = allowed_command(CmdletProbe(vantage=Vantage.ONPREM, cmdlet=asked, parameters=parameters))

    assert Phrasing(endpoint).kind.can_run(command) is runs

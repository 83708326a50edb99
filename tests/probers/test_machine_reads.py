"""Registry, web and file versions over remoting: the rows that files of the same cmdlets have."""

from collections.abc import Mapping

import pytest

from checker.lab.powershell_objects import Cmdlet, CmdletReply, Endpoint, ErrorReply, Thing, Value
from checker.model.answers import AnyAnswer, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.readings.web_requests import WebReply, web_reply, web_request
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import RemotingLab, over_winrm

ADMIN = "admin01.contoso.test"
TLS = r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client"
LOGIN = "https://login.microsoftonline.com/"
DLL = r"C:\Program Files\Common Files\Microsoft Lync Server 2013\Modules\Lync\Microsoft.Rtc.Management.dll"
WEB_ERROR = "WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeWebRequestCommand"


def answered(lab: RemotingLab, probe: CmdletProbe, cmdlet: Cmdlet) -> AnyAnswer | NoAnswer:
    lab.serve(Endpoint("wsman", cmdlets={probe.cmdlet: cmdlet}, language=True), ADMIN, port=5986)
    return ask(lab.wire(workstation=over_winrm(Vantage.WORKSTATION, ADMIN)), probe).answer


def registry(name: str = "Enabled") -> CmdletProbe:
    return CmdletProbe(
        vantage=Vantage.WORKSTATION,
        cmdlet="Get-ItemProperty",
        parameters=(("Path", TLS), ("Name", name)),
        properties=("Path", "Name", "Value"),
    )


def reply(**properties: Value) -> CmdletReply:
    return CmdletReply((Thing(("System.Object",), properties),))


def failed(message: str, category: str, identifier: str) -> CmdletReply:
    return CmdletReply(error=ErrorReply(message, category, identifier))


def test_a_registry_value_is_a_row(lab: RemotingLab) -> None:
    answer = answered(lab, registry(), reply(Enabled=1, PSPath="Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL..."))

    assert answer == Objects(rows=({"Path": TLS, "Name": "Enabled", "Value": 1},))


@pytest.mark.parametrize(
    "error",
    [
        failed(
            "Property Enabled does not exist at path HKEY_LOCAL_MACHINE\\SYSTEM.",
            "InvalidArgument",
            "System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
        ),
        failed(
            f"Cannot find path '{TLS}' because it does not exist.",
            "ObjectNotFound",
            "PathNotFound,Microsoft.PowerShell.Commands.GetItemPropertyCommand",
        ),
    ],
    ids=["value", "key"],
)
def test_what_is_not_set_was_asked_all_the_same(lab: RemotingLab, error: CmdletReply) -> None:
    assert answered(lab, registry(), error) == Objects(rows=({"Path": TLS, "Name": "Enabled", "Value": None},))


def test_a_key_that_may_not_be_read_is_not_one_that_is_not_set(lab: RemotingLab) -> None:
    denied = failed("Requested registry access is not allowed.", "PermissionDenied", "SecurityException,X")

    assert outcome(answered(lab, registry(), denied)) == "no-access access-denied"


def test_an_object_without_the_value_is_malformed(lab: RemotingLab) -> None:
    assert outcome(answered(lab, registry(), reply(Other=1))) == "malformed not-as-expected"


def test_a_page_is_a_row_with_its_status(lab: RemotingLab) -> None:
    asked: list[Mapping[str, object]] = []

    def get(parameters: Mapping[str, object]) -> CmdletReply:
        asked.append(dict(parameters))
        return reply(StatusCode=200, Content="{}", RawContent="x" * 999)

    answer = answered(lab, web_request(LOGIN), get)

    assert answer == Objects(rows=({"Uri": LOGIN, "StatusCode": 200, "Content": "{}"},))
    assert asked == [{"Uri": LOGIN, "UseBasicParsing": None, "TimeoutSec": 20}]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("The remote server returned an error: (404) Not Found.", 404),
        ("The remote name could not be resolved: 'login.microsoftonline.com'", 0),
        ("The request was aborted: Could not create SSL/TLS secure channel.", 0),
    ],
)
def test_a_web_error_is_the_answer(lab: RemotingLab, message: str, expected: int) -> None:
    answer = answered(lab, web_request(LOGIN), failed(message, "InvalidOperation", WEB_ERROR))

    assert isinstance(answer, Objects)
    assert web_reply(answer, LOGIN) == WebReply(expected, message, None)


def test_another_error_of_the_cmdlet_is_no_answer(lab: RemotingLab) -> None:
    answer = answered(lab, web_request(LOGIN), failed("It broke.", "NotSpecified", "Broken,Invoke"))

    assert outcome(answer) == "refused Broken"


@pytest.mark.parametrize(
    "url",
    [
        "http://login.microsoftonline.com/",
        "https://intranet.contoso.com/",
        "https://login.microsoftonline.com.evil.test/",
        "https://user@login.microsoftonline.com/",
        "https://login.microsoftonline.com\\@evil.test/",
        "https://evil.test/?https://login.microsoftonline.com/",
        "https://a.b.online.lync.com/",
    ],
)
def test_only_hosts_of_the_cloud_are_asked_and_over_https(lab: RemotingLab, url: str) -> None:
    wire = lab.wire(workstation=over_winrm(Vantage.WORKSTATION, ADMIN))

    assert outcome(ask(wire, web_request(url)).answer) == "no-access value-not-listed"
    assert wire.commands_run() == ()


@pytest.mark.parametrize(
    "version",
    [
        Thing(("System.Diagnostics.FileVersionInfo",), {"FileVersion": "5.0.8308.1182", "FileName": DLL}),
        f"File:             {DLL}\r\nInternalName:     x.dll\r\nFileVersion:      5.0.8308.1182\r\nDebug:  False",
    ],
)
def test_the_version_of_a_file_is_read_as_object_or_text(lab: RemotingLab, version: Value) -> None:
    probe = CmdletProbe(vantage=Vantage.WORKSTATION, cmdlet="Get-Item", parameters=(("Path", DLL),))
    answer = answered(lab, probe, reply(Name="Microsoft.Rtc.Management.dll", VersionInfo=version, Length=1))

    assert answer == Objects(rows=({"Name": "Microsoft.Rtc.Management.dll", "FileVersion": "5.0.8308.1182"},))


def test_certificates_and_connections_are_rows_as_they_are(lab: RemotingLab) -> None:
    wanted = ("Subject", "Issuer", "Thumbprint")
    store = (("Path", r"Cert:\LocalMachine\Root"),)
    probe = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-ChildItem", parameters=store, properties=wanted)
    root = {"Subject": "CN=Root", "Issuer": "CN=Root", "Thumbprint": "AA", "RawData": "x"}
    certificate = Thing(("System.Security.Cryptography.X509Certificates.X509Certificate2", "System.Object"), root)
    lab.serve(Endpoint("wsman", cmdlets={"Get-ChildItem": CmdletReply((certificate,))}, language=True), ADMIN, 5986)

    answer = ask(lab.wire(onprem=over_winrm(Vantage.ONPREM, ADMIN)), probe).answer

    assert isinstance(answer, Objects)
    assert [{name: row.get(name) for name in root} for row in answer.rows] == [{**root, "RawData": None}]

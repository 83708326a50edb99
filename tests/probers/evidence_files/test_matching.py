"""Questions with parameters: which file and which row is about them, and what it means that none is."""

from pathlib import Path

import pytest

from checker.model.answers import Json
from checker.model.probes import Vantage
from tests.probers.evidence_files.making import cmdlet, evidence, onprem, said

SIPFED = "sipfed.online.lync.com"
REACHED: dict[str, Json] = {"ComputerName": SIPFED, "RemotePort": 5061, "TcpTestSucceeded": True}
CONNECTION = cmdlet(Vantage.EDGE, "Test-NetConnection", "TcpTestSucceeded", ComputerName=SIPFED, Port="5061")


@pytest.mark.parametrize(
    ("row", "is_about"),
    [
        (REACHED, True),
        (REACHED | {"ComputerName": "SIPFED.online.lync.com.", "RemotePort": "5061"}, True),
        ({"computername": SIPFED, "REMOTEPORT": 5061}, True),
        (REACHED | {"RemotePort": 443}, False),
        (REACHED | {"ComputerName": "sipdir.online.lync.com"}, False),
        ({"RemotePort": 5061, "TcpTestSucceeded": True}, False),
        ({"ComputerName": [SIPFED], "RemotePort": 5061}, False),
    ],
)
def test_a_connection_is_about_one_computer_and_port(tmp_path: Path, row: dict[str, Json], is_about: bool) -> None:
    files = evidence(tmp_path, {"edge/Test-NetConnection--x.json": [REACHED | {"RemotePort": 80}, row]})

    found = said(files, CONNECTION)

    assert (found == "no-access not-in-file") is not is_about


def test_what_was_tried_from_outside_answers_for_the_outside(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"outside/Test-NetConnection--edge.json": REACHED})

    assert said(files, cmdlet(Vantage.OUTSIDE, "Test-NetConnection", *REACHED, ComputerName=SIPFED, Port="5061")) == [
        REACHED
    ]


def test_a_port_alone_is_about_every_computer_that_was_tried(tmp_path: Path) -> None:
    authority, second = (REACHED | {"ComputerName": name, "RemotePort": 80} for name in ("crl.a.com", "crl.b.com"))
    files = evidence(
        tmp_path,
        {"edge/Test-NetConnection--crl.json": [authority], "edge/Test-NetConnection--x.json": [REACHED, second]},
    )

    assert said(files, cmdlet(Vantage.EDGE, "Test-NetConnection", *REACHED, Port="80")) == [authority, second]
    assert said(files, cmdlet(Vantage.EDGE, "Test-NetConnection", Port="443")) == "no-access not-in-file"


def test_the_manifest_says_what_a_file_was_asked_for(tmp_path: Path) -> None:
    asked = {"ComputerName": SIPFED, "Port": 5061}
    notes = {
        "edge/Test-NetConnection--a.json": {"parameters": asked},
        "edge/Test-NetConnection--b.json": {"parameters": asked | {"Port": "80"}},
    }
    outcome: dict[str, Json] = {"TcpTestSucceeded": True}
    files = evidence(
        tmp_path,
        {"manifest.json": {"files": notes}, "edge/Test-NetConnection--a.json": outcome}
        | {"edge/Test-NetConnection--b.json": {"TcpTestSucceeded": False}},
    )

    assert said(files, CONNECTION) == [outcome]


def test_an_error_counts_for_the_question_that_the_manifest_names(tmp_path: Path) -> None:
    note = {"parameters": {"ComputerName": SIPFED, "Port": 5061}, "error": {"category": "", "message": "broken"}}
    files = evidence(tmp_path, {"manifest.json": {"files": {"edge/Test-NetConnection--a.json": note}}})

    assert said(files, CONNECTION) == "refused error-record"
    assert said(files, cmdlet(Vantage.EDGE, "Test-NetConnection", ComputerName=SIPFED, Port="80")) == "none"


def test_a_file_that_cannot_be_read_may_hold_the_row(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"edge/Test-NetConnection--a.json": [REACHED], "edge/Test-NetConnection--b.json": "["})

    assert said(files, CONNECTION) == [REACHED]
    assert len(files.notices) == 1
    other = cmdlet(Vantage.EDGE, "Test-NetConnection", ComputerName=SIPFED, Port="443")
    assert said(files, other) == "malformed unreadable-file"


def test_two_edges_may_see_two_things(tmp_path: Path) -> None:
    filtered = REACHED | {"TcpTestSucceeded": False}
    names = ("edge--edge01/Test-NetConnection.json", "edge--edge02/Test-NetConnection.json")
    files = evidence(tmp_path, dict(zip(names, ([REACHED], [filtered]), strict=True)))

    assert said(files, CONNECTION) == [REACHED, filtered]


def test_one_edge_may_not(tmp_path: Path) -> None:
    files = evidence(
        tmp_path,
        {
            "edge/Test-NetConnection--a.json": [REACHED],
            "edge/Test-NetConnection--b.json": [REACHED | {"TcpTestSucceeded": False}],
        },
    )

    assert said(files, CONNECTION) == "malformed contradiction"


TEAMS = cmdlet(Vantage.WORKSTATION, "Get-Module", "Version", Name="MicrosoftTeams", ListAvailable="")
MODULE: dict[str, Json] = {"Name": "MicrosoftTeams", "Version": "7.1.0"}
OTHER: dict[str, Json] = {"Name": "SkypeForBusiness", "Version": "7.0.0.0"}


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("--MicrosoftTeams", [MODULE], [MODULE]),
        ("--microsoftteams", [{"Version": "7.1.0"}], [{"Version": "7.1.0"}]),
        ("", [MODULE, OTHER], [MODULE]),
        ("--all", [OTHER], "no-access not-in-file"),
        ("--all", [OTHER, {"Name": "Microsoft.PowerShell.Management", "Version": "3.1.0.0"}], "no-access not-in-file"),
        ("--MicrosoftTeams", [OTHER], "malformed not-about-it"),
        ("--MicrosoftTeams", {"value": [], "@odata.nextLink": "more"}, "no-access not-in-file"),
        ("--MicrosoftTeams", [], []),
        ("", [], []),
        ("--SkypeForBusiness", [], "none"),
        ("--SkypeForBusiness", [OTHER], "none"),
        ("--MicrosoftTeams", "[", "malformed unreadable-file"),
        ("--SkypeForBusiness", "[", "none"),
    ],
)
def test_a_module_is_absent_only_from_a_list_it_would_be_in(
    tmp_path: Path, name: str, rows: list[Json], expected: Json
) -> None:
    assert said(evidence(tmp_path, {f"workstation/Get-Module{name}.json": rows}), TEAMS) == expected


EDGES = onprem("Get-CsService", "PoolFqdn", EdgeServer="")
EDGE: dict[str, Json] = {"Identity": "EdgeServer:edge.contoso.com", "PoolFqdn": "edge.contoso.com"}
REGISTRAR: dict[str, Json] = {"Identity": "Registrar:fe.contoso.com", "PoolFqdn": "fe.contoso.com"}
FILE_STORE: dict[str, Json] = {"Identity": "FileStore:fs.contoso.com", "PoolFqdn": "fs.contoso.com"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([EDGE], [EDGE]),
        ([EDGE, REGISTRAR], [EDGE]),
        ([EDGE | {"Identity": {"@text": "EdgeServer:edge"}}], [EDGE | {"Identity": {"@text": "EdgeServer:edge"}}]),
        ([{"PoolFqdn": "edge.contoso.com"}], [{"PoolFqdn": "edge.contoso.com"}]),
        ([], []),
        ([REGISTRAR, FILE_STORE], []),  # all services, and no Edge among them
        ([REGISTRAR], "no-access not-in-file"),  # may be Get-CsService -Registrar
    ],
)
def test_the_edges_are_found_among_all_services(tmp_path: Path, rows: list[Json], expected: Json) -> None:
    assert said(evidence(tmp_path, {"onprem/Get-CsService.json": rows}), EDGES) == expected


ALICE: dict[str, Json] = {"Identity": "CN=Alice", "SipAddress": "sip:Alice@contoso.com"}


@pytest.mark.parametrize(
    ("name", "identity", "expected"),
    [
        ("Get-CsUser", "alice@contoso.com", [ALICE]),
        ("Get-CsUser", "cn=alice", [ALICE]),
        ("Get-CsUser", "bob@contoso.com", []),
        ("Get-CsUser--wave1", "bob@contoso.com", "no-access not-in-file"),
    ],
)
def test_one_user_is_found_in_a_list_of_users(tmp_path: Path, name: str, identity: str, expected: Json) -> None:
    files = evidence(tmp_path, {f"onprem/{name}.json": [ALICE]})

    assert said(files, onprem("Get-CsUser", "SipAddress", Identity=identity)) == expected


TLS12 = "SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client"
KEY = cmdlet(Vantage.WORKSTATION, "Get-ItemProperty", Path=f"HKLM:\\{TLS12}", Name="Enabled")


@pytest.mark.parametrize(
    ("path", "name", "is_about"),
    [
        (f"HKLM:\\{TLS12}", "Enabled", True),
        (f"HKEY_LOCAL_MACHINE\\{TLS12}\\", "enabled", True),
        (f"Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\{TLS12}", "Enabled", True),
        (f"HKCU:\\{TLS12}", "Enabled", False),
        (f"HKLM:\\{TLS12}", "DisabledByDefault", False),
    ],
)
def test_a_registry_value_is_found_in_every_spelling_of_its_path(
    tmp_path: Path, path: str, name: str, is_about: bool
) -> None:
    row: dict[str, Json] = {"Path": path, "Name": name, "Value": None}
    files = evidence(tmp_path, {"workstation/Get-ItemProperty--tls.json": [row]})

    assert said(files, KEY) == ([row] if is_about else "no-access not-in-file")


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("--Root", [{"Thumbprint": "AA"}], [{"Thumbprint": "AA"}]),
        ("--My", [{"Thumbprint": "AA"}], "none"),
        ("", [{"Thumbprint": "AA", "PSParentPath": "x\\Certificate::LocalMachine\\Root"}], 1),
        ("", [{"Thumbprint": "AA", "PSParentPath": "x\\Certificate::LocalMachine\\My"}], "no-access not-in-file"),
    ],
)
def test_a_store_of_certificates_is_told_by_the_files_label_or_by_the_rows(
    tmp_path: Path, name: str, rows: list[Json], expected: Json
) -> None:
    files = evidence(tmp_path, {f"edge/Get-ChildItem{name}.json": rows})

    assert said(files, cmdlet(Vantage.EDGE, "Get-ChildItem", Path="Cert:\\LocalMachine\\Root")) == (
        rows if expected == 1 else expected
    )


RECORD: dict[str, Json] = {"Id": "1", "RecordType": "Srv", "nameTarget": "sipfed.online.lync.com"}
RECORDS = "tenant/Get-MgDomainServiceConfigurationRecord"
FABRIKAM = cmdlet(Vantage.TENANT, "Get-MgDomainServiceConfigurationRecord", DomainId="fabrikam.com")


@pytest.mark.parametrize(
    ("label", "domain", "rows", "expected"),
    [
        ("--fabrikam.com", "", [RECORD], [RECORD]),
        ("--Fabrikam.com", "", [], []),
        ("--contoso.com", "", [RECORD], "none"),
        ("--contoso.com", "", "[", "none"),
        ("", "Fabrikam.com", [RECORD], [RECORD]),
        ("", "contoso.com", [RECORD], "none"),
        ("--wave1", "fabrikam.com", [RECORD], [RECORD]),
        ("--fabrikam.com", "contoso.com", [RECORD], "none"),
        ("", "", [RECORD], "no-access not-in-file"),
        ("", "", [], "no-access not-in-file"),
    ],
)
def test_a_domains_records_are_those_of_the_file_that_label_or_manifest_say_is_of_it(
    tmp_path: Path, label: str, domain: str, rows: str | list[Json], expected: Json
) -> None:
    path = f"{RECORDS}{label}.json"
    told: dict[str, Json] = {"files": {path: {"parameters": {"DomainId": domain}}} if domain else {}}

    assert said(evidence(tmp_path, {path: rows, "manifest.json": told}), FABRIKAM) == expected


def test_what_failed_for_one_domain_costs_that_one_only(tmp_path: Path) -> None:
    failed = {"parameters": {"DomainId": "contoso.com"}, "error": {"category": "", "message": "broken"}}
    told: dict[str, Json] = {"files": {f"{RECORDS}--contoso.com.xml": failed}}
    files = evidence(tmp_path, {"manifest.json": told, f"{RECORDS}--fabrikam.com.json": [RECORD]})
    contoso = cmdlet(Vantage.TENANT, "Get-MgDomainServiceConfigurationRecord", DomainId="contoso.com")

    assert said(files, FABRIKAM) == [RECORD]
    assert said(files, contoso) == "refused error-record"


def test_switches_that_choose_nothing_tell_no_questions_apart(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"edge/Get-CsHostingProvider.json": [{"Identity": "Office365"}]})

    assert said(files, cmdlet(Vantage.EDGE, "Get-CsHostingProvider", LocalStore="")) == [{"Identity": "Office365"}]


def test_users_of_the_account_forest_are_not_those_of_the_other(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"onprem/Get-ADUser--accounts.json": [{"SID": "S-1"}]})

    assert said(files, onprem("Get-ADUser")) == "none"


@pytest.mark.parametrize("parameter", ["OnOfficeCommunicationServer", "UnAssignedUser"])
def test_users_of_another_list_are_no_part_of_the_batch(tmp_path: Path, parameter: str) -> None:
    path = "onprem/Get-CsUser--other.json"
    told: dict[str, Json] = {"files": {path: {"parameters": {parameter: True}}}}

    assert said(evidence(tmp_path, {path: [ALICE], "manifest.json": told}), onprem("Get-CsUser")) == "none"


def test_accounts_of_another_forest_are_told_apart_by_the_label_alone(tmp_path: Path) -> None:
    own: dict[str, Json] = {"SID": "S-1-5-21-1-1-1-1"}
    other: dict[str, Json] = {"SID": "S-1-5-21-2-2-2-2"}
    notes = {"onprem/Get-ADUser--accounts.json": {"parameters": {"Filter": "*", "Server": "dc.accounts.test"}}}
    files = evidence(
        tmp_path,
        {"manifest.json": {"files": notes}, "onprem/Get-ADUser.json": own, "onprem/Get-ADUser--accounts.json": other},
    )

    assert said(files, onprem("Get-ADUser", "SID", Filter="*", Properties="adminCount")) == [own]
    assert said(files, onprem("Get-ADUser", "SID", Filter="accounts")) == [other]


def test_the_own_forest_does_not_stand_for_another(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"onprem/Get-ADUser.json": {"SID": "S-1-5-21-1-1-1-1"}})

    assert said(files, onprem("Get-ADUser", "SID", Filter="accounts")) == "no-access not-in-file"

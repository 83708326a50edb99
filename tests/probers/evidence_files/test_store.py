"""Evidence folders as a source of facts: which files answer, how complete, how old, and why not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from checker.probers.evidence_files.store import EvidenceFiles, wanted_file
from tests.probers.evidence_files.making import (
    WRITTEN,
    Files,
    Make,
    answer,
    cmdlet,
    evidence,
    fact,
    folder,
    onprem,
    said,
    sha256,
    zipped,
)

DOMAINS = onprem("Get-CsSipDomain", "Identity", "Name")
USERS = onprem("Get-CsUser", "Identity", "SipAddress")
FEDERATION = cmdlet(Vantage.TENANT, "Get-CsTenantFederationConfiguration", "SharedSipAddressSpace")
CONTOSO: dict[str, Json] = {"Identity": "contoso.com", "Name": "contoso.com"}
FABRIKAM: dict[str, Json] = {"Identity": "fabrikam.com", "Name": "fabrikam.com"}
ALICE: dict[str, Json] = {"Identity": "CN=Alice", "SipAddress": "sip:alice@contoso.com"}
BOB: dict[str, Json] = {"Identity": "CN=Bob", "SipAddress": "sip:bob@contoso.com"}
NOT_JSON = "[{"


def complete(files: EvidenceFiles, probe: CmdletProbe) -> bool:
    found = answer(files, probe)
    assert isinstance(found, Objects)
    return found.complete


@pytest.mark.parametrize("make", [folder, zipped])
@pytest.mark.parametrize("top", ["", "csready-fe01/"])
def test_a_folder_and_a_zip_of_it_say_the_same(tmp_path: Path, make: Make, top: str) -> None:
    path = make(tmp_path, {f"{top}onprem/Get-CsSipDomain.json": [CONTOSO]})

    found = fact(EvidenceFiles([path]), DOMAINS)

    assert found.answer == Objects(rows=(CONTOSO,))
    assert found.source == f"{path.name}: onprem/Get-CsSipDomain.json"


def test_a_fact_is_as_old_as_its_oldest_file(tmp_path: Path) -> None:
    old = folder(tmp_path, {"onprem/Get-CsUser--a.json": [ALICE]}, "old")
    told: Files = {
        "onprem/Get-CsUser--b.json": [BOB],
        "manifest.json": {"collected_at": "2026-11-22T19:03:00.1234567Z"},
    }
    new = folder(tmp_path, told, "new")

    assert fact(EvidenceFiles([new]), USERS).observed_at == datetime(2026, 11, 22, 19, 3, 0, 123456, tzinfo=UTC)
    both = fact(EvidenceFiles([new, old]), USERS)
    assert both.observed_at == WRITTEN
    assert both.source == "new: onprem/Get-CsUser--b.json, old: onprem/Get-CsUser--a.json"


@pytest.mark.parametrize(
    ("name", "is_read"),
    [
        ("onprem/Get-CsSipDomain.json", True),
        ("ONPREM/get-cssipdomain.JSON", True),
        ("onprem/Get-CsSipDomain--of-monday--2.json", True),
        ("onprem--fe01.contoso.com/Get-CsSipDomain.json", True),
        ("onprem/Get-CsSipDomain.txt", False),
        ("onprem/Get-CsSipDomains.json", False),
        ("edge/Get-CsSipDomain.json", False),
        ("premises/Get-CsSipDomain.json", False),
        ("Get-CsSipDomain.json", False),
    ],
)
def test_a_file_is_known_by_its_name_and_otherwise_named_in_a_notice(tmp_path: Path, name: str, is_read: bool) -> None:
    files = evidence(tmp_path, {name: [CONTOSO], "tenant/Get-CsTenant.json": []})

    assert (files.lookup(DOMAINS) is not None) is is_read
    assert bool(files.notices) is not is_read
    assert is_read or name.split("/")[0] in files.notices[0].text


def test_a_question_about_a_host_takes_its_own_file_before_the_one_without_a_host(tmp_path: Path) -> None:
    rows: Files = {
        name: [{"ComponentName": "Core Components", "Version": version}]
        for name, version in (("onprem--FE01.contoso.com.", "7.0.2046.1"), ("onprem", "7.0.2046.2"))
    }
    files = evidence(tmp_path, {f"{place}/Get-CsServerPatchVersion.json": each for place, each in rows.items()})
    asked = {
        host: said(files, onprem("Get-CsServerPatchVersion", "ComponentName", "Version", host=host))
        for host in ("fe01.contoso.com", "fe02.contoso.com")
    }

    assert asked == {"fe01.contoso.com": rows["onprem--FE01.contoso.com."], "fe02.contoso.com": rows["onprem"]}


def test_the_file_of_another_host_does_not_answer(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"onprem--fe01.contoso.com/Get-CsServerPatchVersion.json": [{"Version": "1"}]})

    assert files.lookup(onprem("Get-CsServerPatchVersion", host="fe02.contoso.com")) is None


def test_without_a_host_what_all_servers_said_is_united(tmp_path: Path) -> None:
    files = evidence(
        tmp_path,
        {
            "onprem/Get-CsSipDomain.json": [CONTOSO],
            "onprem--fe01/Get-CsSipDomain.json": [CONTOSO, FABRIKAM],
            "onprem--fe02/Get-CsSipDomain.json": [FABRIKAM],
        },
    )

    assert said(files, DOMAINS) == [CONTOSO, FABRIKAM]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Get-CsUser"], True),
        (["Get-CsUser--wave1"], False),
        (["Get-CsUser--wave1", "Get-CsUser--wave2"], False),
        (["Get-CsUser", "Get-CsUser--wave1"], True),
    ],
)
def test_a_list_of_users_with_a_label_is_a_part_of_them(tmp_path: Path, names: list[str], expected: bool) -> None:
    files = evidence(tmp_path, {f"onprem/{name}.json": [ALICE] for name in names})

    assert said(files, USERS) == [ALICE]
    assert complete(files, USERS) is expected


def test_other_lists_are_whole_with_a_label_too(tmp_path: Path) -> None:
    assert complete(evidence(tmp_path, {"onprem/Get-CsSipDomain--x.json": [CONTOSO]}), DOMAINS)


@pytest.mark.parametrize(
    ("name", "note", "expected"),
    [
        ("Get-CsUser--wave1", {"complete": True}, True),
        ("Get-CsUser", {"complete": False}, False),
        ("Get-CsUser", {"complete": None}, True),
        ("Get-CsUser", {"parameters": {"Filter": "HostingProvider -eq 'SRV:'"}}, False),
        ("Get-CsUser", {"parameters": {"ResultSize": "Unlimited"}}, True),
    ],
)
def test_the_manifest_says_whether_a_list_is_whole(
    tmp_path: Path, name: str, note: dict[str, Json], expected: bool
) -> None:
    path = f"onprem/{name}.json"
    files = evidence(tmp_path, {path: [ALICE], "manifest.json": {"files": {path: note}}})

    assert complete(files, USERS) is expected


@pytest.mark.parametrize(
    ("probe", "path", "expected"),
    [
        (USERS, "onprem/Get-CsUser.json", []),
        (onprem("Get-CsHostingProvider"), "onprem/Get-CsHostingProvider.json", []),
        (FEDERATION, "tenant/Get-CsTenantFederationConfiguration.json", "malformed no-object"),
        (onprem("Get-CsAccessEdgeConfiguration"), "onprem/Get-CsAccessEdgeConfiguration.json", "malformed no-object"),
        (onprem("Get-CsPool"), "onprem/Get-CsPool.json", "malformed no-object"),
    ],
)
def test_an_empty_list_is_the_answer_none_where_there_can_be_none(
    tmp_path: Path, probe: CmdletProbe, path: str, expected: Json
) -> None:
    assert said(evidence(tmp_path, {path: []}), probe) == expected


@pytest.mark.parametrize("raw", [b"", b"[{", b"\x00\x01", b"[1, 2"])
def test_a_file_that_cannot_be_read_costs_its_own_facts_only(tmp_path: Path, raw: bytes) -> None:
    files = evidence(tmp_path, {"onprem/Get-CsSipDomain.json": raw, "onprem/Get-CsUser.json": [ALICE]})

    broken = answer(files, DOMAINS)

    assert isinstance(broken, NoAnswer) and broken.reason.value == "malformed"
    assert "evidence: onprem/Get-CsSipDomain.json: " in broken.detail and str(tmp_path) not in broken.detail
    assert said(files, USERS) == [ALICE]


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        ({"Get-CsUser.json": [ALICE], "Get-CsUser--wave1.json": NOT_JSON}, [ALICE]),
        ({"Get-CsUser.json": NOT_JSON, "Get-CsUser--wave1.json": [ALICE]}, "malformed unreadable-file"),
        ({"Get-CsUser--wave1.json": [ALICE], "Get-CsUser--wave2.json": NOT_JSON}, "malformed unreadable-file"),
        ({"Get-CsUser.json": [ALICE], "Get-CsUser.clixml": NOT_JSON}, "malformed unreadable-file"),
    ],
)
def test_an_answer_stands_without_an_unreadable_file_only_if_it_is_whole_without(
    tmp_path: Path, contents: Files, expected: Json
) -> None:
    files = evidence(tmp_path, {f"onprem/{name}": value for name, value in contents.items()})

    assert said(files, USERS) == expected
    assert len(files.notices) == (1 if expected == [ALICE] else 0)


def test_what_was_altered_since_it_was_collected_is_not_believed(tmp_path: Path) -> None:
    listed = {"onprem/Get-CsUser.json": {"sha256": sha256([ALICE]).upper()}}
    listed |= {"onprem/Get-CsSipDomain.json": {"sha256": sha256([CONTOSO])}}
    contents: Files = {"onprem/Get-CsUser.json": [ALICE], "onprem/Get-CsSipDomain.json": [CONTOSO, FABRIKAM]}
    files = evidence(tmp_path, {**contents, "manifest.json": {"files": listed}})

    assert said(files, USERS) == [ALICE]
    assert said(files, DOMAINS) == "malformed altered-file"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"category": "PermissionDenied", "message": "no"}, "no-access access-denied"),
        ({"category": "NotSpecified", "message": "Access is denied."}, "no-access access-denied"),
        (
            {
                "category": "ObjectNotFound",
                "message": "The term 'Get-CsUser' is not recognized as the name of a cmdlet",
            },
            "no-access cmdlet-not-found",
        ),
        ({"category": "ObjectNotFound", "message": "cannot find it"}, []),
        ({"category": "InvalidOperation", "message": "SQL is down"}, "refused error-record"),
        ({"category": None, "message": None}, "refused error-record"),
    ],
)
def test_an_error_in_the_manifest_is_that_cmdlets_outcome(tmp_path: Path, error: Json, expected: Json) -> None:
    note = {"error": error, "cmdlet": "Get-CsUser"}
    files = evidence(tmp_path, {"manifest.json": {"files": {"onprem\\Get-CsUser.json": note}}})

    assert said(files, USERS) == expected


def test_objects_beside_an_error_are_half_a_result(tmp_path: Path) -> None:
    note = {"error": {"category": "ObjectNotFound", "message": "one of them cannot be found"}}
    manifest: dict[str, Json] = {"files": {"onprem/Get-CsUser.json": note}}

    assert said(evidence(tmp_path, {"onprem/Get-CsUser.json": [ALICE], "manifest.json": manifest}), USERS) == (
        "refused half-result"
    )


def test_a_file_that_the_manifest_names_and_that_is_not_there_is_no_access(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"manifest.json": {"files": {"onprem/Get-CsUser.xml": {"sha256": "00"}}}})
    missing = answer(files, USERS)

    assert said(files, USERS) == "no-access missing-file"
    assert isinstance(missing, NoAnswer) and missing.needs == "onprem/Get-CsUser.xml"


def test_what_one_server_refused_another_may_have_answered(tmp_path: Path) -> None:
    denied = {"error": {"category": "PermissionDenied", "message": "denied"}}
    files = evidence(
        tmp_path,
        {
            "manifest.json": {"files": {"onprem--fe01/Get-CsUser.json": denied}},
            "onprem--fe02/Get-CsUser.json": [ALICE],
        },
    )

    assert said(files, USERS) == [ALICE]
    assert said(files, onprem("Get-CsUser", host="fe01")) == "no-access access-denied"


def test_files_that_contradict_each_other_answer_nothing_and_are_both_named(tmp_path: Path) -> None:
    other = ALICE | {"SipAddress": "sip:alice@fabrikam.com"}
    files = evidence(tmp_path, {"onprem/Get-CsUser.json": [BOB, ALICE], "onprem/Get-CsUser--new.json": [other]})

    clash = answer(files, USERS)

    assert isinstance(clash, NoAnswer) and (clash.reason.value, clash.code) == ("malformed", "contradiction")
    assert "Get-CsUser.json" in clash.detail and "Get-CsUser--new.json" in clash.detail and "cn=alice" in clash.detail


def test_one_file_with_twice_the_same_object_is_left_as_it_is(tmp_path: Path) -> None:
    assert said(evidence(tmp_path, {"onprem/Get-CsUser.json": [ALICE, ALICE]}), USERS) == [ALICE, ALICE]


def test_only_what_a_check_reads_is_kept_of_a_row(tmp_path: Path) -> None:
    row: Json = ALICE | {"DisplayName": "Alice", "@type": "ADUser", "sipaddress2": 1}

    assert said(evidence(tmp_path, {"onprem/Get-CsUser.json": [row]}), USERS) == [ALICE | {"@type": "ADUser"}]


def test_a_small_file_that_many_questions_share_is_read_once(tmp_path: Path) -> None:
    row = {"ComputerName": "a", "RemotePort": 5061, "TcpTestSucceeded": True}
    files = evidence(tmp_path, {"edge/Test-NetConnection.json": [row, row | {"ComputerName": "b"}]})
    probes = [cmdlet(Vantage.EDGE, "Test-NetConnection", ComputerName=name, Port="5061") for name in "ab"]
    first = said(files, probes[0])
    (tmp_path / "evidence/edge/Test-NetConnection.json").unlink()

    assert (first, said(files, probes[1])) == ([row], [row | {"ComputerName": "b"}])


def test_a_folder_that_is_gone_costs_the_facts_and_raises_nothing(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"onprem/Get-CsUser.json": [ALICE]})
    (tmp_path / "evidence/onprem/Get-CsUser.json").unlink()
    gone = answer(files, USERS)

    assert isinstance(gone, NoAnswer) and gone.code == "unreadable-file" and str(tmp_path) not in gone.detail


def test_what_several_paths_hold_is_united(tmp_path: Path) -> None:
    paths = [
        folder(tmp_path, {"onprem/Get-CsSipDomain.json": [row]}, name)
        for row, name in ((CONTOSO, "a"), (FABRIKAM, "b"))
    ]

    assert said(EvidenceFiles(paths), DOMAINS) == [CONTOSO, FABRIKAM]


BUILD = onprem("Get-CsServerPatchVersion", "ComponentName", "Version", host="fe01.contoso.com")
CORE_KEY = "HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{0}"


def registry(**values: str) -> list[Json]:
    return [{"Path": CORE_KEY, "Name": name, "Value": value} for name, value in values.items()]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            registry(DisplayName="Microsoft Lync Server 2013, Core Components", DisplayVersion="5.0.8308.1182"),
            [{"ComponentName": "Microsoft Lync Server 2013, Core Components", "Version": "5.0.8308.1182"}],
        ),
        (registry(DisplayVersion="5.0.8308.1182"), [{"ComponentName": "Core Components", "Version": "5.0.8308.1182"}]),
        (registry(DisplayName="Core Components"), "malformed no-build"),
        ([{"Path": 1}], "malformed no-build"),
        (
            [
                *registry(DisplayVersion="5.0.8308.1"),
                {"Path": "HKLM:\\x", "Name": "DisplayVersion", "Value": "5.0.8308.2"},
            ],
            "malformed no-build",
        ),
    ],
)
def test_the_registry_says_the_build_of_a_server_without_the_cmdlet(
    tmp_path: Path, rows: list[Json], expected: Json
) -> None:
    files = evidence(tmp_path, {"onprem--fe01.contoso.com/Get-ItemProperty--build.json": rows})

    assert said(files, BUILD) == expected


def test_the_registry_stands_in_only_where_the_cmdlet_said_nothing(tmp_path: Path) -> None:
    built: Files = {"onprem/Get-ItemProperty--build.json": registry(DisplayVersion="5.0.8308.1182")}
    unknown = {"category": "ObjectNotFound", "message": "'x' is not recognized as the name of a cmdlet"}
    manifest: dict[str, Json] = {"files": {"onprem/Get-CsServerPatchVersion.xml": {"error": unknown}}}
    said_it: list[Json] = [{"ComponentName": "Core Components", "Version": "7.0.2046.1"}]

    without = EvidenceFiles([folder(tmp_path, {**built, "manifest.json": manifest}, "2013")])
    with_it = EvidenceFiles([folder(tmp_path, {**built, "onprem/Get-CsServerPatchVersion.json": said_it}, "2019")])

    assert said(without, BUILD) == [{"ComponentName": "Core Components", "Version": "5.0.8308.1182"}]
    assert said(with_it, BUILD) == said_it


PAGE = "https://webdir.online.lync.com/"
HERE = HttpProbe(vantage=Vantage.HERE, url=PAGE)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"Uri": PAGE, "StatusCode": 200, "Content": "{}"}, "200 {}"),
        ({"Uri": PAGE.upper().rstrip("/"), "StatusCode": "403", "Error": ""}, "403 "),
        ({"Uri": PAGE, "StatusCode": None, "Error": "The remote server returned an error: (404) Not Found."}, "404 "),
        ({"Uri": PAGE, "Error": "The operation has timed out."}, "timed-out web-error"),
        ({"Uri": PAGE, "Error": "Unable to connect to the remote server"}, "unreachable web-error"),
        ({"Uri": PAGE}, "malformed not-web"),
        ({"Uri": "https://elsewhere/", "StatusCode": 200}, "no-access not-in-file"),
        ({"StatusCode": 200}, "no-access not-in-file"),
    ],
)
def test_a_web_request_made_from_here(tmp_path: Path, row: dict[str, Json], expected: str) -> None:
    found = answer(evidence(tmp_path, {"here/Invoke-WebRequest--x.json": [row]}), HERE)

    if isinstance(found, NoAnswer):
        assert f"{found.reason.value} {found.code}" == expected
    else:
        assert f"{found.status} {found.body}" == expected  # type: ignore[union-attr]  # HttpAnswer


def test_headers_come_in_lower_case_whatever_powershell_made_of_them(tmp_path: Path) -> None:
    headers = {"X-MS-Server-Fqdn": ["fe01.contoso.com"], "Date": "today", "Odd": [{}], "@type": "x"}
    row = {"Uri": PAGE, "StatusCode": 200, "Headers": headers}
    found = answer(evidence(tmp_path, {"here/Invoke-WebRequest.json": [row]}), HERE)

    assert found.headers == {"x-ms-server-fqdn": "fe01.contoso.com", "date": "today"}  # type: ignore[union-attr]


def test_no_file_can_keep_a_handshake(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"here/Test-NetConnection.json": []})

    assert files.lookup(TlsProbe(vantage=Vantage.HERE, server="sipfed.online.lync.com", port=5061)) is None


def test_the_file_under_way_is_named_while_it_is_read_and_not_after(tmp_path: Path) -> None:
    files = evidence(tmp_path, {"onprem/Get-CsUser.json": [ALICE]})
    answer(files, USERS)

    assert files.under_way == ""


def test_a_folder_without_evidence_says_so(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()

    assert [notice.code for notice in EvidenceFiles([tmp_path]).notices] == ["evidence-empty", "evidence-not-read"]


CLIXML = """<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0">
<TN RefId="0"><T>Deserialized.Microsoft.Rtc.Management.Xds.SipDomain</T></TN><ToString>contoso.com</ToString>
<Props><S N="Identity">contoso.com</S><S N="Name">contoso.com</S><B N="IsDefault">true</B></Props></Obj></Objs>"""


@pytest.mark.parametrize("extension", ["xml", "clixml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("make", [folder, zipped])
def test_clixml_is_read_in_every_encoding(tmp_path: Path, extension: str, encoding: str, make: Make) -> None:
    path = make(tmp_path, {f"onprem/Get-CsSipDomain.{extension}": CLIXML.encode(encoding)})
    found = answer(EvidenceFiles([path]), DOMAINS)

    assert isinstance(found, Objects)
    assert [{name: row[name] for name in ("Identity", "Name")} for row in found.rows] == [CONTOSO]


def test_clixml_and_json_of_one_object_do_not_contradict_each_other(tmp_path: Path) -> None:
    files = evidence(
        tmp_path, {"onprem/Get-CsSipDomain.xml": CLIXML, "onprem/Get-CsSipDomain.json": [CONTOSO, FABRIKAM]}
    )

    assert len(said(files, DOMAINS)) == 2


def test_one_page_of_several_is_not_all(tmp_path: Path) -> None:
    page: dict[str, Json] = {"@odata.nextLink": "https://graph.microsoft.com/x", "value": [{"Id": "1"}]}
    files = evidence(tmp_path, {"tenant/Get-MgUser.json": page})

    assert complete(files, cmdlet(Vantage.TENANT, "Get-MgUser", "Id")) is False


@pytest.mark.parametrize("name", ["nowhere", "a.zip"])
def test_a_path_that_is_neither_folder_nor_zip_is_a_usage_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(UsageError) as raised:
        EvidenceFiles([tmp_path / name])
    assert name in raised.value.message and raised.value.hint


@pytest.mark.parametrize(
    ("probe", "path"),
    [
        (onprem("Get-CsHostingProvider"), "onprem/Get-CsHostingProvider.xml"),
        (onprem("Get-CsServerPatchVersion", host="fe01"), "onprem--fe01/Get-CsServerPatchVersion.xml"),
        (cmdlet(Vantage.TENANT, "Get-CsOnlineUser"), "tenant/Get-CsOnlineUser.json"),
        (
            cmdlet(Vantage.WORKSTATION, "Get-Module", Name="MicrosoftTeams", ListAvailable=""),
            "workstation/Get-Module--MicrosoftTeams.json",
        ),
        (
            cmdlet(Vantage.TENANT, "Get-MgDomainServiceConfigurationRecord", DomainId="contoso.com"),
            "tenant/Get-MgDomainServiceConfigurationRecord--contoso.com.json",
        ),
        (cmdlet(Vantage.EDGE, "Test-NetConnection", host="e", ComputerName="x"), "edge--e/Test-NetConnection.json"),
        (DnsProbe(vantage=Vantage.DNS_EXTERNAL, name="x", record="A"), "dns-external/Resolve-DnsName.json"),
        (HERE, "here/Invoke-WebRequest.json"),
        (HttpProbe(vantage=Vantage.OUTSIDE, url="x"), ""),
        (TlsProbe(vantage=Vantage.HERE, server="x", port=5061), ""),
        (onprem("Get-Nothing"), ""),
    ],
)
def test_the_file_that_would_answer_is_named(probe: AnyProbe, path: str) -> None:
    assert wanted_file(probe) == path


PROVIDERS = onprem("Get-CsHostingProvider", "Identity", "ProxyFqdn")
REPLICA = "edge--edge01.contoso.com/Get-CsHostingProvider.json"
OFFICE365: dict[str, Json] = {"Identity": "Office365", "ProxyFqdn": "sipfed.online.lync.com"}


def test_an_edges_replica_stands_in_where_no_front_end_was_asked(tmp_path: Path) -> None:
    found = fact(EvidenceFiles([folder(tmp_path, {REPLICA: [OFFICE365]})]), PROVIDERS)
    assert found.answer == Objects(rows=(OFFICE365,))
    assert found.source.endswith(REPLICA)


def test_what_a_front_end_says_comes_before_a_replica(tmp_path: Path) -> None:
    stale = {**OFFICE365, "ProxyFqdn": "sipfed.resources.lync.com"}
    files: Files = {REPLICA: [stale], "onprem/Get-CsHostingProvider.json": [OFFICE365]}
    assert answer(EvidenceFiles([folder(tmp_path, files)]), PROVIDERS) == Objects(rows=(OFFICE365,))


def test_an_edges_view_of_anything_else_is_not_the_front_ends(tmp_path: Path) -> None:
    files: Files = {"edge--edge01.contoso.com/Get-CsCertificate.json": [{"Use": "Default", "Thumbprint": "AB"}]}
    assert EvidenceFiles([folder(tmp_path, files)]).lookup(onprem("Get-CsCertificate", "Use")) is None

"""Evidence folders of the lab, read by other means than the product's own."""

import hashlib
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.powershell_objects import CmdletReply, Version
from checker.lab.remoting import denied
from checker.lab.sound_deployment import SOUND

POWERSHELL = "{http://schemas.microsoft.com/powershell/2004/04}"
CLOSED = SOUND.with_federation(AllowedDomains={"AllowedDomain": [{"Domain": "a.example"}, {"Domain": "b.example"}]})


def xml(file: Path) -> list[ElementTree.Element]:
    return ElementTree.fromstring(file.read_bytes().decode("utf-16")).findall(f"{POWERSHELL}Obj")


def test_clixml_is_utf_16_as_windows_powershell_writes_it(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "estate", Form.CLIXML)
    raw = (tmp_path / "estate/onprem/Get-CsHostingProvider.xml").read_bytes()
    assert raw.startswith(b"\xff\xfe<\0O\0b\0j\0s\0")
    objects = xml(tmp_path / "estate/onprem/Get-CsHostingProvider.xml")
    names = [each.findtext(f"{POWERSHELL}Props/{POWERSHELL}S[@N='Identity']") for each in objects]
    assert names == ["Office365", "Exchange Online"]
    assert objects[1].find(f"{POWERSHELL}TNRef") is not None, "types are given once"


def test_json_is_what_a_redirection_of_convertto_json_leaves(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "estate", Form.JSON)
    raw = (tmp_path / "estate/onprem--fe01.contoso.com/Get-CsServerPatchVersion.json").read_bytes()
    assert raw.startswith(b"\xff\xfe") and raw.endswith(b"\r\0\n\0")
    tools, core = json.loads(raw.decode("utf-16"))
    assert core["Version"] == {"Major": 7, "Minor": 0, "Build": 2046, "Revision": 849}
    assert tools["ComponentName"].endswith("Administrative Tools")


def test_one_object_is_no_list_and_none_is_an_empty_one(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "estate", Form.JSON)
    folder = tmp_path / "estate/onprem"
    assert json.loads((folder / "Get-CsAccessEdgeConfiguration.json").read_bytes().decode("utf-16"))["Identity"]
    assert json.loads((folder / "Get-CsPublicProvider.json").read_bytes().decode("utf-16")) == []


def test_no_object_is_an_empty_document(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "estate", Form.CLIXML)
    assert xml(tmp_path / "estate/onprem/Get-CsPublicProvider.xml") == []


def test_what_lies_deeper_than_two_levels_is_left_as_its_text(tmp_path: Path) -> None:
    for form in (Form.JSON, Form.CLIXML):
        write_evidence(CLOSED, tmp_path / form.value, form)
    raw = (tmp_path / "json/tenant/Get-CsTenantFederationConfiguration.json").read_bytes()
    assert json.loads(raw.decode("utf-16"))["AllowedDomains"] == {
        "AllowedDomain": ["Domain=a.example", "Domain=b.example"]
    }
    (federation,) = xml(tmp_path / "clixml/tenant/Get-CsTenantFederationConfiguration.xml")
    listed = federation.find(f".//{POWERSHELL}Obj[@N='AllowedDomain']/{POWERSHELL}LST")
    assert listed is not None
    assert [(each.tag, each.text) for each in listed] == [
        (f"{POWERSHELL}S", "Domain=a.example"),
        (f"{POWERSHELL}S", "Domain=b.example"),
    ]


def test_enumerations_have_names_and_dates_are_of_their_kind(tmp_path: Path) -> None:
    for form in (Form.JSON, Form.CLIXML):
        write_evidence(SOUND, tmp_path / form.value, form)
    providers = json.loads((tmp_path / "json/onprem/Get-CsHostingProvider.json").read_bytes().decode("utf-16"))
    assert providers[0]["VerificationLevel"] == "UseSourceVerification"
    (user, *_) = json.loads((tmp_path / "json/tenant/Get-MgUser.json").read_bytes().decode("utf-16"))
    assert user["AssignedPlans"][0]["AssignedDateTime"] == "/Date(1768469400000)/"
    (user, *_) = xml(tmp_path / "clixml/tenant/Get-MgUser.xml")
    dates = [each.text for each in user.iter(f"{POWERSHELL}DT")]
    assert dates == ["2026-01-15T09:30:00.0000000Z"] * 3  # of three plans


def test_a_zip_has_a_top_folder_and_hashes_that_are_true(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "estate.zip", Form.ZIP)
    with zipfile.ZipFile(tmp_path / "estate.zip") as archive:
        manifest = json.loads(archive.read("csready-evidence/manifest.json"))
        for name, note in manifest["files"].items():
            content = archive.read(f"csready-evidence/{name}")
            assert note["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_cmdlet_that_fails_leaves_its_error_and_no_file(tmp_path: Path) -> None:
    refusing = SOUND.with_cmdlet("Get-CsHostingProvider", denied("Get-CsHostingProvider"))
    write_evidence(refusing, tmp_path / "estate", Form.CLIXML)
    notes = json.loads((tmp_path / "estate/manifest.json").read_bytes())["files"]
    assert notes["onprem/Get-CsHostingProvider.xml"]["error"]["category"] == "PermissionDenied"
    assert not (tmp_path / "estate/onprem/Get-CsHostingProvider.xml").exists()


def test_names_that_do_not_exist_are_said_not_to(tmp_path: Path) -> None:
    write_evidence(SOUND.without_record("_sip._tls.contoso.com", "SRV"), tmp_path / "estate", Form.ZIP)
    with zipfile.ZipFile(tmp_path / "estate") as archive:
        rows = json.loads(archive.read("csready-evidence/dns-external/answers.json").decode("utf-8-sig"))
    by_question = {(row["name"], row["type"]): row for row in rows}
    assert by_question["_sip._tls.contoso.com", "SRV"]["rcode"] == "NXDOMAIN"
    assert by_question["sip.contoso.com", "A"]["answers"] == ["203.0.113.10"]
    assert by_question["sip.contoso.com", "AAAA"]["rcode"] == "NOERROR"


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "estate").mkdir()
    with pytest.raises(FileExistsError):
        write_evidence(SOUND, tmp_path / "estate", Form.CLIXML)


def test_the_folders_above_are_made(tmp_path: Path) -> None:
    write_evidence(SOUND, tmp_path / "a" / "estate.zip", Form.ZIP)
    write_evidence(SOUND, tmp_path / "b" / "estate", Form.JSON)
    assert (tmp_path / "a" / "estate.zip").is_file()
    assert (tmp_path / "b" / "estate" / "manifest.json").is_file()


def test_a_version_of_two_parts_is_cut_off_as_dotnet_does(tmp_path: Path) -> None:
    short = SOUND.with_local("edge01.contoso.com", "Get-CsServerPatchVersion", CmdletReply((Version("7.0"),)))
    write_evidence(short, tmp_path / "estate", Form.JSON)
    raw = (tmp_path / "estate/edge--edge01.contoso.com/Get-CsServerPatchVersion.json").read_bytes()
    assert json.loads(raw.decode("utf-16")) == {"Major": 7, "Minor": 0, "Build": -1, "Revision": -1}

"""The raw answers of the appendix: what each property holds decides, and hashes are keyed."""

import base64

from checker.redacting.answers import redacted_answer
from tests.redacting.test_wording import person, wording

ESTATE = wording(person("anna.berg@contoso.com", SamAccountName="anna"))
ANNA = ESTATE.person("anna.berg@contoso.com")


def test_a_persons_row_has_her_pseudonym_in_each_name() -> None:
    row = person(
        "anna.berg@contoso.com",
        SamAccountName="anna",
        GivenName="Anna",
        DisplayName="Anna Berg",
        proxyAddresses=["SMTP:anna.berg@contoso.com", "sip:anna.berg@contoso.com"],
        LineURI="tel:+14255550101",
        HostingProvider="SRV:",
        Enabled=True,
        RegistrarPool="pool.contoso.com",
    )
    done = redacted_answer("Get-CsUser -Identity x", {"type": "objects", "rows": [row], "complete": True}, ESTATE)
    (seen,) = done["rows"]
    assert seen["Identity"] == seen["UserPrincipalName"] == seen["SamAccountName"] == ANNA
    assert seen["SipAddress"] == f"sip:{ANNA}"
    assert seen["proxyAddresses"] == [f"SMTP:{ANNA}", f"sip:{ANNA}"]
    assert seen["GivenName"].startswith("user-") and seen["DisplayName"].startswith("user-")
    assert seen["LineURI"].startswith("tel:number-")
    assert (seen["HostingProvider"], seen["Enabled"]) == ("SRV:", True)
    assert seen["RegistrarPool"].startswith("host-")


def test_an_object_within_a_row_keeps_its_type() -> None:
    row = {
        "Identity": {"@type": "Microsoft.Rtc.Management.ADConnect.Schema.ADObjectId", "@text": "CN=x", "Rdn": "CN=x"}
    }
    done = redacted_answer("Get-CsUser", {"type": "objects", "rows": [row]}, ESTATE)
    found = done["rows"][0]["Identity"]
    assert found["@type"].endswith("ADObjectId")
    assert found["@text"].startswith("user-") and found["@text"] == found["Rdn"]


def test_a_bulk_answer_keeps_count_and_size_and_gets_a_keyed_hash() -> None:
    bulk = {"count": 9, "bytes": 5051, "sha256": "c" * 64}
    done = redacted_answer("Get-CsUser", bulk, ESTATE)
    assert (done["count"], done["bytes"], len(done["sha256"])) == (9, 5051, 64)
    assert done["sha256"] != bulk["sha256"]
    assert redacted_answer("Get-CsUser", bulk, ESTATE) == done


def test_bytes_with_a_name_in_them_are_not_shown() -> None:
    raw = b"\x18\0\0\0\0\0\0\0\3\0\0\0\x17\0\0\0proxy.contoso.com:8080\0\0\0\0"
    for value in (list(raw), base64.b64encode(raw).decode()):
        row = {"Name": "WinHttpSettings", "Path": "HKLM:", "Value": value}
        done = redacted_answer("Get-ItemProperty -Path HKLM: -Name WinHttpSettings", {"rows": [row]}, ESTATE)
        assert done["rows"][0]["Value"] != value
        assert len(done["rows"][0]["Value"]) == 64
    unset = {"rows": [{"Name": "WinHttpSettings", "Path": "HKLM:", "Value": None}]}
    assert redacted_answer("Get-ItemProperty", unset, ESTATE) == unset


def test_what_is_no_text_stays() -> None:
    answer = {
        "type": "http-answer",
        "status": 200,
        "headers": {"x-ms-server-fqdn": "fe01.contoso.com"},
        "body_cut": False,
    }
    done = redacted_answer("GET https://x/", answer, ESTATE)
    assert done == {**answer, "headers": {"x-ms-server-fqdn": ESTATE.text("fe01.contoso.com")}}
    assert redacted_answer("GET https://x/", None, ESTATE) is None

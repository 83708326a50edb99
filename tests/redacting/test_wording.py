"""Which parts of a text become pseudonyms, and which stay."""

import re
import time
from collections.abc import Mapping

import pytest

from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import CommandRun, Fact, Snapshot
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.powershell_text import quoted
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.users import ON_PREMISES_USERS
from checker.redacting.pseudonyms import Pseudonyms
from checker.redacting.wording import Wording
from tests.judging import NOW, objects

POOLS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsPool")
KEY = b"a key for tests"


def person(address: str, **more: Json) -> dict[str, Json]:
    name = address.partition("@")[0]
    sound = {
        "Identity": f"CN={name},OU=Staff,DC=contoso,DC=com",
        "SipAddress": f"sip:{address}",
        "UserPrincipalName": address,
    }
    return {**sound, **more}


def wording(
    *people: Mapping[str, Json], answers: Mapping[CmdletProbe, AnyAnswer] | None = None, **target: Json
) -> Wording:
    facts = {
        ON_PREMISES_USERS: objects(*people),
        POOLS: objects(Identity="pool.contoso.com", Computers=["fe01.contoso.com", "lync-fe-2.contoso.com"]),
        SIP_DOMAINS: objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"}),
        **(answers or {}),
    }
    snapshot = Snapshot(
        tool_version="0.4.0",
        target=Target(**{"name": "contoso", "sip_domains": ("contoso.com",), **target}),
        as_of=NOW,
        started_at=NOW,
        finished_at=NOW,
        commands_run=(
            CommandRun(where="https://fe01.contoso.com/wsman", as_whom=r"CONTOSO\svc-readiness", what="Get-CsUser"),
        ),
        facts=tuple(Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in facts.items()),
    )
    return Wording(snapshot, Pseudonyms(KEY))


ANNA = wording(
    person(
        "anna.berg@contoso.com",
        SamAccountName="anna",
        DisplayName="Berg, Anna (IT)",
        ObjectGuid="9d2c4b8e-5a5e-4f0f-9c0e-3f1d0a7b6c5d",
        LineURI="tel:+14255550101;ext=101",
    )
)
USER = ANNA.person("anna.berg@contoso.com")


@pytest.mark.parametrize(
    "text",
    [
        "{} is not found",
        "sip:{}",
        "Move-CsUser -Identity 'sip:{}' -Target 'sipfed.online.lync.com'",
        "user.licence-teams-sfb@{}",
        "user.licence-teams-sfb@{}#2",
        "onprem/Get-CsUser--{}.xml",
        '<{}>, "{}" and {}.',
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "anna.berg@contoso.com",
        "Anna.Berg@Contoso.COM",
        "CN=anna.berg,OU=Staff,DC=contoso,DC=com",
        "Berg, Anna (IT)",
        "9D2C4B8E-5A5E-4F0F-9C0E-3F1D0A7B6C5D",
        "anna",
    ],
)
def test_a_user_has_one_pseudonym_by_every_name(text: str, name: str) -> None:
    assert ANNA.text(text.replace("{}", name)) == text.replace("{}", USER)


def test_an_address_in_a_url_is_the_users_too() -> None:
    assert ANNA.text("https://graph.microsoft.com/v1.0/users/anna.berg%40contoso.com") == (
        f"https://graph.microsoft.com/v1.0/users/{USER}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "joanna, annalise and anna-lena are others",
        "SharedSipAddressSpace False",
        "dns.federation-srv@contoso.com",
        "_sipfederationtls._tcp.contoso.com SRV 0 0 5061 sipfed.online.lync.com",
        "lyncdiscover.contoso.com -> webdir.online.lync.com",
        "Get-MgDomain -DomainId contoso.com",
        "127.0.0.1:0, 8.8.8.8 and [::1]:53",
        "sipfed.online.lync.com -> 52.112.192.11",
        "2026-11-22T18:43:00+00:00, and 18:43:00",
        "MicrosoftTeams 7.1.0, build 7.0.2046.849, CU 5.0.8308.1182, OID 1.3.6.1.5.5.7.3.1",
        r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319 and Cert:\LocalMachine\Root",
        r"Microsoft.PowerShell.Security\Certificate::LocalMachine\Root",
        "CN=DigiCert Global Root G2, O=DigiCert Inc, C=US",
        r"CONTOSO\CSServerAdministrator and BUILTIN\Administrators",
        "hosting-provider.enabled@contoso, tenant.shared-sip-address-space@contoso",
        "checker/judging.py:42 in judge, partner.example",
        "csready.toml, report.json and Get-ItemProperty--proxy.json",
        "0c0ffee0-1111-4222-8333-444455556666",
        "CN=RTC Service is no whole name",
        "OU=Staff,DC=contoso,DC=com",
    ],
)
def test_what_is_none_of_the_four_stays(text: str) -> None:
    other = wording(onprem_groups=("CSServerAdministrator",))
    assert other.text(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("somebody.else@contoso.com", "user-*"),
        ("o'hara@contoso.com and 'o''hara@contoso.com'", "user-* and 'user-*'"),
        ("CN=Old\\, Name,OU=Left,DC=corp,DC=local is gone", "user-* is gone"),
        ("cut off: anna.berg@cont", "cut off: user-*"),
        ("S-1-5-21-1-2-3-1105", "user-*"),
        (r"CONTOSO\jdoe may not", r"CONTOSO\user-* may not"),
        (r"CONTOSO\svc-readiness may not", r"CONTOSO\user-* may not"),
        (r"C:\Users\jdoe\evidence\onprem", r"C:\Users\user-*\evidence\onprem"),
        (r"evidence\onprem--fe01.contoso.com\Get-CsUser.xml", r"evidence\onprem--host-*\Get-CsUser.xml"),
        (r"evidence\jdoe@contoso.com", r"evidence\user-*"),
        (r"CONTOSO\jdoe@contoso.com, CONTOSO\FE01$", r"CONTOSO\user-*, CONTOSO\host-*$"),
        ("/home/jdoe/evidence.zip", "/home/user-*/evidence.zip"),
        ("edge--edge07.contoso.com/Get-CsCertificate", "edge--host-*/Get-CsCertificate"),
        ("onprem--fe01.contoso.com/Get-Item.json", "onprem--host-*/Get-Item.json"),
        ("sip.contoso.com:5061, *.corp.contoso.com.", "host-*:5061, *.host-*."),
        ("_sip._tls.corp.contoso.com", "_sip._tls.host-*"),
        ("[fe01] and LYNC-FE-2 do not answer", "[host-*] and host-* do not answer"),
        (r"\\fileserver\share\evidence", r"\\host-*\share\evidence"),
        ("CN=fe01.contoso.com, O=Contoso, C=US", "CN=host-*, O=Contoso, C=US"),
        ("CN=contoso-DC01-CA, DC=contoso, DC=com", "host-*"),
        ("https://adfs.corp.example/adfs/ls and gate.corp.example:8080", "https://host-*/adfs/ls and host-*:8080"),
        ("10.0.0.5:5061 and 10.0.0.0/8", "address-*:5061 and address-*/8"),
        ("at 203.0.113.10.", "at address-*."),
        ("[2001:db8::5]:443, fe80::1", "[address-*]:443, address-*"),
        ("tel:+14255550199;ext=7", "tel:number-*"),
        ("tel:4711", "tel:number-*"),
        ("+1 (425) 555-0199", "number-*"),
    ],
)
def test_what_no_list_knows_is_known_by_its_looks(text: str, masked: str) -> None:
    done = wording(onprem_groups=("CSServerAdministrator",)).text(text)
    assert re.sub(r"-[0-9a-f]{8,}", "-*", done) == masked


def test_forms_of_one_value_are_one() -> None:
    assert ANNA.text("+14255550101;ext=101") == ANNA.number("tel:+1 (425) 555-0101;ext=101").removeprefix("tel:")
    assert ANNA.text("FE01.contoso.com.") == f"{ANNA.text('fe01')}."
    assert ANNA.text("2001:DB8:0:0::5") == ANNA.text("2001:db8::5")


HOSTILE = (
    "ann@contoso.com",
    "joann@contoso.com",
    "ann.b@contoso.com",
    "(.*)+[a-z]{2}$@contoso.com",
    "o'neill@contoso.com",
    "jörg groß@contoso.com",
    "İpek@contoso.com",
    "李雷@contoso.com",
    "=cmd|'/c+calc'!a1@contoso.com",
    "<img/src=x/onerror=alert(1)>@contoso.com",
    "a;b\\1@contoso.com",
)


@pytest.mark.parametrize("address", HOSTILE)
def test_whatever_a_name_is_made_of_it_is_found_and_no_other_in_its_place(address: str) -> None:
    estate = wording(*map(person, HOSTILE))
    token = estate.person(address)
    assert len({estate.person(each) for each in HOSTILE}) == len(HOSTILE)
    for text in ("{}", "sip:{}", "no object is named {}: mend it", "a, {}, b", "({})"):
        assert estate.text(text.replace("{}", address)) == text.replace("{}", token)
    assert estate.text(f"-Identity {quoted(address)}") == f"-Identity '{token}'"
    name = address.partition("@")[0]
    assert estate.text(f"CN={name},OU=Staff,DC=contoso,DC=com") == token


def test_a_name_that_is_a_word_is_left_in_prose_and_found_in_quotes() -> None:
    estate = wording(person("u1@contoso.com", SamAccountName="user"), person("u2@contoso.com", SamAccountName="is"))
    assert (
        estate.text("the user is not in what was read of Get-CsUser")
        == "the user is not in what was read of Get-CsUser"
    )
    assert estate.text("nobody is named 'user'") == f"nobody is named '{estate.person('u1@contoso.com')}'"
    assert estate.text(r"CONTOSO\is") == rf"CONTOSO\{estate.person('u2@contoso.com')}"


def test_two_people_of_one_display_name_are_neither() -> None:
    estate = wording(
        person("a1@contoso.com", DisplayName="Anna Berg"), person("a2@contoso.com", DisplayName="Anna Berg")
    )
    assert estate.text("Anna Berg") not in (estate.person("a1@contoso.com"), estate.person("a2@contoso.com"))


def test_names_are_joined_over_the_lists() -> None:
    """By DN first, then UPN, then the SIP address; an object that claims another's address stays its own."""
    accounts = objects(
        {
            "DistinguishedName": "CN=anna,OU=Staff,DC=contoso,DC=com",
            "SamAccountName": "aberg",
            "proxyAddresses": ["smtp:anna.b@fabrikam.com"],
        },
        {
            "DistinguishedName": "CN=carl,OU=Staff,DC=contoso,DC=com",
            "UserPrincipalName": "carl@contoso.com",
            "msRTCSIP-PrimaryUserAddress": "sip:anna@contoso.com",
        },
    )
    estate = wording(person("anna@contoso.com"), answers={DIRECTORY_USERS: accounts})
    anna = estate.person("anna@contoso.com")
    assert estate.person("aberg") == estate.person("ANNA.B@fabrikam.com") == anna
    assert estate.person("carl@contoso.com") == estate.person("cn=carl,ou=staff,dc=contoso,dc=com") != anna


def test_a_version_of_four_small_numbers_is_no_address() -> None:
    module = CmdletProbe(vantage=Vantage.WORKSTATION, cmdlet="Get-Module", parameters=(("Name", "MicrosoftTeams"),))
    estate = wording(answers={module: Objects(rows=({"Version": "4.9.1.0"},))})
    assert estate.text("MicrosoftTeams 4.9.1.0") == "MicrosoftTeams 4.9.1.0"


def test_a_proxy_and_a_next_hop_elsewhere_are_hosts() -> None:
    value = CmdletProbe(vantage=Vantage.WORKSTATION, cmdlet="Get-ItemProperty", parameters=(("Name", "ProxyServer"),))
    route = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsStaticRoutingConfiguration")
    estate = wording(
        answers={
            value: objects(Name="ProxyServer", Path="HKCU:", Value="http=gate7:80;https=proxy.corp.example:8080"),
            route: objects(
                Identity="Global", Route=[{"NextHop": "ivr.partner.example", "MatchUri": "partner.example"}]
            ),
        }
    )
    done = estate.text("proxy.corp.example:8080, gate7:80, ivr.partner.example for partner.example")
    assert done.startswith("host-")
    for gone in ("proxy.corp", "gate7", "ivr."):
        assert gone not in done
    assert done.endswith(" for partner.example")


@pytest.mark.parametrize(
    "piece", ["a", "a.", "a-", "a'", "CN=a,", ",OU=b", "+1 ", "1.", "ab:", "a\\", "@", "a%40", "--"]
)
def test_no_text_takes_long(piece: str) -> None:
    """Whoever can write a name could otherwise keep the redaction busy for ever: 30 s in the place of 0.1 s."""
    begun = time.process_time()
    ANNA.text(f"CN={piece * (60_000 // len(piece))}")
    assert time.process_time() - begun < 5

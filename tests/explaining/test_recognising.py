"""From what an administrator pastes to the fault it is: the number, else a published sentence, and no guess."""

# ruff: noqa: RUF001  # full-width signs and typographic quotes are what is tested

import pytest

from checker.explaining.normalising import Paste
from checker.explaining.recognising import hits, named_outright
from checker.explaining.signatures import DESCRIPTIONS_OF_510, SIGNATURES
from checker.faults import FAULTS
from checker.related_errors import RELATED_ERRORS
from tests.explaining.pastes import NUMBERED, SENTENCES, TWO_EDGES, wrapped


def meant(text: str) -> list[str]:
    """Faults, related errors and undocumented numbers, each once."""
    found = named_outright(text) or tuple(each for hit in hits(Paste(text)) for each in hit.meanings)
    return list(dict.fromkeys(each.key for each in found))


def notes(text: str) -> set[str]:
    return {meaning.note for hit in hits(Paste(text)) for meaning in hit.meanings}


@pytest.mark.parametrize(
    "text", ["510", "0510", " 510 ", "(510)", "Error 510", "error510", "fault 510", "hms-510", "HMS-510", "５１０"]
)
def test_a_bare_code_or_id_is_taken_at_its_word(text: str) -> None:
    assert meant(text) == ["hms-510"]


@pytest.mark.parametrize("name", ["throttled", "Multiple-Federated-Edges", "user-not-found", "old-connector"])
def test_what_has_no_number_is_named_by_its_id(name: str) -> None:
    assert meant(name) == [name.lower()]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_numbered_fault_is_recognised_in_every_published_language(text: str) -> None:
    assert meant(text) == ["hms-510"]
    assert notes(text) == {""}  # every one of these sentences is familiar


@pytest.mark.parametrize("width", [7, 13, 40, 79, 80, 120])
@pytest.mark.parametrize("text", NUMBERED)
def test_it_is_recognised_however_the_console_wrapped_it(text: str, width: int) -> None:
    assert meant(wrapped(text, width).replace("\n", "\r\n    ")) == ["hms-510"]


@pytest.mark.parametrize("width", [11, 80, 1000])
@pytest.mark.parametrize("text", SENTENCES)
def test_without_a_number_the_published_sentences_of_510_are_recognised_by_their_letters(text: str, width: int) -> None:
    assert meant(wrapped(text, width)) == ["hms-510"]
    assert meant(text.replace(".", " !").replace("'", " ")) == ["hms-510"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("User must has an assigned license to use Skype for Business Online.", ["hms-507"]),
        ("The user could move be moved because there appears to be a problem with this user account.", ["hms-506"]),
        ("The user could not be moved because there appears to be a problem with this user account", ["hms-506"]),
        (TWO_EDGES, ["multiple-federated-edges"]),
        (
            "Cannot find user in Active Directory with the following SIP URI: sip:x@contoso.com",
            ["user-in-child-domain", "user-not-found"],
        ),
        (
            'Active Directory operation failed on "DC1.contoso.com". You cannot retry this operation: "Insufficient '
            'access rights to perform the operation"',
            ["access-denied-protected-account"],
        ),
        (
            "SetMoveResourceData failed because the user is not provisioned.",
            ["not-provisioned-in-pool"],
        ),
        (
            "Cannot generate SIP address. Reason=[The value of the msRTCSIP-DeploymentLocator property in your local "
            "Active Directory is set to [SRV:] but the value of the msRTCSIP-PrimaryUserAddress property is NULL. "
            "Correct the value of the msRTCSIP-PrimaryUserAddress property",
            ["sip-address-missing"],
        ),
        (
            "For this user the value of msRTCSIP-PrimaryUserAddress or the SIP address in the ProxyAddresses field in "
            "your local Active Directory is not unique.",
            ["sip-address-conflict"],
        ),
        ('Management object not found for identity "x"', ["sip-address-missing", "not-synced"]),
        ("cannot find a matching sip on AD", ["teams-module-regression"]),
        ("did not return expected status code from request for WWW-Authenticate header", ["www-authenticate-header"]),
        (
            'There is a duplicate key sequence "LYNCONLINE" for the \'urn:schema:Microsoft.Rtc.Management.Settings.'
            "Edge.2008:ProviderName' key or unique identity constraint.",
            ["duplicate-provider-name"],
        ),
        ("This scenario is not supported anymore. Please try with the latest", ["scenario-not-supported"]),
        ("This organization cannot be upgraded to TeamsOnly mode. One or more", ["teams-only-upgrade-refused"]),
        ('1066;reason="Shared address space routing is disabled"', ["shared-routing-disabled"]),
        ("The term 'New-CsOnlineSession' is not recognized as the name of a cmdlet", ["old-connector"]),
    ],
)
@pytest.mark.parametrize("width", [9, 80, 1000])
def test_without_a_number_the_published_texts_are_recognised(text: str, expected: list[str], width: int) -> None:
    assert meant(wrapped(text, width)) == expected


def test_what_a_sentence_leads_to_is_in_the_catalogues() -> None:
    faults, related = {fault.id for fault in FAULTS}, {each.id for each in RELATED_ERRORS}
    assert {fault for signature in SIGNATURES for fault in signature.faults} <= faults
    assert {signature.related for signature in SIGNATURES} - {""} == related


def test_the_published_message_of_every_fault_leads_to_it() -> None:
    for fault in FAULTS:
        if fault.message and not fault.message.startswith("<"):
            assert fault.id in meant(fault.message), fault.id
    for text in DESCRIPTIONS_OF_510:
        assert meant(text) == ["hms-510"]


def test_the_number_decides_whatever_the_sentence_says_and_that_is_noted() -> None:
    text = "HostedMigration fault: Error=(507), Description=(This user's tenant is not enabled for shared sip address"
    assert meant(f"{text} space.)") == ["hms-507"]
    assert meant(wrapped(f"{text} space.)", 60)) == ["hms-507"]
    (note,) = notes(f"{text} space.)")
    assert "sentence beside it is not one that is published" in note


@pytest.mark.parametrize("text", ["HostedMigration fault: Error=(510)", "Error=(510), Description=()"])
def test_a_number_alone_has_no_sentence_to_be_unfamiliar_with(text: str) -> None:
    assert notes(text) == {""}


def test_several_errors_come_in_the_order_of_the_text() -> None:
    text = "\n".join(f"HostedMigration fault: Error=({code}), Description=(x)" for code in (507, 510, 507, 511))
    assert meant(f"{text}\n{TWO_EDGES}") == ["hms-507", "hms-510", "511", "multiple-federated-edges"]


@pytest.mark.parametrize("text", ["511", "Error 403", "HostedMigration fault: Error=(511), Description=(x)"])
def test_another_number_is_not_documented_and_never_guessed(text: str) -> None:
    (meaning,) = named_outright(text) or hits(Paste(text))[0].meanings
    assert (meaning.fault, meaning.related) == ("", "")
    assert meaning.note == "not a documented hosted-migration fault"


@pytest.mark.parametrize(
    "text",
    [
        "HostedMigrationService call failed with error: (407) Proxy Authentication Required.",
        "HostedMigrationService failed, error: (510)",
        "The remote server returned an error: (510) Not Extended.",
        "It worked for 510 users",
        "ticket 510, error 507",
        "5100",
        "510" + " " * 300 + "seats",
        "Multiple Edge Servers are federated",
        "Insufficient access rights",
        "Benutzer 510 ist nicht aktiviert",
        "\x00\x01\x02PK\x03\x04",
        "",
        "   ",
    ],
)
def test_what_no_source_says_is_not_recognised(text: str) -> None:
    assert meant(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[31;1mHostedMigration fault: Err\x1b[0m\x1b[31;1mor=(510)\x1b[0m",
        "H\x00o\x00s\x00t\x00e\x00d\x00M\x00i\x00g\x00r\x00a\x00t\x00i\x00o\x00n\x00=\x00(\x005\x001\x000\x00)\x00",
        "Hosted\u200bMigration\u00ad fault\u202e: Error=(5\u200d10)",
        "error\u00a0=\u2003（５１０）",
        "Error=(510)\udcff",
    ],
)
def test_signs_that_cannot_be_seen_hide_nothing(text: str) -> None:
    assert meant(text) == ["hms-510"]


@pytest.mark.parametrize("piece", ["HostedMigration", "a@", "msRTCSIP-DeploymentLocator", "\ufdfa", "\x1b[", "=(5"])
def test_an_endless_paste_is_looked_at_in_bounded_time(piece: str) -> None:
    assert meant(piece * 100_000) == []

"""The CLIXML reader: every element of the format, references, and what it refuses."""

import pytest
from lxml import etree

from checker.model.answers import Json
from checker.probers.clixml import ClixmlReader, NotClixml, parse_object

FILE_NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04"


def read(text: str) -> Json:
    return ClixmlReader().value(parse_object(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<S>sip:ann@contoso.com</S>", "sip:ann@contoso.com"),
        ("<S/>", ""),
        ("<S>one_x000D__x000A_two</S>", "one\r\ntwo"),
        ("<S>_xD83D__xDE00_</S>", "\N{GRINNING FACE}"),
        ("<S>_xD83D_ alone</S>", "\N{REPLACEMENT CHARACTER} alone"),
        ("<S>_x005F_x000A_</S>", "_x000A_"),
        ("<B>true</B>", True),
        ("<B>false</B>", False),
        ("<I32>-5061</I32>", -5061),
        ("<U64>18446744073709551615</U64>", 2**64 - 1),
        ("<Db>0.5</Db>", 0.5),
        ("<Db>INF</Db>", "INF"),
        ("<D>10.10</D>", "10.10"),
        ("<C>65</C>", "A"),
        ("<DT>2026-11-22T19:03:00.1234567+01:00</DT>", "2026-11-22T19:03:00.1234567+01:00"),
        ("<TS>PT30M</TS>", "PT30M"),
        ("<Version>7.0.2046.396</Version>", "7.0.2046.396"),
        ("<G>5f4dcc3b-5aa7-65d6-1d83-27deb882cf99</G>", "5f4dcc3b-5aa7-65d6-1d83-27deb882cf99"),
        ("<URI>https://webdir.online.lync.com/</URI>", "https://webdir.online.lync.com/"),
        ("<Nil/>", None),
        ("<SS>0badc0de</SS>", "(secure string)"),
        ('<Obj RefId="0"><LST><S>a</S><Nil/></LST></Obj>', ["a", None]),
        ('<Obj RefId="0"><IE><I32>1</I32></IE></Obj>', [1]),
        ('<Obj RefId="0"><LST/></Obj>', []),
        (
            '<Obj RefId="0"><DCT><En><S N="Key">Port</S><I32 N="Value">5061</I32></En></DCT></Obj>',
            {"Port": 5061},
        ),
        (
            '<Obj RefId="0"><TN RefId="0"><T>Deserialized.Contoso.Level</T><T>Deserialized.System.Enum</T></TN>'
            "<ToString>UseSourceVerification</ToString><I32>1</I32></Obj>",
            "UseSourceVerification",
        ),
        (
            '<Obj RefId="0"><TN RefId="0"><T>Contoso.Level</T><T>System.Enum</T></TN><I32>1</I32></Obj>',
            1,
        ),
        ('<Obj RefId="0"><S>text</S><MS><S N="PSPath">x</S></MS></Obj>', "text"),
    ],
)
def test_value_is_what_json_can_say(text: str, value: Json) -> None:
    assert read(text) == value


def test_object_unites_both_property_bags_with_type_and_text() -> None:
    row = read(
        '<Obj RefId="0"><TN RefId="0"><T>Deserialized.DisplayHostingProvider</T><T>Deserialized.System.Object</T></TN>'
        '<ToString>Office365</ToString><Props><S N="Name">Office365</S></Props><MS><B N="Enabled">true</B></MS></Obj>'
    )

    assert row == {
        "Name": "Office365",
        "Enabled": True,
        "@type": "Deserialized.DisplayHostingProvider",
        "@text": "Office365",
    }


def test_list_of_a_generic_type_is_a_list() -> None:
    row = read(
        '<Obj RefId="0"><Props><Obj N="ProxyAddresses" RefId="1"><TN RefId="0">'
        "<T>Deserialized.System.Collections.Generic.List`1[[System.String]]</T></TN>"
        '<LST><S>SIP:ann@contoso.com</S></LST><Props><I32 N="Capacity">4</I32></Props></Obj></Props></Obj>'
    )

    assert row == {"ProxyAddresses": ["SIP:ann@contoso.com"]}


def test_references_stand_for_what_was_given_before() -> None:
    row = read(
        '<Obj RefId="0"><Props>'
        '<Obj N="First" RefId="1"><TN RefId="0"><T>Domain</T></TN><ToString>contoso.com</ToString></Obj>'
        '<Obj N="Second" RefId="2"><TNRef RefId="0"/><ToString>fabrikam.com</ToString></Obj>'
        '<Ref N="Third" RefId="1"/></Props></Obj>'
    )

    assert row == {
        "First": {"@type": "Domain", "@text": "contoso.com"},
        "Second": {"@type": "Domain", "@text": "fabrikam.com"},
        "Third": {"@type": "Domain", "@text": "contoso.com"},
    }


def test_an_object_inside_itself_is_cut_off() -> None:
    assert read('<Obj RefId="0"><Props><Ref N="Parent" RefId="0"/></Props></Obj>') == {"Parent": {"@text": "(cycle)"}}


def test_types_are_known_to_later_objects_of_the_same_document() -> None:
    reader = ClixmlReader()
    document = etree.fromstring(
        f'<Objs Version="1.1.0.1" xmlns="{FILE_NAMESPACE}">'
        '<Obj RefId="0"><TN RefId="0"><T>ADUser</T></TN><Props><S N="SipAddress">sip:a@contoso.com</S></Props></Obj>'
        '<Obj RefId="1"><TNRef RefId="0"/><Props><S N="SipAddress">sip:b@contoso.com</S></Props></Obj></Objs>'
    )

    assert [row for child in document for row in reader.rows(child)] == [
        {"SipAddress": "sip:a@contoso.com", "@type": "ADUser"},
        {"SipAddress": "sip:b@contoso.com", "@type": "ADUser"},
    ]


def test_bare_string_is_a_row_of_its_text() -> None:
    banner = "Skype for Business Server 2019 (7.0.2046.0): Volume license key installed."

    assert list(ClixmlReader().rows(parse_object(f"<S>{banner}</S>"))) == [{"@type": "System.String", "@text": banner}]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not XML",
        "<Obj RefId='0'><Props><S N='Name'>cut o",
        "<!DOCTYPE S><S>a</S>",
        "<!DOCTYPE S [<!ENTITY a 'b'>]><S>&a;</S>",
        "<S>&undefined;</S>",
        "<Unheard/>",
        "<I32>many</I32>",
        "<I32/>",
        f"<I64>{'9' * 30}</I64>",
        "<B>maybe</B>",
        "<C>99999999999</C>",
        '<Obj RefId="0"><TNRef RefId="7"/></Obj>',
        '<Ref RefId="7"/>',
        "<LST>" * 60 + "</LST>" * 60,
    ],
)
def test_what_is_no_clixml_is_refused(text: str) -> None:
    with pytest.raises(NotClixml):
        read(text)


def test_references_that_multiply_are_counted_as_what_they_stand_for() -> None:
    levels = "".join(
        f'<Obj RefId="{level}"><LST>' + f'<Ref RefId="{level - 1}"/>' * 10 + "</LST></Obj>" for level in range(1, 12)
    )

    with pytest.raises(NotClixml, match="too many"):
        read(f'<Obj><LST><Obj RefId="0"><LST><S>a</S></LST></Obj>{levels}</LST></Obj>')


def test_references_that_nest_are_counted_as_what_they_stand_for() -> None:
    chain = "".join(f'<Obj RefId="{n}"><LST><Ref RefId="{n - 1}"/></LST></Obj>' for n in range(1, 60))

    with pytest.raises(NotClixml, match="too deep"):
        read(f'<Obj><LST><Obj RefId="0"><LST><S>a</S></LST></Obj>{chain}</LST></Obj>')


def test_in_a_message_types_and_objects_of_a_property_that_is_not_kept_are_known() -> None:
    reader = ClixmlReader(keep=frozenset({"pool", "twin"}))
    home = '<Obj N="Home" RefId="1"><TN RefId="0"><T>Pool</T></TN><ToString>pool01</ToString></Obj>'
    typed = f'<Obj RefId="0"><Props>{home}<Obj N="Pool" RefId="2"><TNRef RefId="0"/><ToString>pool02</ToString></Obj>'
    linked = typed + '<Ref N="Twin" RefId="1"/></Props></Obj>'

    reader.begin(is_one_object=True)
    assert list(reader.rows(parse_object(f"{typed}</Props></Obj>"))) == [{"Pool": {"@type": "Pool", "@text": "pool02"}}]
    reader.begin(is_one_object=True)
    assert list(reader.rows(parse_object(linked))) == [
        {"Pool": {"@type": "Pool", "@text": "pool02"}, "Twin": {"@type": "Pool", "@text": "pool01"}}
    ]
    reader.begin(is_one_object=True)
    with pytest.raises(NotClixml, match="not given"):
        reader.rows(parse_object('<Obj><Props><Ref N="Twin" RefId="1"/></Props></Obj>'))

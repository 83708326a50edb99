"""Rows out of one file: every encoding and habit of PowerShell's writers, and what is refused, with its place."""

import io
from collections.abc import Callable
from typing import Any, BinaryIO, cast

import pytest

from checker.model.answers import Json
from checker.probers.evidence_files import clixml_file, documents
from checker.probers.evidence_files import json_file as json_file_module
from checker.probers.evidence_files.documents import Kind, NotReadable, read_rows
from checker.probers.evidence_files.encodings import CHUNK

XMLNS = "http://schemas.microsoft.com/powershell/2004/04"
USERS_OF_MANY_PIECES = 300

Row = dict[str, Json]


def envelope(objects: str) -> str:
    return f'<Objs Version="1.1.0.1" xmlns="{XMLNS}">{objects}</Objs>'


def clixml(text: str | bytes, *keep: str) -> list[Row]:
    return read(text, Kind.CLIXML, *keep)


def json_file(text: str | bytes, *keep: str) -> list[Row]:
    return read(text, Kind.JSON, *keep)


def read(text: str | bytes, kind: Kind, *keep: str) -> list[Row]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_rows(io.BytesIO(data), kind, frozenset(keep) if keep else None))


def user(number: int, types: str = "", properties: str = "") -> str:
    return (
        f'<Obj RefId="{2 * number}">{types}<Props><S N="SipAddress">sip:user{number}@contoso.com</S>'
        f'<Obj N="RegistrarPool" RefId="{2 * number + 1}"><ToString>pool01.contoso.com</ToString></Obj>'
        f"{properties}</Props></Obj>"
    )


class Endless(io.RawIOBase):
    """A beginning, and then the same bytes for a thousand million bytes; ``given`` is how many were asked for."""

    def __init__(self, beginning: bytes, repeated: bytes) -> None:
        self._left = beginning
        self._repeated = repeated * (1 + (1 << 16) // len(repeated))
        self.given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.given > 1_000_000_000:
            return 0
        self._left = self._left or self._repeated
        taken = self._left[: len(buffer)]
        self._left = self._left[len(taken) :]
        buffer[: len(taken)] = taken
        self.given += len(taken)
        return len(taken)


@pytest.mark.parametrize("encode", [
    pytest.param(lambda text: text.encode(), id="utf-8"),
    pytest.param(lambda text: text.encode("utf-8-sig"), id="utf-8 with a mark"),
    pytest.param(lambda text: b"\xff\xfe" + text.encode("utf-16-le"), id="utf-16-le with a mark"),
    pytest.param(lambda text: b"\xfe\xff" + text.encode("utf-16-be"), id="utf-16-be with a mark"),
    pytest.param(lambda text: text.encode("utf-16-le"), id="utf-16-le"),
    pytest.param(lambda text: text.encode("utf-16-be"), id="utf-16-be"),
])  # fmt: skip
@pytest.mark.parametrize("pieces", [io.BytesIO, io.BufferedReader], ids=["at once", "three bytes at a time"])
def test_every_unicode_encoding_gives_the_same_rows(
    encode: Callable[[str], bytes], pieces: type[io.BytesIO] | type[io.BufferedReader]
) -> None:
    def opened(text: str) -> BinaryIO:
        whole = io.BytesIO(encode(text))
        return whole if pieces is io.BytesIO else cast(BinaryIO, Slow(whole))

    # A declaration that an editor left as it was when it wrote another encoding; XML has no room for spaces before it.
    declared = '<?xml version="1.0" encoding="utf-16"?>' + envelope(
        '<Obj><MS><S N="Name">Zoë \U0001f600</S></MS></Obj>'
    )
    assert list(read_rows(opened(declared), Kind.CLIXML)) == [{"Name": "Zoë \U0001f600"}]
    assert list(read_rows(opened('{"Name": "Zoë \U0001f600"}'), Kind.JSON)) == [{"Name": "Zoë \U0001f600"}]


class Slow(io.RawIOBase):
    """Gives three bytes at a time, so that every character is once cut in two."""

    def __init__(self, whole: BinaryIO) -> None:
        self._whole = whole

    def read(self, size: int = -1) -> bytes:
        return self._whole.read(min(size, 3))


@pytest.mark.parametrize(
    ("objects", "rows"),
    [
        ("", []),
        ("<Nil />", []),
        ("<S>7.0.2046.0</S>", [{"@type": "System.String", "@text": "7.0.2046.0"}]),
        ("<I32>5061</I32>", [{"@type": "System.Int64", "@text": "5061"}]),
        ("<!-- by hand --><S>a<!-- b -->c</S><?note?>", [{"@type": "System.String", "@text": "ac"}]),
        ("<S> </S>", [{"@type": "System.String", "@text": " "}]),
        ("<S><![CDATA[<a>]]></S>", [{"@type": "System.String", "@text": "<a>"}]),
        ('<Obj RefId="0"><LST><Obj RefId="1"><MS><S N="A">1</S></MS></Obj><S>x</S></LST></Obj>',
         [{"A": "1"}, {"@type": "System.String", "@text": "x"}]),
        ('<Obj RefId="0"><DCT><En><S N="Key">A</S><S N="Value">1</S></En></DCT></Obj>', [{"A": "1"}]),
        ('<Obj RefId="0"><MS><S N="A">1</S></MS></Obj><Ref RefId="0" />', [{"A": "1"}, {"A": "1"}]),
        ('<Obj RefId="7"><MS><S N="A">1</S></MS></Obj><Obj RefId="3"><MS><Ref N="B" RefId="7" /></MS></Obj>',
         [{"A": "1"}, {"B": {"A": "1"}}]),
        ('<Obj RefId="0"><MS><S N="Id">7</S><Obj N="AdditionalProperties" RefId="1"><DCT>'
         '<En><S N="Key">displayName</S><S N="Value">Global Reader</S></En>'
         '<En><S N="Key">id</S><S N="Value">8</S></En></DCT></Obj></MS></Obj>',
         [{"Id": "7", "displayName": "Global Reader"}]),
    ],
)  # fmt: skip
def test_clixml_objects_are_rows(objects: str, rows: list[Row]) -> None:
    assert clixml(envelope(objects)) == rows
    assert clixml(f"<Objs>\r\n  {objects}\r\n</Objs>\r\n") == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("[]", []),
        ("null", []),
        ("[null]", []),
        ("  [ ]\r\n", []),
        ('{"A": 1}', [{"A": 1}]),
        ('[{"A": 1}, {"A": [true, null, 0.5, {"B": "b"}]}]', [{"A": 1}, {"A": [True, None, 0.5, {"B": "b"}]}]),
        ('"7.0.2046.0"', [{"@type": "System.String", "@text": "7.0.2046.0"}]),
        ('[1, true, "x"]', [{"@type": "System.Int64", "@text": "1"}, {"@type": "System.Boolean", "@text": "True"},
                            {"@type": "System.String", "@text": "x"}]),
        ('{"value": [{"A": 1}], "Count": 1}', [{"A": 1}]),
        ('{"value": []}', []),
        ('[{"value": [{"A": 1}, {"A": 2}], "Count": 2}, {"A": 3}]', [{"A": 1}, {"A": 2}, {"A": 3}]),
        ('{"@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users", "value": [{"A": 1}]}', [{"A": 1}]),
        ('{"Path": "HKLM:/x", "Name": "y", "value": 1}', [{"Path": "HKLM:/x", "Name": "y", "value": 1}]),
        ('{"value": "a"}', [{"value": "a"}]),
        ('{"Proxies": {"value": ["a", "b"], "Count": 2}}', [{"Proxies": ["a", "b"]}]),
        ('{"Type": {"value": 1, "Value": "Unknown"}}', [{"Type": "Unknown"}]),
        ('{"When": "/Date(1700000000000)/"}', [{"When": "2023-11-14T22:13:20Z"}]),
        (r'{"When": ["\/Date(1700000000000+0100)\/"]}', [{"When": ["2023-11-14T22:13:20Z"]}]),
        ('{"When": "/Date(-1500)/"}', [{"When": "1969-12-31T23:59:58.500000Z"}]),
        ('{"When": "/Date(999999999999999)/"}', [{"When": "/Date(999999999999999)/"}]),
        ('{"When": {"value": "/Date(1700000000000)/", "DisplayHint": 2, "DateTime": "Tuesday"}}',
         [{"When": "2023-11-14T22:13:20Z"}]),
        ('{"When": "2023-11-14T22:13:20+01:00"}', [{"When": "2023-11-14T22:13:20+01:00"}]),
        ('{"Id": "7", "AdditionalProperties": {"displayName": "Global Reader", "id": "8"}}',
         [{"Id": "7", "displayName": "Global Reader"}]),
        ('{"Id": "7", "AdditionalProperties": "System.Collections.Generic.Dictionary"}', [{"Id": "7"}]),
        ('{"A": 1, "A": 2}', [{"A": 2}]),
        ('{"A": 123456789012345678901234567890}', [{"A": 123456789012345678901234567890}]),
    ],
)  # fmt: skip
def test_json_objects_are_rows(text: str, rows: list[Row]) -> None:
    assert json_file(text) == rows


@pytest.mark.parametrize(
    ("link", "is_complete"),
    [
        ("", True),
        ('"@odata.nextLink": null,', True),
        ('"@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$skiptoken=x",', False),
        ('"@nextLink": "https://api.interfaces.records.teams.microsoft.com/Teams.User/users?x",', False),
    ],
)
def test_a_page_with_a_next_one_is_not_complete(link: str, is_complete: bool) -> None:
    rows = read_rows(io.BytesIO(f'{{{link} "value": [{{"A": 1}}]}}'.encode()), Kind.JSON)

    assert list(rows) == [{"A": 1}]
    assert rows.is_complete is is_complete


def test_what_is_not_kept_is_dropped_whatever_its_case() -> None:
    assert json_file('[{"sipaddress": "a", "Mail": "b"}, "x"]', "sipaddress") == [
        {"sipaddress": "a"},
        {"@type": "System.String", "@text": "x"},
    ]
    assert json_file('{"Mail": "b", "AdditionalProperties": {"a": 1, "B": 2}}', "b") == [{"B": 2}]
    types = '<TN RefId="0"><T>ADUser</T><T>System.Object</T></TN><ToString>CN=a</ToString>'
    assert clixml(envelope(user(0, types, '<S N="mail">b</S>')), "sipaddress", "mail") == [
        {"SipAddress": "sip:user0@contoso.com", "mail": "b", "@type": "ADUser"}
    ]
    assert clixml(envelope(user(0, types)), "sipaddress", "@text") == [
        {"SipAddress": "sip:user0@contoso.com", "@type": "ADUser", "@text": "CN=a"}
    ]
    assert clixml(envelope("<Obj><ToString>7.0</ToString></Obj><S>x</S>"), "sipaddress") == [
        {"@text": "7.0"},
        {"@type": "System.String", "@text": "x"},
    ]


def test_what_is_kept_may_refer_to_what_is_not() -> None:
    """Types and objects are given once in a document, be it in a property that nobody reads."""
    shared = '<Obj N="Home" RefId="1"><TN RefId="0"><T>Pool</T></TN><ToString>pool01</ToString></Obj>'
    first = f'<Obj RefId="0"><Props>{shared}<Ref N="Pool" RefId="1" /></Props></Obj>'
    second = (
        '<Obj RefId="2"><Props><Obj N="Pool" RefId="3"><TNRef RefId="0" /><ToString>pool02</ToString></Obj>'
        '<Ref N="Home" RefId="1" /></Props></Obj>'
    )

    assert clixml(envelope(first + second), "pool") == [
        {"Pool": {"@type": "Pool", "@text": "pool01"}},
        {"Pool": {"@type": "Pool", "@text": "pool02"}},
    ]


def many_users(count: int, later: Callable[[int], str]) -> str:
    """Users with an own list of 200 entries each, which is not kept, and what ``later`` says of each."""
    users = []
    for number in range(count):
        entries = f'<Obj N="Entries" RefId="{2 * number + 1}"><LST>{"<S>x</S>" * 200}</LST></Obj>'
        name = f'<S N="Name">user{number}</S>'
        users.append(f'<Obj RefId="{2 * number}"><Props>{name}{entries}{later(number)}</Props></Obj>')
    return envelope("".join(users))


def test_an_early_object_and_one_of_its_own_row_can_be_referred_to_however_many_are_dropped() -> None:
    def later(number: int) -> str:
        return f'<Ref N="Early" RefId="1" /><Ref N="Own" RefId="{2 * number + 1}" />'

    rows = clixml(many_users(USERS_OF_MANY_PIECES, later), "name", "early", "own")

    assert [row["Name"] for row in rows] == [f"user{number}" for number in range(USERS_OF_MANY_PIECES)]
    assert all(row["Early"] == row["Own"] == ["x"] * 200 for row in rows)


def test_a_reference_to_what_was_left_out_is_refused_where_it_is_read_and_only_there() -> None:
    def later(number: int) -> str:
        return f'<Obj N="Other"><LST><Ref RefId="{2 * number - 1}" /></LST></Obj>' if number else ""

    document = many_users(USERS_OF_MANY_PIECES, later)

    assert len(clixml(document, "name")) == USERS_OF_MANY_PIECES
    with pytest.raises(NotReadable, match=r"left out: object \d+, line 1$"):
        clixml(document, "name", "other")


def test_types_given_in_a_late_dropped_property_are_known() -> None:
    def later(number: int) -> str:
        if number == USERS_OF_MANY_PIECES - 2:
            return '<Obj N="Dropped"><TN RefId="9"><T>Late</T></TN><ToString>a</ToString></Obj>'
        is_last = number == USERS_OF_MANY_PIECES - 1
        return '<Obj N="Kept"><TNRef RefId="9" /><ToString>b</ToString></Obj>' if is_last else ""

    rows = clixml(many_users(USERS_OF_MANY_PIECES, later), "name", "kept")

    assert rows[-1] == {"Name": f"user{USERS_OF_MANY_PIECES - 1}", "Kept": {"@type": "Late", "@text": "b"}}


@pytest.mark.parametrize("as_one_list", [False, True], ids=["objects", "one list"])
def test_many_objects_are_read_one_by_one(as_one_list: bool) -> None:
    count = 5_000
    types = '<TN RefId="0"><T>System.Object[]</T></TN>'
    users = "".join(user(number + 1) for number in range(count))
    text = envelope(f'<Obj RefId="0">{types}<LST>{users}</LST></Obj>' if as_one_list else users)
    told: list[int] = []

    rows = list(read_rows(io.BytesIO(text.encode()), Kind.CLIXML, counted=told.append))

    assert [row["SipAddress"] for row in rows] == [f"sip:user{number + 1}@contoso.com" for number in range(count)]
    assert len({id(row["RegistrarPool"]) for row in rows}) < 10  # what many rows have in common is stored once
    assert told == [1000, 2000, 3000, 4000, 5000]


def test_rows_come_before_the_file_has_ended() -> None:
    users = "".join(user(number) for number in range(1000)).encode()
    source = Endless(f'<Objs xmlns="{XMLNS}">'.encode() + users, b" ")

    rows = read_rows(cast(BinaryIO, source), Kind.CLIXML)

    assert next(rows)["SipAddress"] == "sip:user0@contoso.com"
    assert source.given < len(users)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b" \r\n", "not XML: line 2, column 1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not XML: line 1, column 1"),
        (b"\xff\xfe<Objs></Objs>", "not UTF-16, before byte 15"),
        (b"\xff\xfe<Objs>\n</Objs>", "not XML: line 1, column 1"),
        (b"\xff\xfe<\x00O\x00b", "not UTF-16, before byte 7"),
        (b"\xfe\xff\xd8\x00\x00a", "not UTF-16, before byte 6"),
        (b"<Objs><S>Z\xeb</S></Objs>", "not XML: line 1, column 11"),
        (b"<!DOCTYPE html><html></html>", "not CLIXML: a document type is not allowed"),
        (b"<html><body/></html>", "not CLIXML: its outermost element is not <Objs>"),
        (b"<html><Objs></Objs></html>", "not CLIXML: its outermost element is not <Objs>"),
        (b'<Obj RefId="0"><MS/></Obj>', "not CLIXML: its outermost element is not <Objs>"),
        (b'<Objs xmlns="urn:other"></Objs>', "not CLIXML: its outermost element is not <Objs>"),
        (b"<Objs><Objs></Objs></Objs>", "not CLIXML: an element that CLIXML does not have: object 1, line 1"),
        (b"<Objs>\n<S>a</S>\n<I32>secret</I32></Objs>", "not CLIXML: <I32> holds no such value: object 2, line 3"),
        (b"<Objs>\n<S>a</S><S>b</x></Objs>", "not XML: line 2, column 17"),
        (b"<Objs></Objs><Objs></Objs>", "not XML: line 1, column 14"),
        (b"<Objs><S>&lol;</S></Objs>", "not XML: line 1, column 15"),
        (b"<Objs><S>&lol;</S>" + b" " * (CHUNK - 18) + b"<Objs/>", "not XML: line 1, column 15"),
        (b"<Objs><x:S>a</x:S></Objs>", "not XML: line 1"),
        (b'<Objs><S N="&lol;">a</S></Objs>', "not XML: line 1"),
        (b'<Objs><Obj RefId="99999999999"/></Objs>', "out of all proportion"),
        (b'<Objs><Obj RefId="-1"/></Objs>', "number is negative"),
        (b'<Objs><Obj RefId="one"/></Objs>', "is no number"),
        (b"<Objs>" + b"<LST>" * 100_000, "not XML: line 1, column"),
        (b"<Objs>" + b"<LST>" * 60 + b"</LST>" * 60 + b"</Objs>", "nested too deep: object 1, line 1"),
    ],
)
def test_what_is_no_clixml_is_refused_with_its_place(text: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said) as refused:
        clixml(text)
    assert "secret" not in str(refused.value)


BOMB = '<!DOCTYPE Objs [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]><Objs><S>&i;</S></Objs>"  # fmt: skip
EXTERNAL = '<!DOCTYPE Objs [<!ENTITY a SYSTEM "file:///etc/hostname">]><Objs><S>&a;</S></Objs>'
REMOTE = '<!DOCTYPE Objs SYSTEM "http://127.0.0.1:1/x.dtd"><Objs></Objs>'


@pytest.mark.parametrize("text", [BOMB, EXTERNAL, REMOTE, f"<!-- {'x' * 40_000} -->{BOMB}"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_document_type_is_refused_in_every_encoding(text: str, encoding: str) -> None:
    with pytest.raises(NotReadable, match="document type"):
        clixml(text.encode(encoding))


@pytest.mark.parametrize(
    ("beginning", "repeated", "said"),
    [
        (b"<Objs><S>", b"a", "not XML"),
        (b'<Objs><S N="', b"a", "no object ends within 2 MB"),
        (b"<Objs><!--", b"a", "no object ends within 2 MB"),
        (b"<Objs>", b" ", "no object ends within 2 MB after object 0"),
        (b"", b" ", "outermost"),
        (b"", b"<!-- -->", "outermost"),
        (b"<Objs><Obj><MS>", b"<Nil />", "no object ends within 2 MB"),
        (b"<Objs><S>a</S>", b"<!-- -->", "no object ends within 2 MB"),
        (b"<Objs>", b"<Nil />", "larger than 4 MB"),
    ],
)
def test_an_endless_file_is_left_early(
    monkeypatch: pytest.MonkeyPatch, beginning: bytes, repeated: bytes, said: str
) -> None:
    # A text of 10 MB is lxml's own limit, and needs no other; those are lowered that would take seconds to reach.
    if "MB" in said:
        monkeypatch.setattr(clixml_file, "LARGEST_OBJECT", 2 << 20)
        monkeypatch.setattr(clixml_file, "LARGEST", 4 << 20)
    source = Endless(beginning, repeated)

    with pytest.raises(NotReadable, match=said):
        list(read_rows(cast(BinaryIO, source), Kind.CLIXML))
    assert source.given < 16 << 20


def test_clixml_cut_off_anywhere_is_refused() -> None:
    whole = ("\ufeff" + envelope(user(0, '<TN RefId="0"><T>ADUser</T></TN>') + user(1))).encode("utf-16-le")

    for length in range(len(whole)):
        with pytest.raises(NotReadable):
            clixml(whole[:length])
    assert len(clixml(whole)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\r\x00\n\x00", "the file is empty"),
        (b"<html><body>secret</body></html>", "not JSON: byte 0"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not JSON: byte 0"),
        (b"\xff\xfe[{}]", "not JSON|not UTF-16"),
        (b'\xff\xfe[\x00{\x00"', "not UTF-16, before byte 7"),
        (b'[{"A": "secret", oops}]', "not JSON: byte 17"),
        (b'\xef\xbb\xbf[{"A": "secret", oops}]', "not JSON: byte 20"),
        ('[{"A": "Zo\xeb", oops}]'.encode("utf-16"), "not JSON: byte 30"),
        (b'[{"A": 1}] secret', "not JSON: byte"),
        (b'[{"A": 1}][{"A": 2}]', "not JSON: byte"),
        (b'[{"A": NaN}]', "not JSON: byte 7"),
        (b'[{"A": 1}, {"A": 1e999}]', "not JSON: in what begins at byte 11"),
        (b'[{"A": 1}, {"A": ' + b"9" * 5000 + b"}]", "not JSON: in what begins at byte 11"),
        (b'[{"A": 1}, {"A": "secret \\ud800"}]', "not JSON: it is cut off, or has half a surrogate pair"),
        (b'[{"A": 1}, {"A": "secret \xff"}]', "not JSON: in what begins at byte 11"),
        (b'"\xff"', "not JSON"),
        (b"1e999", "not JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"A":' * 100_000, "nested too deep"),
        (b'[{"B": 1}, {"A": ' + b"[" * 100 + b"]" * 100 + b"}]", "nested too deep: in what begins at byte 11"),
        (b'{"A": ' + b'{"value": [' * 60 + b'], "Count": 1}' * 60 + b"}", "nested too deep"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text: bytes, said: str) -> None:
    with pytest.raises(NotReadable, match=said) as refused:
        json_file(text)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("text", ['[{"A": "Zo\xeb"}, {"B": [1, 2]}]', '{"value": [{"A": 1}], "Count": 1}'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_json_cut_off_anywhere_is_refused(text: str, encoding: str) -> None:
    whole = text.encode(encoding)

    for length in range(len(whole)):
        with pytest.raises(NotReadable):
            json_file(whole[:length])


def test_json_too_large_for_memory_is_left_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file_module, "LARGEST", 4 << 20)
    source = Endless(b"[", b'{"A": 1},')

    with pytest.raises(NotReadable, match="larger than 4 MB"):
        list(read_rows(cast(BinaryIO, source), Kind.JSON))
    assert source.given < 5 << 20


def test_more_values_and_more_objects_than_any_deployment_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_file_module, "MAX_VALUES", 5)
    with pytest.raises(NotReadable, match="too many values"):
        json_file("[1, 2, 3, 4, 5, 6, 7]")

    monkeypatch.setattr(documents, "MAX_ROWS", 1000)
    with pytest.raises(NotReadable, match="more than 1,000 objects"):
        clixml(envelope("<I32>1</I32>" * 2500))

"""The operator's list of users, in the forms and encodings that people and Windows write."""

from pathlib import Path

import pytest

from checker.errors import UsageError
from checker.users_file import read_users_file

ANNA, BEN = "anna@contoso.com", "ben@contoso.com"


def read(folder: Path, content: str | bytes, encoding: str = "utf-8") -> tuple[str, ...]:
    path = folder / "wave1.csv"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return read_users_file(path).names


@pytest.mark.parametrize(
    "content",
    [
        f"{ANNA}\n{BEN}\n",
        f"{ANNA}\r\n\r\n  {BEN}  \r\n",
        f"{ANNA},{BEN}",
        f"{ANNA};{BEN};",
        f"SipAddress\n{ANNA}\n{BEN}",
        f"Name,SipAddress\nAnna,{ANNA}\nBen,{BEN}\n",
        f"Name;SIPADDRESS;Department\r\nAnna;{ANNA};IT\r\nBen;{BEN};IT\r\n",
        f'"Name","sipaddress"\n"Berg, Anna","{ANNA}"\n"Ok ""Ben"" afor","{BEN}"\n',
        f"#TYPE Selected.Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser\nSipAddress\n{ANNA}\n{BEN}\n",
        f" SipAddress , Name\n {ANNA} ,Anna\n,\n{BEN}\n",
        f"SipAddress\n{ANNA},{BEN}\n",
        f"UserPrincipalName,SipAddress\n{ANNA},\nx@contoso.com,{BEN}\n",
    ],
)
def test_every_form_names_the_same_users(content: str, tmp_path: Path) -> None:
    assert read(tmp_path, content) == (ANNA, BEN)


def test_the_list_of_move_csuser_itself_is_read_as_it_stands(tmp_path: Path) -> None:
    assert read(tmp_path, f"sip:{ANNA},sip:{BEN}") == (f"sip:{ANNA}", f"sip:{BEN}")


@pytest.mark.parametrize("column", ["SipAddress", "UserPrincipalName", "Identity", "sAMAccountName", "IDENTITY"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_each_of_the_four_columns_names_users(column: str, delimiter: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"Name{delimiter}{column}\nAnna{delimiter}anna\n") == ("anna",)


def test_the_sip_address_wins_where_a_header_has_several_columns(tmp_path: Path) -> None:
    assert read(tmp_path, f"Identity,UserPrincipalName,SipAddress\na,b,{ANNA}\n") == (ANNA,)


def test_a_distinguished_name_in_quotes_stays_in_one_piece(tmp_path: Path) -> None:
    assert read(tmp_path, 'Identity\n"CN=Berg\\, Anna,OU=IT,DC=contoso,DC=com"\n') == (
        "CN=Berg\\, Anna,OU=IT,DC=contoso,DC=com",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("header", ["", "SipAddress\r\n"])
def test_every_encoding_that_windows_writes_is_read(encoding: str, header: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"{header}jürgen@contoso.com\r\n{BEN}\r\n", encoding) == ("jürgen@contoso.com", BEN)


def test_utf_16_is_read_in_either_byte_order(tmp_path: Path) -> None:
    for raw in (b"\xff\xfe" + ANNA.encode("utf-16-le"), b"\xfe\xff" + ANNA.encode("utf-16-be")):
        assert read(tmp_path, raw) == (ANNA,)


def test_duplicates_are_kept_for_the_report_to_name(tmp_path: Path) -> None:
    assert read(tmp_path, f"{ANNA}\n{BEN}\nsip:{ANNA}\n{ANNA}\n") == (ANNA, BEN, f"sip:{ANNA}", ANNA)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n \r\n", b"SipAddress\r\n", b";;\n"])
def test_a_file_that_names_nobody_is_an_error(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"wave1\.csv: names no user"):
        read(tmp_path, content)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.csv: No such file"):
        read_users_file(tmp_path / "nowhere.csv")


def test_a_cut_off_or_binary_file_is_an_error_and_no_list_of_users(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is cut off"):
        read(tmp_path, b"\xff\xfea\x00b")
    with pytest.raises(UsageError, match="cannot be read as text or CSV"):
        read(tmp_path, b"a" * 200_000)


def test_a_file_that_is_no_list_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("# csready\n\nPredicts the errors Move-CsUser would raise.\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"README\.md, line 1: '# csready' names no user"):
        read_users_file(path)


def test_a_distinguished_name_stands_on_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "users.txt"
    path.write_text("CN=Anna Berg,OU=Staff,DC=contoso,DC=com\nben@contoso.com\n", encoding="utf-8")
    assert read_users_file(path).names == ("CN=Anna Berg,OU=Staff,DC=contoso,DC=com", "ben@contoso.com")


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (f"{ANNA}\n{BEN}\n", (1, 2)),
        (f"\r\n{ANNA}\r\n\r\n{BEN}\r\n", (2, 4)),
        (f"{ANNA},{BEN}", (1, 1)),
        (f"SipAddress\n\n{ANNA}\n,\n{BEN}", (3, 5)),
        (f"#TYPE System.String\nName,SipAddress\nAnna,{ANNA}\nBen,{BEN}\n", (3, 4)),
        (f'Name,SipAddress\n"Berg,\nAnna",{ANNA}\nBen,{BEN}\n', (2, 4)),
    ],
)
def test_each_name_comes_with_its_line(content: str, lines: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "wave1.csv"
    path.write_bytes(content.encode())
    assert read_users_file(path) == ((ANNA, BEN), lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Name,SipAddress\nAnna,\nBen,sip:b@x.com\n", "line 2: names nobody"),
        ("sip:a@x.com\n".encode("utf-16-le"), "is no text in UTF-8"),
        (b"\x1b[31msip:a@x.com\n", "line 1"),
        ("\u202esip:a@x.com\n".encode(), "line 1"),
    ],
)
def test_nobody_is_lost_and_nothing_is_taken_for_a_name(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "wave1.csv").write_bytes(content)
    with pytest.raises(UsageError, match=r"wave1\.csv") as refusal:
        read_users_file(tmp_path / "wave1.csv")
    assert said in refusal.value.message

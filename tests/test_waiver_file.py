"""The waiver file: what is read, what is refused and in which words, and what is appended."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from checker.errors import UsageError
from checker.model.report import Waiver
from checker.waiver_file import append_waiver, read_waivers

SOUND = """\
# ours
[[waiver]]
check = "edge.partner-discovery-parity"
subject = "contoso"
reason = "partners move in December"
owner = "J. Doe"
ticket = "CHG-881"
expires = 2026-12-31
"""
WAIVER = Waiver(
    check="edge.partner-discovery-parity",
    subject="contoso",
    reason="partners move in December",
    owner="J. Doe",
    ticket="CHG-881",
    expires=date(2026, 12, 31),
    fingerprint=None,
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "waivers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    assert read_waivers(written(tmp_path, SOUND)) == (WAIVER,)


def test_a_date_may_be_text_and_a_subject_may_be_left_out(tmp_path: Path) -> None:
    text = SOUND.replace("2026-12-31", '"2026-12-31"').replace('subject = "contoso"\n', "")
    assert read_waivers(written(tmp_path, text))[0].subject == "*"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('owner = "J. Doe"\n', ""), "waiver 1: owner is missing"),
        (("owner", "ownr"), "waiver 1: ownr: is not a key of a waiver"),
        (("edge.partner-discovery-parity", "edge.partner-discovery"), "no check has such an id"),
        (("2026-12-31", '"next year"'), "waiver 1: expires: is no date"),
        (("2026-12-31", "2026-12-31T10:00:00Z"), "waiver 1: expires: is no date"),
        (('"J. Doe"', "7"), "waiver 1: owner: is no text"),
        (("[[waiver]]", "[waiver]"), "waiver: is no list of tables"),
        (("[[waiver]]", "[[waivers]]"), "waivers: is no key of a waiver file"),
        (("[[waiver]]", "[[waiver"), "is no TOML in UTF-8"),
    ],
)
def test_a_broken_file_is_refused_by_name(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = written(tmp_path, SOUND.replace(*change))
    with pytest.raises(UsageError) as refused:
        read_waivers(path)
    assert refused.value.message.startswith(f"{path}: ")
    assert said in refused.value.message
    assert refused.value.hint


def test_a_check_that_is_nearly_one_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read_waivers(written(tmp_path, SOUND.replace("discovery-parity", "discovery-party")))
    assert refused.value.hint == "Did you mean edge.partner-discovery-parity?"


def test_a_missing_file_and_a_doubled_waiver_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_waivers(tmp_path / "none.toml")
    with pytest.raises(UsageError, match="waiver 2: is the same as waiver 1"):
        read_waivers(written(tmp_path, SOUND + SOUND))


@pytest.mark.parametrize("before", ["", SOUND.replace("CHG-881", "CHG-1"), "# no line end at the end"])
def test_appending_leaves_the_rest_untouched(tmp_path: Path, before: str) -> None:
    path = written(tmp_path, before)
    append_waiver(path, WAIVER)
    text = path.read_text(encoding="utf-8")
    assert text.startswith(before)
    assert read_waivers(path)[-1] == WAIVER


def test_a_file_is_begun_where_there_is_none(tmp_path: Path) -> None:
    append_waiver(tmp_path / "new.toml", WAIVER)
    assert read_waivers(tmp_path / "new.toml") == (WAIVER,)
    with pytest.raises(UsageError, match="holds this waiver already"):
        append_waiver(tmp_path / "new.toml", WAIVER)


def test_several_short_ones_are_appended_one_after_the_other(tmp_path: Path) -> None:
    short = [msgspec.structs.replace(WAIVER, subject="c", reason=why, owner="D", ticket="1") for why in ("a", '"\n\\')]
    for each in short:
        append_waiver(tmp_path / "new.toml", each)
    assert read_waivers(tmp_path / "new.toml") == tuple(short)


@pytest.mark.parametrize(
    ("before", "added", "said"),
    [
        ("waiver = []\n", WAIVER, "cannot take this waiver: is no TOML"),
        ("", msgspec.structs.replace(WAIVER, owner=" "), "cannot take this waiver: waiver 1: owner: is no text"),
        ("waiver = 7\n", WAIVER, "waiver: is no list of tables"),
    ],
)
def test_what_would_break_the_file_is_not_written(tmp_path: Path, before: str, added: Waiver, said: str) -> None:
    path = written(tmp_path, before)
    with pytest.raises(UsageError) as refused:
        append_waiver(path, added)
    assert said in refused.value.message
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == before


def test_a_mark_of_byte_order_and_windows_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    before = b"\xef\xbb\xbf" + SOUND.replace("CHG-881", "CHG-1").replace("\n", "\r\n").encode()
    path.write_bytes(before)
    append_waiver(path, WAIVER)
    assert path.read_bytes().startswith(before)
    assert [each.ticket for each in read_waivers(path)] == ["CHG-1", "CHG-881"]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "waivers.toml"
    path.write_bytes(SOUND.replace("J. Doe", "J. Döe").encode("latin-1"))
    with pytest.raises(UsageError, match=r"waivers\.toml: is no TOML in UTF-8"):
        read_waivers(path)

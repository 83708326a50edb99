"""Pseudonyms are stable under one key, tell values apart, and give nothing away."""

import hashlib

from checker.redacting.pseudonyms import Kind, Pseudonyms

KEY = b"0123456789abcdef"


def test_a_pseudonym_depends_on_key_kind_and_value_alone() -> None:
    one, same, other = Pseudonyms(KEY), Pseudonyms(KEY), Pseudonyms(KEY + b"x")
    same.of(Kind.USER, "somebody before")
    token = one.of(Kind.USER, "anna@contoso.com")
    assert token == one.of(Kind.USER, "anna@contoso.com") == same.of(Kind.USER, "anna@contoso.com")
    assert token != other.of(Kind.USER, "anna@contoso.com")
    assert token.removeprefix("user-") != one.of(Kind.HOST, "anna@contoso.com").removeprefix("host-")
    assert hashlib.sha256(b"anna@contoso.com").hexdigest()[:8] not in token


def test_values_that_meet_in_their_first_digits_get_more() -> None:
    short = Pseudonyms(KEY, digits=1)
    names = [f"user{number}@contoso.com" for number in range(200)]
    tokens = [short.of(Kind.USER, name) for name in names]
    assert len(set(tokens)) == len(names)
    again = Pseudonyms(KEY, digits=1)
    assert [again.of(Kind.USER, name) for name in names] == tokens
    assert all(
        Pseudonyms(KEY).of(Kind.USER, name).startswith(token)
        for name, token in zip(names, tokens, strict=True)
        if len(token) <= len("user-") + 8
    )


def test_the_map_is_sorted_and_whole() -> None:
    pseudonyms = Pseudonyms(KEY)
    given = [pseudonyms.of(kind, "x") for kind in Kind]
    assert [token for _, token, _ in pseudonyms.given()] == sorted(given)


def test_the_id_of_a_key_does_not_show_it() -> None:
    assert Pseudonyms(KEY).key_id == hashlib.sha256(KEY).hexdigest()[:8]
    assert KEY.decode() not in repr(vars(Pseudonyms)) and "0123456789abcdef" not in repr(Pseudonyms(KEY))


def test_a_name_that_is_no_valid_unicode_has_one_too() -> None:
    assert Pseudonyms(KEY).of(Kind.USER, "\ud800@contoso.com").startswith("user-")

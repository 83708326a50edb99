"""Pseudonyms: under one key a value always has the same one, and without the key nobody can guess it back."""

import hashlib
import hmac
from collections.abc import Iterator
from enum import Enum


class Kind(Enum):
    USER = "user"
    HOST = "host"
    NUMBER = "number"
    ADDRESS = "address"


class Pseudonyms:
    """``user-7f3a91c2``: the kind, and the first ``digits`` of the value's HMAC-SHA256. Where two values of a run meet
    in these, the later one takes as many more as tell it from the other.
    """

    def __init__(self, key: bytes, *, digits: int = 8) -> None:
        self._key = key
        self._digits = digits
        self._by_value: dict[tuple[Kind, str], str] = {}
        self._taken: set[str] = set()

    @property
    def key_id(self) -> str:
        """Tells keys apart, and nothing else of them."""
        return hashlib.sha256(self._key).hexdigest()[:8]

    def of(self, kind: Kind, value: str) -> str:
        """``value`` in the one form in which it is compared."""
        found = self._by_value.get((kind, value))
        return found if found is not None else self._new(kind, value)

    def digest(self, text: str) -> str:
        """In the place of a hash without a key, which whoever guesses its input can confirm: 64 hexadecimal digits."""
        return self._hmac(f"digest:{text}")

    def given(self) -> Iterator[tuple[Kind, str, str]]:
        """Kind, pseudonym and value of each that there is so far, sorted."""
        for (kind, value), token in sorted(self._by_value.items(), key=lambda each: each[1]):
            yield kind, token, value

    def _new(self, kind: Kind, value: str) -> str:
        digest = self._hmac(f"{kind.value}:{value}")
        digits = self._digits
        while (token := f"{kind.value}-{digest[:digits]}") in self._taken:
            digits += 1
        self._taken.add(token)
        self._by_value[kind, value] = token
        return token

    def _hmac(self, text: str) -> str:
        return hmac.digest(self._key, text.encode("utf-8", errors="surrogatepass"), "sha256").hex()

"""What a key of a snapshot is, what becomes of it, and how a key that is not there is refused."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from checker.errors import UsageError
from checker.model.answers import Json

_MOST_NAMED = 3


@dataclass(frozen=True)
class Setting:
    """``note`` stands in the place of a value where there is none to show: a count of objects, why nobody answered."""

    key: str
    value: Json = None
    note: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """``assumed``: nobody had answered that, or the answer did not hold it; what follows from it rests on the
    operator's word alone.
    """

    key: str
    before: Json
    after: Json
    assumed: bool


def unknown_key(key: str, known: Iterable[str]) -> UsageError:
    """With what was probably meant."""
    by_folded = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(key.casefold(), by_folded, n=_MOST_NAMED)
    meant = " or ".join(by_folded[each] for each in close)
    return UsageError(
        f"--set {key}: the snapshot has no such key",
        f"Did you mean {meant}?" if meant else "csready whatif SNAPSHOT --list-keys names them.",
    )


def ambiguous_key(key: str, meanings: Iterable[str]) -> UsageError:
    several = list(meanings)
    more = " or another of them" if len(several) > _MOST_NAMED else ""
    named = " or ".join(several[:_MOST_NAMED])
    return UsageError(f"--set {key}: may mean {len(several)} things", f"Say which: {named}{more}.")


def bad_value(key: str, wanted: str) -> UsageError:
    return UsageError(f"--set {key}: takes another kind of value", f"Give {wanted}.")

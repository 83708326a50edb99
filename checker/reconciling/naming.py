"""Whom a text names: a user of the report by SIP address, or by another name that its snapshot knows."""

import re
from collections.abc import Iterable, Mapping

from checker.model.evidence import Evidence, Wanted
from checker.model.facts import Snapshot
from checker.model.undecided import Undecided
from checker.readings.names import sip_address
from checker.readings.users import batch

Names = Mapping[str, str]  # any name of a user in lower case -> the user as the report has it

_ADDRESS = re.compile(r"(sip:)?([^\s<>()\[\],;:\"|=]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})", re.IGNORECASE)
_COMMON_NAME = re.compile(r"cn=[^,:)]{1,64}", re.IGNORECASE)  # as PowerShell's error record names a user


def names_of(users: Iterable[str], snapshot: Snapshot | None = None) -> dict[str, str]:
    """Every user by its own name; with the snapshot also by UPN, distinguished name and ``CN=``. A name that two users
    share is nobody's.
    """
    own = {user: user for user in users}
    other: dict[str, str] = {}
    for name, user in _other_names(snapshot) if snapshot else ():
        other[name] = user if other.get(name, user) == user else ""
    return {name: user for name, user in other.items() if user in own} | own


def _other_names(snapshot: Snapshot) -> Iterable[tuple[str, str]]:
    evidence = Evidence({fact.probe: fact for fact in snapshot.facts})
    try:
        rows = batch(snapshot.target)(evidence)
    except (Undecided, Wanted):
        return
    for row in rows:
        if row.user and not (row.found and len(row.found) > 1):
            yield row.user.upn, row.subject
            yield row.user.dn, row.subject
            if common := _COMMON_NAME.match(row.user.dn):
                yield common[0], row.subject


def whom(text: str, names: Names) -> str:
    """The one whom a cell names: a user of the report, else the only address in it; empty for nobody or several."""
    bare = sip_address(text.strip("\"' "))
    if user := names.get(bare):
        return user
    if "@" in text:
        found: list[tuple[str, str]] = _ADDRESS.findall(text)
        sips = {address.lower() for sip, address in found if sip} or {address.lower() for _, address in found}
        known = {names[address] for address in sips if address in names}
        if len(known or sips) == 1:
            (user,) = known or sips
            return user
        if sips:
            return ""
    common = _COMMON_NAME.search(text)
    return names.get(common[0].lower(), common[0]) if common else ""


def user_named(name: str, names: Names) -> str:
    """The user of the report whom a log calls so; the name itself where it is nobody's of the report."""
    return names.get(sip_address(name), name)

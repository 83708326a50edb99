"""Accounts that have a SIP address and are no ordinary users: each kind has a cmdlet of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.model.undecided import Undecided, Unreadable
from checker.readings import rows
from checker.readings.names import sip_address

_NAMED_BY = ("Identity", "SipAddress")

APPLICATION_ENDPOINTS = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsHybridApplicationEndpoint", properties=_NAMED_BY
)
COMMON_AREA_PHONES = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsCommonAreaPhone", properties=_NAMED_BY)
MEETING_ROOMS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsMeetingRoom", properties=_NAMED_BY)

_KINDS = {
    APPLICATION_ENDPOINTS: "a hybrid application endpoint",
    COMMON_AREA_PHONES: "a common area phone",
    MEETING_ROOMS: "a meeting room",
}


@dataclass(frozen=True, slots=True)
class OtherAccounts:
    """``kinds``: by SIP address and by DN, lower case, what the account is. ``gap`` says why there may be others."""

    kinds: Mapping[str, str]
    gap: Undecided | None


def other_accounts(evidence: Evidence) -> OtherAccounts:
    """For ``evidence.derive``."""
    kinds: dict[str, str] = {}
    missing: list[tuple[AnyProbe, NoAnswer]] = []
    unreadable: list[Undecided] = []
    for probe, answer in zip(_KINDS, evidence.attempts(*_KINDS), strict=True):
        if isinstance(answer, NoAnswer):
            missing.append((cast(AnyProbe, probe), answer))
            continue
        try:
            for row in rows.all_of(answer, probe.cmdlet):
                for name in _names(row):
                    kinds.setdefault(name, _KINDS[probe])
        except Undecided as why:
            unreadable.append(why)
    return OtherAccounts(kinds, Unanswered(tuple(missing)) if missing else next(iter(unreadable), None))


def _names(row: rows.Row) -> set[str]:
    """Raises ``Unreadable`` for an object that nothing names."""
    names = {sip_address(rows.text_or_empty(row, "SipAddress")), rows.text_or_empty(row, "Identity").lower()} - {""}
    if not names:
        raise Unreadable("an account has neither Identity nor SipAddress")
    return names

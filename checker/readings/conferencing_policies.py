"""Whether a user's conferencing policy allows dialling in: Get-CsConferencingPolicy.

A policy of the user's own counts before that of the site, and that before Global. Set-CsConferencingPolicy (Microsoft
Learn), read 2026-11-22.
"""

from functools import cached_property

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.readings import rows

CONFERENCING_POLICIES = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsConferencingPolicy", properties=("Identity", "EnableDialInConferencing")
)


class ConferencingPolicies:
    """By name, without ``Tag:``."""

    def __init__(self, policies: Objects) -> None:
        self._rows = {rows.text(row, "Identity").lower().removeprefix("tag:"): row for row in policies.rows}
        self._complete = policies.complete

    def allow_dial_in(self, own: str | None) -> bool:
        """``own``: the name of the user's own policy, empty for none. Raises ``Undecided`` where the user's policy, or
        what it allows, is not known.
        """
        if own is None:
            raise Unreadable("ConferencingPolicy of the user was not read")
        return self._allows(own.lower()) if own else self._without_own

    @cached_property
    def _without_own(self) -> bool:
        """Of a user who has none: that of the site, which no property of the user names, or Global."""
        if not self._complete:
            raise Undecided(
                Reason.NO_ACCESS, "Get-CsConferencingPolicy was read in part", needs="all conferencing policies"
            )
        allows = self._allows("global")
        if any(self._allows(name) is not allows for name in self._rows if name.startswith("site:")):
            raise Undecided(
                Reason.MALFORMED, "a site's conferencing policy differs from Global, and the user's site is not known"
            )
        return allows

    def _allows(self, name: str) -> bool:
        if name not in self._rows:
            raise Unreadable(f"Get-CsConferencingPolicy does not show the policy {name}")
        return rows.flag(self._rows[name], "EnableDialInConferencing")


def conferencing_policies(evidence: Evidence) -> ConferencingPolicies:
    """For ``evidence.derive``."""
    return ConferencingPolicies(evidence.answer(CONFERENCING_POLICIES))

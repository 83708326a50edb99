"""Whether a user's policy for user services allows the unified contact store: Get-CsUserServicesPolicy.

A policy of the user's own counts before that of the site, and that before Global.
"""

from functools import cached_property

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.readings import rows

USER_SERVICES_POLICIES = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsUserServicesPolicy", properties=("Identity", "UcsAllowed")
)

_GLOBAL, _SITE = "global", "site:"


class ServicesPolicies:
    """By name, without ``Tag:``."""

    def __init__(self, policies: Objects) -> None:
        self._rows = {rows.text(row, "Identity").lower().removeprefix("tag:"): row for row in policies.rows}
        self._complete = policies.complete

    def of(self, own: str | None) -> str:
        """The policy that holds for a user; ``own``: the name of the user's own one, empty for none.

        Raises ``Undecided`` where that is not known: of a user who has none, for no property names the user's site.
        """
        if own is None:
            raise Unreadable("Get-CsUser does not show UserServicesPolicy")
        return own if own else self._without_own

    @cached_property
    def _without_own(self) -> str:
        if not self._complete:
            raise Undecided(Reason.NO_ACCESS, "Get-CsUserServicesPolicy was read in part", needs="all such policies")
        allows = self.allows_ucs(_GLOBAL)
        if any(self.allows_ucs(name) is not allows for name in self._rows if name.startswith(_SITE)):
            raise Unreadable("a site's policy differs from Global, and the user's site is not known")
        return "Global"

    def allows_ucs(self, policy: str) -> bool:
        """Raises ``Unreadable`` where the policy, or what it says, was not read."""
        name = policy.lower()
        if name not in self._rows:
            raise Unreadable(f"Get-CsUserServicesPolicy does not show the policy {policy}")
        return rows.flag(self._rows[name], "UcsAllowed")


def services_policies(evidence: Evidence) -> ServicesPolicies:
    return ServicesPolicies(evidence.answer(USER_SERVICES_POLICIES))

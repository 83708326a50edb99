"""The user's contacts are not in the unified contact store of Exchange.

The sources differ. One text (of Teams, with a pull request to it) says that such contacts do not move, and that the
store has to be switched off and rolled back first; a page for Lync Server 2013 says that a move between the premises
rolls them back by itself. So it is a risk of loss. What is read is whether the user's policy allows the store, which is
a permission and no state: Debug-CsUnifiedContactStore shows that. Switch it off, roll back, wait, then move.
"""

from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import POLICIES, UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.services_policies import services_policies
from checker.readings.users import must_be_read

EXPECTED = "UcsAllowed False"
PLACE = POLICIES.index("UserServicesPolicy")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    policies = services_policies(evidence)

    @lru_cache(maxsize=4096)
    def judge_policy(own: str | None) -> Verdict:
        """One for all users of a policy."""
        policy = policies.of(own)
        is_allowed = policies.allows_ucs(policy)
        return Verdict.when(
            not is_allowed,
            expected=EXPECTED,
            observed=f"UcsAllowed {is_allowed} in the policy {policy}",
            fill=(("policy", quoted(policy)),),
        )

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        return NOT_FOUND if user is None else judge_policy(user.policies[PLACE])

    return judge


CHECK = UserCheck(
    id="user.unified-contact-store",
    title="The user is not in the unified contact store",
    impact=Impact.LOSES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    confidence_note="sources differ",
    bind=bind,
    remediation=on_premises(
        "Set-CsUserServicesPolicy -Identity {policy} -UcsAllowed $false; Invoke-CsUcsRollback -Identity <user>",
        verify="Debug-CsUnifiedContactStore -Identity <user>",
        rollback="Set-CsUserServicesPolicy -Identity {policy} -UcsAllowed $true",
        wait="replication of the policy before the rollback",
    ),
    sources=(sources.MOVET, sources.PR2820, sources.UCS),
    page=__doc__,
)

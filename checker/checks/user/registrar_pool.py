"""The user is on a pool from which users can be moved.

RegistrarPool names a pool of this topology whose servers are Lync Server 2013 or later. A user of an Office
Communications Server pool, or of none, cannot be moved to the cloud; nor is one from Lync Server 2010, which no hybrid
with Teams supports. Whether the services of the pool run is not judged. Move the user to a current pool first; from an
Office Communications Server that is Move-CsLegacyUser.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.powershell_text import quoted
from checker.readings.registrar_pools import pool_obstacles
from checker.readings.remedies import on_premises
from checker.readings.users import HOMED_ON_PREMISES, must_be_read

EXPECTED = "RegistrarPool is a pool of Lync Server 2013 or later"
CURRENT = Verdict.when(True, expected=EXPECTED, observed="such a pool")
MOVED = Verdict.not_applicable("the user is not homed on-premises (user.homed-on-premises)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    obstacle = pool_obstacles(evidence)

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        if user.hosting_provider and user.hosting_provider.upper() != HOMED_ON_PREMISES:
            return MOVED
        if "RegistrarPool" in user.missing:
            raise Unreadable("Get-CsUser does not show RegistrarPool")
        if observed := obstacle(user.registrar_pool):
            fill = (("identity", quoted(row.subject)),)
            return Verdict.when(False, expected=EXPECTED, observed=observed, fill=fill)
        return CURRENT

    return judge


CHECK = UserCheck(
    id="user.registrar-pool",
    title="The user is on a pool that can move users",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    predicts=("legacy-pool-user",),
    bind=bind,
    remediation=on_premises(
        "Move-CsUser -Identity {identity} -Target <FQDN of a current pool>",
        verify="Get-CsUser -Identity {identity} | Select-Object RegistrarPool",
        rollback="Move-CsUser -Identity {identity} -Target <FQDN of the pool it was on>",
    ),
    sources=(sources.PLAN, sources.MCU),
    page=__doc__,
)

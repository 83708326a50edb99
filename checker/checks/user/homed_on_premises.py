"""Each user of the batch is homed on-premises: HostingProvider is SRV:.

A user whose HostingProvider is the cloud's name has been moved already: nothing is left for Move-CsUser to do, and what
it says of such a user is published nowhere. Leave it out of the batch. Never edit msRTCSIP-DeploymentLocator by hand in
place of a move: contacts and meetings stay behind.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.dns_records import cloud_of
from checker.readings.names import same_name
from checker.readings.powershell_text import quoted
from checker.readings.users import HOMED_ON_PREMISES, must_be_read

EXPECTED = f"HostingProvider {HOMED_ON_PREMISES}"
HOMED = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)
NOT_FOUND = Verdict.not_applicable("the user was not found on-premises (user.found-and-enabled)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        provider = user.hosting_provider
        if provider.upper() == HOMED_ON_PREMISES:
            return HOMED
        if not provider:
            raise Unreadable("HostingProvider is empty or was not read: homed neither here nor there")
        moved = cloud_of(provider) is not None or same_name(provider, target.proxy_fqdn)
        return Verdict.when(
            False,
            expected=EXPECTED,
            observed=f"HostingProvider {provider}{', already in the cloud' if moved else ''}",
            fill=(("identity", quoted(row.subject)),),
            inferred=not moved,
        )

    return judge


CHECK = UserCheck(
    id="user.homed-on-premises",
    title="The user is homed on-premises",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("already-online",),
    bind=bind,
    remediation=Remediation(
        run="leave {identity} out of the batch",
        where="the list of users",
        role="whoever runs the move",
        verify="Get-CsUser -Identity {identity} | Select-Object HostingProvider",
    ),
    sources=(sources.BMT, sources.OPD, sources.DDECOM),
    page=__doc__,
)

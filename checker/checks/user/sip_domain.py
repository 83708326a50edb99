"""The domain of the user's SIP address is a SIP domain on both sides: of the servers, and verified and enabled online.

Hybrid wants a domain on both sides. A user of a domain that the servers do not have, that the tenant has not verified,
or that is not enabled online has no address that could be moved. Enable the domain; or give the user an address of
another one, which everybody who writes to the old one will notice.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND, address_of
from checker.readings.pool_builds import known
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.user_domains import domain_standings

EXPECTED = "a SIP domain of the servers, verified and enabled online"
ON_BOTH_SIDES = Verdict.when(True, expected=EXPECTED, observed=EXPECTED)


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    standings = domain_standings(target, evidence)
    unknown = [standing for standing in standings.values() if isinstance(standing, Undecided)]
    if len(unknown) == len(standings):
        raise unknown[0]  # said once, and not of every user

    def judge(row: UserRow) -> Verdict:
        if address_of(row) is None:
            return NOT_FOUND
        trouble = known(standings[row.sip_domain])
        if not trouble:
            return ON_BOTH_SIDES
        observed = f"{row.sip_domain}: {trouble}"
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=(("identity", quoted(row.subject)),))

    return judge


CHECK = UserCheck(
    id="user.sip-domain",
    title="The user's SIP domain is known on both sides",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the state; message unknown",
    predicts=("sip-domain-not-online",),
    bind=bind,
    remediation=on_premises(
        "enable the domain on both sides; or: Set-CsUser -Identity {identity} -SipAddress sip:<new address>",
        verify="Get-CsUser -Identity {identity} | Select-Object SipAddress",
        rollback="Set-CsUser -Identity {identity} -SipAddress sip:<old address>",
        wait="a cycle of directory synchronisation",
    ),
    sources=(sources.CONS, sources.OSD, sources.PR457),
    page=__doc__,
)

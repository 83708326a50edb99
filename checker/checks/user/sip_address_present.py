"""The account does not say that it is homed on-premises while it has no SIP address.

With msRTCSIP-DeploymentLocator SRV: and msRTCSIP-PrimaryUserAddress empty the cloud cannot make a SIP address, and
online cmdlets no longer find the user. Nor does Get-CsUser: the account has to be looked up in Active Directory, or by
the validation error in the tenant. Enable the user again with the old address and synchronise. A vendor's advice to set
the locator to the cloud's value by hand leaves contacts and meetings behind.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.bad_locators import bad_locators
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.users import HOMED_ON_PREMISES, batch, must_be_read

EXPECTED = "a SIP address with HostingProvider SRV:"
PRESENT = Verdict.when(True, expected=EXPECTED, observed="SIP address present")
ELSEWHERE = Verdict.when(True, expected=EXPECTED, observed="no SIP address, and not homed on-premises")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = evidence.derive(batch(target))
    is_bad = bad_locators(target, evidence) if any(row.found == () for row in users) else None

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return does_not_hold(row, "in the directory") if is_bad and is_bad(row) else NOT_FOUND
        if user.sip_address:
            return PRESENT
        if "SipAddress" in user.missing or not user.hosting_provider:
            raise Unreadable("SipAddress or HostingProvider is not in what was read of Get-CsUser")
        if user.hosting_provider.upper() != HOMED_ON_PREMISES:
            return ELSEWHERE
        return does_not_hold(row, "in Get-CsUser")

    return judge


def does_not_hold(row: UserRow, where: str) -> Verdict:
    return Verdict.when(
        False,
        expected=EXPECTED,
        observed=f"homed on-premises, no SIP address ({where})",
        fill=(("identity", quoted(row.subject)),),
    )


CHECK = UserCheck(
    id="user.sip-address-present",
    title="The user's on-premises SIP attributes are complete",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    confidence_note="as a blocker; high as a bad state",
    predicts=("sip-address-missing",),
    bind=bind,
    remediation=on_premises(
        "Enable-CsUser -Identity {identity} -RegistrarPool <pool FQDN> -SipAddress <the old address>; then synchronise",
        verify="Get-CsUser -Identity {identity} | Select-Object SipAddress, HostingProvider",
        wait="the next synchronisation",
    ),
    sources=(sources.SBC,),
    page=__doc__,
)

"""Nobody else has the SIP address of a user of the batch, neither in the forest nor in the tenant.

Every object of the forest counts that has the address in msRTCSIP-PrimaryUserAddress or, with sip:, in proxyAddresses,
and every account of the tenant. The portal reports such a pair; what Move-CsUser makes of it is not verified. Give the
other one an address of its own, or remove the stray value, and let it synchronise.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.sip_holders import sip_holders
from checker.readings.users import must_be_read

EXPECTED = "one object with the address on-premises, one in the tenant"
UNIQUE = Verdict.when(True, expected=EXPECTED, observed="no other object")
NO_ADDRESS = Verdict.not_applicable("the user has no SIP address (user.sip-address-present)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    held = evidence.derive(sip_holders)
    if held.gap and not held.on_premises and not held.in_cloud:
        raise held.gap.with_traceback(None)

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        address = user.sip_address
        if not address:
            return NO_ADDRESS
        here, there = held.on_premises.get(address, ()), held.in_cloud.get(address, ())
        if here or there:
            seen = (("on-premises", here), ("in the tenant", there))
            others = [name for name in (*here, *there) if name not in (user.dn, user.upn)]
            return Verdict.when(
                False,
                expected=EXPECTED,
                observed="; ".join(f"{where}: {', '.join(names)}" for where, names in seen if names),
                fill=(("other", quoted(others[0] if others else row.subject)),),
            )
        if held.gap:
            raise held.gap.with_traceback(None)
        return UNIQUE

    return judge


CHECK = UserCheck(
    id="user.unique-sip-address",
    title="No other object has the user's SIP address",
    impact=Impact.BLOCKS,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="as a bad state; effect on a move unverified",
    predicts=("sip-address-conflict",),
    bind=bind,
    remediation=on_premises(
        "Set-CsUser -Identity {other} -SipAddress <sip: and an address that is free>;"
        " or remove the stray sip: value from proxyAddresses of {other}; then synchronise",
        verify="Get-CsUser -Identity {other} | Select-Object SipAddress",
        rollback="Set-CsUser -Identity {other} -SipAddress <the address it had>",
        wait="about 15 minutes after the synchronisation",
    ),
    sources=(sources.SUNIQ,),
    page=__doc__,
)

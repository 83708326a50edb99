"""The cloud has the SIP address that the user has on-premises.

The service finds the user by the address that directory synchronisation brought: OnPremSipAddress of Get-CsOnlineUser,
or SipAddress where that is empty. Another address there, or none at an account that is synchronised, belongs to a user
who was changed on one side only. Correct it in Active Directory, never in the cloud alone, and let a cycle run.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, address_of, is_synced, online_users, upn_of
from checker.readings.names import sip_address
from checker.readings.remedies import directory_sync

MATCHES = Verdict.when(True, expected="the SIP address that the user has on-premises", observed="the same address")
NOT_SYNCED = Verdict.not_applicable("the cloud account is not synchronised (user.synced)")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    users = online_users(target, evidence)

    def judge(row: UserRow) -> Verdict:
        wanted = address_of(row)
        if wanted is None:
            return NOT_FOUND
        account = users.of(row)
        if account is None:
            return NO_ACCOUNT
        seen = address_in_cloud(account)
        if seen == wanted:
            return MATCHES
        if not seen and not is_synced(account):
            return NOT_SYNCED
        return Verdict.when(False, expected=wanted, observed=seen or "no SIP address in the cloud", fill=upn_of(row))

    return judge


def address_in_cloud(account: rows.Row) -> str:
    """Empty where the cloud has none. Raises ``Unreadable`` where neither property was read."""
    if not rows.has(account, "OnPremSipAddress", "SipAddress"):
        raise Unreadable("the cloud user has neither OnPremSipAddress nor SipAddress")
    synced = sip_address(rows.text_or_empty(account, "OnPremSipAddress"))
    return synced or sip_address(rows.text_or_empty(account, "SipAddress"))


CHECK = UserCheck(
    id="user.sip-address-matches",
    title="Cloud and on-premises agree on the SIP address",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the state; message unknown",
    predicts=("not-synced",),
    bind=bind,
    remediation=directory_sync(
        "correct msRTCSIP-PrimaryUserAddress of the user, then: Start-ADSyncSyncCycle -PolicyType Delta",
        verify="Get-CsOnlineUser -Identity {identity} | Select-Object SipAddress, OnPremSipAddress",
        wait="the cycle, then provisioning in the cloud",
    ),
    sources=(sources.AADC,),
    page=__doc__,
)

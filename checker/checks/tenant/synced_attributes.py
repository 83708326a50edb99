"""The attributes of Skype for Business flow to the tenant with directory synchronisation.

The cloud must see of each user the SIP address, where the user is homed, and that the user is enabled:
msRTCSIP-PrimaryUserAddress, msRTCSIP-DeploymentLocator, msRTCSIP-UserEnabled; for voice also msRTCSIP-Line,
msRTCSIP-OptionFlags and msRTCSIP-OwnerUrn. When no user of the batch shows any of it, synchronisation leaves them out,
mostly because it was set up before the schema was extended. Then the cloud takes users with a licence for its own.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided, Unreadable
from checker.model.verdicts import Verdict
from checker.readings import rows
from checker.readings.cloud_users import online_users
from checker.readings.remedies import refreshed_schema
from checker.readings.users import HOMED_ON_PREMISES, batch, must_be_read

SHOWN = ("OnPremHostingProvider", "OnPremSipAddress")
EXPECTED = f"OnPremHostingProvider {HOMED_ON_PREMISES} and OnPremSipAddress in the cloud"
FLOW = Verdict.when(True, expected=EXPECTED, observed="users of the batch show them")


def judge(target: Target, evidence: Evidence) -> Verdict:
    if target.no_users:
        return Verdict.not_applicable("users were left out on purpose (--no-users)")
    users = online_users(target, evidence)
    looked_at, missing = 0, None
    for user in evidence.derive(batch(target)):
        try:
            found = must_be_read(user)
            if found is None or found.hosting_provider.upper() != HOMED_ON_PREMISES:
                continue
            account = users.of(user)
            if account is not None and any(rows.text_or_empty(account, name) for name in SHOWN):
                return FLOW
            if account is not None and not all(rows.has(account, name) for name in SHOWN):
                raise Unreadable(f"Get-CsOnlineUser does not show {' and '.join(SHOWN)} of a user")  # absent, not empty
        except Undecided as why:
            missing = why.with_traceback(None)
        else:
            looked_at += account is not None
    if missing:
        raise missing
    if not looked_at:
        raise Undecided(
            Reason.NOT_ASKED, "no user of the batch is both homed on-premises and known in the cloud", needs="users"
        )
    return Verdict.when(False, expected=EXPECTED, observed="both empty for every user of the batch")


CHECK = DeploymentCheck(
    id="tenant.synced-attributes",
    title="The msRTCSIP attributes flow to the tenant",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="bad state; medium as the cause of a move error",
    predicts=("not-synced",),
    judge=judge,
    remediation=refreshed_schema("Get-CsOnlineUser -Identity <upn> | Select-Object OnPremHostingProvider"),
    sources=(sources.AADC, sources.DMULTI, sources.OSD, sources.S506),
    page=__doc__,
)

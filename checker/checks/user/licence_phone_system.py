"""A user who has Enterprise Voice, or a number, has a Phone System plan.

The move takes calling along only for whom the cloud may give it to; without the licence it is refused, and no text says
with which words. A user with a number whose Enterprise Voice is off counts as one in Microsoft's own script. Whether
-BypassEnterpriseVoiceCheck still has an effect, texts disagree. Assign Teams Phone; or take Enterprise Voice and the
number away on-premises, which ends the user's calling.
"""

from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target, said
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, upn_of
from checker.readings.licences import licences
from checker.readings.plan_judging import PHONE_SYSTEM, look_for
from checker.readings.remedies import licence
from checker.readings.users import must_be_read

EXPECTED = "Phone System, enabled"
LICENSED = Verdict.when(True, expected=EXPECTED, observed="enabled")
NO_VOICE = Verdict.not_applicable("no Enterprise Voice, and no number")
NUMBER_ONLY = "Enterprise Voice is off and LineURI is set; Microsoft's own script counts that as voice."
BYPASSED = "-BypassEnterpriseVoiceCheck is to be used; texts disagree whether the service honours it."


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    known = evidence.derive(licences(target))
    look = lru_cache(maxsize=1 << 12)(look_for)  # most users have the plans of many others

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        if user.enterprise_voice is None:
            raise Unreadable("EnterpriseVoiceEnabled is neither True nor False")
        if not user.enterprise_voice and not user.line_uri:
            return NO_VOICE
        plans = known.of(row)
        if plans is None:
            return NO_ACCOUNT
        has_it, observed = look(PHONE_SYSTEM, plans)
        if not observed:
            return LICENSED
        if has_it or not user.enterprise_voice:
            summary = "" if user.enterprise_voice else NUMBER_ONLY
            return Verdict.mind(expected=EXPECTED, observed=observed, summary=summary, fill=upn_of(row))
        if said(target.runbook.bypass_enterprise_voice_check, "[move].bypass_enterprise_voice_check"):
            return Verdict.mind(expected=EXPECTED, observed=observed, summary=BYPASSED, fill=upn_of(row))
        return Verdict.when(False, expected=EXPECTED, observed=observed, fill=upn_of(row))

    return judge


CHECK = UserCheck(
    id="user.licence-phone-system",
    title="A voice user has a Phone System licence",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the condition; low for the message",
    predicts=("phone-system-licence-missing",),
    bind=bind,
    remediation=licence(),
    sources=(sources.MOVE, sources.MCU, sources.BMT, sources.I590),
    page=__doc__,
)

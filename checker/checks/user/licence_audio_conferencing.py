"""A user whose conferencing policy allows dialling in has an Audio Conferencing plan.

Move-CsUser is documented to want that licence of users of dial-in conferencing. Who counts as one is written nowhere,
and every conferencing policy allows it unless it was taken away, so a missing plan is no more than a warning. Assign
Audio Conferencing; or first take dial-in away on-premises. The switch that passes over the question is deprecated.
"""

from collections.abc import Callable
from functools import lru_cache

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, upn_of
from checker.readings.conferencing_policies import conferencing_policies
from checker.readings.licences import licences
from checker.readings.plan_judging import AUDIO_CONFERENCING, look_for
from checker.readings.remedies import licence
from checker.readings.users import must_be_read

EXPECTED = "Audio Conferencing, enabled"
LICENSED = Verdict.when(True, expected=EXPECTED, observed="enabled")
NO_DIAL_IN = Verdict.not_applicable("the user's conferencing policy does not allow dialling in")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    policies = evidence.derive(conferencing_policies)
    known = evidence.derive(licences(target))
    look = lru_cache(maxsize=1 << 12)(look_for)  # most users have the plans of many others

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return NOT_FOUND
        if not policies.allow_dial_in(user.policy("ConferencingPolicy")):
            return NO_DIAL_IN
        plans = known.of(row)
        if plans is None:
            return NO_ACCOUNT
        _, observed = look(AUDIO_CONFERENCING, plans)
        return Verdict.mind(expected=EXPECTED, observed=observed, fill=upn_of(row)) if observed else LICENSED

    return judge


CHECK = UserCheck(
    id="user.licence-audio-conferencing",
    title="A dial-in user has an Audio Conferencing licence",
    impact=Impact.BLOCKS,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the condition; low for the message and for who counts as a dial-in user",
    predicts=("audio-conferencing-licence-missing",),
    bind=bind,
    remediation=licence(),
    sources=(sources.MOVE, sources.MCU, sources.SCP, sources.I590),
    page=__doc__,
)

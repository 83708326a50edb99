"""What a reader must mind and nothing can confirm: no check, no verdict, no part of the coverage.

Each piece is shown where it applies and concerns somebody; what cannot be read concerns nobody.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from checker import sources
from checker.model import report as parts
from checker.model.axes import Direction
from checker.model.checks import Applies, Reference
from checker.model.evidence import Evidence, Wanted
from checker.model.target import Target
from checker.model.undecided import Undecided
from checker.model.users import UserRow
from checker.readings.builds import LINES
from checker.readings.licences import Plans, licences
from checker.readings.plan_judging import AUDIO_CONFERENCING, look_for
from checker.readings.pool_builds import front_end_builds

MOST_NAMED = 100  # of the users in the report; as for findings
_BATCH_OF_MICROSOFTS_SCRIPT = 25  # users that Batch Move to Teams moves in parallel

_TO_CLOUD = Applies()

Users = Sequence[UserRow]


@dataclass(frozen=True, kw_only=True)
class PieceOfAdvice:
    """``concerns``: whom of the batch; ``None``: it is not shown. ``is_personal``: they are named."""

    id: str
    title: str
    text: str
    concerns: Callable[[Target, Users, Evidence], Users | None]
    is_personal: bool = False
    applies: Applies = _TO_CLOUD
    sources: tuple[Reference, ...]


def everybody(target: Target, users: Users, evidence: Evidence) -> Users | None:
    return users or None


def a_large_batch(target: Target, users: Users, evidence: Evidence) -> Users | None:
    return users if len(users) > _BATCH_OF_MICROSOFTS_SCRIPT else None


def with_a_number(target: Target, users: Users, evidence: Evidence) -> Users | None:
    return [row for row in users if row.user and row.user.line_uri] or None


def with_enterprise_voice(target: Target, users: Users, evidence: Evidence) -> Users | None:
    return [row for row in users if row.user and row.user.enterprise_voice] or None


def with_audio_conferencing(target: Target, users: Users, evidence: Evidence) -> Users | None:
    plans_of = evidence.derive(licences(target)).of

    @cache  # many users share their plans
    def is_there(plans: Plans) -> bool:
        with suppress(Undecided):
            return look_for(AUDIO_CONFERENCING, plans)[0]
        return False

    found = []
    for row in users:
        with suppress(Undecided):
            if (plans := plans_of(row)) is not None and is_there(plans):
                found.append(row)
    return found or None


def servers_that_notify(target: Target, users: Users, evidence: Evidence) -> Users | None:
    """TeamsUpgradePolicy came to the servers with CU8 of 2015, as -UseOAuth did. Whoever is in the batch."""
    since = next(line.oauth_from for line in LINES if line.oauth_from)
    builds = evidence.derive(front_end_builds).values()
    return users if any(not isinstance(build, Undecided) and build >= since for build in builds) else None


ADVICE = (
    PieceOfAdvice(
        id="advice.teams-sign-in",
        title="Users sign in to Teams within 30 days of the move",
        text="Contacts are kept only for who does. Tell the users.",
        concerns=everybody,
        sources=(sources.MCU,),
    ),
    PieceOfAdvice(
        id="advice.meetings",
        title="Some meetings do not convert",
        text="Uploaded content is lost, more than 250 attendees and hand-copied join blocks stay behind: save content "
        "first, look at Get-CsMeetingMigrationStatus about 90 minutes after the move.",
        concerns=everybody,
        sources=(sources.MOVE, sources.DMMS),
    ),
    PieceOfAdvice(
        id="advice.batch-size",
        title="A large batch may be throttled",
        text="Microsoft's own script runs 25 users in parallel and retries 3 times; no limit is published. Make "
        "smaller batches, and retry. It relates to the fault throttled, which nothing predicts.",
        concerns=a_large_batch,
        applies=Applies(directions=frozenset(Direction)),
        sources=(sources.BMT,),
    ),
    PieceOfAdvice(
        id="advice.line-uri-mastered",
        title="Phone numbers stay mastered by AD",
        text="A number in msRTCSIP-Line is changed in AD after the move too, or cleared there and assigned online.",
        concerns=with_a_number,
        is_personal=True,
        sources=(sources.DISH,),
    ),
    PieceOfAdvice(
        id="advice.phone-edition-firmware",
        title="Old desk phones need a minimum firmware",
        text="Lync Phone Edition devices are updated or replaced before the move.",
        concerns=with_enterprise_voice,
        is_personal=True,
        sources=(sources.LPE,),
    ),
    PieceOfAdvice(
        id="advice.third-party-conferencing",
        title="A third-party conferencing provider must be gone",
        text="A leftover assignment breaks the Audio Conferencing licence afterwards; where it can be read today is "
        "not sourced. Remove it.",
        concerns=with_audio_conferencing,
        is_personal=True,
        sources=(sources.I4494,),
    ),
    PieceOfAdvice(
        id="advice.upgrade-notification",
        title="Users can be notified of the upgrade",
        text="On-premises TeamsUpgradePolicy.NotifySfBUsers decides, as the customer wants it; there is no Mode "
        "on-premises. In the Skype for Business Server Management Shell: Grant-CsTeamsUpgradePolicy -Identity <user> "
        "-PolicyName <policy>",
        concerns=servers_that_notify,
        sources=(sources.MOVET,),
    ),
    PieceOfAdvice(
        id="advice.return-contacts",
        title="A move back carries no contacts",
        text="Since 2023-11-10 contacts stay in the cloud. Export them.",
        concerns=everybody,
        applies=Applies(directions=frozenset({Direction.TO_ONPREM})),
        sources=(sources.MCU, sources.PR11272),
    ),
)


def advised(target: Target, users: Users, evidence: Evidence) -> tuple[parts.Advice, ...]:
    """``users``: the batch. What of ``evidence`` was not read, or cannot be, shows no advice."""
    return tuple(
        parts.Advice(
            id=each.id,
            title=each.title,
            text=each.text,
            users_affected=len(concerned),
            users=tuple(row.subject for row in concerned[:MOST_NAMED]) if each.is_personal else (),
            references=each.sources,
        )
        for each in ADVICE
        if (concerned := _concerned(each, target, users, evidence)) is not None
    )


def _concerned(advice: PieceOfAdvice, target: Target, users: Users, evidence: Evidence) -> Users | None:
    if advice.applies.refusal(target):
        return None
    with suppress(Undecided, Wanted):
        return advice.concerns(target, users, evidence)
    return None

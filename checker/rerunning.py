"""A scan once more: the target of an earlier run, and those of its answers that still count."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import datetime

import msgspec

from checker.assess import Investigation
from checker.compose import VALIDITY
from checker.errors import UsageError
from checker.model.answers import Json
from checker.model.facts import CommandRun, Fact, NoAnswer, Notice, Snapshot
from checker.model.probes import AnyProbe
from checker.model.target import Target
from checker.readings.cloud_names import CLOUD_NAMES
from checker.rendering.words import counted
from checker.whatif.target_keys import target_settings

_DEFAULTED = {f"{key}-defaulted": f"deployment.{key}" for key in ("phase", "direction", "cloud")}
_OF_THE_TARGET = {*_DEFAULTED, "no-users"}  # notices that go with the target, from whichever run it comes
_OF_A_RERUN = {"rerun", "rerun-target"}
# Where csready stands and what else its machine does: no rerun can carry that to another machine.
_OF_THIS_MACHINE = {"network.here_is": "here_is", "workstation.this_machine": "this_machine_moves"}
_RUN = " (run of "  # in the place of a command of an earlier run


def target_again(
    now: Target, notices: Sequence[Notice], earlier: Snapshot, *, keeps_answers: bool, where: str
) -> tuple[Target, tuple[Notice, ...]]:
    """The target of the earlier run in the place of ``now``, what the configuration in ``where`` says today; and the
    notices of the run, which name where the two differ.

    What only holds of the machine that csready runs on is taken from ``now`` where it is said. Raises ``UsageError``
    when that differs and ``keeps_answers``: answers from two places would be judged as if they came from one.
    """
    unsaid = {key for code, key in _DEFAULTED.items() if any(notice.code == code for notice in notices)}
    moved = {key for key in _OF_THIS_MACHINE if _differ(key, now, earlier.target)}
    if moved and keeps_answers:
        key = min(moved)
        raise UsageError(
            f"{where}: [{key.replace('.', '].')} is not what it was in the earlier run",
            "Answers from two machines do not mix: leave out --unknown-only, and everything is asked anew.",
        )
    said = msgspec.structs.replace(
        earlier.target, **{_OF_THIS_MACHINE[key]: getattr(now, _OF_THIS_MACHINE[key]) for key in moved}
    )
    of_the_target = [notice for notice in earlier.notices if notice.code in _OF_THE_TARGET]
    others = [notice for notice in notices if notice.code not in _OF_THE_TARGET]
    differences = [*_differences(now, earlier.target, unsaid | moved)]
    if differences:
        text = f"the target is that of the run of {_moment(earlier.as_of)}, not what is said now: "
        others.append(Notice(code="rerun-target", text=text + "; ".join(differences), where=where))
    return said, (*of_the_target, *others)


def still_answered(earlier: Snapshot, now: datetime) -> dict[AnyProbe, Fact]:
    """The answers of the earlier run that have not outlived their validity. What had no answer is not among them."""
    return {
        fact.probe: fact
        for fact in earlier.facts
        if not isinstance(fact.answer, NoAnswer) and fact.observed_at + VALIDITY > now
    }


def unanswered(investigation: Investigation, known: Mapping[AnyProbe, Fact]) -> Iterator[AnyProbe]:
    """What has to be asked of what is wanted. What is known is told, and so is what becomes wanted by that."""
    while wanted := investigation.wanted():
        for probe in wanted:
            if fact := known.get(probe):
                investigation.tell(fact)
            else:
                yield probe


def continued(snapshot: Snapshot, earlier: Snapshot) -> Snapshot:
    """A run that kept answers of an earlier one: it says how many, and what the earlier one did is among its deeds."""
    kept_notices = (each for each in earlier.notices if each.code not in _OF_A_RERUN)
    commands = (*snapshot.commands_run, *(_of_the_run(each, earlier.as_of) for each in earlier.commands_run))
    return msgspec.structs.replace(
        snapshot,
        notices=tuple(dict.fromkeys((_account(snapshot, earlier), *snapshot.notices, *kept_notices))),
        commands_run=tuple(sorted(commands, key=lambda run: (run.where, run.as_whom, run.what))),
    )


def _account(snapshot: Snapshot, earlier: Snapshot) -> Notice:
    before = {fact.probe: fact for fact in earlier.facts}
    kept: list[Fact] = []
    again: list[Fact] = []
    outlived = new = 0
    for fact in snapshot.facts:
        match before.get(fact.probe):
            case None:
                new += 1
            case old if old is fact:
                kept.append(fact)
            case Fact(answer=NoAnswer()):
                again.append(fact)
            case _:
                outlived += 1
    run = f"the run of {_moment(earlier.as_of)}"
    parts = [f"no answer of {run} is kept"]
    if kept:
        oldest = min(fact.observed_at for fact in kept)
        parts = [f"{counted(len(kept), 'answer')} of {run} kept, the oldest of {_moment(oldest)}"]
    if again:
        answered = sum(not isinstance(fact.answer, NoAnswer) for fact in again)
        parts.append(f"{counted(len(again), 'question')} without an answer asked again, {answered} answered now")
    if outlived:
        parts.append(f"{counted(outlived, 'answer')} older than {VALIDITY.days} days asked anew")
    if new:
        parts.append(f"{counted(new, 'question')} asked for the first time")
    return Notice(code="rerun", text="; ".join(parts))


def asked_anew(earlier: Snapshot) -> Notice:
    """Of a run that keeps the target alone."""
    return Notice(code="rerun", text=f"everything asked anew about the target of the run of {_moment(earlier.as_of)}")


def _of_the_run(run: CommandRun, as_of: datetime) -> CommandRun:
    """With the run in its place; not once more where it is of a run before that."""
    return run if _RUN in run.where else msgspec.structs.replace(run, where=f"{run.where}{_RUN}{_moment(as_of)})")


def _differences(now: Target, earlier: Target, beside: Set[str]) -> Iterator[str]:
    """What is said now and was said differently then, in the words of ``csready.toml``."""
    before = _said(earlier)
    for key, value in _said(now).items():
        if key in beside or value in (None, (), "", _default(key, now)) or value == before[key]:
            continue
        section, _, name = key.partition(".")
        yield f"[{section}].{name} is now {_short(value)}, was {_short(before[key])}"
    if now.users is None or earlier.no_users or now.users == earlier.users:
        return
    users = counted(len(now.users), "user")
    if earlier.users is None:
        yield f"[move].users is now {users}, was not said"
    else:
        new = len(set(now.users) - set(earlier.users))
        yield f"[move].users is now {users}, {new} of them new, was {counted(len(earlier.users), 'user')}"


def _said(target: Target) -> dict[str, Json]:
    return {setting.key: setting.value for setting in target_settings(target)} | {"edge.host": target.edges}


def _default(key: str, target: Target) -> Json:
    """What a configuration that does not say it comes to; ``None`` for what has no such default."""
    if key == "deployment.target":
        return CLOUD_NAMES[target.cloud].sipfed
    if key == "deployment.name":
        return target.sip_domains[0].partition(".")[0] if target.sip_domains else "deployment"
    return None


def _differ(key: str, now: Target, earlier: Target) -> bool:
    field = _OF_THIS_MACHINE[key]
    said = getattr(now, field)
    return said is not None and said != getattr(earlier, field)


def _short(value: Json) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "not said"
    if isinstance(value, bool):
        return str(value).lower()
    return "not said" if value in (None, "") else str(value)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"

"""One scan: from a set-up to a snapshot, asking over the wires until nothing is wanted or time is up."""

import logging
import queue
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from checker import __version__
from checker.assess import Investigation
from checker.checks import all_checks
from checker.config import Setup
from checker.model.facts import Fact, NoAnswer, Selection, Snapshot
from checker.model.probes import AnyProbe
from checker.model.undecided import Reason
from checker.probers.dispatch import Dispatcher
from checker.probers.file_reader import Files
from checker.rerunning import continued, still_answered, unanswered

_LOG = logging.getLogger("checker")
_PULSE_S = 0.2  # how often the wait looks up, for progress and for Ctrl-C


@dataclass(frozen=True)
class Scan:
    investigation: Investigation
    snapshot: Snapshot


def run_scan(
    setup: Setup,
    *,
    selection: Selection,
    deadline_s: float,
    progress: Callable[[str], None],
    files: Files | None = None,
    offline: bool = False,
    earlier: Snapshot | None = None,
) -> Scan:
    """Ends within ``deadline_s`` whatever the other sides do; an interruption ends it too, with what there is by
    then. ``files``: evidence that is looked at beside, or with ``offline`` instead of, the live deployment.
    ``earlier``: a run whose answers are not asked for again while they count.
    """
    started = datetime.now(UTC)
    known = still_answered(earlier, started) if earlier else {}
    investigation = Investigation(setup.target, all_checks(), selection=selection)
    dispatcher = Dispatcher(setup.connections, files, offline=offline)
    interrupted = False
    try:
        _collect(investigation, dispatcher, known, time.monotonic() + deadline_s, progress)
    except KeyboardInterrupt:
        interrupted = True
    finally:
        commands = tuple(sorted(dispatcher.commands_run(), key=lambda run: (run.where, run.what)))
        dispatcher.close()
        progress("")
    _give_up_on_the_rest(investigation, known, interrupted)
    snapshot = Snapshot(
        tool_version=__version__,
        target=setup.target,
        as_of=started,
        started_at=started,
        finished_at=datetime.now(UTC),
        utc_offset_minutes=_utc_offset_minutes(started),
        interrupted=interrupted,
        selection=selection,
        notices=(*setup.notices, *dispatcher.notices()),
        commands_run=commands,
        facts=investigation.facts(),
    )
    return Scan(investigation, continued(snapshot, earlier) if earlier else snapshot)


def _utc_offset_minutes(moment: datetime) -> int:
    offset = moment.astimezone().utcoffset()
    return round(offset.total_seconds() / 60) if offset else 0


def _collect(
    investigation: Investigation,
    dispatcher: Dispatcher,
    known: Mapping[AnyProbe, Fact],
    deadline: float,
    progress: Callable[[str], None],
) -> None:
    """Sends what is wanted as soon as it is; each fact may make more wanted."""
    sent = answered = 0
    while True:
        for probe in unanswered(investigation, known):
            dispatcher.send(probe, deadline)
            sent += 1
        waiting = investigation.first_outstanding()
        remaining = deadline - time.monotonic()
        if waiting is None or remaining <= 0:
            return
        progress(f"{answered} of {sent} questions answered; {dispatcher.under_way or f'waiting for {waiting.id}'}")
        try:
            fact = dispatcher.facts.get(timeout=min(remaining, _PULSE_S))
        except queue.Empty:
            continue
        answered += 1
        _log(fact)
        investigation.tell(fact)


def _log(fact: Fact) -> None:
    """Kind, place and outcome; never what was said."""
    outcome = f"{fact.answer.reason.value} ({fact.answer.code})" if isinstance(fact.answer, NoAnswer) else "answered"
    _LOG.info("%s %s in %d ms", fact.probe.id, outcome, fact.duration_ms)


def _give_up_on_the_rest(investigation: Investigation, known: Mapping[AnyProbe, Fact], interrupted: bool) -> None:
    """What was under way timed out; what only became wanted by that was never asked, unless its answer is known."""
    cause = "the scan was interrupted" if interrupted else "the run's deadline came first"
    for probe in investigation.outstanding():
        late = _unanswered(probe, Reason.TIMED_OUT, "deadline", f"no answer when {cause}")
        investigation.tell(known.get(probe, late))
    while investigation.outstanding():
        for probe in investigation.outstanding():
            unsent = _unanswered(probe, Reason.NOT_ASKED, "deadline-before-sent", cause)
            investigation.tell(known.get(probe, unsent))


def _unanswered(probe: AnyProbe, reason: Reason, code: str, detail: str) -> Fact:
    none = NoAnswer(reason=reason, code=code, detail=detail, needs="a longer --deadline")
    return Fact(probe=probe, answer=none, observed_at=datetime.now(UTC), source="")


def progress_on_stderr(quiet: bool) -> Callable[[str], None]:
    """One line that is written over; nothing at all where stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        return lambda line: None
    shown = ""

    def show(line: str) -> None:
        nonlocal shown
        fitted = line[:78]
        if fitted != shown:
            sys.stderr.write("\r" + fitted.ljust(len(shown)) + ("\r" if not fitted else ""))
            sys.stderr.flush()
            shown = fitted

    return show

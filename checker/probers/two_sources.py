"""One question with two sources, evidence files and the wire: which of the two facts stands."""

import threading
from collections import Counter
from collections.abc import Callable
from enum import Enum

from checker.model.facts import Fact, NoAnswer, Notice
from checker.model.undecided import Reason
from checker.probers.lifeline import WATCHDOG


class Meeting:
    """Where the two facts of one question wait for each other, until a time on the clock of ``time.monotonic``.
    ``both`` is called once, with what there is by then."""

    def __init__(self, both: Callable[[Fact | None, Fact | None], None], until: float) -> None:
        self._both = both
        self._alarm = WATCHDOG.at(until, self.end)
        self._lock = threading.Lock()
        self._file: Fact | None = None
        self._live: Fact | None = None
        self._outstanding = 2
        self._is_late = False
        self._is_over = False

    def file(self, fact: Fact | None) -> None:
        """``None``: no file concerns the question."""
        with self._lock:
            self._file = fact
            self._outstanding -= 1
        self._settle()

    def live(self, fact: Fact) -> None:
        with self._lock:
            self._live = fact
            self._outstanding -= 1
        self._settle()

    def end(self) -> None:
        """Time is up: the first fact stands, and whichever is missing is waited for no longer."""
        with self._lock:
            self._is_late = True
        self._settle()

    def _settle(self) -> None:
        with self._lock:
            has_one = self._file is not None or self._live is not None
            is_ripe = has_one and (self._outstanding == 0 or self._is_late) and not self._is_over
            self._is_over = self._is_over or is_ripe
            file, live = self._file, self._live
        if is_ripe:
            self._alarm.cancel()
            self._both(file, live)


class _How(Enum):
    """Which of two facts stood; in the words of the report."""

    NEWER_WIRE = "answered live as well, which is newer and was used"
    NEWER_FILE = "answered live as well; the file is newer and was used"
    FIRST_HAND_WIRE = "answered live as well, and was used; the file is of an Edge's replica"
    FIRST_HAND_FILE = "answered live by an Edge's replica only; the file was used"
    IN_VAIN = "asked live in vain; the file was used"
    UNREADABLE = "answered live; the file cannot be read"


class Choices:
    """Chooses, and counts for the report what was chosen."""

    def __init__(self) -> None:
        self._chosen: Counter[tuple[str, _How]] = Counter()
        self._lock = threading.Lock()

    def of(self, file: Fact | None, live: Fact | None) -> Fact:
        """An answer before none; of two answers the one at first hand, then the newer; the file's no-answer where
        nothing was sent at all.

        One of the two is there: raises ValueError otherwise.
        """
        if file is None or live is None:
            if (only := file or live) is None:
                raise ValueError("neither source has a fact")
            return only
        if isinstance(file.answer, NoAnswer):
            if file.answer.reason is Reason.MALFORMED and not isinstance(live.answer, NoAnswer):
                self._count(file, _How.UNREADABLE)
            return file if isinstance(live.answer, NoAnswer) and not _was_sent(live.answer) else live
        if isinstance(live.answer, NoAnswer):
            if _was_sent(live.answer):
                self._count(file, _How.IN_VAIN)
            return file
        how = _which(file, live)
        self._count(file, how)
        return live if how in (_How.NEWER_WIRE, _How.FIRST_HAND_WIRE) else file

    def notices(self) -> tuple[Notice, ...]:
        """One for each file that had a rival: how many of its answers stood."""
        with self._lock:
            chosen = dict(self._chosen)
        notices = []
        for source in sorted({source for source, _ in chosen}):
            counts = ((how, chosen.get((source, how), 0)) for how in _How)
            parts = [
                f"{number} {'question was' if number == 1 else 'questions were'} {how.value}"
                for how, number in counts
                if number
            ]
            notices.append(Notice(code="two-sources", text="; ".join(parts), where=source))
        return tuple(notices)

    def _count(self, file: Fact, how: _How) -> None:
        with self._lock:
            self._chosen[file.source, how] += 1


def _which(file: Fact, live: Fact) -> _How:
    if file.second_hand != live.second_hand:
        return _How.FIRST_HAND_WIRE if file.second_hand else _How.FIRST_HAND_FILE
    return _How.NEWER_WIRE if live.observed_at >= file.observed_at else _How.NEWER_FILE


def _was_sent(none: NoAnswer) -> bool:
    """Whether a no-answer tells more than that nobody could be asked."""
    return none.reason not in (Reason.NO_ACCESS, Reason.NOT_ASKED)

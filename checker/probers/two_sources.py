"""One question with two sources, evidence files and the wire: which of the two facts stands."""

import threading
from collections import Counter
from collections.abc import Callable

from checker.model.facts import Fact, NoAnswer, Notice
from checker.model.undecided import Reason


class Meeting:
    """Where the two facts of one question wait for each other. ``both`` is called once, with what there is by then."""

    def __init__(self, both: Callable[[Fact | None, Fact | None], None]) -> None:
        self._both = both
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
            self._both(file, live)


class Choices:
    """Chooses, and counts for the report what was chosen."""

    def __init__(self) -> None:
        self._chosen: Counter[tuple[str, bool]] = Counter()
        self._lock = threading.Lock()

    def of(self, file: Fact | None, live: Fact | None) -> Fact:
        """An answer before none, the newer of two answers, the file's no-answer where nothing was sent at all.

        One of the two is there: raises ValueError otherwise.
        """
        if file is None or live is None:
            if (only := file or live) is None:
                raise ValueError("neither source has a fact")
            return only
        file_answers, live_answers = not isinstance(file.answer, NoAnswer), not isinstance(live.answer, NoAnswer)
        if file_answers and live_answers:
            is_live = live.observed_at >= file.observed_at
            with self._lock:
                self._chosen[file.source, is_live] += 1
            return live if is_live else file
        if file_answers or live_answers:
            return file if file_answers else live
        return live if _was_sent(live.answer) else file

    def notices(self) -> tuple[Notice, ...]:
        """One for each file that had a rival: how many of its answers stood."""
        with self._lock:
            chosen = dict(self._chosen)
        notices = []
        for source in sorted({source for source, _ in chosen}):
            parts = [
                f"{count} {'question was' if count == 1 else 'questions were'} {how}"
                for is_live, how in ((True, "answered live as well, which is newer and was used"), (False, _NEWER_FILE))
                if (count := chosen.get((source, is_live), 0))
            ]
            notices.append(Notice(code="two-sources", text="; ".join(parts), where=source))
        return tuple(notices)


_NEWER_FILE = "answered live as well; the file is newer and was used"


def _was_sent(answer: object) -> bool:
    """Whether a no-answer tells more than that nobody could be asked."""
    return isinstance(answer, NoAnswer) and answer.reason not in (Reason.NO_ACCESS, Reason.NOT_ASKED)

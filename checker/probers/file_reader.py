"""Looks questions up in evidence files, in a thread of its own: reading 100,000 users must not hold up the rest."""

import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from checker.model.facts import Fact, Notice
from checker.model.probes import AnyProbe
from checker.probers.no_answers import bug

Found = Callable[[Fact | None], None]


class Files(Protocol):
    """What an evidence folder or zip offers; ``lookup`` is used by one thread, the rest by any."""

    @property
    def notices(self) -> tuple[Notice, ...]: ...

    @property
    def under_way(self) -> str: ...

    def lookup(self, probe: AnyProbe) -> Fact | None:
        """What the files say; ``None`` where none of them concerns the question."""
        ...


class FileReader:
    """Answers in the order of the questions. A read that never ends, of a share that is gone, keeps nothing alive."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._questions: queue.SimpleQueue[tuple[AnyProbe, Found] | None] = queue.SimpleQueue()
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._work, name="evidence files", daemon=True)
        self._thread.start()

    def ask(self, probe: AnyProbe, found: Found) -> None:
        """Does not block; ``found`` is called once, in the reader's thread."""
        self._questions.put((probe, found))

    def close(self) -> None:
        """Nothing more is read; who waits for an answer gets none."""
        self._leaving.set()
        self._questions.put(None)

    def join(self, seconds: float) -> None:
        """Waits for what is being read just now."""
        self._thread.join(seconds)

    def _work(self) -> None:
        while (question := self._questions.get()) is not None and not self._leaving.is_set():
            probe, found = question
            found(self._lookup(probe))

    def _lookup(self, probe: AnyProbe) -> Fact | None:
        began = time.monotonic()
        try:
            return self._files.lookup(probe)
        except Exception as exc:  # as around every probe
            duration_ms = round((time.monotonic() - began) * 1000)
            return Fact(probe=probe, answer=bug(exc), observed_at=datetime.now(UTC), duration_ms=duration_ms)

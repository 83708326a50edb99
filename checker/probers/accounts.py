"""What a run has learnt of an account it signs in with, so that a wrong password costs one attempt and no lock-out."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pypsrp.exceptions import AuthenticationError

from checker.probers.lifeline import Lifeline, Stage


class Account:
    """Shared by all endpoints that the account signs in to, each in a thread of its own.

    Until a login has succeeded one endpoint at a time tries; once one was refused, none does.
    """

    def __init__(self) -> None:
        self._accepted = False
        self._refused = False
        self._trying = threading.Lock()

    @contextmanager
    def signing_in(self, lifeline: Lifeline) -> Iterator[None]:
        """Around a login. Raises AuthenticationError, with nothing tried, when one was refused before; TimeoutError
        when another endpoint's attempt outlasts ``lifeline``."""
        if self._accepted:
            yield
            return
        lifeline.stage = Stage.QUEUE
        if not self._trying.acquire(timeout=lifeline.remaining()):
            raise TimeoutError
        try:
            if self._refused:
                raise AuthenticationError
            yield
            self._accepted = True
        except AuthenticationError:
            self._refused = True
            raise
        finally:
            self._trying.release()

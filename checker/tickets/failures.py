"""The two ways in which a delivery goes wrong: it failed, or nobody knows whether a write arrived."""


class DeliveryFailed(Exception):
    """The report is fine and did not arrive, or not all of it. ``hint``: what to do, besides running it again.

    The texts are our own, or made plain; never those of an exception, which may quote a header.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Unsure(Exception):
    """A write got no answer, or one that does not say whether it was done: look before it is repeated.

    ``wait_s``: the seconds that the other side asked for, ``None`` where it did not.
    """

    def __init__(self, message: str, wait_s: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.wait_s = wait_s

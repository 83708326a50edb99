"""What the operator did wrong, as an error with a sentence and a hint; the boundary in ``cli`` prints it and exits
with 2.
"""


class UsageError(Exception):
    """A wrong option, configuration, users or snapshot file. ``message`` names the file, line or key; ``hint`` what
    to do.
    """

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

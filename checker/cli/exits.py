"""What each exit code means; scripts rely on them."""

from enum import IntEnum


class Exit(IntEnum):
    """``READY`` also with warnings. 4 only with ``--fail-on warn``, 6 when a report could not be delivered."""

    READY = 0
    CRASH = 1
    USAGE = 2
    NOT_READY = 3
    WARNINGS = 4
    INDETERMINATE = 5
    NOT_DELIVERED = 6
    INTERRUPTED = 130

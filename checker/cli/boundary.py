"""The one boundary: tells a wrong input, an interruption and a bug apart, says so on stderr, and sets the exit code."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from checker.cli.exits import Exit
from checker.errors import UsageError


def guarded(command: Callable[[], object]) -> int:
    """Runs the application and returns its exit code. ``typer.Exit`` inside it arrives as a returned number."""
    from typer import Abort
    from typer.exceptions import TyperException

    try:
        result = command()
        sys.stdout.flush()
        if isinstance(result, Exit):
            return result
        if result == Exit.INTERRUPTED:  # typer's own way of saying Ctrl-C, before there was anything to report
            raise KeyboardInterrupt
        return result if isinstance(result, int) else Exit.READY
    except UsageError as error:
        _say(f"csready: {error.message}. {error.hint}")
        return Exit.USAGE
    except TyperException as error:  # an option or argument that typer itself refuses
        _say(f"csready: {error.format_message().rstrip('.')}. See csready --help.")
        return Exit.USAGE
    except (KeyboardInterrupt, Abort):
        _say("csready: interrupted")
        return Exit.INTERRUPTED
    except (BrokenPipeError, SystemExit):  # SystemExit is what typer makes of a broken pipe, and of nothing else
        _drop_the_rest()
        return Exit.READY
    except Exception as error:
        _say(f"csready: a bug of ours: {type(error).__name__}. Please report it with the lines below.")
        _say("".join(traceback.format_tb(error.__traceback__)))
        return Exit.CRASH


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Around the last thing a command prints, where its exit code must not depend on who reads it: scan | head."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_the_rest()


def _drop_the_rest() -> None:
    """Nobody reads our output any more; what is still buffered must not fail on that again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(text: str) -> None:
    print(text, file=sys.stderr)

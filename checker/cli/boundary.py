"""The one boundary: tells a wrong input, an interruption and a bug apart, says so on stderr, and sets the exit code."""

import os
import sys
import traceback
from collections.abc import Callable

from checker.cli.exits import Exit
from checker.errors import UsageError


def guarded(command: Callable[[], object]) -> int:
    """Runs the application and returns its exit code. ``typer.Exit`` inside it arrives as a returned number."""
    from typer import Abort
    from typer.exceptions import TyperException

    try:
        result = command()
        sys.stdout.flush()
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
    except BrokenPipeError:
        # The reader of our output has gone (csready plan | head); what follows must not fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.READY
    except Exception as error:
        _say(f"csready: a bug of ours: {type(error).__name__}. Please report it with the lines below.")
        _say("".join(traceback.format_tb(error.__traceback__)))
        return Exit.CRASH


def _say(text: str) -> None:
    print(text, file=sys.stderr)

"""Finds the servers, and says loudly which of them is missing: a wire that met no peer is not tested against one."""

import os
import shutil
from collections.abc import Callable

import pytest

_PACKAGES = {"nsd": "nsd", "nginx": "nginx-light", "kamailio": "kamailio kamailio-tls-modules"}  # names of Debian
_SYSTEM_PROGRAMS = os.pathsep.join(("/usr/local/sbin", "/usr/sbin", "/sbin"))  # not on every user's PATH

_missing: dict[str, str] = {}


@pytest.fixture(scope="session")
def installed() -> Callable[[str], str]:
    """The path of a program by its name. Without it: a skipped test here, a failed one where CI=true."""
    return _installed


def _installed(program: str) -> str:
    path = shutil.which(program) or shutil.which(program, path=_SYSTEM_PROGRAMS)
    if path is None:
        _missing[program] = (
            f"{program} is not installed, so the wires do not meet it: "
            f"run tests/peers/install, or apt-get install {_PACKAGES[program]}"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(_missing[program], pytrace=False)
        pytest.skip(_missing[program])
    return path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason in _missing.values():
        terminalreporter.write_line(f"NOT TESTED: {reason}", red=True, bold=True)

"""Where secret values come from: the environment, the system's keyring, or a prompt; in memory only.

A secret is known by the name of its variable everywhere. In the keyring it is the password of the user of that name
in the service ``csready``: ``keyring set csready CSREADY_ONPREM_PASSWORD``.
"""

import getpass
import logging
import queue
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.probers.connections import Connections, RemotingEndpoint, TenantAuth

_LOG = logging.getLogger("checker")
_SERVICE = "csready"
_UNLOCKING_S = 30.0  # a locked keyring may ask its owner in a window of its own; nobody may be there to see it


class Credentials(Mapping[str, str]):
    """Secrets by the names of their variables. The environment wins over what was found elsewhere; an empty variable
    is none. Printed, it shows names only."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._found: dict[str, str] = {}

    def keep(self, variable: str, value: str) -> None:
        self._found[variable] = value

    def __getitem__(self, variable: str) -> str:
        return self._environment.get(variable) or self._found[variable]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._environment, **self._found})

    def __len__(self) -> int:
        return len({**self._environment, **self._found})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(sorted(name for name in self if name.startswith('CSREADY_')))})"


@dataclass(frozen=True)
class Need:
    """A secret that something configured cannot do without. ``purpose`` is what its owner is told when asked."""

    variable: str
    purpose: str
    may_be_empty: bool = False  # then nobody is asked for it: a Kerberos ticket stands in for a password


def needs(connections: Connections) -> tuple[Need, ...]:
    """What the configured endpoints need, each secret once, whoever has it already."""
    endpoints = (connections.onprem, *connections.edges, connections.workstation)
    passwords: dict[str, list[RemotingEndpoint]] = {}
    for endpoint in endpoints:
        if endpoint is not None:
            passwords.setdefault(endpoint.password.variable, []).append(endpoint)
    return (*(_password(variable, sharing) for variable, sharing in passwords.items()), *_of_tenant(connections))


def _password(variable: str, sharing: list[RemotingEndpoint]) -> Need:
    names = ", ".join(dict.fromkeys(endpoint.username for endpoint in sharing))
    hosts = ", ".join(endpoint.host for endpoint in sharing)
    tickets_do = all(endpoint.auth == "kerberos" for endpoint in sharing)
    return Need(variable, f"password of {names} on {hosts}", may_be_empty=tickets_do)


def _of_tenant(connections: Connections) -> tuple[Need, ...]:
    tenant = connections.tenant
    if tenant is None or not tenant.tenant_id:  # nobody said that there is one to be asked
        return ()
    match tenant.auth:
        case TenantAuth.CLIENT_SECRET:
            return (Need(tenant.client_secret.variable, f"client secret of the application {tenant.client_id}"),)
        case TenantAuth.TOKEN:
            return (
                Need(tenant.token.variable, "bearer token for the Teams configuration interface"),
                Need(tenant.graph_token.variable, "bearer token for Microsoft Graph"),
            )
        case _:
            return ()


Ask = Callable[[str], str]


def supply(
    connections: Connections, credentials: Credentials, *, ask: Ask | None, unlocking_s: float = _UNLOCKING_S
) -> None:
    """Fills in what is needed and not in the environment: from the keyring, then by asking, once for each secret.

    ``ask`` shows its prompt and returns what was typed, empty for "go without"; ``None`` where there is nobody to ask.
    What nobody has stays missing, and the questions that need it say so. To be called before a deadline begins to
    count: people type slowly.
    """
    missing = [need for need in needs(connections) if need.variable not in credentials]
    for variable, value in from_keyring([need.variable for need in missing], unlocking_s).items():
        credentials.keep(variable, value)
    for need in missing:
        if ask and not need.may_be_empty and need.variable not in credentials:
            typed = ask(f"csready: {need.purpose} ({need.variable}; Enter goes without): ")
            if typed:
                credentials.keep(need.variable, typed)


def terminal() -> Ask | None:
    """A prompt that does not show what is typed; ``None`` unless both ends of it are a terminal."""
    return _typed_unseen if sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty() else None


def _typed_unseen(prompt: str) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (EOFError, getpass.GetPassWarning):  # the input ends here, or would be seen
            return ""


def from_keyring(variables: Sequence[str], unlocking_s: float) -> dict[str, str]:
    """The values that the keyring has. One that is missing, locked, silent or broken has none, and the log says so."""
    if not variables:
        return {}
    answers: queue.SimpleQueue[dict[str, str]] = queue.SimpleQueue()
    # A thread that can be left behind, since a keyring that waits for its owner cannot be told to stop.
    threading.Thread(target=lambda: answers.put(_look_up(variables)), name="keyring", daemon=True).start()
    try:
        return answers.get(timeout=unlocking_s)
    except queue.Empty:
        _LOG.info("keyring: no answer within %g s", unlocking_s)
        return {}


def _look_up(variables: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        import keyring

        for variable in variables:
            if value := keyring.get_password(_SERVICE, variable):
                found[variable] = value
    except ImportError:
        _LOG.info("keyring: not installed (pip install 'csready[keyring]')")
    except Exception as exc:  # as around a probe: a backend is somebody's plug-in and raises errors of its own
        _LOG.info("keyring: %s", type(exc).__name__)  # without its message, which may quote anything
    else:
        _LOG.info("keyring: %d of %d secrets", len(found), len(variables))
    return found

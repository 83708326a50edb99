"""Where secrets come from, in which order, and that nobody is asked in vain, without a terminal, or more than once."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailingKeyring
from keyring.errors import KeyringLocked, PasswordSetError

from checker.credentials import Credentials, needs, supply, terminal
from checker.model.axes import Cloud
from checker.model.probes import Vantage
from checker.probers.connections import Connections, RemotingEndpoint, Secret, TenantAuth, TenantEndpoint

ONPREM, EDGE, WORKSTATION = (f"CSREADY_{place}_PASSWORD" for place in ("ONPREM", "EDGE", "WORKSTATION"))


def endpoint(vantage: Vantage, variable: str, host: str, auth: str = "negotiate") -> RemotingEndpoint:
    return RemotingEndpoint(
        vantage=vantage,
        host=host,
        url=f"https://{host}/OcsPowershell",
        username=r"CONTOSO\svc",
        password=Secret(variable),
        auth=auth,
    )


ALL = Connections(
    onprem=endpoint(Vantage.ONPREM, ONPREM, "fe01.contoso.com"),
    edges=(
        endpoint(Vantage.EDGE, EDGE, "edge01.contoso.com"),
        endpoint(Vantage.EDGE, EDGE, "edge02.contoso.com"),
    ),
    workstation=endpoint(Vantage.WORKSTATION, WORKSTATION, "admin01.contoso.com", "kerberos"),
    tenant=TenantEndpoint(cloud=Cloud.WORLDWIDE),
)


class Shelf(KeyringBackend):
    """A keyring that holds what it is given, counts what it is asked, and can be locked or silent."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        self.held: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.error: Exception | None = None
        self.opening = threading.Event()
        self.opening.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked.append((service, username))
        self.opening.wait()
        if self.error:
            raise self.error
        return self.held.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("csready never writes to a keyring")


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    before = keyring.get_keyring()
    shelf = Shelf()
    keyring.set_keyring(shelf)
    yield shelf
    shelf.opening.set()
    keyring.set_keyring(before)


class Answers:
    """Somebody at a terminal; ``prompts`` is what they were shown."""

    def __init__(self, *typed: str) -> None:
        self.prompts: list[str] = []
        self._typed = list(typed)

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self._typed.pop(0)


def test_the_environment_comes_first_then_the_keyring_then_a_prompt(shelf: Shelf) -> None:
    shelf.held = {ONPREM: "from the keyring", EDGE: "from the keyring"}
    credentials, answers = Credentials({ONPREM: "from the environment"}), Answers("typed")
    supply(replace(ALL, workstation=endpoint(Vantage.WORKSTATION, WORKSTATION, "a")), credentials, ask=answers)
    assert [credentials[each] for each in (ONPREM, EDGE, WORKSTATION)] == [
        "from the environment",
        "from the keyring",
        "typed",
    ]
    assert shelf.asked == [("csready", EDGE), ("csready", WORKSTATION)]
    assert answers.prompts == [
        rf"csready: password of CONTOSO\svc on a ({WORKSTATION}; Enter goes without): ",
    ]


def test_a_secret_that_several_servers_share_is_asked_for_once_and_names_them(shelf: Shelf) -> None:
    answers = Answers("typed")
    supply(replace(ALL, onprem=None), Credentials({}), ask=answers)
    assert answers.prompts == [
        rf"csready: password of CONTOSO\svc on edge01.contoso.com, edge02.contoso.com ({EDGE}; Enter goes without): "
    ]


def test_an_empty_variable_or_an_empty_input_is_none(shelf: Shelf) -> None:
    credentials = Credentials({ONPREM: ""})
    supply(replace(ALL, edges=()), credentials, ask=Answers(""))
    assert ONPREM not in credentials and credentials.get(ONPREM) is None
    assert Secret(ONPREM, credentials).reveal() is None


def test_where_a_ticket_may_do_nobody_is_asked_but_the_keyring(shelf: Shelf) -> None:
    shelf.held = {WORKSTATION: "kept"}
    credentials = Credentials({})
    supply(Connections(workstation=ALL.workstation), credentials, ask=Answers())
    assert credentials[WORKSTATION] == "kept"


def test_without_anybody_to_ask_what_is_missing_stays_missing(shelf: Shelf) -> None:
    credentials = Credentials({})
    supply(ALL, credentials, ask=None)
    assert dict(credentials) == {}


def test_without_a_configured_endpoint_not_even_the_keyring_is_asked(shelf: Shelf) -> None:
    supply(Connections(tenant=ALL.tenant), Credentials({}), ask=Answers())
    assert shelf.asked == []


@pytest.mark.parametrize(
    ("auth", "variables"),
    [
        (TenantAuth.TOKEN, ["CSREADY_TENANT_TOKEN", "CSREADY_GRAPH_TOKEN"]),
        (TenantAuth.CLIENT_SECRET, ["CSREADY_TENANT_SECRET"]),
        (TenantAuth.CERTIFICATE, []),
        (TenantAuth.DEVICE_CODE, []),
    ],
)
def test_what_the_tenant_needs_depends_on_how_it_is_signed_in_to(auth: TenantAuth, variables: list[str]) -> None:
    tenant = TenantEndpoint(cloud=Cloud.WORLDWIDE, tenant_id="contoso.onmicrosoft.com", auth=auth)
    assert [need.variable for need in needs(Connections(tenant=tenant))] == variables


@pytest.mark.parametrize("error", [KeyringLocked("planted"), RuntimeError("planted"), OSError("planted")])
def test_a_keyring_that_fails_costs_a_line_in_the_log(
    error: Exception, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.error = error
    with caplog.at_level(logging.INFO, "checker"):
        supply(ALL, Credentials({}), ask=None)
    assert caplog.messages == [f"keyring: {type(error).__name__}"]


def test_a_machine_without_a_keyring_costs_a_line_in_the_log(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    keyring.set_keyring(FailingKeyring())  # type: ignore[no-untyped-call]  # keyring leaves it untyped
    with caplog.at_level(logging.INFO, "checker"):
        supply(ALL, Credentials({}), ask=None)
    assert caplog.messages == ["keyring: NoKeyringError"]


def test_without_the_extra_the_log_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with caplog.at_level(logging.INFO, "checker"):
        supply(ALL, Credentials({}), ask=None)
    assert caplog.messages == ["keyring: not installed (pip install 'csready[keyring]')"]


def test_a_keyring_that_waits_for_its_owner_is_left_behind(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    shelf.opening.clear()
    began = time.monotonic()
    with caplog.at_level(logging.INFO, "checker"):
        supply(ALL, Credentials({}), ask=None, unlocking_s=0.1)
    assert time.monotonic() - began < 2
    assert caplog.messages == ["keyring: no answer within 0.1 s"]


def test_printed_they_show_names_and_no_values() -> None:
    credentials = Credentials({ONPREM: "planted", "PATH": "/bin"})
    credentials.keep(EDGE, "planted too")
    assert repr(credentials) == f"Credentials({EDGE}, {ONPREM})"
    assert len(credentials) == 3


def test_where_there_is_no_terminal_there_is_nobody_to_ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "input").open("w+", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert terminal() is None


ASKING = """
import os
from checker.credentials import Credentials, supply, terminal
from tests.test_credentials import ALL, EDGE, ONPREM
credentials = Credentials({})
supply(ALL, credentials, ask=terminal())
print("got", credentials.get(ONPREM) == "s\\u00e9cret", EDGE in credentials, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is POSIX's")
def test_on_a_terminal_what_is_typed_is_not_shown() -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    asking = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ASKING],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment,
        cwd=Path(__file__).parents[1],
        start_new_session=True,  # else the prompt would go to the terminal that the tests were started from
    )
    os.close(theirs)
    try:
        seen = _read_until(ours, b"(CSREADY_ONPREM_PASSWORD; Enter goes without): ")
        os.write(ours, "s\u00e9cret\n".encode())
        seen += _read_until(ours, b"(CSREADY_EDGE_PASSWORD; Enter goes without): ")
        os.write(ours, b"\n")
        seen += _read_until(ours, b"got True False")
    finally:
        os.close(ours)
        asking.wait(10)
    assert b"cret" not in seen


def _read_until(descriptor: int, text: bytes) -> bytes:
    """What comes up to the text; fails with what came instead when the other side ends before it."""
    seen = b""
    while text not in seen:
        read = b""
        with suppress(OSError):  # Linux's way of saying that the other end is closed
            read = os.read(descriptor, 1024)
        assert read, seen
        seen += read
    return seen

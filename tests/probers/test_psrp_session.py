"""One session: what it lets the server begin with ahead of its turn, and what a broken shell costs the others."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pypsrp.exceptions import WSManFaultError

from checker.lab.powershell_objects import Behaviour, CmdletReply
from checker.model.answers import Objects
from checker.probers.accounts import Account
from checker.probers.allowed_cmdlets import AllowedCommand, allowed_command
from checker.probers.connections import Timeouts
from checker.probers.psrp_session import PsrpSession
from checker.probers.psrp_shell import PsrpShell
from tests.probers.asking import outcome
from tests.probers.remoting_lab import OFFICE365, PROVIDERS, ROW, SIP_DOMAINS, RemotingLab, offering, with_auth

FIRST, NEXT = allowed_command(PROVIDERS), allowed_command(SIP_DOMAINS)


@contextmanager
def session(lab: RemotingLab, cmdlet_s: float = 5.0) -> Iterator[PsrpSession]:
    found = PsrpSession(lab.network(timeouts=Timeouts(cmdlet=cmdlet_s)), with_auth("basic"), Account())
    try:
        yield found
    finally:
        found.close()


def soon() -> float:
    return time.monotonic() + 5


def test_the_server_begins_with_what_comes_next_and_is_asked_for_it_once(lab: RemotingLab) -> None:
    server = lab.serve(offering(CmdletReply((OFFICE365,))))
    with session(lab) as asked:
        assert asked.run(FIRST, soon(), [NEXT]) == Objects(rows=(ROW,))
        assert [cmdlet for cmdlet, _ in server.commands] == ["Get-CsHostingProvider", "Get-CsSipDomain"]
        assert outcome(asked.run(NEXT, soon())) == "Objects"
        assert len(server.commands) == 2
        assert list(map(str, asked.sent)) == ["Get-CsHostingProvider", "Get-CsSipDomain"]


@pytest.mark.parametrize("behaviour", [Behaviour.SILENT, Behaviour.HALF, Behaviour.DRIP, Behaviour.GARBAGE])
def test_what_was_begun_in_a_shell_that_broke_is_begun_anew(lab: RemotingLab, behaviour: Behaviour) -> None:
    server = lab.serve(offering(CmdletReply((OFFICE365, OFFICE365), behaviour=behaviour)))
    with session(lab, cmdlet_s=0.5) as asked:
        assert outcome(asked.run(FIRST, soon(), [NEXT])) != "Objects"
        assert outcome(asked.run(NEXT, soon())) == "Objects"
        assert [cmdlet for cmdlet, _ in server.commands].count("Get-CsSipDomain") == 2


def test_a_server_that_takes_no_second_pipeline_is_asked_one_after_the_other(
    lab: RemotingLab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lab's server takes any number, so the fault of one that does not is put in its place."""
    server = lab.serve(offering(CmdletReply((OFFICE365,))))
    invoked = PsrpShell._invoked
    faults: list[AllowedCommand] = []

    def at_most_one(shell: PsrpShell, command: AllowedCommand, sign_in: AllowedCommand | None = None) -> object:
        if command == NEXT and not faults:
            faults.append(command)
            raise WSManFaultError(2150859174, "host", "the maximum number of concurrent operations", None, None, None)
        return invoked(shell, command, sign_in)

    monkeypatch.setattr(PsrpShell, "_invoked", at_most_one)
    with session(lab) as asked:
        assert asked.run(FIRST, soon(), [NEXT]) == Objects(rows=(ROW,))
        assert outcome(asked.run(NEXT, soon(), [FIRST])) == "Objects"
        assert [cmdlet for cmdlet, _ in server.commands] == ["Get-CsHostingProvider", "Get-CsSipDomain"]

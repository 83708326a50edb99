"""What an endpoint is asked, cmdlet after cmdlet: over one shell while it lasts, over a new one when it broke."""

import struct
import time
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit
from xml.etree import ElementTree

import msgspec
import requests
from pypsrp.exceptions import WinRMError
from spnego.exceptions import SpnegoError

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.undecided import Reason
from checker.probers.accounts import Account
from checker.probers.allowed_cmdlets import AllowedCommand
from checker.probers.connections import RemotingEndpoint
from checker.probers.error_records import ACCESS_DENIED, CMDLET_NOT_FOUND
from checker.probers.lifeline import WATCHDOG, Patience, Stage
from checker.probers.network import Network
from checker.probers.no_answers import timed_out
from checker.probers.psrp_failures import LOGIN_REFUSED, psrp_failure
from checker.probers.psrp_pipelines import (
    EndpointKind,
    Phrasing,
    Pipeline,
    concealing,
    module_not_there,
    needs_a_language,
)
from checker.probers.psrp_shell import PsrpShell

_ENDING_S = 2.0

_RAISED_ON_PURPOSE = (requests.RequestException, OSError, WinRMError, SpnegoError, ImportError)
# pypsrp takes an answer apart without looking twice. This is what comes of it when the answer is something else.
_RAISED_BY_GARBAGE = (ElementTree.ParseError, struct.error, ValueError, LookupError, AttributeError, TypeError)
_FAILURES = (*_RAISED_ON_PURPOSE, *_RAISED_BY_GARBAGE)


class PsrpSession:
    """``where`` is the endpoint's URL, without anything that could be secret; ``sent`` lists what was really sent.

    ``cut`` and ``under_way`` may be called from any thread, the rest from one.
    """

    def __init__(self, network: Network, endpoint: RemotingEndpoint, account: Account) -> None:
        url = urlsplit(endpoint.url)
        self.where = f"{url.scheme}://{url.netloc.rpartition('@')[2]}{url.path}"
        self.sent: list[Pipeline] = []
        self._phrasing = Phrasing(endpoint)
        self._asking: AllowedCommand | None = None
        self._network = network
        self._host = url.hostname or ""
        self._endpoint = endpoint
        self._account = account
        self._shell: PsrpShell | None = None
        self._hopeless: NoAnswer | None = None
        self._late_in_a_row = 0

    def run(
        self,
        command: AllowedCommand,
        deadline: float,
        ahead: Sequence[AllowedCommand] = (),
        sign_in: AllowedCommand | None = None,
    ) -> Objects | NoAnswer:
        """Blocks until there is an answer, or until nothing has come for the time that a cmdlet is given.

        ``ahead`` is what will be run next: the server may begin with it. Where the shell breaks, it is begun anew in
        its turn, so that what one cmdlet does to a shell costs the others time and no answer.

        What kept a shell from opening is not tried again, and neither is an endpoint that was silent twice in a row:
        the same no-answer comes back at once. What the kind of endpoint cannot run is not sent.
        """
        if not self._phrasing.kind.can_run(command):
            return needs_a_language(command, self.where)
        if self._hopeless is not None:
            return self._hopeless
        password = self._endpoint.password.reveal()
        if password is None and self._endpoint.auth != "kerberos":  # which may have a ticket
            return self._no_password()
        if self._endpoint.auth == "basic" and not self.where.startswith("https:"):
            return self._basic_without_tls()
        if deadline <= time.monotonic():
            return timed_out(Stage.QUEUE, self.where)
        shell, is_open = self._shell, self._shell is not None and not self._shell.lifeline.expired
        if shell is None or not is_open:
            self._drop()
            self._shell = shell = PsrpShell(self._network, self._endpoint, self._phrasing, deadline, self.sent)
        patience: Patience | None = None
        self._asking = command
        try:
            if not is_open:
                with self._account.signing_in(shell.lifeline):
                    # Only now: waiting for the attempt of another endpoint is no silence of this one.
                    patience = self._patience(shell, deadline)
                    shell.open(password)
                is_open = True
            patience = patience or self._patience(shell, deadline)
            answer = shell.run(command, patience, ahead, sign_in)
        except _FAILURES as exc:
            no_answer = concealing(self._why(exc, shell, command), sign_in)
            self._drop()
            self._late_in_a_row = self._late_in_a_row + 1 if no_answer.reason is Reason.TIMED_OUT else 0
            if not is_open or self._late_in_a_row > 1 or no_answer.code == LOGIN_REFUSED:
                self._hopeless = no_answer
            return no_answer
        finally:
            self._asking = None
            if patience:
                patience.end()
        self._late_in_a_row = 0
        return concealing(self._explained(answer, command), sign_in) if isinstance(answer, NoAnswer) else answer

    @property
    def under_way(self) -> tuple[int, str]:
        """How many objects have come of what is being asked, and that in words; empty words when nothing is."""
        asking, shell = self._asking, self._shell
        if asking is None or shell is None:
            return 0, ""
        received = shell.received
        count = f": {received:,} objects" if received else ""
        return received, f"{asking.cmdlet} at {self._host}{count}"

    def cut(self) -> None:
        """Ends the connection, and so whatever is being waited for."""
        if self._shell is not None:
            self._shell.lifeline.cut()

    def close(self) -> None:
        """Tells the server that the shell can go, where that is possible without much waiting."""
        if self._shell is not None and not self._shell.lifeline.expired:
            alarm = WATCHDOG.at(time.monotonic() + _ENDING_S, self._shell.lifeline.cut)
            with suppress(*_FAILURES):
                self._shell.end()
            alarm.cancel()
        self._drop()

    def _patience(self, shell: PsrpShell, deadline: float) -> Patience:
        return Patience(self._network.timeouts.cmdlet, deadline, shell.lifeline.cut)

    def _drop(self) -> None:
        if self._shell is not None:
            self._shell.drop()
            self._shell = None

    def _why(self, exc: Exception, shell: PsrpShell, command: AllowedCommand) -> NoAnswer:
        if shell.lifeline.expired:
            # The connection was ended by us: what the socket reports says nothing about the other side.
            return timed_out(shell.lifeline.stage, self.where)
        return psrp_failure(exc, shell.lifeline.stage, self.where, command.cmdlet, self._endpoint.auth)

    def _explained(self, no_answer: NoAnswer, command: AllowedCommand) -> NoAnswer:
        """On plain WinRM a cmdlet is missing for want of its module, and not of a right."""
        is_missing = no_answer.code == CMDLET_NOT_FOUND
        if is_missing and "-Cs" in command.cmdlet and self._phrasing.kind is EndpointKind.WINRM:
            return module_not_there(command, self.where)
        if no_answer.code == ACCESS_DENIED and command.vantage is Vantage.TENANT:
            return msgspec.structs.replace(no_answer, needs="Global Reader in the tenant")
        return no_answer

    def _no_password(self) -> NoAnswer:
        return NoAnswer(
            reason=Reason.NO_ACCESS,
            code="no-password",
            detail=f"{self.where}: no password was given",
            needs=f"{self._endpoint.password.variable} (environment)",
        )

    def _basic_without_tls(self) -> NoAnswer:
        return NoAnswer(
            reason=Reason.NO_ACCESS,
            code="basic-without-tls",
            detail=f"{self.where}: nothing was sent, since basic authentication shows the password to all on the way",
            needs='an https url, or auth = "negotiate", in csready.toml',
        )

"""One PowerShell shell on one endpoint, from its opening to its end.

pypsrp speaks the protocol; connections are made, verified and ended by the network object. A shell is used by one
thread at a time: pypsrp's pools keep no order among several.
"""

import logging
import math
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
from pypsrp.complex_objects import PSInvocationState
from pypsrp.exceptions import AuthenticationError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.probers.allowed_cmdlets import AllowedCommand
from checker.probers.connections import RemotingEndpoint
from checker.probers.lifeline import Lifeline, Patience
from checker.probers.network import Network
from checker.probers.psrp_decoding import Output
from checker.probers.psrp_failures import CREDSSP_REFUSED
from checker.probers.psrp_fragments import keep_output_as_text
from checker.probers.psrp_pipelines import Phrasing, Pipeline

_IDLE_TIMEOUT_S = 180  # an abandoned shell counts against the account's quota until the server ends it
AHEAD = 3  # pipelines begun before their turn: the server works on them while the first one's output is fetched
_LONGEST_POLL_S = 20  # how long the server may hold back an empty reply
_LEAST_CREDSSP = 5  # of what is older, the password can be had by who stands in between (CVE-2018-0886)

# Both write whole messages and account names to the log. Nothing of theirs may get there.
for _name in ("pypsrp", "spnego"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class PsrpShell:
    """Its methods raise what pypsrp, requests and the socket raise; after that it is of no more use.

    ``lifeline`` holds its connection; cut from any thread, it ends whatever the shell is waiting for. ``received`` is
    how many objects of the current cmdlet have come.
    """

    def __init__(
        self, network: Network, endpoint: RemotingEndpoint, phrasing: Phrasing, deadline: float, sent: list[Pipeline]
    ) -> None:
        """``sent`` is where it notes what it sends; ``phrasing`` outlives it."""
        self.lifeline = Lifeline(deadline)
        self.received = 0
        self._phrasing = phrasing
        self._network = network
        self._endpoint = endpoint
        self._connection: WSMan | None = None
        self._begun: dict[AllowedCommand, tuple[Pipeline, PowerShell]] = {}
        self._takes_several = True
        self._sent = sent

    def open(self, password: str | None) -> None:
        """Signs in: one attempt. ``None`` leaves it to the ticket that Kerberos has already."""
        self._connection = _connection(self._network, self._endpoint, password, self.lifeline)
        self._pool = RunspacePool(
            self._connection,
            max_runspaces=1 + AHEAD,
            configuration_name=self._endpoint.configuration_name,
            idle_timeout=_IDLE_TIMEOUT_S,
        )
        keep_output_as_text(self._pool)
        try:
            self._pool.open()
        except CREDSSP_REFUSED as exc:
            raise AuthenticationError from exc

    def run(
        self,
        command: AllowedCommand,
        patience: Patience,
        ahead: Sequence[AllowedCommand] = (),
        sign_in: AllowedCommand | None = None,
    ) -> Objects | NoAnswer:
        """The output of one cmdlet. ``ahead`` is what will be run next, for the server to begin with; ``sign_in`` what
        the cmdlet needs before it in the same session.

        A pipeline that failed for what was put around the cmdlet is run once more without that.
        """
        begun = self._begun.pop(command) if command in self._begun else self._invoked(command, sign_in)
        for each in ahead:
            self._begin(each)
        while True:
            pipeline, running = begun
            answer = self._output(running, command, patience)
            if pipeline == self._phrasing.pipeline(command, sign_in):
                return answer
            begun = self._invoked(command, sign_in)

    def _output(self, running: PowerShell, command: AllowedCommand, patience: Patience) -> Objects | NoAnswer:
        # Where nothing is selected on the far side, it is here: what is not read is not kept.
        keep = frozenset(map(str.casefold, command.properties)) or None
        output, self.received = Output(keep), 0
        while running.state == PSInvocationState.RUNNING:
            # pypsrp waits two seconds longer than it asks the server to; a poll that is cut off loses nothing.
            running.poll_invoke(timeout=max(1, min(_LONGEST_POLL_S, int(patience.until - time.monotonic()))))
            if running.output:
                patience.renew()
            self.received += len(running.output)
            output.take(running)
        self._phrasing.learn_from(running)
        if command.cmdlet == "Invoke-WebRequest":
            _prefer_the_exception(running)
        answer = output.answer(running, command.cmdlet)
        running.close()
        return answer

    def _begin(self, command: AllowedCommand) -> None:
        """Before its turn. A server that takes no second pipeline says so with a fault, and is not asked again."""
        if self._takes_several and command not in self._begun and len(self._begun) < AHEAD:
            try:
                self._begun[command] = self._invoked(command)
            except WSManFaultError:
                self._takes_several = False

    def _invoked(self, command: AllowedCommand, sign_in: AllowedCommand | None = None) -> tuple[Pipeline, PowerShell]:
        pipeline = self._phrasing.pipeline(command, sign_in)
        self._sent.append(pipeline)
        return pipeline, pipeline.begun_in(self._pool)

    def end(self) -> None:
        """Tells the server that the shell is no longer needed."""
        self._pool.close()

    def drop(self) -> None:
        """Closes the connection and says nothing."""
        self.lifeline.cut()
        if self._connection is not None:
            self._connection.close()


def _prefer_the_exception(running: PowerShell) -> None:
    """The page that came with a status of 4xx or 5xx stands in for the words of the error, which name the status."""
    for error in running.streams.error:
        message = getattr(getattr(error, "exception", None), "adapted_properties", {}).get("Message")
        if isinstance(message, str) and message:
            error.details_message = message


def _connection(network: Network, endpoint: RemotingEndpoint, password: str | None, lifeline: Lifeline) -> WSMan:
    url = urlsplit(endpoint.url)
    is_tls = url.scheme == "https"
    path = url.path.strip("/")
    own: dict[str, Any] = {"credssp_minimum_version": _LEAST_CREDSSP} if endpoint.auth == "credssp" else {}
    connection = WSMan(
        server=url.hostname or "",
        port=url.port or (443 if is_tls else 80),
        ssl=is_tls,
        path=path,
        auth=endpoint.auth,
        username=endpoint.username,
        password=password,
        connection_timeout=math.ceil(network.timeouts.connect),
        read_timeout=math.ceil(network.timeouts.cmdlet),
        reconnection_backoff=0,  # else it sleeps for minutes between attempts that the lifeline has ended already
        # Inferred, not verified on Windows: behind IIS the service principal is HTTP's, of WinRM itself the host's.
        negotiate_service="host" if path.lower() == "wsman" else "HTTP",
        **own,
    )
    transport = connection.transport
    transport.session = session = transport._build_session()
    session.trust_env = False
    session.proxies = network.session(lifeline).proxies
    adapter: requests.adapters.HTTPAdapter = network.adapter(lifeline)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return connection

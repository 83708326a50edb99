"""One PowerShell shell on one endpoint, from its opening to its end.

pypsrp speaks the protocol; connections are made, verified and ended by the network object. A shell is used by one
thread at a time: pypsrp's pools keep no order among several.
"""

import logging
import math
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import requests
from pypsrp.complex_objects import PSInvocationState
from pypsrp.exceptions import WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.probers.allowed_cmdlets import AllowedCommand
from checker.probers.connections import RemotingEndpoint
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.psrp_decoding import Output, keep_output_as_text

_IDLE_TIMEOUT_S = 180  # an abandoned shell counts against the account's quota until the server ends it
AHEAD = 3  # pipelines begun before their turn: the server works on them while the first one's output is fetched
_LONGEST_POLL_S = 20  # how long the server may hold back an empty reply

# Both write whole messages and account names to the log. Nothing of theirs may get there.
for _name in ("pypsrp", "spnego"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class PsrpShell:
    """Its methods raise what pypsrp, requests and the socket raise; after that it is of no more use.

    ``lifeline`` holds its connection; cut from any thread, it ends whatever the shell is waiting for.
    """

    def __init__(
        self, network: Network, endpoint: RemotingEndpoint, deadline: float, sent: list[AllowedCommand]
    ) -> None:
        """``sent`` is where it notes what it sends."""
        self.lifeline = Lifeline(deadline)
        self._network = network
        self._endpoint = endpoint
        self._connection: WSMan | None = None
        self._begun: dict[AllowedCommand, PowerShell] = {}
        self._takes_several = True
        self._sent = sent

    def open(self, password: str) -> None:
        """Signs in: one attempt."""
        self._connection = _connection(self._network, self._endpoint, password, self.lifeline)
        self._pool = RunspacePool(
            self._connection,
            max_runspaces=1 + AHEAD,
            configuration_name=self._endpoint.configuration_name,
            idle_timeout=_IDLE_TIMEOUT_S,
        )
        keep_output_as_text(self._pool)
        self._pool.open()

    def run(self, command: AllowedCommand, until: float, ahead: Sequence[AllowedCommand] = ()) -> Objects | NoAnswer:
        """The output of one cmdlet. ``ahead`` is what will be run next, for the server to begin with."""
        pipeline = self._begun.pop(command, None) or self._invoked(command)
        for each in ahead:
            self._begin(each)
        output = Output()
        while pipeline.state == PSInvocationState.RUNNING:
            # pypsrp waits two seconds longer than it asks the server to; a poll that is cut off loses nothing.
            pipeline.poll_invoke(timeout=max(1, min(_LONGEST_POLL_S, int(until - time.monotonic()))))
            output.take(pipeline)
        answer = output.answer(pipeline, command.cmdlet)
        pipeline.close()
        return answer

    def _begin(self, command: AllowedCommand) -> None:
        """Before its turn. A server that takes no second pipeline says so with a fault, and is not asked again."""
        if self._takes_several and command not in self._begun and len(self._begun) < AHEAD:
            try:
                self._begun[command] = self._invoked(command)
            except WSManFaultError:
                self._takes_several = False

    def _invoked(self, command: AllowedCommand) -> PowerShell:
        """A pipeline of one cmdlet: more than that, an endpoint without language does not take."""
        pipeline = PowerShell(self._pool).add_cmdlet(command.cmdlet)
        for name, value in command.arguments:
            pipeline.add_parameter(name, value)
        self._sent.append(command)
        pipeline.begin_invoke()
        return pipeline

    def end(self) -> None:
        """Tells the server that the shell is no longer needed."""
        self._pool.close()

    def drop(self) -> None:
        """Closes the connection and says nothing."""
        self.lifeline.cut()
        if self._connection is not None:
            self._connection.close()


def _connection(network: Network, endpoint: RemotingEndpoint, password: str, lifeline: Lifeline) -> WSMan:
    url = urlsplit(endpoint.url)
    is_tls = url.scheme == "https"
    path = url.path.strip("/")
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
        # Behind IIS the service principal is HTTP's; WinRM's own is served by the host's.
        negotiate_service="host" if path.lower() == "wsman" else "HTTP",
    )
    transport = connection.transport
    transport.session = session = transport._build_session()
    session.trust_env = False
    session.proxies = network.session(lifeline).proxies
    adapter: requests.adapters.HTTPAdapter = network.adapter(lifeline)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return connection

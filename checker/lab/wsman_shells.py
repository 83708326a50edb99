"""The shells of a WS-Management server and the operations on them, from Create to Delete."""

import base64
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID
from xml.sax.saxutils import escape

from checker.lab.powershell_objects import Behaviour, Endpoint
from checker.lab.psrp_session import PowerShellSession
from checker.lab.wsman_soap import NAMESPACES, Request, WsmanFault, fault_response, response

_CONFIGURATIONS = "http://schemas.microsoft.com/powershell/"
_SERVER_CONFIGURATION = "http://schemas.microsoft.com/wbem/wsman/1/config"
_COMMAND_STATE = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState"
_ENVELOPE_FRAME = 4 * 1024  # what a Receive's envelope needs beside the fragments

# Numbers and words of wsmerror.h and winerror.h, Windows SDK 10.0.16299
_TIMED_OUT = WsmanFault(
    0x80338029,
    "TimedOut",
    "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.",
)
_ABORTED = WsmanFault(
    995,
    "InternalError",
    "The I/O operation has been aborted because of either a thread exit or an application request.",
)


@dataclass(frozen=True)
class Reply:
    status: HTTPStatus
    envelope: bytes
    behaviour: Behaviour = Behaviour.ANSWER


class Shells:
    """``commands``: each cmdlet received and its parameters, in order of arrival."""

    def __init__(self, endpoint: Endpoint, delay_s: float) -> None:
        self.commands: list[tuple[str, Mapping[str, object]]] = []
        self._endpoint = endpoint
        self._delay_s = delay_s
        self._sessions: dict[str, PowerShellSession] = {}
        self._lock = threading.Lock()
        self._operations = {
            "Create": self._create,
            "Command": self._command,
            "Receive": self._receive,
            "Send": self._send,
            "Signal": self._signal,
            "Delete": self._delete,
            "Get": self._get,
        }

    def perform(self, request: Request) -> Reply:
        """Carries out one request; a Receive returns when there is something, or its time is up.

        Raises ValueError when the request asks for nothing a shell can do, or lacks what it needs.
        """
        operation = self._operations.get(request.action)
        if operation is None:
            raise ValueError(f"no such operation: {request.action_uri}")
        try:
            return operation(request)
        except WsmanFault as fault:
            return Reply(HTTPStatus.INTERNAL_SERVER_ERROR, fault_response(request, fault))

    def close(self) -> None:
        """Ends every session, so that no request waits any longer."""
        with self._lock:
            sessions = list(self._sessions.values())
            self._sessions.clear()
        for session in sessions:
            session.close()

    def _session(self, request: Request) -> PowerShellSession:
        with self._lock:
            session = self._sessions.get(request.shell_id)
        if session is None:
            reason = (
                f"The request for the Windows Remote Shell with ShellId {request.shell_id} failed because the shell "
            )
            raise WsmanFault(0x8033805B, "InvalidSelectors", f"{reason}was not found on the server.")
        return session

    def _create(self, request: Request) -> Reply:
        configuration = request.resource.removeprefix(_CONFIGURATIONS)
        if configuration.lower() != self._endpoint.configuration.lower():
            raise WsmanFault(
                0x8033803B,  # ERROR_WSMAN_INVALID_RESOURCE_URI
                "InvalidResourceURI",
                f"The WS-Management service cannot process the request. Cannot find the {configuration} session "
                "configuration in the WSMan: drive on the localhost computer.",
            )
        shell_id = request.find("rsp:Shell").get("ShellId", "").upper()
        budget = (request.envelope_size - _ENVELOPE_FRAME) * 3 // 4  # Base64
        session = PowerShellSession(self._endpoint, self._delay_s, budget, self.commands)
        session.send(_decoded(request.find("rsp:Shell/ps:creationXml").text))
        with self._lock:
            self._sessions[shell_id] = session
        uri, shell = escape(request.resource), escape(shell_id)
        return _done(
            request,
            "<x:ResourceCreated><a:Address>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:Address>"
            f"<a:ReferenceParameters><w:ResourceURI>{uri}</w:ResourceURI><w:SelectorSet>"
            f'<w:Selector Name="ShellId">{shell}</w:Selector></w:SelectorSet></a:ReferenceParameters>'
            "</x:ResourceCreated>"
            f"<rsp:Shell><rsp:ShellId>{shell}</rsp:ShellId><rsp:ResourceUri>{uri}</rsp:ResourceUri>"
            "<rsp:InputStreams>stdin pr</rsp:InputStreams><rsp:OutputStreams>stdout</rsp:OutputStreams></rsp:Shell>",
        )

    def _command(self, request: Request) -> Reply:
        line = request.find("rsp:CommandLine")
        pipeline_id = UUID(line.get("CommandId"))
        self._session(request).start(pipeline_id, _decoded(line.findtext("rsp:Arguments", "", NAMESPACES)))
        return _done(
            request,
            f"<rsp:CommandResponse><rsp:CommandId>{str(pipeline_id).upper()}</rsp:CommandId></rsp:CommandResponse>",
        )

    def _send(self, request: Request) -> Reply:
        self._session(request).send(_decoded(request.find("rsp:Send/rsp:Stream").text))
        return _done(request, "<rsp:SendResponse/>")

    def _receive(self, request: Request) -> Reply:
        session = self._session(request)
        command_id = request.find("rsp:Receive/rsp:DesiredStream").get("CommandId")
        try:
            received = session.receive(UUID(command_id) if command_id else None, request.message_id, request.timeout_s)
        except LookupError:
            raise _ABORTED from None
        if received is None:
            raise _TIMED_OUT
        of_command = f' CommandId="{command_id}"' if command_id else ""
        state = f'<rsp:CommandState{of_command} State="{_COMMAND_STATE}/Done"/>' if received.done else ""
        fragments = base64.b64encode(received.fragments).decode()
        stream = f'<rsp:Stream Name="stdout"{of_command}>{fragments}</rsp:Stream>'
        envelope = response(request, f"<rsp:ReceiveResponse>{stream}{state}</rsp:ReceiveResponse>")
        return Reply(HTTPStatus.OK, envelope, received.behaviour)

    def _signal(self, request: Request) -> Reply:
        signal = request.find("rsp:Signal")
        code = signal.findtext("rsp:Code", "", NAMESPACES).lower()
        session, pipeline_id = self._session(request), UUID(signal.get("CommandId"))
        try:
            session.stop(pipeline_id) if code.endswith("ctrl_c") else session.terminate(pipeline_id)
        except LookupError:
            raise _ABORTED from None
        return _done(request, "<rsp:SignalResponse/>")

    def _delete(self, request: Request) -> Reply:
        self._session(request).close()
        with self._lock:
            self._sessions.pop(request.shell_id, None)
        return _done(request, "")

    def _get(self, request: Request) -> Reply:
        if request.resource != _SERVER_CONFIGURATION:
            raise ValueError(f"nothing to get at {request.resource}")
        return _done(request, "<cfg:Config><cfg:MaxEnvelopeSizekb>500</cfg:MaxEnvelopeSizekb></cfg:Config>")


def _done(request: Request, body: str) -> Reply:
    return Reply(HTTPStatus.OK, response(request, body))


def _decoded(text: str | None) -> bytes:
    return base64.b64decode(text or "")

"""One runspace pool as its server sees it: takes a client's fragments, hands out those that answer them.

No transport in here: fragments come and go as bytes ([MS-PSRP] 2.2.4). The protocol itself is psrpcore's; only pipeline
output goes round it, serialised while the client fetches it.
"""

import itertools
import logging
import struct
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from psrpcore import CreatePipelineEvent, PSRPPayload, ServerPipeline, ServerRunspacePool, StreamType
from psrpcore.types import (
    ErrorCategory,
    ErrorCategoryInfo,
    ErrorRecord,
    NETException,
    PipelineState,
    PSInvocationState,
    PSRPMessageType,
)

from checker.lab.clixml_writing import clixml
from checker.lab.command_binding import parameters_of, reply_of
from checker.lab.powershell_objects import Behaviour, Endpoint, ErrorReply, PipelineReply, Value

logging.getLogger("psrpcore").setLevel(logging.CRITICAL + 1)  # it writes whole messages to the log, secrets as well

_FRAGMENT_SIZE = 32 * 1024  # header included
_FRAGMENT_HEADER = struct.Struct(">QQBI")  # [MS-PSRP] 2.2.4: object, number, start (1) and end (2), length
_MESSAGE_START = struct.pack("<II", 1, PSRPMessageType.PipelineOutput.value)  # [MS-PSRP] 2.2.1; 1: to the client
_OUTPUT_OBJECT_IDS = 1 << 32  # far above those psrpcore counts from 1; one id must not stand for two objects at a time


@dataclass(frozen=True)
class Received:
    """What one Receive carries. ``done``: the pipeline has ended, and nothing follows."""

    fragments: bytes
    done: bool
    behaviour: Behaviour


@dataclass
class _Outlet:
    """What waits to be received on one stream: the pool's own, or that of one pipeline."""

    pipeline: ServerPipeline | None = None
    behaviour: Behaviour = Behaviour.ANSWER
    ready_at: float = 0.0
    output: Iterator[bytes] = field(default_factory=lambda: iter(()))
    messages: deque[bytes] = field(default_factory=deque)
    last: tuple[str, Received] | None = None

    def take(self, budget: int) -> bytes:
        """The next fragments, as many as surely fit into ``budget`` bytes; empty when there is none."""
        taken = bytearray()
        room_for_another = budget - _FRAGMENT_SIZE
        while len(taken) <= max(0, room_for_another):
            fragment = next(self.output, None)
            if fragment is None and self.messages:
                fragment = self.messages.popleft()
            if fragment is None:
                break
            taken += fragment
        return bytes(taken)

    @property
    def done(self) -> bool:
        running = self.pipeline is None or self.pipeline.state == PSInvocationState.Running
        return not running and not self.messages


class PowerShellSession:
    """Thread-safe: each HTTP request is a thread, and a Receive waits for what another request brings about.

    ``budget``: the bytes of fragments one Receive may carry. ``commands`` is appended to: each cmdlet, as it is bound.
    A method that names a pipeline the session does not hold, or no longer, raises LookupError.
    """

    def __init__(
        self, endpoint: Endpoint, delay_s: float, budget: int, commands: list[tuple[str, Mapping[str, object]]]
    ) -> None:
        self._endpoint = endpoint
        self._delay_s = delay_s
        self._budget = budget
        self._commands = commands
        self._pool = ServerRunspacePool()
        self._outlets: dict[UUID | None, _Outlet] = {None: _Outlet()}
        self._object_ids = itertools.count(_OUTPUT_OBJECT_IDS)
        self._changed = threading.Condition()

    def send(self, fragments: bytes) -> None:
        """Takes what a Create or a Send carries."""
        with self._changed:
            self._take_in(fragments)

    def start(self, pipeline_id: UUID, fragments: bytes) -> None:
        """Takes a Command: a new pipeline and the first of what describes it."""
        with self._changed:
            self._outlets[pipeline_id] = _Outlet(ServerPipeline(self._pool, pipeline_id), ready_at=float("inf"))
            self._take_in(fragments)

    def receive(self, pipeline_id: UUID | None, request_id: str, timeout_s: float) -> Received | None:
        """What is next for a pipeline, or for the pool itself (``None``). Returns None when the time has passed.

        The last reply is kept: the same request asked again, since its reply was lost, is given the same reply.
        """
        deadline = time.monotonic() + timeout_s
        with self._changed:
            while True:
                outlet = self._outlets[pipeline_id]
                if outlet.last is not None and outlet.last[0] == request_id:
                    return outlet.last[1]
                now = time.monotonic()
                if outlet.ready_at <= now and (fragments := outlet.take(self._budget)):
                    received = Received(fragments, outlet.done, outlet.behaviour)
                    outlet.last = (request_id, received)
                    return received
                if now >= deadline:
                    return None
                wake_at = outlet.ready_at if now < outlet.ready_at < deadline else deadline
                self._changed.wait(wake_at - now)

    def stop(self, pipeline_id: UUID) -> None:
        """Ctrl-C: what the pipeline has not handed out yet is lost, and it ends as stopped."""
        with self._changed:
            outlet = self._outlets[pipeline_id]
            if outlet.pipeline is not None and outlet.pipeline.state == PSInvocationState.Running:
                outlet.output, outlet.ready_at, outlet.behaviour = iter(()), 0.0, Behaviour.ANSWER
                outlet.pipeline.stop()
                self._collect()
            self._changed.notify_all()

    def terminate(self, pipeline_id: UUID) -> None:
        """Forgets the pipeline. Who waits for it gets LookupError."""
        with self._changed:
            outlet = self._outlets.pop(pipeline_id, None)
            if outlet is not None:
                self._pool.pipeline_table.pop(pipeline_id, None)
            self._changed.notify_all()

    def close(self) -> None:
        """Ends the session. Who waits for any of it gets LookupError."""
        with self._changed:
            self._outlets.clear()
            self._changed.notify_all()

    def _take_in(self, fragments: bytes) -> None:
        self._pool.receive_data(PSRPPayload(fragments, StreamType.default, None))
        while (event := self._pool.next_event()) is not None:
            if isinstance(event, CreatePipelineEvent):
                self._run(event)
        self._collect()
        self._changed.notify_all()

    def _run(self, event: CreatePipelineEvent) -> None:
        commands = event.pipeline.commands
        self._commands += [(command.command_text, parameters_of(command)) for command in commands]
        reply = reply_of(self._endpoint, commands)
        outlet = self._outlets[event.pipeline_id]
        assert outlet.pipeline is not None
        # Set, not start(): PowerShell tells the client of no state but the last one.
        outlet.pipeline.state = PSInvocationState.Running
        outlet.behaviour = reply.behaviour
        outlet.ready_at = time.monotonic() + self._delay_s
        outlet.output = self._answer(outlet.pipeline, reply)

    def _answer(self, pipeline: ServerPipeline, reply: PipelineReply) -> Iterator[bytes]:
        """The fragments of the output; then the pipeline ends, unless the reply is to leave the client waiting."""
        if reply.behaviour is Behaviour.SILENT:
            return
        output = reply.output[: (len(reply.output) + 1) // 2] if reply.behaviour is Behaviour.HALF else reply.output
        for value in output:
            yield from self._output_fragments(pipeline.pipeline_id, value)
        if reply.behaviour is Behaviour.HALF:
            return
        _finish(pipeline, reply.errors)
        self._collect()

    def _output_fragments(self, pipeline_id: UUID, value: Value) -> Iterator[bytes]:
        message = b"".join((_MESSAGE_START, self._pool.runspace_pool_id.bytes_le, pipeline_id.bytes_le, clixml(value)))
        object_id, size = next(self._object_ids), _FRAGMENT_SIZE - _FRAGMENT_HEADER.size
        for number, start in enumerate(range(0, len(message), size)):
            part = message[start : start + size]
            start_and_end = (number == 0) | (start + size >= len(message)) << 1
            yield _FRAGMENT_HEADER.pack(object_id, number, start_and_end, len(part)) + part

    def _collect(self) -> None:
        """Moves what psrpcore wants sent to the streams it is for."""
        while (payload := self._pool.data_to_send(_FRAGMENT_SIZE)) is not None:
            if outlet := self._outlets.get(payload.pipeline_id):
                outlet.messages.append(payload.data)


def _finish(pipeline: ServerPipeline, errors: tuple[ErrorReply, ...]) -> None:
    for error in errors:
        exception = NETException(Message=error.message)
        exception.PSObject.type_names = list(dict.fromkeys((error.exception_type, *exception.PSTypeNames)))
        category = ErrorCategoryInfo(
            Category=ErrorCategory[error.category], Reason=error.exception_type.rpartition(".")[2], Activity=""
        )
        if error.terminating:
            record = ErrorRecord(
                Exception=exception, CategoryInfo=category, FullyQualifiedErrorId=error.fully_qualified_id
            )
            failed = PSInvocationState.Failed
            pipeline.prepare_message(PipelineState(PipelineState=int(failed), ExceptionAsErrorRecord=record))
            pipeline.state = failed
            return
        pipeline.write_error(exception, category, fully_qualified_error_id=error.fully_qualified_id)
    pipeline.complete()

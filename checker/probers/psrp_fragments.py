"""Puts the messages of PSRP together from their fragments, and leaves pipeline output the XML text it is.

This takes the place of pypsrp's own fragmenter, which makes five objects of each fragment and of each message a new
table of all types: three parts of four of what a directory of users costs. It is the one private seam of pypsrp that is
used; everything but output goes through pypsrp's own reader as before.
"""

import struct
from typing import Any, NamedTuple

from pypsrp.exceptions import FragmentError
from pypsrp.messages import Message, MessageType
from pypsrp.powershell import Fragmenter, RunspacePool

MAX_OUTPUT = 1 << 30  # bytes of one cmdlet's output; 100,000 users are 124 million

_FRAGMENT = struct.Struct(">QQBI")  # [MS-PSRP] 2.2.4: object, number, start (1) and end (2), length
_START, _END = 1, 2
_TYPE = struct.Struct("<4xI")  # [MS-PSRP] 2.2.1: destination, type
_HEADER_SIZE = 40  # of a message: behind it stand its data, perhaps after a BOM
_BOM = "\ufeff"


class _Output(NamedTuple):
    """What pypsrp asks a message of output for, and hands on."""

    data: Any
    message_type: int = MessageType.PIPELINE_OUTPUT


class _Text(NamedTuple):
    data: str


class TextFragmenter(Fragmenter):
    """Raises FragmentError or ``struct.error`` for what are no fragments, and what pypsrp raises for what is no
    message."""

    def __init__(self, replaced: Fragmenter) -> None:
        super().__init__(0, replaced.serializer)
        self.max_size = replaced.max_size
        self.outgoing_counter = replaced.outgoing_counter
        self._begun: dict[int, list[bytes]] = {}
        self._held = 0

    def defragment(self, data: bytes) -> list[Any]:
        messages = []
        at = 0
        while at < len(data):
            object_id, number, place, length = _FRAGMENT.unpack_from(data, at)
            at += _FRAGMENT.size
            part = data[at : at + length]
            at += length
            if len(part) < length:
                raise FragmentError("a fragment is cut off")
            if (whole := self._whole(object_id, number, place, part)) is not None:
                messages.append(self._message(whole))
        return messages

    def _whole(self, object_id: int, number: int, place: int, part: bytes) -> bytes | None:
        """The message that this part ends, if it does."""
        if place & _START and place & _END:
            return part
        begun = self._begun.setdefault(object_id, [])
        if number != len(begun):
            raise FragmentError("a fragment is out of its order")
        begun.append(part)
        self._held += len(part)
        if self._held > MAX_OUTPUT:
            raise FragmentError("a message is too large")
        if not place & _END:
            return None
        whole = b"".join(self._begun.pop(object_id))
        self._held -= len(whole)
        return whole

    def _message(self, whole: bytes) -> Any:
        (kind,) = _TYPE.unpack_from(whole)
        if kind != MessageType.PIPELINE_OUTPUT:
            return Message.unpack(whole, self.serializer)
        return _Output(_Text(whole[_HEADER_SIZE:].decode("utf-8").removeprefix(_BOM)))


def keep_output_as_text(pool: RunspacePool) -> None:
    """From now on the pool's pipelines collect XML texts in ``output``."""
    pool._fragmenter = TextFragmenter(pool._fragmenter)

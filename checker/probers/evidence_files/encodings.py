"""Gives the bytes of a file as UTF-8, whichever Unicode encoding an editor or PowerShell's ``>`` wrote it in."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 15  # bytes: what an XML parser makes of them stays in the processor's cache

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LONGEST_MARK = 3  # bytes


class NotReadable(ValueError):
    """A file that cannot be read. Its text says what and where (line and column, or byte), never what stands there."""


class Utf8:
    """Iterates over the text of a file in pieces of UTF-8 without its byte order mark. Raises :class:`NotReadable` for
    a file without any text, of more than ``largest`` bytes, or of UTF-16 that is none; UTF-8 is for its reader to
    check."""

    def __init__(self, raw: BinaryIO, largest: int) -> None:
        self._raw = raw
        self._largest = largest
        self._encoding = "utf-8"
        self._mark = b""

    def __iter__(self) -> Iterator[bytes]:
        chunk = self._raw.read(CHUNK)
        while len(chunk) < _LONGEST_MARK and (following := self._raw.read(CHUNK)):
            chunk += following
        self._mark, self._encoding = _encoding(chunk)
        chunk = chunk[len(self._mark) :] or self._raw.read(CHUNK)
        if not chunk:
            raise NotReadable("the file is empty")
        size = 0
        decoder = None if self._encoding == "utf-8" else codecs.getincrementaldecoder(self._encoding)()
        while chunk:
            size += len(chunk)
            if size > self._largest:
                raise NotReadable(f"the file is larger than {self._largest >> 20:,} MB")
            following = self._raw.read(CHUNK)
            if decoder is None:
                yield chunk
            else:
                try:
                    yield decoder.decode(chunk, final=not following).encode()
                except UnicodeError as exc:
                    raise NotReadable(f"not UTF-16, before byte {len(self._mark) + size:,}") from exc
            chunk = following

    def position(self, text: bytes | bytearray | memoryview) -> int:
        """How many bytes of the file this much of its beginning takes."""
        if self._encoding == "utf-8":
            return len(self._mark) + len(text)
        return len(self._mark) + len(bytes(text).decode("utf-8", "replace").encode("utf-16-le"))


def _encoding(beginning: bytes) -> tuple[bytes, str]:
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return mark, encoding
    # Without a mark: what both formats begin with is ASCII, so the zero of a pair tells.
    if beginning[1:2] == b"\0":
        return b"", "utf-16-le"
    return b"", "utf-16-be" if beginning[:1] == b"\0" else "utf-8"

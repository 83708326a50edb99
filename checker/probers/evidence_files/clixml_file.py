"""Reads a CLIXML file, as PowerShell's Export-Clixml writes it, object by object."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from checker.model.answers import Json
from checker.probers.clixml import LINKS, NAMESPACE, SAFE, ClixmlReader, NotClixml, position, refuse_document_type
from checker.probers.evidence_files.encodings import NotReadable, Utf8

LARGEST = 4 << 30  # bytes; 100,000 users of 60 properties in UTF-16 are a fourth of it
LARGEST_OBJECT = 64 << 20  # bytes of UTF-8; lxml itself refuses a text of more than 10 MB
_LONGEST_PROLOG = 1 << 16  # bytes of UTF-8 before the outermost element

_ENVELOPE = frozenset({"Objs", f"{{{NAMESPACE}}}Objs"})
_LISTS = frozenset({"LST", "IE", "QUE", "STK"})


class ClixmlFile:
    """Iterates over the rows, where a list's items are rows. Raises :class:`NotReadable`."""

    is_complete = True

    def __init__(self, raw: BinaryIO, keep: frozenset[str] | None) -> None:
        self._text = Utf8(raw, LARGEST)
        # The text is UTF-8 by then, whatever the XML declaration says.
        self._parser = etree.XMLPullParser(events=("start",), tag=(*_ENVELOPE, *LINKS), **SAFE)
        self._reader = ClixmlReader(keep=keep)
        self._may_link = True
        self._number = 0
        self._line: int | None = None

    def __iter__(self) -> Iterator[dict[str, Json]]:
        try:
            pieces = iter(self._text)
            envelope = self._envelope(pieces)
            yield from self._ended(envelope)
            unended = 0
            for piece in pieces:
                before = self._number
                self._feed(piece)
                links = bool(list(self._parser.read_events()))
                self._may_link |= links
                yield from self._ended(envelope)
                if self._number > before:
                    unended = 0
                    self._may_link = links  # they may be inside what has not ended
                elif (unended := unended + len(piece)) > LARGEST_OBJECT:
                    where = f"after object {self._number:,}"
                    raise NotReadable(f"no object ends within {LARGEST_OBJECT >> 20} MB {where}")
            self._parser.close()
            yield from self._rows(envelope)
        except etree.XMLSyntaxError as exc:
            raise NotReadable(f"not XML: {position(exc)}") from exc
        except NotClixml as exc:
            where = f": object {self._number:,}, line {self._line:,}" if self._line else ""
            raise NotReadable(f"not CLIXML: {exc}{where}") from exc

    def _envelope(self, pieces: Iterator[bytes]) -> etree._Element:
        """The outermost element, once it has begun. What stands before it is looked at before it is parsed."""
        prolog = b""
        for piece in pieces:
            prolog += piece
            refuse_document_type(prolog)
            self._feed(piece)
            for _, element in list(self._parser.read_events())[:1]:
                if isinstance(element, etree._Element) and element.tag in _ENVELOPE and element.getparent() is None:
                    return element
            if len(prolog) > _LONGEST_PROLOG:
                break
        else:
            self._parser.close()
        raise NotClixml("its outermost element is not <Objs>")

    def _feed(self, piece: bytes) -> None:
        self._parser.feed(piece)
        # An unknown entity is logged and not raised, and what comes after it would be taken for another document.
        for error in self._parser.feed_error_log:
            raise NotReadable(f"not XML: line {error.line:,}, column {error.column:,}")

    def _ended(self, envelope: etree._Element) -> list[dict[str, Json]]:
        """The rows of what has ended; it is dropped. Only the last of several siblings may be unended."""
        rows = self._rows(envelope, -1)
        if len(envelope) and len(unended := envelope[-1]) and _is_list(unended[-1]) and len(unended[-1]) > 1:
            # One object that is a list of all: its items are as many as the objects would be.
            self._reader.note_types(unended)
            unended.attrib.pop("RefId", "")  # what refers to it from now on would find a part
            rows += self._rows(unended[-1], -1)
        return rows

    def _rows(self, parent: etree._Element, end: int | None = None) -> list[dict[str, Json]]:
        rows: list[dict[str, Json]] = []
        for element in list(parent)[:end]:
            self._number += 1
            self._line = element.sourceline  # type: ignore[assignment]  # the stubs leave its type open
            rows += self._reader.rows(element, self._may_link)
        del parent[:end]
        return rows


def _is_list(element: etree._Element) -> bool:
    return etree.QName(element).localname in _LISTS

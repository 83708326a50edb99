"""The dry run: every request that would be sent is printed instead, and answered as a fresh ticket would."""

import hashlib
import json
from collections.abc import Callable, Iterator

from checker.model.answers import Json
from checker.rendering.hostile_text import plain
from checker.tickets.exchange import Answer, Request, prepared_from
from checker.tickets.failures import Unsure

_LEFT_OUT = {"Content-Type", "Content-Length"}  # said with the body, in words


class Rehearsal:
    """An exchange that sends nothing. ``say`` is handed one line at a time; secrets are masked in all of them."""

    def __init__(self, base: str, authorization: str, say: Callable[[str], None]) -> None:
        self._base = base
        self._masked = f"{authorization.partition(' ')[0]} ***"
        self._say = say

    def read(self, request: Request) -> Answer:
        prepared = prepared_from(request, self._base, self._masked).prepare()
        self._say(f"{prepared.method} {prepared.url}")
        for name, value in prepared.headers.items():
            if name not in _LEFT_OUT:
                self._say(f"  {name}: {value}")
        if request.is_anonymous:
            self._say("  (without credentials: whether the public can read the ticket)")
        for line in _content(request):
            self._say(f"  {plain(line)}")
        self._say("")
        return Answer(200, request.supposed)

    write = read

    def pause(self, unsure: Unsure, tries: int) -> None:
        raise unsure


def _content(request: Request) -> Iterator[str]:
    if upload := request.upload:
        how = "part 'file' of a multipart/form-data body" if upload.is_form else "the body"
        digest = hashlib.sha256(upload.content).hexdigest()
        yield f"{how}: {upload.name}, {upload.mime}, {len(upload.content):,} bytes, sha256 {digest}"
    if isinstance(request.json, dict):
        yield "Content-Type: application/json"
        for name, value in request.json.items():
            yield from _shown(name, value)


def _shown(name: str, value: Json) -> Iterator[str]:
    """A text by its lines, a document by its blocks: not as JSON has to write them."""
    blocks = value.get("content") if isinstance(value, dict) else None
    if isinstance(value, str):
        yield f"{name}:"
        yield from (f"  {line}" for line in value.splitlines())
    elif isinstance(blocks, list):
        head = {key: each for key, each in value.items() if key != "content"}
        yield f"{name}: {json.dumps(head)}, its content:"
        yield from (f"  {json.dumps(block, ensure_ascii=False)}" for block in blocks)
    else:
        yield f"{name}: {json.dumps(value, ensure_ascii=False)}"

"""What an answer of a ticket system has to be, and the sentence for one that is not."""

from http import HTTPStatus
from urllib.parse import urlsplit

from checker.model.answers import Json
from checker.rendering.hostile_text import plain
from checker.tickets.exchange import Answer
from checker.tickets.failures import DeliveryFailed
from checker.tickets.system import File, Site


class TooLarge(DeliveryFailed):
    """A file was refused for its size; a smaller form of it may be taken."""


def expected(answer: Answer, site: Site, ticket: str, doing: str, file: File | None = None) -> Answer:
    """The answer, when its status says that it was done. Raises ``TooLarge``, ``DeliveryFailed``."""
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return answer
    said = f": {answer.words}" if answer.words else ""
    if file and status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise TooLarge(f"refused as too large (413) by {site.host}, or a proxy before it")
    raise DeliveryFailed(f"{doing}: {site.host} answers {status}{said}", _advice(answer, ticket))


def _advice(answer: Answer, ticket: str) -> str:
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return "It does not accept the account or its token: is the token expired, and is it one of this site?"
        case HTTPStatus.FORBIDDEN:
            return f"The account lacks a permission on {ticket}."
        case HTTPStatus.NOT_FOUND:
            return f"Is {ticket} the right one? Systems also say this to an account that may not see it."
        case status if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            host = plain(urlsplit(answer.location).hostname or "another place")
            return f"It leads to {host}, where credentials are not sent along. Name the right address of the system."
        case _:
            return ""


def listed(body: Json, key: str, where: str) -> list[Json]:
    """The list at ``key``. Raises ``DeliveryFailed`` where there is none: what could not be seen is not absent."""
    found = body.get(key) if isinstance(body, dict) else None
    if not isinstance(found, list):
        raise DeliveryFailed(f"{where}: the answer has no list of {key}")
    return found


def text(item: Json, key: str) -> str:
    """Empty where it is missing; a number as its digits."""
    value = item.get(key) if isinstance(item, dict) else None
    return str(value) if isinstance(value, str | int) else ""


def number(item: Json, key: str) -> int | None:
    """Also one that is written as text; ``None`` where it is missing."""
    digits = text(item, key)
    return int(digits) if digits.isdecimal() else None

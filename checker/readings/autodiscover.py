"""Replies of the Autodiscover service: whether one is a reply of it at all, and what it says of a SIP domain.

No Microsoft text describes them; what a reply means is read off public code that asks the same (medium).
"""

from enum import Enum
from urllib.parse import quote

import msgspec

from checker.model.answers import HttpAnswer, Json
from checker.model.axes import Cloud
from checker.model.probes import HttpProbe, Vantage
from checker.readings.cloud_names import CLOUD_NAMES


class Online(Enum):
    """What the reply to ``originalDomain`` says of the domain."""

    ENABLED = "enabled"
    NOT_ENABLED = "not-enabled"
    AMBIGUOUS = "ambiguous"  # the forest that was asked hosts it, or nobody knows it; or no reply of Autodiscover


class _Reply(msgspec.Struct):
    links: dict[str, Json] = msgspec.field(name="_links")


def original_domain(cloud: Cloud, sip_domain: str) -> HttpProbe:
    url = f"{CLOUD_NAMES[cloud].autodiscover_url}?originalDomain={quote(sip_domain)}"
    return HttpProbe(vantage=Vantage.HERE, url=url)


def said_of_domain(cloud: Cloud, answer: HttpAnswer) -> Online:
    """404 is "not enabled"; a link ``redirect``, to the forest that hosts the domain, is "enabled".

    A 404 at the end of redirects may be that of a page on the way, and one of an address that no text gives may mean
    the address: both say nothing.
    """
    if answer.status == 404 and not answer.redirects and CLOUD_NAMES[cloud].autodiscover_sourced:
        return Online.NOT_ENABLED
    if answer.status == 200 and "redirect" in _links(answer.body):
        return Online.ENABLED
    return Online.AMBIGUOUS


def is_autodiscover(body: str) -> bool:
    """Whether it has the shape: ``_links`` in JSON, or the XML element's name; XML of others is not parsed for it."""
    return bool(_links(body)) or "AutodiscoverResponse" in body


def _links(body: str) -> dict[str, Json]:
    try:
        return msgspec.json.decode(body.encode(errors="replace"), type=_Reply).links
    except (msgspec.DecodeError, RecursionError):
        return {}

"""Replies of the Autodiscover service: whether one is a reply of it at all, and what it says of a SIP domain.

No Microsoft text describes them; what a reply means is read off public code that asks the same (medium).
"""

import re
from enum import Enum
from urllib.parse import quote, urlsplit

import msgspec

from checker.model.answers import HttpAnswer, Json
from checker.model.axes import Cloud
from checker.model.probes import HttpProbe, Vantage
from checker.readings.cloud_names import AUTODISCOVER_PATH, CLOUD_NAMES, CloudNames


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


def leads_to(url: str, cloud: CloudNames) -> bool:
    """Whether it is an address of this cloud's Autodiscover service, a slash at its end allowed."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # a port that is no number, a bracket that is not closed
        return False
    label, _, suffix = cloud.webdir.partition(".")
    return (
        parts.scheme == "https"
        and "@" not in parts.netloc
        and port in (None, 443)
        and re.fullmatch(rf"{label}[a-z0-9]*\.{re.escape(suffix)}", host) is not None
        and parts.path.casefold().removesuffix("/") == AUTODISCOVER_PATH.casefold()
        and not parts.query + parts.fragment
    )


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

"""The answers: what came back, typed. An answer we dislike (NXDOMAIN, an alert, 404, "no such object") is an answer."""

from enum import Enum
from typing import Any

import msgspec

# The codec seam: what a foreign object holds is anything JSON can say. Readings parse it once, at the edge.
Json = Any


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all answers."""


class Objects(Answer, frozen=True, tag="objects", kw_only=True):
    """What a cmdlet or its REST counterpart returned. An empty tuple is the answer "there is none".

    A row maps property names, as they came, to JSON values; enums are their names, dates ISO 8601, versions strings,
    nested objects rows. ``@type`` holds a row's first type name where the source has it, ``@text`` its string form.
    ``complete`` is false where the source says that there are more objects than these.
    """

    rows: tuple[dict[str, Json], ...]
    complete: bool = True


class DnsRecord(msgspec.Struct, frozen=True):
    """``data`` as in a zone file: ``0 0 5061 sip.contoso.com.``; ``ttl`` in seconds."""

    name: str
    record: str
    ttl: int
    data: str


class DnsAnswer(Answer, frozen=True, tag="dns-answer", kw_only=True):
    """``records``: the answer section in a stable order, CNAME chain first.

    ``rcode`` is ``NOERROR`` or ``NXDOMAIN``; all else is no answer. NOERROR without a record of the type asked for is
    NODATA: the name exists, this record does not. ``authoritative`` is AA, ``truncated`` says that UDP was and TCP was
    asked; ``None`` where the resolver's interface does not show it (Resolve-DnsName).
    """

    rcode: str
    records: tuple[DnsRecord, ...] = ()
    authoritative: bool | None = None
    truncated: bool | None = None
    server: str = ""


class TlsOutcome(Enum):
    """What a server that was reached did with the handshake. Being unreachable is no answer, and not in this list."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"  # the chain ends in no root of the trust store
    WRONG_NAME = "wrong-name"
    EXPIRED = "expired"
    NOT_VERIFIED = "not-verified"  # refused by the verifier for another reason, named in ``detail``
    ALERT = "alert"  # the server ended the handshake with an alert before a certificate was seen
    PLAIN_TCP = "plain-tcp"  # something answers, and it is not TLS


class SeenCertificate(msgspec.Struct, frozen=True, kw_only=True):
    """``names``: DNS names of the SAN; ``not_before`` and ``not_after`` ISO 8601, UTC; ``sha256`` of the DER, hex."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: str
    not_after: str
    sha256: str


class TlsAnswer(Answer, frozen=True, tag="tls-answer", kw_only=True):
    """``address`` is what was dialled, ``version`` as TLSv1.3, ``chain`` leaf first; the last issuer names the root.

    ``client_certificate_asked`` with an alert or a close after it means: reachable, and it wants mutual TLS.
    ``None``: the library cannot tell. ``sip`` is the status line of the answer to OPTIONS, empty when none came.
    """

    outcome: TlsOutcome
    address: str
    version: str = ""
    chain: tuple[SeenCertificate, ...] = ()
    client_certificate_asked: bool | None = None
    alert: str = ""
    sip: str = ""
    detail: str = ""


class HttpAnswer(Answer, frozen=True, tag="http-answer", kw_only=True):
    """``url`` is the last one, ``redirects`` what led there; header names are lower case; ``body`` bounded text.

    ``tls_error`` names why the certificate was refused; nothing was then sent, ``status`` is 0.
    """

    status: int
    url: str
    redirects: tuple[str, ...] = ()
    headers: dict[str, str] = {}
    body: str = ""
    body_cut: bool = False
    tls_error: str = ""


AnyAnswer = Objects | DnsAnswer | TlsAnswer | HttpAnswer

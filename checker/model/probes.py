"""The questions: each probe is one observation to make, as frozen data, and knows the type of its answer.

Two checks that ask the same question build equal probes, so it is asked once. A probe never holds a secret, an
address that only this network knows, or a time-out: those belong to the connection that carries it.
"""

from enum import Enum
from typing import Generic, TypeVar

import msgspec

from checker.model.answers import Answer, DnsAnswer, HttpAnswer, Objects, TlsAnswer

A_co = TypeVar("A_co", bound=Answer, covariant=True)


class Vantage(Enum):
    """Where an observation is made from. Split DNS makes one name two facts; port 5061 matters from the Edge."""

    HERE = "here"
    OUTSIDE = "outside"
    WORKSTATION = "workstation"
    TENANT = "tenant"
    ONPREM = "onprem"
    EDGE = "edge"
    DNS_INTERNAL = "dns-internal"
    DNS_EXTERNAL = "dns-external"
    DNS_EDGE = "dns-edge"


class Probe(msgspec.Struct, Generic[A_co], frozen=True, kw_only=True):
    """``host`` names one server of the vantage; empty speaks for the only one, or for all."""

    vantage: Vantage
    host: str = ""

    @property
    def place(self) -> str:
        """The vantage as reports and evidence folders spell it: ``edge--edge01.contoso.com``."""
        return f"{self.vantage.value}--{self.host}" if self.host else self.vantage.value

    @property
    def asked(self) -> str:
        raise NotImplementedError(type(self).__name__)

    @property
    def id(self) -> str:
        """Stable and readable, unique among probes: ``dns-external/SRV _sipfederationtls._tcp.contoso.com``."""
        return f"{self.place}/{self.asked}"


class CmdletProbe(Probe[Objects], frozen=True, tag="cmdlet", kw_only=True):
    """One cmdlet. ``parameters``: name and value, an empty value for a switch. ``properties``: what a check will read,
    so that no more crosses the wire; it is no part of what is asked."""

    cmdlet: str
    parameters: tuple[tuple[str, str], ...] = ()
    properties: tuple[str, ...] = ()

    @property
    def asked(self) -> str:
        return " ".join([self.cmdlet, *(f"-{name} {value}".rstrip() for name, value in self.parameters)])


class DnsProbe(Probe[DnsAnswer], frozen=True, tag="dns", kw_only=True):
    """``name`` absolute without its final dot, lower case, A-labels; ``record`` as in a zone file: ``SRV``."""

    name: str
    record: str

    @property
    def asked(self) -> str:
        return f"{self.record} {self.name}"


class TlsProbe(Probe[TlsAnswer], frozen=True, tag="tls", kw_only=True):
    """A TLS handshake with ``server``, which is also the name sent and verified; then, with ``sip``, an OPTIONS."""

    server: str
    port: int
    sip: bool = False

    @property
    def asked(self) -> str:
        return f"{'SIP ' if self.sip else ''}TLS {self.server}:{self.port}"


class HttpProbe(Probe[HttpAnswer], frozen=True, tag="http", kw_only=True):
    """A GET without credentials, redirects followed and kept."""

    url: str

    @property
    def asked(self) -> str:
        return f"GET {self.url}"


AnyProbe = CmdletProbe | DnsProbe | TlsProbe | HttpProbe

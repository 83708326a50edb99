"""What a lab endpoint is told to say, as frozen data: PowerShell objects, the reply of each cmdlet, the endpoint
itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias
from uuid import UUID


@dataclass(frozen=True)
class Version:
    """A ``System.Version``: ``7.0.2046.0``."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Enumeration:
    """A .NET enumeration value. Its number and its name both cross the wire: ``UseSourceVerification``, 1."""

    type_name: str
    name: str
    number: int

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Thing:
    """A PowerShell object.

    ``type_names``: most derived first, sent as they are. A client such as pypsrp makes an object only of what names
    ``System.Object`` among them (or names nothing); of the rest it hands back the raw XML. ``text``: what ToString()
    gives; empty where the server sends none.
    """

    type_names: tuple[str, ...]
    properties: Mapping[str, "Value"]
    text: str = ""

    def __str__(self) -> str:
        return self.text or self.type_names[0]  # what ToString() gives of a class that does not say


# A list or a tuple travels as an ArrayList.
Value: TypeAlias = (
    "bool | int | str | datetime | UUID | Version | Enumeration | Thing | list[Value] | tuple[Value, ...] | None"
)


class Behaviour(Enum):
    """How a cmdlet's reply reaches the client once the command was taken."""

    ANSWER = "answer"
    SILENT = "silent"  # nothing ever comes; each poll ends in the operation time-out
    HALF = "half"  # the first half of the output (rounded up), then nothing
    DRIP = "drip"  # the reply's HTTP response, headers too, at one byte a second
    GARBAGE = "garbage"  # an HTTP response that is not SOAP


@dataclass(frozen=True)
class ErrorReply:
    """An error record. ``category`` is a name of ErrorCategory: ``PermissionDenied``.

    ``terminating``: the pipeline fails with it. Otherwise it goes to the error stream, and the pipeline completes.
    """

    message: str
    category: str = "NotSpecified"
    fully_qualified_id: str = ""
    exception_type: str = "System.Exception"
    terminating: bool = False


@dataclass(frozen=True)
class CmdletReply:
    """``output`` is serialised as the client fetches it, so that a large one costs no memory beyond itself."""

    output: tuple[Value, ...] = ()
    error: ErrorReply | None = None
    behaviour: Behaviour = Behaviour.ANSWER


@dataclass(frozen=True)
class PipelineReply:
    """Of all statements together. A terminating error can only be the last one: it ends the pipeline."""

    output: tuple[Value, ...] = ()
    errors: tuple[ErrorReply, ...] = ()
    behaviour: Behaviour = Behaviour.ANSWER


# Handed the parameters under the names they were sent with; looking one up ignores case.
Cmdlet: TypeAlias = CmdletReply | Callable[[Mapping[str, object]], CmdletReply]


@dataclass(frozen=True)
class Endpoint:
    """A session configuration, and what it may run. Names of cmdlets and parameters are compared without case.

    ``path`` of the URL: ``OcsPowershell`` on a Front End, ``wsman`` on any server. ``parameters``: for a cmdlet, the
    names it takes beside the common ones; a cmdlet not listed takes any. Without ``language`` scripts are refused; with
    it, a script is run when its whole text is a key of ``cmdlets``, and ``modules`` can be imported: until then their
    cmdlets are not there, and what one pipeline imported no other has, for each may run in a runspace of its own.
    ``selectable``: the names that a restricted Select-Object takes; none, and there is no Select-Object at all.
    """

    path: str = "OcsPowershell"
    configuration: str = "Microsoft.PowerShell"
    cmdlets: Mapping[str, Cmdlet] = field(default_factory=dict)
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: bool = False
    modules: Mapping[str, Mapping[str, Cmdlet]] = field(default_factory=dict)
    selectable: tuple[str, ...] | None = None

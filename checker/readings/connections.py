"""Connections over TCP, tried on a machine of the deployment by Test-NetConnection."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.names import dns_name

TCP_ONLY = "TcpTestSucceeded True (TCP only)"
_PROPERTIES = ("ComputerName", "RemotePort", "TcpTestSucceeded")


def connection(vantage: Vantage, host: str, name: str, port: int) -> CmdletProbe:
    """From server ``host`` of the vantage to ``name``."""
    return CmdletProbe(
        vantage=vantage,
        host=host,
        cmdlet="Test-NetConnection",
        parameters=(("ComputerName", dns_name(name)), ("Port", str(port))),
        properties=_PROPERTIES,
    )


def all_connections(vantage: Vantage, host: str, port: int) -> CmdletProbe:
    """All that a file says of this port, whatever name was tried. Nobody can be asked for that."""
    return CmdletProbe(
        vantage=vantage,
        host=host,
        cmdlet="Test-NetConnection",
        parameters=(("Port", str(port)),),
        properties=_PROPERTIES,
    )


@dataclass(frozen=True, slots=True)
class Tried:
    """``opened`` and ``failed`` as a finding shows them: ``fe01.contoso.com to edge01.contoso.com:5061``."""

    opened: tuple[str, ...]
    failed: tuple[str, ...]
    unseen: tuple[tuple[AnyProbe, NoAnswer], ...]


def tried(evidence: Evidence, probes: Iterable[CmdletProbe]) -> Tried:
    """Each of them, of :func:`connection`, asked together. Raises ``Unreadable`` as :func:`succeeded`."""
    asked = tuple(probes)
    found = list(zip(asked, evidence.attempts(*asked), strict=True))
    seen = [(shown(probe), succeeded(probe, answer)) for probe, answer in found if isinstance(answer, Objects)]
    return Tried(
        tuple(each for each, opened in seen if opened),
        tuple(each for each, opened in seen if not opened),
        tuple((probe, answer) for probe, answer in found if isinstance(answer, NoAnswer)),
    )


def succeeded(probe: CmdletProbe, answer: Objects) -> bool:
    """Whether every attempt did. Raises ``Unreadable`` where no row is about what was asked, or one says neither."""
    asked = dict(probe.parameters)
    found = opened_by_name(answer, int(asked["Port"]))
    if asked["ComputerName"] not in found:
        raise Unreadable(f"no row of Test-NetConnection is about {asked['ComputerName']} port {asked['Port']}")
    return found[asked["ComputerName"]]


def opened_by_name(answer: Objects, port: int) -> dict[str, bool]:
    """Of the rows about the port: whether every attempt at a name did. Raises ``Unreadable`` where one says neither."""
    found: dict[str, bool] = {}
    for row in answer.rows:
        if rows.text(row, "RemotePort") == str(port):
            name = dns_name(rows.text(row, "ComputerName"))
            found[name] = rows.flag(row, "TcpTestSucceeded") and found.get(name, True)
    return found


def shown(probe: CmdletProbe) -> str:
    asked = dict(probe.parameters)
    return f"{probe.host or probe.vantage.value} to {asked['ComputerName']}:{asked['Port']}"

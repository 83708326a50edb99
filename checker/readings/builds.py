"""Builds of Skype for Business Server: which generation a version belongs to, and the minimum for a move.

Minimum builds: Move-CsUser (Microsoft Learn, read 2026-11-22), for moves since 2022-07-31. Subscription Edition is not
in that table; it reports the build line of 2019 and is judged by it (inferred).
"""

from dataclasses import dataclass

from checker.model.answers import Objects
from checker.model.checks import Server, ServerRole
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Unreadable
from checker.readings import rows

Build = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class BuildLine:
    """One generation of servers. ``start`` holds the numbers all builds of the line begin with; ``minimum`` for a move
    is ``None`` where none suffices. From ``oauth_from`` to below ``mfa_from`` a move takes -UseOAuth, from ``mfa_from``
    on it signs in by itself, an account under MFA too; ``None``: no build does.
    """

    id: str
    product: str
    start: tuple[int, ...]
    minimum: Build | None
    oauth_from: Build | None = None
    mfa_from: Build | None = None

    def suffices(self, build: Build) -> bool:
        return self.minimum is not None and build >= self.minimum


LINES = (
    BuildLine("lync-2010", "Lync Server 2010", (4,), None),  # common knowledge; no text gives its build line
    BuildLine("lync-2013", "Lync Server 2013", (5, 0, 8308), (5, 0, 8308, 1182)),  # CU10 HF7
    BuildLine(
        "sfb-2015",
        "Skype for Business Server 2015",
        (6, 0, 9319),
        minimum=(6, 0, 9319, 619),  # CU12
        oauth_from=(6, 0, 9319, 537),  # CU8; that 537 is CU8 is an inference
        mfa_from=(6, 0, 9319, 619),  # "CU12 and later"
    ),
    BuildLine(
        "sfb-2019",
        "Skype for Business Server 2019 or SE",
        (7, 0, 2046),
        minimum=(7, 0, 2046, 385),  # CU6
        mfa_from=(7, 0, 2046, 0),
    ),
)

WORKSTATION_PATCH_VERSION = CmdletProbe(
    vantage=Vantage.WORKSTATION, cmdlet="Get-CsServerPatchVersion", properties=("ComponentName", "Version")
)


def patch_version(server: Server) -> CmdletProbe:
    """The cmdlet describes the machine it runs on, so each server is asked by itself."""
    return CmdletProbe(
        vantage=Vantage.EDGE if server.role is ServerRole.EDGE else Vantage.ONPREM,
        host=server.fqdn,
        cmdlet="Get-CsServerPatchVersion",
        properties=("ComponentName", "Version"),
    )


def is_core_components(row: rows.Row) -> bool:
    return rows.text(row, "ComponentName").casefold().endswith("core components")


def core_components(answer: Objects) -> Build:
    """The build of the Core Components, the lowest if there are several. Raises ``Unreadable`` when there are none."""
    found = [build(rows.version(row, "Version")) for row in answer.rows if is_core_components(row)]
    if not found:
        raise Unreadable("Get-CsServerPatchVersion names no Core Components")
    return min(found)


def build(version: str) -> Build:
    """Four integers. Raises ``Unreadable`` for anything else."""
    parts = version.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
        raise Unreadable(f"{version!r} is no build of four numbers")
    first, second, third, fourth = (int(part) for part in parts)
    return first, second, third, fourth


def line_of(build: Build) -> BuildLine:
    """Raises ``Unreadable`` for a build of no line in the table: a generation that this version does not know."""
    for line in LINES:
        if build[: len(line.start)] == line.start:
            return line
    raise Unreadable(f"build {shown(build)} belongs to no generation in the table of builds")


def shown(build: Build) -> str:
    return ".".join(str(number) for number in build)

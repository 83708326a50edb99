"""The build of one server: of its Core Components, or of a file of Lync Server 2013, which cannot say the first."""

from dataclasses import dataclass
from datetime import datetime

from checker.model.answers import Objects
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.model.undecided import Reason, Unreadable
from checker.readings import rows
from checker.readings.builds import Build, build, core_components, patch_version

# Where setup puts it by default: from field knowledge.
_LYNC_FILE = r"C:\Program Files\Common Files\Microsoft Lync Server 2013\Modules\Lync\Microsoft.Rtc.Management.dll"


@dataclass(frozen=True, slots=True)
class ServerBuild:
    """``is_of_file``: read off the version of a file; that it shows the cumulative update is not sourced.
    ``patches``: the rows of Get-CsServerPatchVersion, none with a file.
    """

    build: Build
    observed_at: datetime
    patches: Objects
    is_of_file: bool = False


def management_file(vantage: Vantage, host: str = "") -> CmdletProbe:
    return CmdletProbe(
        vantage=vantage,
        host=host,
        cmdlet="Get-Item",
        parameters=(("Path", _LYNC_FILE),),
        properties=("Name", "FileVersion"),
    )


def server_build(evidence: Evidence, server: Server) -> ServerBuild:
    """Raises :class:`Unanswered` when neither was answered, ``Unreadable`` for what is no build."""
    vantage = Vantage.EDGE if server.role is ServerRole.EDGE else Vantage.ONPREM
    return build_of(evidence, patch_version(server), management_file(vantage, server.fqdn))


def build_of(evidence: Evidence, probe: CmdletProbe, file_probe: CmdletProbe) -> ServerBuild:
    """As :func:`server_build`, of the machine that these two ask."""
    patches = evidence.attempt(probe)
    if isinstance(patches, Objects):
        return ServerBuild(core_components(patches), evidence.observed_at(probe), patches)
    # Only a server that does not know the cmdlet, or that nobody asked, may be one of Lync Server 2013.
    file = evidence.attempt(file_probe) if patches.reason is Reason.NO_ACCESS else patches
    if isinstance(file, NoAnswer):
        raise Unanswered(((probe, patches),))
    versions = [build(rows.version(row, "FileVersion")) for row in file.rows]
    if not versions:
        raise Unreadable("Get-Item names no file of the on-premises module")
    return ServerBuild(min(versions), evidence.observed_at(file_probe), Objects(rows=()), is_of_file=True)

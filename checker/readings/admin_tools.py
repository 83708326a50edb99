"""The build of the on-premises admin tools on the machine that runs the move."""

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe, Vantage
from checker.readings.builds import WORKSTATION_PATCH_VERSION
from checker.readings.server_builds import ServerBuild, build_of, management_file


def management_module(name: str) -> CmdletProbe:
    return CmdletProbe(
        vantage=Vantage.WORKSTATION,
        cmdlet="Get-Module",
        parameters=(("Name", name), ("ListAvailable", "")),
        properties=("Name", "Version", "ModuleBase", "Path"),
    )


SKYPE_MODULE, LYNC_MODULE = management_module("SkypeForBusiness"), management_module("Lync")
LYNC_MANAGEMENT_FILE = management_file(Vantage.WORKSTATION)


def admin_tools(evidence: Evidence) -> ServerBuild | None:
    """``None``: there is neither of the on-premises modules. Raises ``Undecided`` when nobody could say."""
    patches, skype, lync = evidence.attempts(WORKSTATION_PATCH_VERSION, SKYPE_MODULE, LYNC_MODULE)
    modules = [
        module for module in (skype, lync) if not isinstance(module, Objects) or module.rows or not module.complete
    ]
    if isinstance(patches, NoAnswer) and not modules:
        return None
    return build_of(evidence, WORKSTATION_PATCH_VERSION, LYNC_MANAGEMENT_FILE)

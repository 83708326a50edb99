"""Errors of neighbouring cmdlets and calls that turn up around a move: they are explained, and never predicted."""

from dataclasses import dataclass

from checker.model.checks import Reference
from checker.sources import I1432, I2457, I4126, I9881, I9911, MCU, PR5716, RET, SDUP, STO


@dataclass(frozen=True, kw_only=True)
class RelatedError:
    """``raised_by`` says where it is met, ``answer`` what to do; ``checks`` are those that look at its cause, none
    where no check does.
    """

    id: str
    title: str
    message: str
    raised_by: str
    cause: str
    answer: str
    checks: tuple[str, ...]
    sources: tuple[Reference, ...]


RELATED_ERRORS = (
    RelatedError(
        id="www-authenticate-header",
        title="The override URL names no hosted migration service",
        message="did not return expected status code from request for WWW-Authenticate header",
        raised_by="Move-CsUser from the cloud to the servers, with -HostedMigrationOverrideUrl",
        cause="The URL is wrong: the letters of the forest, or upper and lower case. The reports say that the move "
        "worked without the switch.",
        answer="Leave -HostedMigrationOverrideUrl out; the hosting provider's Autodiscover URL leads there.",
        checks=("admin.obsolete-switches",),
        sources=(I2457, I4126),
    ),
    RelatedError(
        id="duplicate-provider-name",
        title="A provider of that name exists",
        message='There is a duplicate key sequence "LYNCONLINE" for the \'urn:schema:Microsoft.Rtc.Management.'
        "Settings.Edge.2008:ProviderName' key or unique identity constraint.",
        raised_by="New-CsHostingProvider",
        cause="A hosting provider, or a public provider, has that name already: both kinds share their names.",
        answer="Look with Get-CsHostingProvider and Get-CsPublicProvider; change the one that is there, or remove it "
        "and create it anew.",
        checks=("hosting-provider.name-free",),
        sources=(SDUP,),
    ),
    RelatedError(
        id="scenario-not-supported",
        title="The Teams module is too old for that setting, or its connection is stale",
        message="Processing data from remote server api.interfaces.records.teams.microsoft.com failed with the "
        "following error message: This scenario is not supported anymore. Please try with the latest Teams PowerShell "
        "Module version or different parameter sets or refreshing Connect-MicrosoftTeams or refer to the public "
        "documentation.",
        raised_by="Set-CsTenantFederationConfiguration, reported for -SharedSipAddressSpace $false in 2023",
        cause="An old MicrosoftTeams module, or a connection that has expired.",
        answer="Update the module and run Connect-MicrosoftTeams again, on a machine that does not run the moves: a "
        "module that is too new breaks Move-CsUser there.",
        checks=(),
        sources=(I9881, I9911),
    ),
    RelatedError(
        id="teams-only-upgrade-refused",
        title="A DNS record still leads to the servers, so the tenant cannot become TeamsOnly",
        message="This organization cannot be upgraded to TeamsOnly mode. One or more M365 domains have a public DNS "
        "record that points to an on-premises Skype for Business Server deployment.",
        raised_by="Grant-CsTeamsUpgradePolicy -Global, at the end of hybrid",
        cause="lyncdiscover or another record of a domain of the tenant resolves to an address outside the cloud; a "
        "wildcard record counts.",
        answer="Turn the records that the text names over to the cloud, or remove them, once nobody is left on the "
        "servers.",
        checks=("dns.tenant-teams-only-ready", "dns.online-records"),
        sources=(STO, I1432),
    ),
    RelatedError(
        id="shared-routing-disabled",
        title="The servers do not route to users of the shared address space",
        message='1066;reason="Shared address space routing is disabled"',
        raised_by="a SIP 504 after the move, for the on-premises number of a TeamsOnly user",
        cause="The hosting provider does not share its address space. Which of its switches the text means is our "
        "reading.",
        answer="Set the hosting provider's EnabledSharedAddressSpace.",
        checks=("hosting-provider.shared-address-space",),
        sources=(PR5716,),
    ),
    RelatedError(
        id="old-connector",
        title="The Skype for Business Online Connector is retired",
        message="anything about New-CsOnlineSession or LyncOnlineConnector",
        raised_by="scripts of the days of Skype for Business Online",
        cause="The module LyncOnlineConnector and its New-CsOnlineSession were retired with Skype for Business Online.",
        answer="Use the MicrosoftTeams module and Connect-MicrosoftTeams.",
        checks=("workstation.teams-module-minimum",),
        sources=(MCU, RET),
    ),
)

"""The sources that faults and checks rest on, one constant for each.

A file of a documentation repository is linked at the commit that was read; a live page may say more by now.
``url`` is ``None`` where the address of the text is not known.
Letters before the number say what a constant is: ``I590`` is an issue, ``PR9637`` a pull request, ``S510`` a support
article; the title names the repository.
"""

from datetime import date

from checker.model.checks import Reference

READ_ON = date(2026, 11, 22)

_LEARN = "https://learn.microsoft.com"
_POWERSHELL_DOCS = "MicrosoftDocs/office-docs-powershell"
_SKYPE_DOCS = "MicrosoftDocs/OfficeDocs-SkypeForBusiness"
_SUPPORT_DOCS = "MicrosoftDocs/OfficeDocs-Support"


def _source(title: str, url: str | None = None) -> Reference:
    return Reference(title, url, READ_ON)


def _learn(title: str, path: str) -> Reference:
    return _source(f"{title} (Microsoft Learn)", f"{_LEARN}/{path}")


def _hybrid(title: str, page: str) -> Reference:
    return _learn(title, f"skypeforbusiness/hybrid/{page}")


def _cmdlet(name: str, module: str) -> Reference:
    return _learn(name, f"powershell/module/{module}/{name.lower()}")


def _blob(title: str, repository: str, commit: str, path: str) -> Reference:
    return _source(title, f"https://github.com/{repository}/blob/{commit}/{path}")


def _support(title: str, commit: str, path: str) -> Reference:
    return _blob(f"{title} (Microsoft support article)", "MicrosoftDocs/SupportArticles-docs", commit, path)


def _issue(repository: str, number: int) -> Reference:
    return _source(f"Issue {number} of {repository}", f"https://github.com/{repository}/issues/{number}")


def _pull(repository: str, number: int) -> Reference:
    return _source(f"Pull request {number} of {repository}", f"https://github.com/{repository}/pull/{number}")


def _commit(repository: str, sha: str) -> Reference:
    return _source(f"Commit {sha} of {repository}", f"https://github.com/{repository}/commit/{sha}")


# Microsoft: planning, configuring and leaving a hybrid deployment
SEED = _source(
    "Configure federation with Lync Online (Lync Server 2013, TechNet, 2016-12-08)",
    "https://technet.microsoft.com/library/JJ205126(v=OCS.15)",
)
PLAN = _hybrid("Plan hybrid connectivity", "plan-hybrid-connectivity")
CONF = _hybrid("Configure hybrid connectivity", "configure-hybrid-connectivity")
FEDC = _hybrid("Configure federation with the cloud", "configure-federation-with-skype-for-business-online")
MOVE = _hybrid("Move users between on-premises and cloud, text of mid 2021", "move-users-between-on-premises-and-cloud")
MOVE2 = _hybrid("Move users between on-premises and cloud, later text", "move-users-between-on-premises-and-cloud")
MOVET = _hybrid("Move users from on-premises to Teams", "move-users-from-on-premises-to-teams")
DBACK = _hybrid("Move users from the cloud to on-premises", "move-users-from-the-cloud-to-on-premises")
AADC = _hybrid("Configure Azure AD Connect for hybrid", "configure-azure-ad-connect")
DMULTI = _hybrid("Configure a multi-forest environment for hybrid", "configure-a-multi-forest-environment-for-hybrid")
CONS = _hybrid("Cloud consolidation", "cloud-consolidation")
DISH = _hybrid("Disable hybrid to complete the migration", "cloud-consolidation-disabling-hybrid")
DDNS = _hybrid("Decommissioning: manage DNS entries", "decommission-manage-dns-entries")
DDECOM = _hybrid("Decommissioning: move on-premises users", "decommission-move-on-prem-users")
DMMS = _blob(
    "Using the Meeting Migration Service (Microsoft documentation, 2019)",
    _SKYPE_DOCS,
    "047d73c3971ae89cfd8a44672d1bcce0dfcce911",
    "Skype/SfbOnline/audio-conferencing-in-office-365/setting-up-the-meeting-migration-service-mms.md",
)
DNS = _learn("DNS requirements", "skypeforbusiness/plan-your-deployment/network-requirements/dns")
EDGE = _learn(
    "Edge Server environmental requirements",
    "skypeforbusiness/plan-your-deployment/edge-server-deployments/edge-environmental-requirements",
)
XDNS = _learn("External DNS records", "microsoft-365/enterprise/external-domain-name-system-records")
RET = _learn("Skype for Business Online retirement", "microsoftteams/skype-for-business-online-retirement")
UCS = _learn(
    "Roll back migrated users, Lync Server 2013",
    "previous-versions/office/lync-server-2013/lync-server-2013-roll-back-migrated-users",
)
LPE = _source("Lync Phone Edition devices (TechNet library)", "https://technet.microsoft.com/library/mt455211.aspx")
EPW = _source("Microsoft 365 endpoint lists: worldwide 2022-07-28, GCC High 2023-03-01, 21Vianet 2021-03-29")
EPW_2026 = _source(
    "Microsoft Teams address ranges of 2026-06-06, collected by pac-ip-manager",
    "https://github.com/sgawa/pac-ip-manager",
)
CA22 = _source(
    "TLS certificate changes to Microsoft 365 services including Microsoft Teams (Microsoft Teams Blog, 2022-03-09)",
    "https://techcommunity.microsoft.com/blog/microsoftteamsblog/"
    "tls-certificate-changes-to-microsoft-365-services-including-microsoft-teams/3249676",
)

# Microsoft: cmdlets and interfaces
MCU = _cmdlet("Move-CsUser", "skypeforbusiness")
GAE = _cmdlet("Get-CsAccessEdgeConfiguration", "skypeforbusiness")
SAE = _cmdlet("Set-CsAccessEdgeConfiguration", "skypeforbusiness")
GHP = _cmdlet("Get-CsHostingProvider", "skypeforbusiness")
NHP = _cmdlet("New-CsHostingProvider", "skypeforbusiness")
TCF = _cmdlet("Test-CsFederatedPartner", "skypeforbusiness")
STF = _cmdlet("Set-CsTenantFederationConfiguration", "microsoftteams")
GTF = _cmdlet("Get-CsTenantFederationConfiguration", "microsoftteams")
GOU = _cmdlet("Get-CsOnlineUser", "microsoftteams")
GTEN = _cmdlet("Get-CsTenant", "microsoftteams")
OSD = _cmdlet("Disable-CsOnlineSipDomain", "microsoftteams")  # the page that explains what a disabled domain means
OSD_GET = _cmdlet("Get-CsOnlineSipDomain", "microsoftteams")
OSD_ENABLE = _cmdlet("Enable-CsOnlineSipDomain", "microsoftteams")
CMT = _cmdlet("Connect-MicrosoftTeams", "microsoftteams")
ENVC = _cmdlet("Set-TeamsEnvironmentConfig", "microsoftteams")
TUP = _cmdlet("Grant-CsTeamsUpgradePolicy", "microsoftteams")
SCP = _cmdlet("Set-CsConferencingPolicy", "skype")
GSKU = _learn("List subscribedSkus, Microsoft Graph", "graph/api/subscribedsku-list")
APPA = _learn(
    "Application authentication in Teams PowerShell", "microsoftteams/teams-powershell-application-authentication"
)

# Microsoft: support articles
S510 = _source(
    "Move-CsUser: HostedMigration fault (Microsoft support article)",
    # The address follows the pattern of published support articles (PR499 below); it was not opened.
    f"{_LEARN}/skypeforbusiness/troubleshoot/hybrid-move-sfb-online/move-csuser--hostedmigration-fault",
)
S507 = _support(
    "Move-CsUser: HostedMigration fault: Error=(507)",
    "0a82ae6f3d5e2934d44c1c3c19c35b4969922967",
    "SkypeForBusiness/SkypeHybrid/hybrid-move-sfb-online/move-csuser-hostedmigration-fault-507.md",
)
S506 = _support(
    "HostedMigration fault: Error=(506) when you move users from Online to on-premises",
    "0a82ae6f3d5e2934d44c1c3c19c35b4969922967",
    "SkypeForBusiness/SkypeHybrid/hybrid-move-sfb-online/hostedmigration-fault-error-506.md",
)
SCHILD = _support(
    "Cannot move users from a different AD domain from Control Panel",
    "1b4d762baaf5c0e75eebcf0142e48b8b0ee17bc4",
    "SkypeForBusiness/SkypeHybrid/hybrid-move-sfb-online/cannot-move-users-from-different-ad-domain.md",
)
SDUP = _support(
    "There is a duplicate key sequence",
    "03195cb9b34f6466f370e76e5e052cb83e5093d7",
    "SkypeForBusiness/SkypeHybrid/hybrid-conferencing/there-is-a-duplicate-key-sequence.md",
)
SMOVE = _support(
    "Lync Server Move-CsUser and Move-CsLegacyUser commands fail",
    "231aa3bcb65a82a60565eea366480740b66400ae",
    "SkypeForBusiness/SkypeServer/server-configuration/move-csuser-move-cslegacyuser-fail.md",
)
SACL = _support(
    "Insufficient access rights to perform the operation when you move or enable a user",
    "051c368bc34a352ef8041b35156c0ed7fc3c020a",
    "SkypeForBusiness/SkypeServer/server-configuration/issue-attempt-move-or-enable-user-command.md",
)
SUNIQ = _support(
    "Value of msRTCSIP-PrimaryUserAddress or the SIP address is not unique",
    "01545fb2c8480a305e5f44581e932ee2e37eb67e",
    "SkypeForBusiness/SkypeOnline/online-configuration/msrtcsip-primaryuseraddress-proxyaddaddress.md",
)
STO = _support(
    "Error when switching a tenant to Teams Only mode",
    "0a9dc80335ffd38edc0a42f2e223792d65bae182",
    "Teams/teams-administration/cannot-switch-to-teams-only-mode.md",
)
A730 = _source(
    "Move-CsUser fails in latest Microsoft Teams module 7.3.0 (Microsoft support article, text not read)",
    "https://support.microsoft.com/en-us/topic/"
    "move-csuser-fails-in-latest-microsoft-teams-module-7-3-0-561c2b08-4cec-4d7d-ae5b-ac0381524eff",
)
HOTFIX = _source(
    "Optionally turning on/off the OAuth protocol (hotfix 6.0.9319.537, 2019-01)",
    "https://support.microsoft.com/en-us/servicing/skype/hotfix/2018",
)

# Changes to Microsoft's documentation
PR7904 = _pull(_POWERSHELL_DOCS, 7904)
PR8120 = _pull(_POWERSHELL_DOCS, 8120)
PR8687 = _pull(_POWERSHELL_DOCS, 8687)
PR9637 = _pull(_POWERSHELL_DOCS, 9637)
PR9676 = _pull(_POWERSHELL_DOCS, 9676)
PR11272 = _pull(_POWERSHELL_DOCS, 11272)
PR11618 = _pull(_POWERSHELL_DOCS, 11618)
PR12068 = _pull(_POWERSHELL_DOCS, 12068)
PR13244 = _pull(_POWERSHELL_DOCS, 13244)
PR13690 = _pull(_POWERSHELL_DOCS, 13690)
PR97 = _pull(_SKYPE_DOCS, 97)
PR457 = _pull(_SKYPE_DOCS, 457)
PR574 = _pull(_SKYPE_DOCS, 574)
PR2301 = _pull(_SKYPE_DOCS, 2301)
PR2820 = _pull(_SKYPE_DOCS, 2820)
PR5716 = _pull(_SKYPE_DOCS, 5716)
PR8223 = _pull(_SKYPE_DOCS, 8223)
PR499 = _pull(_SUPPORT_DOCS, 499)
COMMIT_36A335ED84 = _commit(_POWERSHELL_DOCS, "36a335ed84")
COMMIT_C583D40162 = _commit(_POWERSHELL_DOCS, "c583d40162")

# Reports on Microsoft's documentation
I590 = _issue(_SKYPE_DOCS, 590)
I1254 = _issue(_SKYPE_DOCS, 1254)
I1842 = _issue(_SKYPE_DOCS, 1842)
I2457 = _issue(_SKYPE_DOCS, 2457)
I4126 = _issue(_SKYPE_DOCS, 4126)
I4478 = _issue(_SKYPE_DOCS, 4478)
I4494 = _issue(_SKYPE_DOCS, 4494)
I4882 = _issue(_SKYPE_DOCS, 4882)
I4944 = _issue(_SKYPE_DOCS, 4944)
I5034 = _issue(_SKYPE_DOCS, 5034)
I6686 = _issue(_SKYPE_DOCS, 6686)
I7470 = _issue(_SKYPE_DOCS, 7470)
I8219 = _issue(_SKYPE_DOCS, 8219)
I8499 = _issue(_SKYPE_DOCS, 8499)
I8822 = _issue(_SKYPE_DOCS, 8822)
I9881 = _issue(_SKYPE_DOCS, 9881)
I9911 = _issue(_SKYPE_DOCS, 9911)
I6321 = _issue(_POWERSHELL_DOCS, 6321)
I9464 = _issue(_POWERSHELL_DOCS, 9464)
I9465 = _issue(_POWERSHELL_DOCS, 9465)
I1432 = _issue(_SUPPORT_DOCS, 1432)

# Code written at Microsoft
OPD = _source("On Premise Diagnostic for Skype for Business Server", "https://github.com/onpremdiag/SfBServer")
HHC = _source("Hybrid Health Checker", "https://github.com/jasonshave/HybridHealthChecker")
BMT = _source("Batch Move to Teams", "https://github.com/microsoft/BatchMoveToTeams")
DSC = _source("Microsoft365DSC, MSFT_TeamsFederationConfiguration", "https://github.com/microsoft/Microsoft365DSC")
MSCL = _source(
    "MSCloudLoginAssistant, Skype for Business endpoint discovery",
    "https://github.com/Microsoft365DSC/MSCloudLoginAssistant",
)

# Third parties
CIPP = _source("CIPP-API, New-TeamsRequestV2", "https://github.com/KelvinTegelaar/CIPP-API")
GOMS = _source("go-msadmin, package teamsapi", "https://github.com/terraprovider/go-msadmin")
SCUBA = _source("ScubaGear, sample provider settings export", "https://github.com/cisagov/ScubaGear")
M365 = _source("monkey365", "https://github.com/silverhack/monkey365")
UCL = _source("UcLobbyTeams, Test-UcTeamsOnlyModeReadiness and Get-UcTeamsForest")
EKU = _source(
    "Teams certificate changes for Teams Direct Routing (maxime.hiez.ca, 2025-12-15)",
    "https://maxime.hiez.ca/en/blog/2025-12-15-teams-certificate-changes-for-teams-direct-routing",
)
EKU_SPANVOX = _source(
    "Teams Direct Routing certificate changes 2026 (spanvox.com)",
    "https://spanvox.com/teams-direct-routing-certificate-changes-2026",
)
SE1 = _source(
    "Skype for Business Server SE now available (neowin.net)",
    "https://www.neowin.net/forum/topic/"
    "1456374-skype-for-business-server-se-now-available-because-teams-can039t-solve-one-problem/",
)
SE2 = _source(
    "Why in-place upgrade from Skype for Business Server 2019 to Subscription Edition is low risk (azurefeeds.com)",
    "https://azurefeeds.com/2025/06/26/"
    "why-in-place-upgrade-from-skype-for-business-server-2019-to-subscription-edition-se-is-low-risk",
)
ESU = _source(
    "Microsoft extends support for Exchange, Skype for Business servers (news.readnow.cc)",
    "https://news.readnow.cc/microsoft-extends-support-for-exchange-skype-business-servers-heres-how-to-keep-access",
)
CU3 = _source("Articles on Edge Servers (confusedamused.com)", "http://www.confusedamused.com/notebook/tag/edge")
MSX = _source(
    "Test-CsFederatedPartner (msxfaq.de)", "http://www.msxfaq.de/lync/impresence/test-csfederationpartner.htm"
)
MSXM = _source("Move-CSUser 365 (msxfaq.de)", "https://www.msxfaq.de/cloud/sfbonline/movecsuser365.htm")
MSXI = _source("InterpretedUserType (msxfaq.de)", "https://www.msxfaq.de/cloud/sfbonline/interpretedusertype.htm")
GIST_GET_ITIPS = _source("Gist of get-itips", "https://gist.github.com/get-itips/469e47b3afe7982269fe329515c213f5")
INTERPRETED_USER_TYPE = _source(
    "InterpretedUserType on Skype for Business on-premises (get-itips)",
    "https://get-itips.capazero.net/posts/sfbonprem-interpretedusertype",
)
SBC = _blob(
    "Troubleshooting user provisioning issues (SBC Connect; a later revision quotes the error)",
    "SBCConnect/documentation",
    "85bb8430519fa56367bbcaa29329e8f6c1c50a38",
    "docs/pages/troubleshooting-user-provisioning-issues.md",
)
CAYO = _source("Cayosoft support article 360047103011")
UCG = _source(
    "Permissions required to move users to Skype for Business Online (ucguys.com, opening only)",
    "https://www.ucguys.com/2017/07/permissions-required-to-move-users-to-skype-for-business-online.html",
)
MTL = _source("Article of 2020-08 on moving users (myteamslab.com, opening only)")
FIELD = _source("Common knowledge of the field, without a text that says so")

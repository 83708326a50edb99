"""Scenarios in which something about single users is wrong, or only looks wrong."""

from datetime import datetime, timedelta
from typing import Any

from checker import sources
from checker.lab.cloud_accounts import FULL, CloudAccount
from checker.lab.deployment import Deployment
from checker.lab.management_objects import directory_account, on_premises_user, policy, rows, thing
from checker.lab.naming import SIPFED
from checker.lab.powershell_objects import CmdletReply
from checker.lab.scenario import Scenario, failing, not_ruled_out, predicted, warning
from checker.lab.sound_deployment import MOVED, PEOPLE, SOUND
from checker.model.report import RunVerdict

_BEN, _CHLOE, _GRACE = "ben.okafor", "chloe.martin", "grace.o'neill"
_DOMAIN = dict(PEOPLE)


def _directory(name: str, **changes: Any) -> CmdletReply:
    """Get-ADUser with one account changed."""
    return rows(
        *(directory_account(each, domain, **(changes if each == name else {})) for each, domain in PEOPLE),
        directory_account(*MOVED, **{"msRTCSIP-DeploymentLocator": SIPFED}),
    )


def users(changed: dict[str, dict[str, Any]], deployment: Deployment = SOUND) -> Deployment:
    """With properties of Get-CsUser changed, by name."""
    people = (on_premises_user(name, domain, **changed.get(name, {})) for name, domain in PEOPLE)
    moved = on_premises_user(*MOVED, HostingProvider=SIPFED, RegistrarPool="")
    return deployment.with_cmdlet("Get-CsUser", rows(*people, moved))


def account(name: str, **changes: Any) -> CloudAccount:
    return CloudAccount(name=name, domain=_DOMAIN[name], **changes)


def _just_changed(moment: datetime) -> CmdletReply:
    return _directory(_BEN, whenChanged=moment - timedelta(minutes=10))


_INES = CloudAccount(
    name=MOVED[0], domain=MOVED[1], online={"OnPremHostingProvider": SIPFED, "HostingProvider": SIPFED}
)
_VOICE = {"EnterpriseVoiceEnabled": True, "LineURI": "tel:+14255550101"}

SCENARIOS = (
    Scenario(
        name="user-not-enabled",
        title="A user of the batch is not enabled for Skype for Business",
        deployment=users({_BEN: {"Enabled": False}}),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.found-and-enabled@ben.okafor@contoso.com"),
        faults=predicted("user-not-found"),
        sources=(sources.BMT,),
    ),
    Scenario(
        name="user-already-online",
        title="The list names somebody who was moved before",
        deployment=SOUND.listing("anna.berg@contoso.com", "ines.moved@contoso.com").with_tenant(
            users=(
                *SOUND.tenant.users,
                CloudAccount(name=MOVED[0], domain=MOVED[1], online={"OnPremHostingProvider": SIPFED}),
            )
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.homed-on-premises@ines.moved@contoso.com"),
        faults=predicted("already-online"),
        sources=(sources.BMT, sources.DDECOM),
    ),
    Scenario(
        name="user-without-pool",
        title="A user is assigned to no pool",
        deployment=users({_BEN: {"RegistrarPool": ""}}),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.registrar-pool@ben.okafor@contoso.com"),
        faults=predicted("legacy-pool-user"),
        sources=(sources.MCU,),
    ),
    Scenario(
        name="user-not-synced",
        title="A cloud account of the same name was never synchronised",
        deployment=SOUND.with_users(
            account(
                _BEN,
                graph={"onPremisesSyncEnabled": None},
                online={"UserDirSyncEnabled": False, "OnPremHostingProvider": "", "OnPremSipAddress": ""},
            )
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.synced@ben.okafor@contoso.com"),
        faults=predicted("not-synced"),
        sources=(sources.AADC, sources.S506),
    ),
    Scenario(
        name="attributes-not-synced",
        title="Synchronisation was set up before the schema was extended: nobody's attributes arrive",
        deployment=SOUND.with_users(
            *(account(name, online={"OnPremHostingProvider": "", "OnPremSipAddress": ""}) for name, _ in PEOPLE)
        ),
        verdict=RunVerdict.NOT_READY,
        findings={
            **failing("tenant.synced-attributes@contoso"),
            **failing(*(f"user.synced@{name}@{domain}" for name, domain in PEOPLE)),
        },
        faults=predicted("not-synced"),
        sources=(sources.AADC, sources.S506),
    ),
    Scenario(
        name="validation-error",
        title="The tenant holds a validation error for one user",
        deployment=SOUND.with_users(
            account(_BEN, online={"UserValidationErrors": ["The SIP address of this user is in use."]})
        ),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.validation-errors@ben.okafor@contoso.com"),
        faults=predicted("user-validation-error"),
        sources=(sources.OPD, sources.SBC),
    ),
    Scenario(
        name="sip-address-missing",
        title="AD says that a user is homed on-premises, and has no SIP address for it",
        deployment=SOUND.with_cmdlet(
            "Get-CsUser", rows(*(on_premises_user(name, domain) for name, domain in PEOPLE if name != _BEN))
        )
        .with_cmdlet("Get-ADUser", _directory(_BEN, **{"msRTCSIP-PrimaryUserAddress": None}))
        .listing(*(f"{name}@{domain}" for name, domain in PEOPLE)),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "user.sip-address-present@ben.okafor@contoso.com", "user.found-and-enabled@ben.okafor@contoso.com"
        ),
        faults=predicted("sip-address-missing", "user-not-found"),
        sources=(sources.SBC,),
    ),
    Scenario(
        name="sip-address-twice",
        title="Two accounts hold one SIP address",
        deployment=SOUND.with_cmdlet(
            "Get-ADUser",
            _directory(_CHLOE, proxyAddresses=["SMTP:chloe.martin@contoso.com", "sip:ben.okafor@contoso.com"]),
        ),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning(
            "user.unique-sip-address@ben.okafor@contoso.com", "user.proxy-address@chloe.martin@contoso.com"
        ),
        faults=not_ruled_out("sip-address-conflict"),
        sources=(sources.SUNIQ,),
    ),
    Scenario(
        name="voice-without-phone-system",
        title="A voice user lacks Phone System",
        deployment=users({_BEN: _VOICE}),
        verdict=RunVerdict.NOT_READY,
        findings=failing("user.licence-phone-system@ben.okafor@contoso.com"),
        faults=predicted("phone-system-licence-missing"),
        sources=(sources.MOVE, sources.BMT),
    ),
    Scenario(
        name="voice-with-phone-system",
        title="A voice user with Phone System",
        deployment=users({_BEN: _VOICE}).with_users(account(_BEN, plans=(*FULL, "MCOEV"))),
        verdict=RunVerdict.READY,
        sources=(sources.MOVE, sources.BMT),
    ),
    Scenario(
        name="dial-in-unlicensed",
        title="A user who may dial in has no Audio Conferencing",
        deployment=SOUND.with_users(account(_BEN, plans=("TEAMS1", "MCOSTANDARD"))),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("user.licence-audio-conferencing@ben.okafor@contoso.com"),
        faults=not_ruled_out("audio-conferencing-licence-missing"),
        sources=(sources.MOVE, sources.SCP),
    ),
    Scenario(
        name="dial-in-switched-off",
        title="Nobody has Audio Conferencing, and no policy allows to dial in",
        deployment=SOUND.with_cmdlet(
            "Get-CsConferencingPolicy", rows(policy("Meeting.MeetingPolicy", EnableDialInConferencing=False))
        ).with_users(*(account(name, plans=("TEAMS1", "MCOSTANDARD")) for name, _ in PEOPLE)),
        verdict=RunVerdict.READY,
        sources=(sources.MOVE, sources.SCP),
    ),
    Scenario(
        name="protected-account",
        title="A user was an administrator once, and AD still protects the account",
        deployment=SOUND.with_cmdlet("Get-ADUser", _directory(_BEN, adminCount=1)),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("user.protected-account@ben.okafor@contoso.com"),
        faults=not_ruled_out("access-denied-protected-account"),
        sources=(sources.SACL,),
    ),
    Scenario(
        name="child-domain",
        title="A user lives in a child domain of the servers'",
        deployment=users({_BEN: {"Identity": "CN=ben.okafor,OU=Staff,DC=emea,DC=contoso,DC=com"}}).with_cmdlet(
            "Get-ADUser", _directory(_BEN, DistinguishedName="CN=ben.okafor,OU=Staff,DC=emea,DC=contoso,DC=com")
        ),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("user.child-domain@ben.okafor@contoso.com"),
        faults=not_ruled_out("user-in-child-domain"),
        sources=(sources.SCHILD,),
    ),
    Scenario(
        name="just-enabled",
        title="A user was changed ten minutes ago, and the pool may not have it yet",
        deployment=SOUND.with_cmdlet("Get-ADUser", _just_changed),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("user.replicated-to-pool@ben.okafor@contoso.com"),
        faults=not_ruled_out("not-provisioned-in-pool"),
        sources=(sources.SMOVE,),
    ),
    Scenario(
        name="left-behind",
        title="What a move leaves behind: contacts in Exchange, voicemail, meetings of an on-premises mailbox",
        deployment=users(
            {_BEN: {"ExUmEnabled": True}, _CHLOE: {"UserServicesPolicy": "Tag:Contacts in Exchange"}},
        )
        .with_cmdlet(
            "Get-CsUserServicesPolicy",
            rows(
                policy("UserServices.UserServicesPolicy", UcsAllowed=False),
                policy("UserServices.UserServicesPolicy", "Tag:Contacts in Exchange", UcsAllowed=True),
            ),
        )
        .with_cmdlet("Get-ADUser", _directory(_BEN, msExchRecipientTypeDetails=1)),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings={
            **warning("user.mailbox-location@ben.okafor@contoso.com", "user.voicemail@ben.okafor@contoso.com"),
            **warning("user.unified-contact-store@chloe.martin@contoso.com"),
        },
        sources=(sources.MOVET, sources.UCS, sources.DMMS),
    ),
    Scenario(
        name="not-a-person",
        title="An account of the batch is a meeting room",
        deployment=SOUND.with_cmdlet(
            "Get-CsMeetingRoom",
            rows(
                thing(
                    "ADConnect.Schema.OCSADMeetingRoom",
                    Identity="CN=grace.o'neill,OU=Staff,DC=contoso,DC=com",
                    SipAddress="sip:grace.o'neill@fabrikam.com",
                )
            ),
        ),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings=warning("user.ordinary-account@grace.o'neill@fabrikam.com"),
        sources=(sources.DDECOM,),
    ),
)

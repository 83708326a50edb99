"""The faults that are met from the connection to the cloud on (steps 51 to 82)."""

from checker.model.axes import Cloud, Direction
from checker.model.checks import Scope
from checker.model.faults import Fault, Ground
from checker.sources import (
    AADC,
    BMT,
    CAYO,
    COMMIT_36A335ED84,
    COMMIT_C583D40162,
    CONF,
    DBACK,
    DMULTI,
    ENVC,
    FEDC,
    GOU,
    I590,
    I1842,
    I4494,
    I5034,
    I6321,
    I6686,
    MCU,
    MOVE,
    MOVE2,
    MOVET,
    MTL,
    OPD,
    OSD,
    PLAN,
    PR97,
    PR457,
    PR8120,
    PR8687,
    S506,
    S507,
    S510,
    SBC,
    SCP,
    SEED,
    SMOVE,
    STF,
    SUNIQ,
    UCG,
)

FAULTS_IN_CLOUD = (
    Fault(
        id="tls12-unavailable",
        code=None,
        title="No TLS 1.2 from the machine that runs the move",
        step=51,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Since July 2021 the cloud takes TLS 1.2 only. On the machine that runs the move SChannel or .NET does "
        "not offer it.",
        sources=(MCU, PR8120),
    ),
    Fault(
        id="cloud-unreachable",
        code=None,
        title="The machine does not reach the cloud",
        step=52,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="The machine that runs the move cannot open HTTPS connections to the addresses that Microsoft lists for "
        "Microsoft 365.",
        sources=(PLAN,),
    ),
    Fault(
        id="sign-in-refused",
        code=None,
        title="Sign-in of the cloud admin fails",
        step=53,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="-Credential is passed for an account under multi-factor authentication or Conditional Access; or the "
        "server build knows neither MFA nor OAuth (LiveID has been blocked since December 2021); or the Control Panel "
        "is used with an admin outside .onmicrosoft.com. It hits every user moved by that admin.",
        unpredictable="Conditional Access decides at sign-in by network, device and risk.",
        sources=(MCU, PR8687, BMT, I1842, I6321, I5034, I6686, MTL),
    ),
    Fault(
        id="wrong-cloud-environment",
        code=None,
        title="Teams environment not set for 21Vianet",
        step=54,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Unless Set-TeamsEnvironmentConfig has named TeamsChina on the machine that runs the move, the module "
        "does not address the cloud operated by 21Vianet.",
        clouds=frozenset({Cloud.CHINA}),
        sources=(MCU, ENVC),
    ),
    Fault(
        id="tenant-role-missing",
        code=None,
        title="Cloud account lacks the role",
        step=55,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="The cloud account of the move is neither Global Administrator nor Teams or Skype for Business "
        "Administrator. Texts until about 2021 ask for User Administrator besides, later ones do not. It hits every "
        "user moved by that admin.",
        sources=(MOVE, MOVE2, PR97, UCG),
    ),
    Fault(
        id="hms-510",
        code="510",
        title="Tenant not enabled for shared SIP address space",
        step=61,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="Move-CsUser : HostedMigration fault: Error=(510), Description=(This user's tenant is not enabled for "
        "shared sip address space.)",
        cause="The tenant's half of the split domain is off: SharedSipAddressSpace of the tenant was never set (False "
        "is its default), or was set back when hybrid was disabled and a user was forgotten. It is not the "
        'EnabledSharedAddressSpace of the hosting provider. The French and Russian renderings say "client" and mean '
        "the tenant.",
        unpredictable="The setting cannot be seen without the right to read the tenant's configuration.",
        sources=(S510, FEDC, STF, SEED),
    ),
    Fault(
        id="sip-domain-not-online",
        code=None,
        title="SIP domain unknown or disabled in the tenant",
        step=62,
        scope=Scope.SIP_DOMAIN,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="The SIP domain is not verified in the tenant or is disabled as an online SIP domain, so none of its "
        "users is provisioned. What the cmdlet itself says to it is unknown.",
        sources=(OSD, PR457, CONF),
    ),
    Fault(
        id="hms-507",
        code="507",
        title="User has no Skype for Business Online licence",
        step=71,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="Move-CsUser: HostedMigration fault: Error=(507), Description=(User must has an assigned license to "
        "use Skype for Business Online.)",
        cause="The Skype for Business Online plan is missing, is disabled within the licence, or was assigned so "
        "lately that it is not provisioned. Since that service was retired the Teams plan is wanted as well; that its "
        "absence gives 507 too is inferred.",
        unpredictable="Provisioning can take 30 minutes; how long it takes for one user cannot be told, only the risk.",
        sources=(S507, MOVE, MOVET, BMT, CAYO),
    ),
    Fault(
        id="phone-system-licence-missing",
        code=None,
        title="Voice user without Phone System",
        step=72,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="A user enabled for Enterprise Voice needs a Phone System licence before the move. Documents disagree "
        "whether the service still honours -BypassEnterpriseVoiceCheck.",
        sources=(MOVE, MOVE2, MCU, BMT, I590, COMMIT_36A335ED84, COMMIT_C583D40162),
    ),
    Fault(
        id="audio-conferencing-licence-missing",
        code=None,
        title="Dial-in user without Audio Conferencing",
        step=73,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="A user with dial-in conferencing on premises needs an Audio Conferencing licence. Who counts as such a "
        "user is not written, and every conferencing policy allows dial-in by default. The bypass switch has been "
        "deprecated since December 2021.",
        sources=(MOVE, MCU, SCP, I590, I4494),
    ),
    Fault(
        id="not-synced",
        code=None,
        title="Account or its SIP attributes are not in the tenant",
        step=74,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Directory synchronisation leaves out the account or its msRTCSIP attributes, often for a whole forest. "
        "Without the deployment locator the cloud takes a licensed user for its own and provisions it online.",
        unpredictable="A change on one side that the next synchronisation has yet to carry over.",
        sources=(AADC, DMULTI, OSD, S506),
    ),
    Fault(
        id="sip-address-missing",
        code=None,
        title="DeploymentLocator set, SIP address empty",
        step=75,
        scope=Scope.USER,
        confidence=Ground.REPORTED,
        message="Cannot generate SIP address. Reason=[The value of the msRTCSIP-DeploymentLocator property in your "
        "local Active Directory is set to [SRV:] but the value of the msRTCSIP-PrimaryUserAddress property is NULL. "
        "Correct the value of the msRTCSIP-PrimaryUserAddress property in your local Active Directory for this user "
        "and ensure the property is being synced via Azure Active Directory Connect]",
        cause="The account says that it is homed on premises but has no SIP address. The text is a validation error "
        "of the online user, not of Move-CsUser; online cmdlets then say that the management object is not found.",
        sources=(SBC,),
    ),
    Fault(
        id="sip-address-conflict",
        code=None,
        title="SIP address not unique",
        step=76,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="For this user the value of msRTCSIP-PrimaryUserAddress or the SIP address in the ProxyAddresses "
        "field in your local Active Directory is not unique. Correct the value in your Active Directory.",
        cause="Two accounts claim the same SIP address, in msRTCSIP-PrimaryUserAddress or in proxyAddresses. The text "
        "is that of the portal; what it does to Move-CsUser is not verified.",
        sources=(SUNIQ,),
    ),
    Fault(
        id="user-validation-error",
        code=None,
        title="The tenant holds a validation error for the user",
        step=77,
        scope=Scope.USER,
        confidence=Ground.REPORTED,
        message="",
        cause="The cloud could not provision the account and says why in a property of the online user. That "
        "property, not the cmdlet, is what to read.",
        sources=(OPD, SBC, GOU),
    ),
    Fault(
        id="hms-506",
        code="506",
        title="Problem with this user account (return move)",
        step=78,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="Exception: Microsoft.Rtc.Management.AD.MoveUserException: HostedMigration fault: Error=(506), "
        "Description=(The user could move be moved because there appears to be a problem with this user account. "
        "Please verify the attribute settings on the account and then try again.)",
        cause="The cloud takes the user for one of its own, because the msRTCSIP attributes never reached it: the "
        "user was created in the cloud and enabled on premises later, or synchronisation was set up before the schema "
        "was extended, which hits everybody. On the way to the cloud 506 is not documented.",
        directions=frozenset({Direction.TO_ONPREM}),
        sources=(S506,),
    ),
    Fault(
        id="return-teams-only-policy",
        code=None,
        title="Returning user is TeamsOnly by policy",
        step=79,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="With servers older than Skype for Business Server 2015 CU8, a TeamsOnly upgrade policy of the user has "
        "to be taken away before the move back.",
        directions=frozenset({Direction.TO_ONPREM}),
        sources=(DBACK,),
    ),
    Fault(
        id="not-provisioned-in-pool",
        code=None,
        title="User not provisioned in the pool database",
        step=81,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="Move-CsUser : SetMoveResourceData failed because the user is not provisioned.",
        cause="User Replicator has not brought the user into the database of the pool yet: its first synchronisation "
        "has not finished (event 30024), or the user was enabled or moved just now. Documented for moves between "
        "pools.",
        sources=(SMOVE,),
    ),
    Fault(
        id="throttled",
        code=None,
        title="The service takes no more moves at a time",
        step=82,
        scope=Scope.USER,
        confidence=Ground.REPORTED,
        message="",
        cause="The service turns moves away when many run at once: Microsoft's own script runs 25 in parallel and "
        'tries a failed one three times, "e.g. throttling or some other error". Smaller batches and a retry are the '
        "remedy.",
        unpredictable="No limit is published, and the load of the service cannot be seen beforehand.",
        sources=(BMT,),
    ),
)

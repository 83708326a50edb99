"""The faults that are met on premises, before anything is asked of the cloud (steps 11 to 43)."""

from checker.model.axes import Direction
from checker.model.checks import Scope
from checker.model.faults import Fault, Ground
from checker.sources import (
    A730,
    BMT,
    DBACK,
    DDECOM,
    FEDC,
    I7470,
    I8219,
    I8499,
    I9464,
    I9465,
    MCU,
    MOVE2,
    NHP,
    OSD,
    PLAN,
    PR5716,
    PR8223,
    PR8687,
    PR9637,
    PR9676,
    PR11618,
    PR12068,
    PR13244,
    PR13690,
    SACL,
    SCHILD,
)

FAULTS_ON_PREMISES = (
    Fault(
        id="teams-module-too-old",
        code=None,
        title="MicrosoftTeams module missing or below 6.2.1",
        step=11,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.INFERRED,
        message="",
        cause="The move goes through the MicrosoftTeams PowerShell module of the machine that runs it. Since August "
        "2024 6.2.1 or later is required there; 21Vianet has asked for 5.2.0 since June 2023.",
        sources=(MCU, PR12068),
    ),
    Fault(
        id="teams-module-regression",
        code=None,
        title="MicrosoftTeams module too new for the server build",
        step=12,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="A regression of November 2025 in the MicrosoftTeams module breaks Move-CsUser. Microsoft's notes draw "
        'the line differently, "greater than 7.1" and "later than 7.2", so 7.2 itself is undecided. Build '
        "7.0.2046.849 (KB5090660) cures Skype for Business Server 2019 and Subscription Edition; for 2015 and Lync "
        "2013 no fix is announced. One report of 2022 has Lync 2013 fail with module 2.6.",
        sources=(PR13244, PR13690, A730, I8499),
    ),
    Fault(
        id="server-build-too-old",
        code=None,
        title="Server or admin tools below the minimum build",
        step=13,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Since 2022-07-31 moves need a minimum cumulative update on the Front Ends and on the machine with the "
        "admin tools. An Edge Server below it is not known to stop a move.",
        sources=(MCU, PR8687, PR9637),
    ),
    Fault(
        id="onprem-role-missing",
        code=None,
        title="Operator lacks on-premises rights",
        step=14,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="The account that runs the move is not in the groups that Microsoft's later text names: "
        "CSServerAdministrator, CsUserAdministrator and RTCUniversalUserAdmins. It hits every user moved by that "
        "operator.",
        unpredictable="Rights inside the SQL database of the configuration store (XDS) cannot be seen.",
        sources=(MOVE2, I7470, I8219, PR8223),
    ),
    Fault(
        id="user-not-found",
        code=None,
        title="User not found or not enabled on-premises",
        step=21,
        scope=Scope.USER,
        confidence=Ground.REPORTED,
        message="",
        cause="No user of the deployment has that address, or the account is not enabled for Lync or Skype for "
        "Business on premises. There is nothing to move.",
        sources=(BMT,),
    ),
    Fault(
        id="user-in-child-domain",
        code=None,
        title="User in another AD domain than the servers",
        step=22,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="Cannot find user in Active Directory with the following SIP URI: <SipAddress>.",
        cause="The Control Panel calls the cmdlet without -DomainController, and the search then stays within the AD "
        "domain of the servers. The user is not missing: the move works from the shell with -DomainController.",
        sources=(SCHILD,),
    ),
    Fault(
        id="access-denied-protected-account",
        code=None,
        title="Protected AD account",
        step=23,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message='Active Directory operation failed on "DC1.contoso.com". You cannot retry this operation: '
        '"Insufficient access rights to perform the operation"',
        cause="The account is, or once was, in a protected group such as Domain Admins. AdminSDHolder has switched "
        "inheritance off (adminCount 1) and removed the entry of RTCUniversalUserAdmins, so Active Directory refuses "
        "the change. The domain controller named in the message varies.",
        sources=(SACL,),
    ),
    Fault(
        id="already-online",
        code=None,
        title="User is already in the cloud",
        step=24,
        scope=Scope.USER,
        confidence=Ground.REPORTED,
        message="",
        cause="The user is homed in the cloud already and belongs in no batch that goes there.",
        sources=(BMT, DDECOM),
    ),
    Fault(
        id="legacy-pool-user",
        code=None,
        title="User on an OCS 2007 pool or on no pool",
        step=25,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Move-CsUser takes users of Lync Server and Skype for Business Server pools only. A user of an older "
        "pool is moved by Move-CsLegacyUser; one without a pool has to be given one first.",
        sources=(MCU,),
    ),
    Fault(
        id="return-user-absent",
        code=None,
        title="Returning user does not exist on-premises",
        step=26,
        scope=Scope.USER,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="A user who was created in the cloud cannot move to the servers before the account is enabled there.",
        directions=frozenset({Direction.TO_ONPREM}),
        sources=(DBACK,),
    ),
    Fault(
        id="multiple-federated-edges",
        code=None,
        title="More than one federated Edge pool",
        step=31,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="Move-CsUser : Multiple federated Edge Servers have been defined in the current topology. Specify the "
        "ProxyPool parameter to indicate which Registrar pool should be used to proxy this user for deployments "
        'running earlier versions. Edge Server FQDNs found:"<fqdn>, <fqdn>"',
        cause="Several Edge pools of the topology carry federation, and the cmdlet does not choose between them. It "
        "wants to be told by -ProxyPool, or federation has to be left on one Edge pool only.",
        sources=(I9464, I9465, PR9676, MCU),
    ),
    Fault(
        id="unsupported-topology",
        code=None,
        title="Unsupported mix of versions, forests or tenants",
        step=32,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.DOCUMENTED,
        message="",
        cause="Hybrid is supported for one server generation or certain pairs, one forest at a time, and one tenant. "
        "Documented is that anything else is unsupported, not what the cmdlet says to it.",
        sources=(PLAN, OSD),
    ),
    Fault(
        id="hosting-provider-missing",
        code=None,
        title="No hosting provider for the target",
        step=41,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.INFERRED,
        message="",
        cause="The cmdlet finds its way by the hosting provider whose ProxyFqdn is the -Target. There is none with "
        "that name, the one there is belongs to another cloud, or the target is mistyped.",
        sources=(FEDC, MCU, NHP),
    ),
    Fault(
        id="hosting-provider-misconfigured",
        code=None,
        title="The hosting provider is switched off or of the wrong kind",
        step=42,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.INFERRED,
        message="",
        cause="The hosting provider of the target is disabled, does not share the SIP address space, does not host "
        "Skype for Business users, or is marked as local. After a move the same state shows as SIP 504.",
        sources=(FEDC, NHP, PR5716),
    ),
    Fault(
        id="hosted-migration-undiscoverable",
        code=None,
        title="The hosted migration service cannot be found",
        step=43,
        scope=Scope.DEPLOYMENT,
        confidence=Ground.INFERRED,
        message="",
        cause="The cmdlet learns the address of the migration service from the AutodiscoverUrl of the hosting "
        "provider. It is empty, wrong, or does not answer.",
        sources=(MCU, PR11618),
    ),
)

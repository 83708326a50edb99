"""Scenarios in which nothing is known to be wrong, and something could not be looked at."""

from dataclasses import replace

from checker import sources
from checker.lab.naming import DOMAINS, EDGE, FRONT_ENDS
from checker.lab.remoting import denied
from checker.lab.scenario import Scenario, not_ruled_out, of, unknown
from checker.lab.sound_deployment import SOUND
from checker.model.report import RunVerdict

# What nobody can say who does not know the servers: all of them as one, and of the Edge that is configured.
_WITHOUT_TOPOLOGY = (
    *of(
        "contoso",
        dns="edge-resolves-cloud edge-resolves-front-ends web-conferencing-internal",
        network="edge-inbound-5061 edge-internal-5061 edge-internal-ports proxy-settings revocation-from-edge"
        " sipfed-address-range sipfed-from-edge",
        certificate="edge-key-usage edge-names edge-same-on-all edge-trusts-cloud-roots edge-validity"
        " oauth-token-issuer root-store-clean",
        topology="edge-next-hop federation-edge-present product-supported replication-current server-build server-tls12"
        " single-federation-edge subscription-edition-coexistence supported-mix",
        workstation="admin-tools-version",
        admin="mfa-and-credential",
        user="child-domain registrar-pool",
    ),
    *of(
        EDGE,
        dns="edge-resolves-front-ends",
        network="edge-internal-5061 edge-internal-ports",
        certificate="edge-names",
    ),
    *(
        finding
        for domain in DOMAINS
        for finding in of(domain, dns="federation-srv-matches-edge federation-srv-split-brain")
    ),
)

SCENARIOS = (
    Scenario(
        name="tenant-unreadable",
        title="The account may not read the tenant",
        deployment=SOUND.with_tenant(refuses=403),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(
            *of(
                "contoso",
                tenant="coexistence-mode directory-sync directory-sync-recent external-access-policy"
                " federated-users-allowed identity-consistent meeting-migration-enabled shared-sip-address-space"
                " synced-attributes",
                edge="partner-discovery-parity",
                federation="allowed-domains-parity blocked-domains-parity",
                user="cloud-policies interpreted-type licence-audio-conferencing licence-phone-system"
                " licence-teams-sfb sip-address-matches sip-domain synced unique-sip-address usage-location"
                " validation-errors",
            ),
            *(
                finding
                for domain in DOMAINS
                for finding in of(
                    domain, tenant="sip-domain-verified", federation="online-domains-allowed own-domains-not-blocked"
                )
            ),
        ),
        faults=not_ruled_out(
            "hms-510",
            "sip-domain-not-online",
            "hms-507",
            "phone-system-licence-missing",
            "audio-conferencing-licence-missing",
            "not-synced",
            "sip-address-conflict",
            "user-validation-error",
        ),
        sources=(sources.S510,),
    ),
    Scenario(
        name="onprem-login-refused",
        title="The Front Ends refuse the account",
        deployment=replace(SOUND, login_refused=True),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(
            *of(
                "contoso",
                tenant="cloud-matches-provider identity-consistent synced-attributes",
                hosting_provider="autodiscover-answers autodiscover-url enabled hosts-ocs-users name-free not-local"
                " present shared-address-space target-matches unique verification-level",
                edge="dns-srv-routing federated-users-allowed outside-users-allowed partner-discovery-parity",
                federation="allowed-domains-parity blocked-domains-parity on-premises-access-policy"
                " proxy-fqdn-conflict",
                topology="hybrid-application-endpoints",
                user="ad-account-enabled cloud-policies found-and-enabled homed-on-premises interpreted-type"
                " licence-audio-conferencing licence-phone-system licence-teams-sfb mailbox-location ordinary-account"
                " protected-account proxy-address replicated-to-pool sip-address-matches sip-address-present"
                " sip-domain synced unified-contact-store unique-sip-address usage-location validation-errors"
                " voicemail",
            ),
            *_WITHOUT_TOPOLOGY,
            *(
                finding
                for domain in DOMAINS
                for finding in of(domain, federation="own-domains-not-blocked static-routes")
            ),
            *of(EDGE, topology="replication-current"),
        ),
        faults=not_ruled_out(
            "server-build-too-old",
            "user-not-found",
            "user-in-child-domain",
            "access-denied-protected-account",
            "already-online",
            "legacy-pool-user",
            "multiple-federated-edges",
            "unsupported-topology",
            "hosting-provider-missing",
            "hosting-provider-misconfigured",
            "hosted-migration-undiscoverable",
            "sign-in-refused",
            "sip-domain-not-online",
            "hms-507",
            "phone-system-licence-missing",
            "audio-conferencing-licence-missing",
            "not-synced",
            "sip-address-missing",
            "sip-address-conflict",
            "user-validation-error",
            "not-provisioned-in-pool",
        ),
        sources=(sources.I7470,),
    ),
    Scenario(
        name="topology-unreadable",
        title="The account may not read the topology",
        deployment=SOUND.with_cmdlet("Get-CsPool", denied("Get-CsPool")).with_cmdlet(
            "Get-CsService", denied("Get-CsService")
        ),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(*_WITHOUT_TOPOLOGY),
        faults=not_ruled_out(
            "server-build-too-old",
            "user-in-child-domain",
            "legacy-pool-user",
            "multiple-federated-edges",
            "unsupported-topology",
            "sign-in-refused",
        ),
        sources=(sources.I7470,),
    ),
    Scenario(
        name="ocspowershell-only",
        title="Only OcsPowershell is open: what it cannot show of Windows stays unknown",
        deployment=replace(SOUND, is_restricted=True),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(
            *(f"certificate.root-store-clean@{server}" for server in FRONT_ENDS),
            *(f"network.proxy-settings@{server}" for server in FRONT_ENDS),
            *(f"topology.server-tls12@{server}" for server in FRONT_ENDS),
            f"network.edge-internal-5061@{EDGE}",
            f"network.edge-internal-ports@{EDGE}",
            "user.mailbox-location@contoso",
            "user.protected-account@contoso",
            "user.replicated-to-pool@contoso",
            "user.unique-sip-address@contoso",
        ),
        faults=not_ruled_out("access-denied-protected-account", "not-provisioned-in-pool", "sip-address-conflict"),
        sources=(sources.MSCL,),
    ),
)

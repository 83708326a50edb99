"""Scenarios in which something in the tenant, in DNS, on the way to the cloud or with the users is wrong, or
unreadable.
"""

from dataclasses import replace

from checker import sources
from checker.lab.cloud_accounts import CloudAccount
from checker.lab.deployment import Deployment
from checker.lab.naming import ACCESS_EDGE_ADDRESS, EDGE, SIPFED
from checker.lab.scenario import Scenario, failing, predicted, unknown
from checker.lab.sound_deployment import PEOPLE, SOUND
from checker.lab.zones import DnsBehaviour, DnsReply
from checker.model.report import RunVerdict

_SRV = "_sipfederationtls._tcp"
# Who lacks what: nothing at all, Skype for Business Online (507 is documented), Teams (that it is 507 is inferred).
_LACKING = {"ben.okafor": (), "chloe.martin": ("TEAMS1",), "grace.o'neill": ("MCOSTANDARD",)}


def unlicensed(deployment: Deployment) -> Deployment:
    return deployment.with_users(
        *(
            CloudAccount(name=name, domain=domain, plans=(*_LACKING[name], "MCOMEETADV"))
            for name, domain in PEOPLE
            if name in _LACKING
        )
    )


def _servfail(deployment: Deployment, domain: str) -> Deployment:
    broken = {
        (name, kind): DnsReply(behaviour=DnsBehaviour.SERVFAIL)
        for (name, kind) in deployment.external
        if name.endswith(domain)
    }
    broken |= {(name, "AAAA"): DnsReply(behaviour=DnsBehaviour.SERVFAIL) for (name, kind) in broken if kind == "A"}
    return replace(deployment, external={**deployment.external, **broken})


SCENARIOS = (
    Scenario(
        name="tenant-not-shared",
        title="The tenant does not share its SIP address space: fault 510",
        deployment=SOUND.with_federation(SharedSipAddressSpace=False),
        verdict=RunVerdict.NOT_READY,
        findings=failing("tenant.shared-sip-address-space@contoso"),
        faults=predicted("hms-510"),
        sources=(sources.S510, sources.FEDC),
    ),
    Scenario(
        name="domain-not-online",
        title="One SIP domain is not enabled online",
        deployment=SOUND.with_tenant(online_domains=("contoso.com",)),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "tenant.sip-domain-enabled@fabrikam.com",
            *(f"user.sip-domain@{name}@{domain}" for name, domain in PEOPLE if domain == "fabrikam.com"),
        ),
        faults=predicted("sip-domain-not-online"),
        sources=(sources.OSD, sources.UCL),
    ),
    Scenario(
        name="unlicensed-users",
        title="Three users lack a plan: fault 507 for them alone",
        deployment=unlicensed(SOUND),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "user.licence-teams-sfb@ben.okafor@contoso.com",
            "user.licence-teams-sfb@chloe.martin@contoso.com",
            "user.licence-teams-sfb@grace.o'neill@fabrikam.com",
        ),
        faults=predicted("hms-507"),
        sources=(sources.S507, sources.MOVE),
    ),
    Scenario(
        name="srv-missing",
        title="One SIP domain has no federation SRV record",
        deployment=SOUND.without_record(f"{_SRV}.fabrikam.com", "SRV"),
        verdict=RunVerdict.NOT_READY,
        findings=failing("dns.federation-srv@fabrikam.com"),
        not_applicable=frozenset(
            {
                "dns.federation-srv-target-name",
                "dns.federation-srv-matches-edge",
                "dns.federation-srv-on-premises",
                "dns.federation-srv-split-brain",
            }
        ),
        sources=(sources.PLAN, sources.DNS),
    ),
    Scenario(
        name="srv-points-online",
        title="The federation SRV record already points to the cloud",
        deployment=SOUND.with_record(f"{_SRV}.contoso.com", "SRV", f"100 1 5061 {SIPFED}."),
        verdict=RunVerdict.NOT_READY,
        findings=failing(
            "dns.federation-srv-target-name@contoso.com",
            "dns.federation-srv-matches-edge@contoso.com",
            "dns.federation-srv-on-premises@contoso.com",
        ),
        sources=(sources.PLAN, sources.DDNS),
    ),
    Scenario(
        name="srv-lookalike-suffix",
        title="The SRV target ends like the SIP domain and lies in another",
        deployment=SOUND.with_record(f"{_SRV}.contoso.com", "SRV", "0 0 5061 sip.evilcontoso.com.").with_record(
            "sip.evilcontoso.com", "A", ACCESS_EDGE_ADDRESS
        ),
        verdict=RunVerdict.NOT_READY,
        findings={
            **failing("dns.federation-srv-target-name@contoso.com", f"certificate.edge-names@{EDGE}"),
            **unknown(f"network.edge-inbound-5061@{EDGE}"),  # nobody leads the lab to that host
        },
        sources=(sources.PLAN, sources.OPD),
    ),
    Scenario(
        name="dns-servfail",
        title="Public DNS fails for one SIP domain",
        deployment=_servfail(SOUND, "fabrikam.com"),
        verdict=RunVerdict.INDETERMINATE,
        findings=unknown(
            *(
                f"dns.{slug}@fabrikam.com"
                for slug in (
                    "federation-srv",
                    "federation-srv-target-name",
                    "federation-srv-matches-edge",
                    "federation-srv-on-premises",
                    "federation-srv-split-brain",
                    "sip-tls-srv",
                    "sip-host",
                    "lyncdiscover",
                )
            ),
            f"certificate.edge-names@{EDGE}",
            f"network.edge-inbound-5061@{EDGE}",
        ),
        sources=(sources.DNS,),
    ),
    Scenario(
        name="sipfed-filtered",
        title="A firewall keeps everybody from TCP 5061 of the federation service",
        deployment=replace(SOUND.with_machine(EDGE, blocked=frozenset({(SIPFED, 5061)})), sipfed="filtered"),
        verdict=RunVerdict.NOT_READY,
        findings={**failing(f"network.sipfed-from-edge@{EDGE}"), "network.sipfed-from-here@contoso": "warn"},
        sources=(sources.EDGE,),
    ),
    Scenario(
        name="sipfed-intercepted",
        title="TLS inspection stands between this machine and the federation service",
        deployment=replace(SOUND, sipfed="intercepted"),
        verdict=RunVerdict.READY_WITH_WARNINGS,
        findings={"network.sipfed-from-here@contoso": "warn"},
        sources=(sources.EDGE,),
    ),
)

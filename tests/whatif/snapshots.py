"""A snapshot with an answer of every kind, and one question that nobody answered."""

from checker.model.answers import AnyAnswer, TlsAnswer, TlsOutcome
from checker.model.facts import Fact, NoAnswer, Snapshot
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, HttpProbe, TlsProbe, Vantage
from tests.judging import DENIED, NOW, contoso, http, objects, records

SRV = "_sip._tls.contoso.com"


def cmdlet(vantage: Vantage, name: str, *properties: str, host: str = "", **parameters: str) -> CmdletProbe:
    return CmdletProbe(
        vantage=vantage, host=host, cmdlet=name, parameters=tuple(parameters.items()), properties=properties
    )


FEDERATION = cmdlet(
    Vantage.TENANT, "Get-CsTenantFederationConfiguration", "Identity", "SharedSipAddressSpace", "AllowedDomains", "New"
)
PROVIDERS = cmdlet(Vantage.ONPREM, "Get-CsHostingProvider", "Identity", "Enabled", "Priority")
ACCESS_EDGE = cmdlet(Vantage.ONPREM, "Get-CsAccessEdgeConfiguration", "Identity", "AllowOutsideUsers")
POLICY = cmdlet(Vantage.ONPREM, "Get-CsExternalAccessPolicy", "Identity", "AllowOutsideUsers")
VERSIONS = cmdlet(Vantage.EDGE, "Get-CsServerPatchVersion", "ComponentName", "Version", host="edge01.contoso.com")
USERS = cmdlet(Vantage.ONPREM, "Get-CsUser", "Identity", "SipAddress", "Enabled")
REGISTRY = cmdlet(Vantage.WORKSTATION, "Get-ItemProperty", "Path", "Name", "Value")
REACHES = tuple(
    cmdlet(Vantage.EDGE, "Test-NetConnection", "TcpTestSucceeded", host="edge01.contoso.com", ComputerName=name)
    for name in ("fe01.contoso.com", "fe02.contoso.com")
)
DOMAINS = cmdlet(Vantage.TENANT, "Get-CsOnlineSipDomain", "Name", "Status")
RECORD = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=SRV, record="SRV")
UNREAD_RECORD = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name="sip.contoso.com", record="A")
SIPFED = TlsProbe(vantage=Vantage.HERE, server="sipfed.online.lync.com", port=5061, sip=True)
PAGE = HttpProbe(vantage=Vantage.HERE, url="https://lyncdiscover.contoso.com/")

ANSWERS: dict[AnyProbe, AnyAnswer | NoAnswer] = {
    FEDERATION: objects(Identity="Global", SharedSipAddressSpace=False, AllowedDomains={"AllowList": ["a.test"]}),
    PROVIDERS: objects(
        {"Identity": "Office365", "Enabled": True, "Priority": 1, "Fqdn": {"@text": "sipfed.online.lync.com"}},
        {"Identity": "Other", "Enabled": "False", "Priority": 2},
    ),
    ACCESS_EDGE: objects(Identity="Global", AllowOutsideUsers=True),
    POLICY: objects(Identity="Global", AllowOutsideUsers=False),
    VERSIONS: objects({"ComponentName": "Core Components", "Version": "7.0.2046.396"}),
    USERS: objects(
        *(
            {"Identity": f"CN={name},OU=x[1]", "SipAddress": f"sip:{name}@contoso.com", "Enabled": True}
            for name in ("anna", "ben")
        )
    ),
    REGISTRY: objects(
        {"Path": r"HKLM:\Tls\Client", "Name": "Enabled", "Value": 1},
        {"Path": r"HKLM:\Tls\Server", "Name": "Enabled", "Value": None},
    ),
    **{probe: objects(TcpTestSucceeded=True) for probe in REACHES},
    DOMAINS: DENIED,
    RECORD: records(SRV, "SRV", "0 0 443 sip.contoso.com."),
    UNREAD_RECORD: DENIED,
    SIPFED: TlsAnswer(outcome=TlsOutcome.TRUSTED, address="127.0.0.1:5061"),
    PAGE: http(200, "a page"),
}

SNAPSHOT = Snapshot(
    tool_version="1.2.3",
    target=contoso(),
    as_of=NOW,
    started_at=NOW,
    finished_at=NOW,
    facts=tuple(Fact(probe=probe, answer=answer, observed_at=NOW) for probe, answer in ANSWERS.items()),
)

"""The names and addresses of the lab's deployment; the clouds' are the real ones."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Cloud:
    sipfed: str
    sipdir: str
    webdir: str
    login: str
    graph: str
    config_api: str
    region: str  # of ServiceInstance: NOAM is documented, GOV was seen once, that of China is made up
    addresses: tuple[str, str, str]  # of sipfed, webdir, sipdir, within the ranges that are published

    @property
    def root(self) -> str:
        return f"https://{self.webdir}/Autodiscover/AutodiscoverService.svc/root"


WORLDWIDE = Cloud(
    sipfed="sipfed.online.lync.com",
    sipdir="sipdir.online.lync.com",
    webdir="webdir.online.lync.com",
    login="login.microsoftonline.com",
    graph="graph.microsoft.com",
    config_api="api.interfaces.records.teams.microsoft.com",
    region="NOAM",
    addresses=("52.112.192.11", "52.112.193.16", "52.112.192.140"),
)
GCC_HIGH = Cloud(
    sipfed="sipfed.online.gov.skypeforbusiness.us",
    sipdir="sipdir.online.gov.skypeforbusiness.us",
    webdir="webdir.online.gov.skypeforbusiness.us",
    login="login.microsoftonline.us",
    graph="graph.microsoft.us",
    config_api="api.interfaces.records.gov.teams.microsoft.us",
    region="GOV",
    addresses=("52.127.88.11", "52.127.88.16", "52.127.88.140"),
)
CHINA = Cloud(
    sipfed="sipfed.online.partner.lync.cn",
    sipdir="sipdir.online.partner.lync.cn",
    webdir="webdir.online.partner.lync.cn",
    login="login.partner.microsoftonline.cn",
    graph="microsoftgraph.chinacloudapi.cn",
    config_api="api.interfaces.records.teams.microsoftonline.cn",
    region="CN",
    addresses=("42.159.34.11", "42.159.34.16", "42.159.34.140"),
)

DOMAINS = ("contoso.com", "fabrikam.com")
FRONT_ENDS = ("fe01.contoso.com", "fe02.contoso.com")
POOL = "pool01.contoso.com"
EDGE = "edge01.contoso.com"
EDGE_POOL = "edgepool.contoso.com"
ADMIN_HOST = "admin01.contoso.com"
ACCESS_EDGE_ADDRESS = "203.0.113.10"  # RFC 5737
REVERSE_PROXY_ADDRESS = "203.0.113.20"
WEB_CONFERENCING = "webconf.contoso.com"
WEB_CONFERENCING_ADDRESS = "203.0.113.11"
SIPFED = WORLDWIDE.sipfed
WEBDIR = WORLDWIDE.webdir
RETIRED_WEBDIR = "webdir0e.online.lync.com"  # shaped like the forests' own hosts, and serving nothing
LOGIN = WORLDWIDE.login
TENANT = "contoso.onmicrosoft.com"
TENANT_ID = "0c0ffee0-1111-4222-8333-444455556666"
CLIENT_ID = "c5eadb00-aaaa-4bbb-8ccc-ddddeeeeffff"  # of the application that csready signs in as
GRAPH = WORLDWIDE.graph
CONFIG_API = WORLDWIDE.config_api
CONFIG_AUDIENCE = "48ac35b8-9aa8-4d74-927d-1f4a14a0b239"

"""The public names of each cloud, as data.

Sources: "External Domain Name System records for Office 365" (Microsoft Learn) with its counterparts for government
and for 21Vianet; New-CsHostingProvider and Connect-MicrosoftTeams (Microsoft Learn); read 2026-11-22. GCC shares the
names of the worldwide cloud. No text gives the AutodiscoverUrl of gcc-high, dod and china: the same path on their
webdir host is inferred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from checker.model.axes import Cloud
from checker.readings.addresses import Network, networks

AUTODISCOVER_PATH = "/Autodiscover/AutodiscoverService.svc/root"  # Move-CsUser, New-CsHostingProvider (Microsoft Learn)


@dataclass(frozen=True)
class CloudNames:
    """``sipfed`` is ProxyFqdn, ``-Target`` and the online ``_sipfederationtls`` target; ``config_api`` serves the Teams
    module and is empty where sources disagree; ``autodiscover_sourced`` is false where the URL is inferred."""

    sipfed: str
    sipdir: str
    webdir: str
    login: str
    graph: str
    config_api: str
    autodiscover_sourced: bool

    @property
    def autodiscover_url(self) -> str:
        return f"https://{self.webdir}{AUTODISCOVER_PATH}"


_WORLDWIDE = CloudNames(
    "sipfed.online.lync.com",
    "sipdir.online.lync.com",
    "webdir.online.lync.com",
    "login.microsoftonline.com",
    "graph.microsoft.com",
    "api.interfaces.records.teams.microsoft.com",
    True,
)

CLOUD_NAMES: Mapping[Cloud, CloudNames] = MappingProxyType(
    {
        Cloud.WORLDWIDE: _WORLDWIDE,
        Cloud.GCC: _WORLDWIDE,
        Cloud.GCC_HIGH: CloudNames(
            "sipfed.online.gov.skypeforbusiness.us",
            "sipdir.online.gov.skypeforbusiness.us",
            "webdir.online.gov.skypeforbusiness.us",
            "login.microsoftonline.us",
            "graph.microsoft.us",
            "api.interfaces.records.gov.teams.microsoft.us",
            False,
        ),
        Cloud.DOD: CloudNames(
            "sipfed.online.dod.skypeforbusiness.us",
            "sipdir.online.dod.skypeforbusiness.us",
            "webdir.online.dod.skypeforbusiness.us",
            "login.microsoftonline.us",
            "dod-graph.microsoft.us",
            "",  # one public caller uses a dod host, another the gov one
            False,
        ),
        Cloud.CHINA: CloudNames(
            "sipfed.online.partner.lync.cn",
            "sipdir.online.partner.lync.cn",
            "webdir.online.partner.lync.cn",
            "login.partner.microsoftonline.cn",
            "microsoftgraph.chinacloudapi.cn",
            "api.interfaces.records.teams.microsoftonline.cn",
            False,
        ),
    }
)

# Addresses of Teams and Skype for Business: Microsoft 365 endpoint lists, worldwide of 2022-07-28 with the newer ranges
# of a copy of 2026-06-06, gcc-high of 2023-03-01, china of 2021-03-29; read 2026-11-22. That of dod was not read.
_WORLDWIDE_RANGES = networks("13.107.64.0/18", "52.112.0.0/14", "52.120.0.0/14", "52.122.0.0/15", "2603:1063::/38")
PUBLISHED_RANGES: Mapping[Cloud, tuple[Network, ...]] = MappingProxyType(
    {
        Cloud.WORLDWIDE: _WORLDWIDE_RANGES,
        Cloud.GCC: _WORLDWIDE_RANGES,
        Cloud.GCC_HIGH: networks("52.127.88.0/21", "104.212.44.0/22", "195.134.228.0/22"),
        Cloud.CHINA: networks("42.159.34.0/24", "42.159.162.0/24"),
    }
)

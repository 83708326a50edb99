"""The hosting providers of the tests: a sound one, and what stands beside it."""

from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.axes import Cloud
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.hosting_providers import HOSTING_PROVIDERS
from tests.judging import objects

WEBDIR = CLOUD_NAMES[Cloud.WORLDWIDE].autodiscover_url
SOUND: dict[str, Json] = {
    "Identity": "Office365",
    "Name": "Office365",
    "ProxyFqdn": "sipfed.online.lync.com",
    "Enabled": True,
    "EnabledSharedAddressSpace": True,
    "HostsOCSUsers": True,
    "IsLocal": False,
    "VerificationLevel": "UseSourceVerification",
    "AutodiscoverUrl": WEBDIR,
}
EXCHANGE: dict[str, Json] = {
    "Identity": "Exchange Online",
    "ProxyFqdn": "exap.um.outlook.com",
    "Enabled": True,
    "HostsOCSUsers": False,
}


def provider(**changes: Json) -> dict[str, Json]:
    """The sound one with some properties changed."""
    return {**SOUND, **changes}


def without(*names: str) -> Objects:
    """The sound one as an answer in which these properties are missing."""
    return objects({name: value for name, value in SOUND.items() if name not in names})


def providers(*rows: dict[str, Json]) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    """What a check is judged over: Get-CsHostingProvider returned these."""
    return {HOSTING_PROVIDERS: objects(*rows)}

"""Anna in the evidence: as Get-CsUser and as Get-ADUser show her."""

from checker.model.answers import AnyAnswer, Json
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import contoso, objects

Answers = dict[AnyProbe, AnyAnswer | NoAnswer]

ANNA, UPN = "anna@contoso.com", "a@corp.contoso.com"
DN = "CN=Anna,OU=Staff,DC=contoso,DC=com"
TARGET = contoso(users=(ANNA,))
NOBODY = objects()


def cs_user(**changes: Json) -> dict[str, Json]:
    sound = {
        "Identity": DN,
        "SipAddress": f"sip:{ANNA}",
        "UserPrincipalName": UPN,
        "Enabled": True,
        "HostingProvider": "SRV:",
        "RegistrarPool": "pool01.contoso.com",
        "HostedVoiceMail": False,
        "ExUmEnabled": False,
        "UserServicesPolicy": "",
    }
    return sound | changes


def ad_user(**changes: Json) -> dict[str, Json]:
    """Names of attributes with underscores in place of hyphens."""
    sound = {
        "DistinguishedName": DN,
        "ObjectClass": "user",
        "UserPrincipalName": UPN,
        "SamAccountName": "anna",
        "SID": "S-1-5-21-1-2-3-1001",
        "Enabled": True,
        "adminCount": None,
        "proxyAddresses": [f"SMTP:{ANNA}", f"sip:{ANNA}"],
        "whenChanged": "2026-01-01T00:00:00Z",
        "msRTCSIP-PrimaryUserAddress": f"sip:{ANNA}",
        "msRTCSIP-DeploymentLocator": "SRV:",
        "msRTCSIP-OriginatorSID": None,
    }
    return sound | {name.replace("_", "-"): value for name, value in changes.items()}


def without(row: dict[str, Json], *names: str) -> dict[str, Json]:
    return {name: value for name, value in row.items() if name not in names}


def read(*directory: dict[str, Json], complete: bool = True, **user: Json) -> Answers:
    """Get-CsUser with Anna, changed so, and Get-ADUser."""
    return {
        ON_PREMISES_USERS: objects(cs_user(**user)),
        DIRECTORY_USERS: objects(*directory, complete=complete),
    }

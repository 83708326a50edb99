"""Generates an evidence folder of many users: Get-CsUser as Export-Clixml, Get-CsOnlineUser as ConvertTo-Json.

The same number gives the same bytes. Both files are written as PowerShell 7 does it, UTF-8 without BOM and indented;
the shapes are made up from what is documented, not captured.
"""

import json
from collections.abc import Iterator
from pathlib import Path

DOMAINS = ("contoso.com", "fabrikam.com", "emea.contoso.com")
POOLS = tuple(f"pool{number:02}.contoso.com" for number in range(1, 9))
SETS_OF_PLANS = 40
ON_PREMISES, ONLINE = "onprem/Get-CsUser.xml", "tenant/Get-CsOnlineUser.json"

_OTHER_PLANS = ("EXCHANGE_S_ENTERPRISE", "SHAREPOINTENTERPRISE", "OFFICESUBSCRIPTION", "MCOEV", "MCOMEETADV", "YAMMER")
_OPENING = '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n'
_TYPES = """\
    <TN RefId="0">
      <T>Microsoft.Rtc.Management.ADConnect.Schema.ADUser</T>
      <T>Microsoft.Rtc.Management.ADConnect.Schema.OCSADUser</T>
      <T>System.Object</T>
    </TN>
"""
_POOL_TYPES = """\
          <TN RefId="1">
            <T>Microsoft.Rtc.Management.Xds.XdsObjectId</T>
            <T>System.Object</T>
          </TN>
"""
_USER = """\
  <Obj RefId="{reference}">
{types}    <ToString>{dn}</ToString>
    <Props>
      <S N="Identity">{dn}</S>
      <S N="SipAddress">sip:{address}</S>
      <S N="UserPrincipalName">{address}</S>
      <S N="SamAccountName">{account}</S>
      <S N="DisplayName">{name}</S>
      <B N="Enabled">{enabled}</B>
      <S N="HostingProvider">{home}</S>
      <Obj N="RegistrarPool" RefId="{pool_reference}">
{pool_types}        <ToString>{pool}</ToString>
      </Obj>
      <B N="EnterpriseVoiceEnabled">{voice}</B>
      <S N="LineURI">{line}</S>
      <B N="HostedVoiceMail">false</B>
      <Nil N="VoicePolicy" />
      <Nil N="ConferencingPolicy" />
      <Nil N="ExternalAccessPolicy" />
    </Props>
  </Obj>
"""


def write_users(folder: Path, number: int) -> None:
    """Every hundredth user is missing online, 3 in 100 have no licence, 2 are disabled, 3 are in the cloud already."""
    for path, parts in ((ON_PREMISES, clixml(number)), (ONLINE, cloud_json(number))):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("w", encoding="utf-8", newline="\r\n") as file:
            file.writelines(parts)


def address(place: int) -> str:
    return f"anna.berg{place:06}@{DOMAINS[place % len(DOMAINS)]}"


def clixml(number: int) -> Iterator[str]:
    yield _OPENING
    for place in range(number):
        has_line = place % 2 == 0
        yield _USER.format(
            reference=2 * place,
            pool_reference=2 * place + 1,
            types='    <TNRef RefId="0" />\n' if place else _TYPES,
            pool_types='        <TNRef RefId="1" />\n' if place else _POOL_TYPES,
            dn=f"CN=Anna Berg {place:06},OU=Staff {place % 20:02},DC=contoso,DC=com",
            address=address(place),
            account=f"aberg{place:06}",
            name=f"Anna Berg {place:06}",
            enabled="false" if place % 100 in (11, 61) else "true",
            home="sipfed.online.lync.com" if place % 100 in (23, 53, 83) else "SRV:",
            pool=POOLS[place % len(POOLS)],
            voice="true" if has_line else "false",
            line=f"tel:+1425{place:07}" if has_line else "",
        )
    yield "</Objs>"


def cloud_json(number: int) -> Iterator[str]:
    plans = [assigned_plans(place) for place in range(SETS_OF_PLANS)]
    separator = "[\n"
    for place in range(number):
        if place % 100 == 37:
            continue
        shown = {
            "UserPrincipalName": address(place),
            "SipAddress": f"sip:{address(place)}",
            "DisplayName": f"Anna Berg {place:06}",
            "InterpretedUserType": "DirSyncEnabledOnlineActiveDirectoryDisabledUser",
            "UserDirSyncEnabled": True,
            "OnPremHostingProvider": "SRV:",
            "HostingProvider": "sipfed.online.lync.com",
            "OnPremLineURI": f"tel:+1425{place:07}" if place % 2 == 0 else None,
            "AssignedPlan": "[]" if place % 100 in (7, 41, 77) else plans[place % SETS_OF_PLANS],
        }
        yield separator + "  " + json.dumps(shown, indent=2).replace("\n", "\n  ")
        separator = ",\n"
    yield "\n]\n"


def assigned_plans(place: int) -> str:
    """Six plans as the module since 3.0 shows them: JSON within a string."""
    names = ("Teams", "MCOProfessional", *(_OTHER_PLANS[(place + each) % len(_OTHER_PLANS)] for each in range(4)))
    return json.dumps(
        [
            {
                "AssignedTimestamp": f"2025-{place % 12 + 1:02}-15T09:30:{place:02}Z",
                "Capability": name,
                "CapabilityStatus": "Enabled",
            }
            for name in names
        ]
    )

"""What a machine of the deployment says of itself: builds, modules, certificates, registry; sound unless told
otherwise.
"""

from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from checker.lab.management_objects import rows, thing
from checker.lab.naming import DOMAINS
from checker.lab.powershell_objects import CmdletReply, ErrorReply, Thing, Value, Version

SUBSCRIPTION_EDITION = "Subscription Edition"  # the string that it shows is not published
PARTNER_ROOT = "DigiCert Global Root G2"
# By name, with SHA-1 thumbprint. All but the first: published for Direct Routing.
CLOUD_ROOTS = {
    PARTNER_ROOT: "DF3C24F9BFD666761B268073FE06D1CC8D4F82A4",
    "DigiCert Global Root CA": "A8985D3A65E5E5C4B2D7D66D40C6DD2FB19C5436",
    "DigiCert Global Root G3": "7E04DE896A3E666D00E687D33FFAD93BE83D349E",
    "DigiCert TLS ECC P384 Root G5": "17F3DE5E9F0F19E98EF61F32266E20C407AE30EE",
    "DigiCert TLS RSA4096 Root G5": "A78849DC5D7C758C8CDE399856B3AAD0B2A57135",
    "Microsoft ECC Root Certificate Authority 2017": "999A64C37FF47D9FAB95F14769891460EEC4C3C5",
    "Microsoft RSA Root Certificate Authority 2017": "73A5E64A3BFF8316FF0EDCCC618A906E4EAE4D74",
}
_SCHANNEL = r"HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
_WINDOWS = r"HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion"
_DOTNET = (
    r"HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319",
    r"HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319",
)
_USER = r"HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_CONNECTIONS = r"HKLM:\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections"

# What the collector looks for, by label of its file: in the registry, and set on a sound machine or not (None).
TLS_VALUES: dict[tuple[str, str], Value] = {
    (_WINDOWS, "CurrentBuildNumber"): "20348",
    (_SCHANNEL, "ClientAuthTrustMode"): 2,
    (_SCHANNEL, "EnableSessionTicket"): 2,
    **{(path, name): 1 for path in _DOTNET for name in ("SchUseStrongCrypto", "SystemDefaultTlsVersions")},
    **{
        (rf"{_SCHANNEL}\Protocols\{protocol}\{side}", name): value
        for side in ("Client", "Server")
        for protocol, values in (("TLS 1.0", (0, 1)), ("TLS 1.1", (0, 1)), ("TLS 1.2", (1, 0)))
        for name, value in zip(("Enabled", "DisabledByDefault"), values, strict=True)
    },
}
PROXY_VALUES: dict[tuple[str, str], Value] = {
    (_USER, "ProxyEnable"): 0,
    (_USER, "ProxyServer"): None,
    (_USER, "ProxyOverride"): None,
    (_USER, "AutoConfigURL"): None,
    (_CONNECTIONS, "WinHttpSettings"): None,
}


def tls12_off() -> dict[tuple[str, str], Value]:
    """As a hardening script leaves it that was written for another decade."""
    return {(rf"{_SCHANNEL}\Protocols\TLS 1.2\{side}", "Enabled"): 0 for side in ("Client", "Server")}


def tls_never_set(windows: str) -> dict[tuple[str, str], Value]:
    """A machine on which nobody set anything, of this build of Windows."""
    return {**dict.fromkeys(TLS_VALUES), (_WINDOWS, "CurrentBuildNumber"): windows}


def patch_version(core: str, generation: str = SUBSCRIPTION_EDITION) -> CmdletReply:
    product = f"Skype for Business Server {generation}"
    return rows(
        thing("Deploy.ServerPatchVersion", ComponentName=f"{product}, Administrative Tools", Version=Version(core)),
        thing("Deploy.ServerPatchVersion", ComponentName=f"{product}, Core Components", Version=Version(core)),
    )


def no_patch_version() -> CmdletReply:
    """What Lync Server 2013 says to a cmdlet that came after it."""
    return CmdletReply(
        error=ErrorReply(
            "The term 'Get-CsServerPatchVersion' is not recognized as the name of a cmdlet, function, script file, or "
            "operable program. Check the spelling of the name, or if a path was included, verify that the path is "
            "correct and try again.",
            "ObjectNotFound",
            "CommandNotFoundException",
            "System.Management.Automation.CommandNotFoundException",
            terminating=True,
        )
    )


def modules(*versions: str, name: str = "MicrosoftTeams") -> CmdletReply:
    return rows(*(_module(name, version) for version in versions))


def _module(name: str, version: str) -> Thing:
    properties: dict[str, Any] = {
        "Name": name,
        "Version": Version(version),
        "ModuleBase": rf"C:\Program Files\WindowsPowerShell\Modules\{name}\{version}",
        "ModuleType": "Script",
    }
    types = ("System.Management.Automation.PSModuleInfo", "System.Object")
    return Thing(types, MappingProxyType(properties), name)


def management_file(version: str, product: str = "Microsoft Lync Server 2013") -> CmdletReply:
    """Get-Item of the management module's library."""
    path = rf"C:\Program Files\Common Files\{product}\Modules\Lync\Microsoft.Rtc.Management.dll"
    info = Thing(
        ("System.Diagnostics.FileVersionInfo", "System.Object"),
        MappingProxyType({"FileName": path, "FileVersion": version, "ProductVersion": version}),
        f"File:             {path}\r\nFileVersion:      {version}\r\n",
    )
    properties: dict[str, Any] = {"Name": "Microsoft.Rtc.Management.dll", "FullName": path, "VersionInfo": info}
    return rows(Thing(("System.IO.FileInfo", "System.Object"), MappingProxyType(properties), path))


def assigned(
    use: str, *names: str, moment: datetime, thumbprint: str = "", issuer: str = PARTNER_ROOT, **changes: Any
) -> Thing:
    """A certificate of Get-CsCertificate: valid since a quarter of a year, and for three more."""
    sound: dict[str, Any] = {
        "Use": use,
        "Thumbprint": thumbprint or thumbprint_of(use),
        "Subject": f"CN={names[0]}, O=Contoso, C=US",
        "Issuer": f"CN={issuer}, O=DigiCert Inc, C=US",
        "NotBefore": moment - timedelta(days=90),
        "NotAfter": moment + timedelta(days=275),
        "AlternativeNames": list(names),
        "SerialNumber": "0A1B2C3D4E5F",
    }
    return thing("Deployment.CertificateReference", **(sound | changes))


def thumbprint_of(text: str) -> str:
    """Forty hexadecimal digits that stand for it."""
    return (text.encode().hex().upper() * 40)[:40]


def edge_names() -> tuple[str, ...]:
    return tuple(f"sip.{domain}" for domain in DOMAINS)


def root(name: str, **changes: Any) -> Thing:
    known = {"Thumbprint": CLOUD_ROOTS[name]} if name in CLOUD_ROOTS else {}
    return stored(name, "Root", **({"Issuer": f"CN={name}, O=DigiCert Inc, C=US"} | known | changes))


def stored(name: str, store: str, **changes: Any) -> Thing:
    """A certificate of a store, as Get-ChildItem shows it."""
    sound: dict[str, Any] = {
        "Subject": f"CN={name}, O=DigiCert Inc, C=US",
        "Issuer": f"CN={PARTNER_ROOT}, O=DigiCert Inc, C=US",
        "Thumbprint": thumbprint_of(name[::-1]),
        "NotBefore": datetime.fromisoformat("2013-08-01T12:00:00+00:00"),
        "NotAfter": datetime.fromisoformat("2038-01-15T12:00:00+00:00"),
        "PSParentPath": rf"Microsoft.PowerShell.Security\Certificate::LocalMachine\{store}",
        "EnhancedKeyUsageList": [],
    }
    types = ("System.Security.Cryptography.X509Certificates.X509Certificate2", "System.Object")
    return Thing(types, MappingProxyType(sound | changes), f"[Subject]\r\n  {sound['Subject']}\r\n")


def key_usage(name: str, oid: str) -> Thing:
    types = ("Microsoft.PowerShell.Commands.EnhancedKeyUsageRepresentation", "System.Object")
    return Thing(types, MappingProxyType({"FriendlyName": name, "ObjectId": oid}), f"{name} ({oid})")


SERVER_AUTHENTICATION = key_usage("Server Authentication", "1.3.6.1.5.5.7.3.1")
CLIENT_AUTHENTICATION = key_usage("Client Authentication", "1.3.6.1.5.5.7.3.2")

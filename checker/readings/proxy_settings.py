"""The proxies that one Windows machine is set to use: WinHTTP's, which services have, and that of the signed-in user.

No text of Microsoft describes the bytes of WinHttpSettings; they are read as public descriptions of the value beside
it have them (low): flags at byte 8, 2 of them for a named proxy, then the length of its name and the name.
"""

import base64
import binascii

from checker.model.answers import Json, Objects
from checker.model.probes import AnyProbe, CmdletProbe
from checker.model.undecided import Unreadable
from checker.readings import rows
from checker.readings.tls_registry import Machine

_USER = r"HKCU:\Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_WINHTTP = r"HKLM:\Software\Microsoft\Windows\CurrentVersion\Internet Settings\Connections"
_FLAGS_AT, _LENGTH_AT, _NAME_AT = 8, 12, 16
_NAMED_PROXY = 2
_DIRECT = "none"


def proxy_values(machine: Machine) -> tuple[CmdletProbe, CmdletProbe, CmdletProbe, CmdletProbe]:
    """In the order in which :func:`proxies` takes the answers."""
    return (
        machine.value(_WINHTTP, "WinHttpSettings"),
        machine.value(_USER, "ProxyEnable"),
        machine.value(_USER, "ProxyServer"),
        machine.value(_USER, "AutoConfigURL"),
    )


def is_of_a_person(probe: AnyProbe) -> bool:
    """Whether it asks for a setting of the user who is signed in, which another session does not see."""
    return isinstance(probe, CmdletProbe) and dict(probe.parameters).get("Path") == _USER


def proxies(winhttp: Objects, enabled: Objects, server: Objects, script: Objects) -> tuple[str, str]:
    """WinHTTP's and the user's, as they can be compared: ``proxy.contoso.com:8080``, ``none``, or a script's address.

    Raises ``Unreadable`` for what is no such setting.
    """
    if address := _text(script):
        return _of_winhttp(winhttp), f"script {address}"
    match _text(enabled):
        case "" | "0":
            return _of_winhttp(winhttp), _DIRECT
        case "1":
            return _of_winhttp(winhttp), _for_https(_text(server))
        case other:
            raise Unreadable(f"ProxyEnable is {other!r}")


def _of_winhttp(answer: Objects) -> str:
    settings = _bytes(_value(answer))
    if not settings:
        return _DIRECT  # never set
    length = int.from_bytes(settings[_LENGTH_AT:_NAME_AT], "little")
    if len(settings) < _NAME_AT + length:
        raise Unreadable("WinHttpSettings is cut off")
    if not settings[_FLAGS_AT] & _NAMED_PROXY:
        return _DIRECT
    return _for_https(settings[_NAME_AT : _NAME_AT + length].decode("ascii", errors="replace"))


def _for_https(setting: str) -> str:
    """Of ``proxy:8080``, or of ``http=a:80;https=b:80``; without ``http://`` before the name."""
    parts = setting.replace(";", " ").split()
    named = dict(part.lower().split("=", 1) for part in parts if "=" in part)
    found = named.get("https", "") if named else (parts or [""])[0].lower()
    return found.rpartition("://")[2].rstrip("/") or _DIRECT


def _bytes(value: Json) -> bytes:
    """As ConvertTo-Json has them, a list of numbers, or as CLIXML does, Base64."""
    try:
        match value:
            case None:
                return b""
            case str():
                return base64.b64decode(value, validate=True)
            case list() | tuple():
                return bytes(value)
            case _:
                raise TypeError(type(value))
    except (binascii.Error, TypeError, ValueError) as exc:
        raise Unreadable("WinHttpSettings is no list of bytes") from exc


def _text(answer: Objects) -> str:
    return rows.scalar(_value(answer), "Value")


def _value(answer: Objects) -> Json:
    """Of the one row there is; null: not set."""
    if len(answer.rows) != 1:
        raise Unreadable(f"{len(answer.rows)} rows of one registry value")
    return rows.raw(answer.rows[0], "Value")

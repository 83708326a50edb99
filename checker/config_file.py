"""The shape of ``csready.toml``: sections and keys, typed, with every key optional; an unknown key is an error."""

import difflib
import re
import tomllib
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from checker.errors import UsageError
from checker.model.axes import Cloud, Direction, Phase, Side
from checker.probers.connections import TenantAuth


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the sections; a field that is ``None`` was not said."""


class DeploymentSection(Section, frozen=True, kw_only=True):
    name: str | None = None
    sip_domains: tuple[str, ...] = ()
    cloud: Cloud | None = None
    phase: Phase | None = None
    direction: Direction | None = None
    target: str | None = None
    forests: int | None = None
    resource_forest: bool | None = None


class RemotingAuth(Enum):
    NEGOTIATE = "negotiate"
    NTLM = "ntlm"
    KERBEROS = "kerberos"
    CREDSSP = "credssp"
    BASIC = "basic"


class EndpointSection(Section, frozen=True, kw_only=True):
    url: str | None = None
    auth: RemotingAuth = RemotingAuth.NEGOTIATE
    username: str | None = None
    configuration_name: str = "Microsoft.PowerShell"


class EdgeSection(EndpointSection, frozen=True, kw_only=True):
    host: str


class WorkstationSection(EndpointSection, frozen=True, kw_only=True):
    this_machine: bool | None = None
    teams_environment: str | None = None


class TenantSection(Section, frozen=True, kw_only=True):
    id: str = ""
    auth: TenantAuth = TenantAuth.TOKEN
    client_id: str = ""
    certificate: str | None = None
    module_on_workstation: bool = False


class DnsSection(Section, frozen=True, kw_only=True):
    external: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()


class NetworkSection(Section, frozen=True, kw_only=True):
    here_is: Side | None = None
    ca_bundle: str | None = None
    proxy: str | None = None
    connect_to: dict[str, str] = {}


class OperatorSection(Section, frozen=True, kw_only=True):
    onprem_groups: tuple[str, ...] | None = None
    tenant_roles: tuple[str, ...] | None = None


class MoveSection(Section, frozen=True, kw_only=True):
    users: str | None = None
    uses_credential_parameter: bool | None = None
    admin_needs_mfa: bool | None = None
    hosted_migration_override_url: str | None = None
    proxy_pool: str | None = None
    force: bool | None = None
    move_to_teams: bool | None = None
    use_oauth: bool | None = None
    bypass_enterprise_voice_check: bool | None = None
    bypass_audio_conferencing_check: bool | None = None


class ConfigFile(Section, frozen=True, kw_only=True):
    deployment: DeploymentSection = DeploymentSection()
    onprem: EndpointSection | None = None
    edge: tuple[EdgeSection, ...] = ()
    workstation: WorkstationSection = WorkstationSection()
    tenant: TenantSection | None = None
    dns: DnsSection = DnsSection()
    network: NetworkSection = NetworkSection()
    operator: OperatorSection = OperatorSection()
    move: MoveSection = MoveSection()


def read_config_file(path: Path) -> ConfigFile:
    """Raises ``UsageError`` naming the file with the line, or the key, that cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        raise UsageError(f"{path}: {exc.strerror or exc}", "Name an existing file with -c, or write one.") from exc
    except UnicodeDecodeError as exc:
        raise UsageError(f"{path}: is not UTF-8 (byte {exc.start})", "Save it as UTF-8.") from exc
    try:
        return msgspec.convert(tomllib.loads(text), ConfigFile)
    except RecursionError as exc:
        raise UsageError(f"{path}: is nested too deep to be a configuration", "Write it anew.") from exc
    except tomllib.TOMLDecodeError as exc:
        raise UsageError(f"{path}: no valid TOML: {exc}", "Mend that line; text values stand in quotes.") from exc
    except msgspec.ValidationError as exc:
        raise _named(path, text, str(exc)) from exc


def _named(path: Path, text: str, problem: str) -> UsageError:
    """msgspec's sentence in the terms of the file: section, key, line, and what was probably meant."""
    what, _, where = problem.partition(" - at `$")
    place = re.sub(r"\[(\.\.\.|\d+)\]", "", where.strip("`")).lstrip(".")
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", what):
        key, known = unknown[1], _type_at(place).__struct_fields__
        close = difflib.get_close_matches(key, known, n=1)
        what = "is not known"
        hint = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(known)}."
        place = f"{place}.{key}".lstrip(".")
    elif value := re.fullmatch(r"Invalid enum value (.+)", what):
        what = f"{value[1]} is not known"
        hint = f"One of {', '.join(each.value for each in _type_at(place))}."
    else:
        what = what[:1].lower() + what[1:].replace(" | null", "")
        hint = "Text stands in quotes, a list in square brackets, numbers and true or false in neither."
    section, _, key = place.partition(".")
    line = _line_of(text, section, key)
    name = f"[{section}].{key}" if key else f"[{section}]"
    return UsageError(f"{path}{f', line {line}' if line else ''}: {name}: {what}", hint)


def _line_of(text: str, section: str, key: str) -> int | None:
    """The line of a key in its section, or of the section's head when there is no key; ``None`` when that is not one
    line.
    """
    found, inside = [], ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\[?\s*([\w.-]+)\s*\]\]?\s*(#|$)", line):
            inside = head[1]
            if not key and inside == section:
                found.append(number)
        elif re.match(rf"\s*\"?{re.escape(key or section)}\"?\s*=", line) and inside == (section if key else ""):
            found.append(number)
    return found[0] if len(found) == 1 else None


def _type_at(dotted: str) -> Any:
    """The section or the enumeration that stands at ``deployment``, ``deployment.phase``; all for an empty path."""
    kind: Any = ConfigFile
    for name in dotted.split(".") if dotted else ():
        hint = get_type_hints(kind)[name]
        kind = next(
            each
            for each in (hint, *get_args(hint))
            if isinstance(each, type) and issubclass(each, (msgspec.Struct, Enum))
        )
    return kind

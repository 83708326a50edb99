"""The shape of ``csready.toml``: sections and keys, typed, with every key optional; an unknown key is an error."""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, get_args, get_type_hints

import msgspec

from checker.errors import UsageError
from checker.model.axes import Cloud, Direction, Phase, Side


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


class EndpointSection(Section, frozen=True, kw_only=True):
    url: str | None = None
    auth: str = "negotiate"
    username: str | None = None
    configuration_name: str = "Microsoft.PowerShell"


class EdgeSection(EndpointSection, frozen=True, kw_only=True):
    host: str


class WorkstationSection(EndpointSection, frozen=True, kw_only=True):
    this_machine: bool | None = None
    teams_environment: str | None = None


class TenantSection(Section, frozen=True, kw_only=True):
    id: str = ""
    auth: str = "token"
    client_id: str = ""


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
    except tomllib.TOMLDecodeError as exc:
        raise UsageError(f"{path}: no valid TOML: {exc}", "Mend that line; text values stand in quotes.") from exc
    except msgspec.ValidationError as exc:
        raise _named(path, text, str(exc)) from exc


def _named(path: Path, text: str, problem: str) -> UsageError:
    """msgspec's sentence in the terms of the file: section, key, line, and what was probably meant."""
    what, _, where = problem.partition(" - at `$")
    section = re.sub(r"\[\.\.\.\]|\[\d+\]", "", where.strip("`")).lstrip(".")
    unknown = re.fullmatch(r"Object contains unknown field `(.+)`", what)
    if not unknown:
        return UsageError(f"{path}: {_bracketed(section)}: {_lower(what)}", "See the configuration page of the manual.")
    key = unknown[1]
    known = _keys_of(section)
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(known)}."
    line = next(
        (n for n, each in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[*\s*\"?{re.escape(key)}\b", each)), None
    )
    place = f", line {line}" if line else ""
    return UsageError(f"{path}{place}: {_bracketed(f'{section}.{key}'.lstrip('.'))} is not known", hint)


def _bracketed(dotted: str) -> str:
    section, _, key = dotted.partition(".")
    return f"[{section}].{key}" if key else f"[{section}]"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _keys_of(section: str) -> list[str]:
    """The keys of ``deployment``, ``edge`` and so on; of the whole file for an empty name."""
    kind: Any = ConfigFile
    if section:
        hint = get_type_hints(ConfigFile)[section.partition(".")[0]]
        structs = [
            each for each in (hint, *get_args(hint)) if isinstance(each, type) and issubclass(each, msgspec.Struct)
        ]
        kind = structs[0]
    return list(kind.__struct_fields__)

"""What the operator said, under the names of ``csready.toml``: ``deployment.phase``, ``move.proxy_pool``."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args, get_type_hints

import msgspec

from checker.errors import UsageError
from checker.model.answers import Json
from checker.model.axes import Direction
from checker.model.target import Runbook, Target
from checker.model.undecided import Unreadable
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import dns_name, is_host_name
from checker.whatif.settings import Change, Setting, bad_value
from checker.whatif.values import read_value

_FIELDS = {
    "deployment.name": "name",
    "deployment.sip_domains": "sip_domains",
    "deployment.cloud": "cloud",
    "deployment.phase": "phase",
    "deployment.direction": "direction",
    "deployment.target": "proxy_fqdn",
    "deployment.forests": "forests",
    "deployment.resource_forest": "resource_forest",
    "workstation.this_machine": "this_machine_moves",
    "workstation.teams_environment": "teams_environment",
    "network.here_is": "here_is",
    "operator.onprem_groups": "onprem_groups",
    "operator.tenant_roles": "tenant_roles",
}
_RUNBOOK = {f"move.{name}": name for name in Runbook.__struct_fields__}
_NAMES = ("proxy_fqdn", "sip_domains")  # compared in one form only


def target_settings(target: Target) -> Iterator[Setting]:
    for holder, fields in ((target, _FIELDS), (target.runbook, _RUNBOOK)):
        for key, field in fields.items():
            yield Setting(key, msgspec.to_builtins(getattr(holder, field)))


def is_target_key(key: str) -> bool:
    return key.casefold() in _FIELDS or key.casefold() in _RUNBOOK


def changed_target(target: Target, key: str, written: str) -> tuple[Target, Change]:
    """Raises ``UsageError`` for what is no value of that key. Another cloud brings its own target where the target was
    that of the cloud before, as a configuration would.
    """
    folded = key.casefold()
    if folded in _RUNBOOK:
        runbook, change = _replaced(target.runbook, Runbook, _RUNBOOK[folded], folded, written)
        return msgspec.structs.replace(target, runbook=runbook), change
    changed, change = _replaced(target, Target, _FIELDS[folded], folded, written)
    if changed.cloud is not target.cloud and target.proxy_fqdn == CLOUD_NAMES[target.cloud].sipfed:
        changed = msgspec.structs.replace(changed, proxy_fqdn=CLOUD_NAMES[changed.cloud].sipfed)
    return changed, change


def sound_target(target: Target) -> None:
    """Raises ``UsageError`` for a move back that has no pool to go to."""
    if target.direction is Direction.TO_ONPREM and target.proxy_fqdn in {each.sipfed for each in CLOUD_NAMES.values()}:
        raise UsageError(
            f"--set deployment.direction={Direction.TO_ONPREM.value}: the target is still {target.proxy_fqdn}",
            "Set deployment.target as well, to the FQDN of the pool that -Target will name.",
        )


def _replaced(holder: Any, kind: type, field: str, key: str, written: str) -> tuple[Any, Change]:
    hint = get_type_hints(kind)[field]
    value = _converted(hint, key, written)
    if field in _NAMES:
        value = tuple(_name(each, key) for each in value) if isinstance(value, tuple) else _name(value, key)
    change = Change(
        key=key,
        before=msgspec.to_builtins(getattr(holder, field)),
        after=msgspec.to_builtins(value),
        assumed=False,
    )
    return msgspec.structs.replace(holder, **{field: value}), change


def _converted(hint: Any, key: str, written: str) -> Any:
    """A list may also be written with commas."""
    candidates: list[Json] = [read_value(written), written]
    if any(getattr(each, "__origin__", None) is tuple for each in (hint, *get_args(hint))):
        candidates.append([part.strip() for part in written.split(",") if part.strip()])
    for candidate in candidates:
        try:
            return msgspec.convert(candidate, hint)
        except msgspec.ValidationError:
            continue
    raise bad_value(key, _wanted(hint))


def _wanted(hint: Any) -> str:
    kinds = {"bool": "true or false", "int": "a whole number", "str": "a text", "NoneType": "null"}
    said = []
    for each in get_args(hint) if type(None) in get_args(hint) else (hint,):
        if isinstance(each, type) and issubclass(each, Enum):
            said += [str(member.value) for member in each]
        else:
            said.append(kinds.get(getattr(each, "__name__", ""), "a JSON list of texts"))
    return " or ".join(said)


def _name(name: str, key: str) -> str:
    try:
        plain = dns_name(name)
    except Unreadable:
        plain = ""
    if not is_host_name(plain):
        raise bad_value(key, "a DNS name")
    return plain

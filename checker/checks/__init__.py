"""The checks, found by file: every module below this package offers ``CHECK`` or ``CHECKS``; nothing is registered.

A new check is one new file in the folder of its area, and its test; CONTRIBUTING.md walks through one.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from checker.model.checks import Check

# The order of areas in every report: what a reader looks for first.
AREAS = (
    "tenant",
    "hosting-provider",
    "edge",
    "federation",
    "dns",
    "network",
    "certificate",
    "topology",
    "workstation",
    "admin",
    "user",
)


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, by area and then id. Raises ``ValueError`` when two share an id or an area is not known."""
    found = sorted(_found(), key=lambda check: (AREAS.index(check.area), check.id))
    ids = [check.id for check in found]
    if len(set(ids)) < len(ids):
        raise ValueError(f"two checks share an id: {sorted(id_ for id_ in set(ids) if ids.count(id_) > 1)}")
    return tuple(found)


def _found() -> Iterator[Check]:
    for module in walk_packages(__path__, prefix=f"{__name__}."):
        if not module.ispkg:
            content = vars(import_module(module.name))
            if "CHECK" in content:
                yield content["CHECK"]
            yield from content.get("CHECKS", ())

"""The list of files: that it holds whatever checks and wires ask for, and how names are read."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType

import pytest

import checker
import checker.checks
import checker.readings
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.allowed_cmdlets import ALLOWED
from checker.probers.evidence_files.documents import Kind
from checker.probers.evidence_files.known_files import (
    CMDLETS,
    LABELS,
    LISTS_OF_USERS,
    NEVER_EMPTY,
    FileName,
    Place,
    parse_file,
    parse_place,
)
from checker.probers.evidence_files.store import wanted_file
from checker.probers.tenant_routes import ROUTES

NAMED = {name for names in CMDLETS.values() for name in names}


# May be sent from every machine, and no check asks for it from all of them.
NETWORK = ("Resolve-DnsName", "Test-NetConnection")


def test_whatever_can_be_asked_live_can_come_in_a_file() -> None:
    live = {(vantage, cmdlet) for vantage, cmdlets in ALLOWED.items() for cmdlet in cmdlets}
    live |= {(Vantage.TENANT, asked.split()[0]) for asked in ROUTES}

    assert not {(vantage, cmdlet) for vantage, cmdlet in live if cmdlet not in (*CMDLETS[vantage], *NETWORK)}


def test_every_vantage_is_a_folder() -> None:
    assert set(CMDLETS) == set(Vantage)


@pytest.mark.parametrize("names", [LABELS, LISTS_OF_USERS, NEVER_EMPTY])
def test_what_is_said_of_a_cmdlet_is_said_of_one_in_the_list(names: frozenset[str]) -> None:
    assert set(names) <= NAMED


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("onprem", Place(Vantage.ONPREM)),
        ("DNS-Edge--Edge01.contoso.com.", Place(Vantage.DNS_EDGE, "edge01.contoso.com")),
        ("edge-edge01", None),
        ("edge--", None),
        ("edges", None),
        ("", None),
    ],
)
def test_a_folder_is_a_vantage_and_perhaps_a_host(folder: str, place: Place | None) -> None:
    assert parse_place(folder) == place


EDGE = Place(Vantage.EDGE)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Get-ChildItem--Root.json", FileName(EDGE, "Get-ChildItem", "root", Kind.JSON)),
        ("get-cscertificate.XML", FileName(EDGE, "Get-CsCertificate", "", Kind.CLIXML)),
        ("Test-NetConnection--a.b--c.clixml", FileName(EDGE, "Test-NetConnection", "a.b--c", Kind.CLIXML)),
        ("Get-CsUser.xml", None),
        ("Get-CsCertificate.csv", None),
        ("Get-CsCertificate", None),
        (".json", None),
    ],
)
def test_a_file_is_a_cmdlet_and_perhaps_a_label(file: str, name: FileName | None) -> None:
    assert parse_file(EDGE, file) == name


def constants(package: ModuleType) -> Iterator[CmdletProbe]:
    for found in walk_packages(package.__path__, f"{package.__name__}."):
        for value in vars(import_module(found.name)).values():
            if isinstance(value, CmdletProbe):
                yield value


@pytest.mark.parametrize("package", [checker.readings, checker.checks])
def test_whatever_a_check_asks_of_a_cmdlet_can_come_in_a_file(package: ModuleType) -> None:
    probes = list(constants(package))

    assert probes and not [probe.id for probe in probes if probe.cmdlet not in CMDLETS[probe.vantage]]
    assert all(wanted_file(probe) for probe in probes)


PAGE = (Path(checker.__file__).parents[1] / "docs" / "evidence.md").read_text(encoding="utf-8")


def described() -> dict[tuple[Vantage, str], str]:
    """What the page for administrators says of each file."""
    found: dict[tuple[Vantage, str], str] = {}
    for heading, table in re.findall(r"^### ([a-z, -]+)\n\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        for file, columns in re.findall(r"^\| (`.+?`) \| (.+) \|$", table, re.MULTILINE):
            for vantage in heading.split(", "):
                found |= {(Vantage(vantage), name): columns for name in re.findall(r"`(.+?)`", file)}
    return found


def test_the_page_for_administrators_lists_the_files_that_are_read() -> None:
    assert set(described()) == {(vantage, name) for vantage, names in CMDLETS.items() for name in names}


def test_the_page_for_administrators_lists_every_column_that_is_read() -> None:
    page = described()
    probes = (*constants(checker.readings), *constants(checker.checks))

    assert not [
        f"{probe.id}: {name}"
        for probe in probes
        for name in probe.properties
        if f"`{name}`" not in page[probe.vantage, probe.cmdlet]
    ]

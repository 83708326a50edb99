"""What the collector gathers is what an evidence folder may hold, and is enough; its command and its page."""

import json
import re
import zipfile
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import pytest

import checker.checks
import checker.readings
from checker.checks.network.edge_internal_ports import FROM_ALL, FROM_ONE, LOGGING
from checker.cli.exits import Exit
from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.scenarios import SCENARIOS
from checker.model.probes import Vantage
from checker.probers.evidence_files.known_files import CMDLETS, LABELLED_WITH, LABELS, parse_file, parse_place
from checker.readings.certificates import store
from tests.cli.running import csready, scanned
from tests.collector.powershell_syntax import assigned, commands, entries, functions, hashtables, parsed, strings, text
from tests.collector.review import table
from tests.collector.test_script import SCRIPT
from tests.probers.evidence_files.test_known_files import constants
from tests.test_documents import section

# What an evidence folder may hold and the collector leaves out, and why.
LEFT_OUT: Mapping[Vantage, Mapping[str, str]] = {
    Vantage.ONPREM: {
        "Get-CsAdUser": "Get-ADUser says whether an account is enabled",
        "Get-CsUserPoolInfo": "has to be run for each user; Get-ADUser says when a user was changed",
        "Get-Item": "no text says where the DLL lies; Get-ItemProperty--build has the build",
        "Test-CsFederatedPartner": "sends a message through the Edge; the Edge itself tries the port",
    },
    Vantage.EDGE: {
        "Get-Item": "as on a Front End",
        "Resolve-DnsName": "stands under dns-edge",
        "answers": "stands under dns-edge",
    },
    Vantage.WORKSTATION: {"Get-Item": "as on a Front End"},
    **{
        vantage: {"Resolve-DnsName": "answers.json can say that there is no such name"}
        for vantage in (Vantage.DNS_EXTERNAL, Vantage.DNS_INTERNAL, Vantage.DNS_EDGE)
    },
    Vantage.HERE: {cmdlet: "csready's own machine asks by itself" for cmdlet in CMDLETS[Vantage.HERE]},
    Vantage.OUTSIDE: {"Test-NetConnection": "none of the machines stands outside"},
}
LABELS_LEFT_OUT = {"accounts", "management"}  # of another forest; of the DLL


def test_every_file_it_writes_is_one_that_is_read() -> None:
    for row in table(SCRIPT):
        for path in row.paths:
            folder, _, file = path.partition("/")
            place = parse_place(folder)
            assert place, path
            name = parse_file(place, file)
            assert name, path
            labels = {label.casefold() for label in LABELS.get(name.cmdlet, ())}
            assert not name.label or name.label in labels or name.cmdlet in LABELLED_WITH, path


def test_a_domain_that_fails_costs_no_other() -> None:
    (rows,) = assigned(parsed(SCRIPT), "$Commands")
    found = {row["Cmdlet"]: row["Each"] for row in map(entries, hashtables(rows)) if "Each" in row}
    each = {strings(cmdlet)[0]: strings(parameter)[0] for cmdlet, parameter in found.items()}

    assert each == LABELLED_WITH


def test_active_directory_is_asked_for_nothing_that_a_forest_without_exchange_lacks() -> None:
    (properties,) = assigned(parsed(SCRIPT), "$AdUser")

    assert "adminCount" in strings(properties)
    assert not [name for name in strings(properties) if name.startswith("msExch")]


# Columns that checks read and the collector does not keep, and why.
NOT_KEPT = {"Get-ADUser": {"msExchRecipientTypeDetails"}}  # asked for by no name that begins with msExch: see above


def kept() -> dict[str, set[str]]:
    """By cmdlet, the properties that the table keeps of its objects; none is in it of which all are kept."""
    tree = parsed(SCRIPT)
    (rows,) = assigned(tree, "$Commands")
    found: dict[str, set[str]] = {}
    for row in map(entries, hashtables(rows)):
        if "Keep" in row:
            names = set(strings(row["Keep"])) or {
                name for node in assigned(tree, text(row["Keep"])) for name in strings(node)
            }
            found |= {cmdlet: names | found.get(cmdlet, set()) for cmdlet in strings(row["Cmdlet"])}
    return found


def test_it_keeps_every_column_that_is_read() -> None:
    stores = [store(Vantage.EDGE, "", name) for name in ("Root", "My")]
    probes = (*constants(checker.readings), *constants(checker.checks), *stores)

    assert {"Get-CsUser", "Get-CsOnlineUser", "Get-ADUser", "Get-MgUser", "Get-ChildItem"} <= set(kept())
    assert not [
        f"{probe.cmdlet}: {missing}"
        for probe in probes
        if probe.cmdlet in kept()
        and (missing := set(probe.properties) - kept()[probe.cmdlet] - NOT_KEPT.get(probe.cmdlet, set()))
    ]


def test_a_front_end_tries_every_port_that_is_judged() -> None:
    ports = sorted({5061, *FROM_ALL, *FROM_ONE, *LOGGING})

    assert f"$ports = {', '.join(map(str, ports))}\n".encode() in SCRIPT


def gathered() -> dict[Vantage, set[str]]:
    """By vantage, the names of files that the table makes, without labels and endings."""
    found: dict[Vantage, set[str]] = {vantage: set() for vantage in Vantage}
    for path in chain.from_iterable(row.paths for row in table(SCRIPT)):
        folder, _, file = path.partition("/")
        found[Vantage(folder.partition("--")[0])].add(file.partition(".")[0].partition("--")[0])
    return found


@pytest.mark.parametrize("vantage", Vantage)
def test_it_gathers_every_file_that_is_read_but_for_those_with_a_reason(vantage: Vantage) -> None:
    assert set(CMDLETS[vantage]) - gathered()[vantage] == set(LEFT_OUT.get(vantage, {}))


def test_it_gathers_every_label_that_means_something() -> None:
    made = {label for path in chain.from_iterable(row.paths for row in table(SCRIPT)) for label in path.split("--")[1:]}
    assert {label for labels in LABELS.values() for label in labels} - {
        label.rpartition(".")[0] for label in made
    } == LABELS_LEFT_OUT


def test_what_it_gathers_on_three_machines_makes_a_sound_deployment_ready(tmp_path: Path) -> None:
    done = csready("lab", "--write-evidence", "unused", "--write", "csready.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    write_evidence(SCENARIOS["ready"].deployment, tmp_path / "estate", Form.CLIXML)
    machines = {
        "frontend.zip": (Vantage.ONPREM, Vantage.DNS_INTERNAL),
        "edge.zip": (Vantage.EDGE, Vantage.DNS_EDGE),
        "workstation.zip": (Vantage.WORKSTATION, Vantage.TENANT, Vantage.DNS_EXTERNAL),
    }
    for name, vantages in machines.items():
        _pack(tmp_path / name, tmp_path / "estate", vantages)
    options = [word for name in machines for word in ("--evidence", name)]
    code, report = scanned("-c", "csready.toml", *options, "--offline", cwd=tmp_path)
    assert (code, report.verdict.value) == (Exit.READY, "ready")


def _pack(zip_: Path, estate: Path, vantages: tuple[Vantage, ...]) -> None:
    """What the collector would have written there: no other file, its manifest, and backslashes as 5.1 has them."""
    notes = json.loads((estate / "manifest.json").read_text(encoding="utf-8"))
    kept = {}
    with zipfile.ZipFile(zip_, "w") as archive:
        for path, note in notes["files"].items():
            folder, _, file = path.partition("/")
            vantage = Vantage(folder.partition("--")[0])
            if vantage in vantages and file.partition(".")[0].partition("--")[0] in gathered()[vantage]:
                kept[path] = note
                if note["sha256"]:
                    archive.write(estate / path, path.replace("/", "\\"))
        manifest = json.dumps({**notes, "tool": "Collect-CsReadiness.ps1", "files": kept}, indent=4)
        archive.writestr("manifest.json", manifest.encode("utf-8-sig"))


def test_the_page_for_the_security_officer_lists_just_what_it_runs() -> None:
    listed = re.findall(r"`([A-Z][A-Za-z]+-[A-Za-z]+|whoami)`", section("docs/collector.md", "## What it runs"))
    tree = parsed(SCRIPT)
    run = {command.name.removesuffix(".exe") for command in commands(tree) if not command.operator} - functions(tree)
    run |= {cmdlet.rpartition("\\")[2] for row in table(SCRIPT) for cmdlet in row.cmdlets}
    assert set(listed) == run


def test_the_command_prints_the_script_and_never_overwrites(tmp_path: Path) -> None:
    assert csready("collector", cwd=tmp_path).stdout.encode() == SCRIPT
    assert csready("collector", "--output", "c.ps1", cwd=tmp_path).returncode == Exit.READY
    assert (tmp_path / "c.ps1").read_bytes() == SCRIPT
    again = csready("collector", "--output", "c.ps1", cwd=tmp_path)
    assert again.returncode == Exit.USAGE
    assert "c.ps1" in again.stderr

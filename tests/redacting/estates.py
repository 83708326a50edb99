"""Runs of the lab out of files alone, and what must not be seen of each: gathered from what the lab was told to be."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from checker.cli.delivering import conclude
from checker.cli.report_writing import Outcome
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.deployment import Deployment
from checker.lab.evidence_writing import Form, write_evidence
from checker.lab.naming import ADMIN_HOST, DOMAINS, EDGE, EDGE_POOL, FRONT_ENDS, POOL, WEB_CONFERENCING
from checker.lab.running import operators_answers, write_configuration
from checker.lab.scenarios import SCENARIOS
from checker.model.facts import Selection, Snapshot, decode_snapshot
from checker.probers.evidence_files.store import EvidenceFiles
from checker.rejudging import judged_again

KEY = b"a key of the operator's, for tests"
HOSTS = (*FRONT_ENDS, POOL, EDGE, EDGE_POOL, ADMIN_HOST, WEB_CONFERENCING)
SAMPLES = Path(__file__).parents[2] / "reports"

_STAYS = re.compile(
    r"(?:.*\.)?(?:lync\.com|lync\.cn|skypeforbusiness\.us|outlook\.com)|(?:lyncdiscover|msoid|csready).*|_.*"
)
_OF_THE_CLOUD = ("52.112.", "52.113.", "52.127.", "42.159.", "127.", "8.8.8.8")
_ADDRESS = re.compile(r"(?:\w+:)?(\S+)@[\w.-]+\.[a-z]+")
_NAME = re.compile(rf"(?<![\w@.-])(?:[\w-]+\.)+(?:{'|'.join(map(re.escape, (*DOMAINS, 'example.net')))})(?![\w.])")
_PEOPLE = ("Get-CsUser", "Get-ADUser", "Get-CsMeetingRoom", "Get-CsCommonAreaPhone", "Get-CsHybridApplicationEndpoint")


@dataclass(frozen=True)
class Estate:
    """``hidden``: what of it may stand in nothing that is shared, in lower case."""

    outcome: Outcome
    hidden: frozenset[str]


@lru_cache
def of_files(scenario: str, form: Form = Form.JSON) -> Estate:
    """A scenario, judged from its evidence folder."""
    deployment = SCENARIOS[scenario].deployment.at(datetime.now(UTC))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_configuration(operators_answers(deployment), deployment, folder / "csready.toml")
        write_evidence(deployment, folder / "evidence", form)
        done = run_scan(
            set_up(Options(config=folder / "csready.toml")),
            selection=Selection(),
            deadline_s=60,
            progress=lambda line: None,
            files=EvidenceFiles([folder / "evidence"]),
            offline=True,
        )
    return Estate(conclude(done.investigation.assessment(), done.snapshot), frozenset(hidden(deployment)))


@lru_cache
def of_sample(folder: str, scenario: str) -> Estate:
    """A run over the wires of the lab, as it is kept among the samples."""
    return Estate(judged(sample(folder)), frozenset({*hidden(SCENARIOS[scenario].deployment), "svc-readiness"}))


def sample(folder: str) -> Snapshot:
    return decode_snapshot((SAMPLES / folder / "snapshot.json").read_bytes())


def judged(snapshot: Snapshot) -> Outcome:
    again = judged_again(snapshot)
    return conclude(again.assessment, snapshot, again.prediction)


def hidden(deployment: Deployment) -> Iterator[str]:
    """Users by every name, hosts, addresses and numbers, found by their looks in all that the deployment is."""
    people = [deployment.onprem[cmdlet] for cmdlet in _PEOPLE if cmdlet in deployment.onprem]
    for text in _strings((people, deployment.tenant.users, deployment.batch)):
        if found := _ADDRESS.fullmatch(text):
            yield from (text.lower(), found[1].lower())
        if text.startswith(("CN=", "S-1-5-21-")):
            yield text.lower()
    for text in (*_strings(deployment), *HOSTS):
        yield from (name.lower() for name in _NAME.findall(text) if not _STAYS.fullmatch(name))
        yield from (each for each in re.findall(r"(?<![\d.])\d+(?:\.\d+){3}(?![\d.])", text) if not _is_known(each))
        yield from re.findall(r"\+\d{7,}", text)
    yield from (host.partition(".")[0] for host in HOSTS if host[-1 - len(host.partition(".")[2]) - 1].isdigit())


def _is_known(address: str) -> bool:
    return address.startswith(_OF_THE_CLOUD) or any(int(part) > 255 for part in address.split("."))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _strings([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))

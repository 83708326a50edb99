"""Measures how much longer a scan of the lab takes than the longest chain of questions that depend on each other.

Every server of the scenario `ready` holds each result back by 200 ms. A question depends on the fact that made it
wanted, and the cmdlets of one PowerShell endpoint besides on the one before them. What is beyond the chain is the
scan's own: signing in, TLS, judging; and the lab's servers, which share its interpreter, as they do under `--lab`.

The limit is on the life of the whole process of `csready scan --lab ready`, less the lab's start; the scan in it stands
beside it. Then single servers fall silent, and the facts of all others must arrive as early as before.
"""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from held_back_csready import HELD_BACK_S
from tabulate import tabulate

from checker.assess import Investigation
from checker.cli import scanning
from checker.config import Options, set_up
from checker.lab import running
from checker.lab.deployment import Deployment
from checker.lab.naming import EDGE, FRONT_ENDS, WEBDIR
from checker.lab.powershell_objects import Behaviour, CmdletReply
from checker.lab.scenarios import SCENARIOS
from checker.lab.web_server import WebBehaviour, WebReply
from checker.model.answers import DnsAnswer, HttpAnswer
from checker.model.facts import Fact, NoAnswer, Selection
from checker.model.probes import AnyProbe, CmdletProbe, TlsProbe, Vantage

LIMIT = 1.25  # times the longest chain
SILENCE_LIMIT = 1.1  # times the arrival of the last fact of the others, with nobody silent
RUNS = 3
DEADLINE_S = 5.0  # of the runs with a silent server: enough for everybody else
COMMAND = Path(__file__).with_name("held_back_csready.py")
READY = SCENARIOS["ready"].deployment
SILENT_CMDLET = CmdletReply(behaviour=Behaviour.SILENT)
SILENCES = {
    FRONT_ENDS[1]: READY.with_local(FRONT_ENDS[1], "Get-CsServerPatchVersion", SILENT_CMDLET),
    EDGE: READY.with_local(EDGE, "Get-CsServerPatchVersion", SILENT_CMDLET),
    WEBDIR: READY.with_page(
        WEBDIR, "/Autodiscover/AutodiscoverService.svc/root", WebReply(behaviour=WebBehaviour.SILENT)
    ),
}


class RecordedInvestigation(Investigation):
    """Notes when each fact arrived, on the clock of ``time.monotonic``, and which fact made which question wanted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.arrived: dict[AnyProbe, float] = {}
        self.because_of: dict[AnyProbe, AnyProbe | None] = {}
        self._latest: AnyProbe | None = None
        super().__init__(*args, **kwargs)

    def wanted(self) -> tuple[AnyProbe, ...]:
        fresh = super().wanted()
        self.because_of.update(dict.fromkeys(fresh, self._latest))
        return fresh

    def tell(self, fact: Fact) -> None:
        self.arrived[fact.probe] = time.monotonic()
        self._latest = fact.probe
        super().tell(fact)


@dataclass(frozen=True)
class Run:
    """``facts`` in the order of their arrival, ``arrived`` in seconds since the scan began."""

    wall_s: float
    facts: dict[AnyProbe, Fact]
    arrived: dict[AnyProbe, float]
    because_of: dict[AnyProbe, AnyProbe | None]


@dataclass(frozen=True)
class Link:
    """One question of a chain, and how long the chain is with it."""

    probe: AnyProbe
    cost_s: float
    length_s: float


def main() -> int:
    runs = sorted(scans(READY, RUNS, deadline_s=60.0), key=lambda run: run.wall_s)
    run = runs[RUNS // 2]
    chain = longest_chain(run)
    length_s = chain[-1].length_s
    commands_s = sorted(command_s() for _ in range(RUNS))
    rows = [
        ("the longest chain", length_s, 1.0),
        ("the scan: from set-up to snapshot", run.wall_s, run.wall_s / length_s),
        ("the process, less the lab's start", commands_s[RUNS // 2], commands_s[RUNS // 2] / length_s),
    ]
    print(
        f"{len(run.facts)} questions, results held back by {HELD_BACK_S * 1000:g} ms; medians of {RUNS} runs; ", end=""
    )
    print(f"limit: {LIMIT} times the longest chain\n")
    print(tabulate(rows, headers=("", "seconds", "ratio"), floatfmt=".2f"), "\n")
    show_chain(run, chain)
    print(f"\nOne silent server; limit: {SILENCE_LIMIT} times the arrival of the last fact of the others\n")
    silenced = [silence(server, deployment, runs) for server, deployment in SILENCES.items()]
    headers = ("silent", "others' facts", "lost", "last before s", "last s", "ratio", "most delayed by s")
    print(tabulate(silenced, headers=headers, floatfmt=".2f"))
    return int(commands_s[RUNS // 2] > LIMIT * length_s or any(row[2] or row[5] > SILENCE_LIMIT for row in silenced))


def scans(deployment: Deployment, number: int, deadline_s: float) -> list[Run]:
    with (
        running.Lab(deployment, delay_s=HELD_BACK_S) as lab,
        patch.object(scanning, "Investigation", RecordedInvestigation),
    ):
        return [scan(lab, deadline_s) for _ in range(number)]


def scan(lab: running.Lab, deadline_s: float) -> Run:
    setup = set_up(Options(config=lab.config), environment=lab.environment)
    began = time.monotonic()
    done = scanning.run_scan(setup, selection=Selection(), deadline_s=deadline_s, progress=lambda line: None)
    wall_s = time.monotonic() - began
    recorded = done.investigation
    assert isinstance(recorded, RecordedInvestigation)
    facts = {fact.probe: fact for fact in done.snapshot.facts}
    return Run(
        wall_s=wall_s,
        facts={probe: facts[probe] for probe in recorded.arrived},
        arrived={probe: moment - began for probe, moment in recorded.arrived.items()},
        because_of=recorded.because_of,
    )


def command_s() -> float:
    """How long a process of `csready scan --lab ready` lives, without the lab's start."""
    with tempfile.TemporaryDirectory(prefix="csready-bench-") as folder:
        command = [sys.executable, str(COMMAND), "scan", "--lab", "ready", "--out", folder]
        began = time.perf_counter()
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        return time.perf_counter() - began - float(told.stderr)


def cost_s(fact: Fact) -> float:
    """The results held back for one question that come one after the other: each was waited for before the next."""
    if not fact.source:
        return 0.0  # nothing left the program
    results = 1
    match fact.probe, fact.answer:
        case TlsProbe(sip=False), _:
            results = 0  # a handshake is no result: the lab delays the answer to OPTIONS
        case _, HttpAnswer(redirects=redirects):
            results += len(redirects)
        case _, DnsAnswer(truncated=True):
            results += 1  # asked again over TCP
    return results * HELD_BACK_S


def endpoint(fact: Fact) -> str:
    """The PowerShell endpoint that a question went to; empty for what does not wait in a queue."""
    through_shell = fact.probe.vantage is Vantage.DNS_EDGE or isinstance(fact.probe, CmdletProbe)
    return fact.source if through_shell and fact.probe.vantage is not Vantage.TENANT else ""


def longest_chain(run: Run) -> list[Link]:
    links: dict[AnyProbe, Link] = {}
    before: dict[AnyProbe, AnyProbe] = {}
    last_at: dict[str, AnyProbe] = {}
    for probe, fact in run.facts.items():
        earlier = [run.because_of[probe]]
        if queue := endpoint(fact):
            earlier.append(last_at.get(queue))
            last_at[queue] = probe
        known = [found for found in earlier if found is not None]
        start_s = 0.0
        if known:
            before[probe] = max(known, key=lambda each: links[each].length_s)
            start_s = links[before[probe]].length_s
        links[probe] = Link(probe, cost_s(fact), start_s + cost_s(fact))
    end = max(links.values(), key=lambda link: link.length_s)
    chain = [end]
    while chain[0].probe in before:
        chain.insert(0, links[before[chain[0].probe]])
    return chain


def show_chain(run: Run, chain: list[Link]) -> None:
    """The chain, for a reader to check; ``beyond``: by how much each link took longer than its result was held back."""
    rows, earlier_s = [], 0.0
    for link in chain:
        arrived_s = run.arrived[link.probe]
        rows.append((link.probe.id, link.length_s, arrived_s, arrived_s - earlier_s - link.cost_s))
        earlier_s = arrived_s
    rows.append(("(end of the scan)", chain[-1].length_s, run.wall_s, run.wall_s - earlier_s))
    print(tabulate(rows, headers=("the longest chain", "chain s", "arrived s", "beyond s"), floatfmt=".3f"))


def silence(server: str, deployment: Deployment, loud: list[Run]) -> tuple[str, int, int, float, float, float, float]:
    """How a server's silence met the facts of all others: how many came, how many did not, and when the last."""
    quiet = scans(deployment, RUNS, DEADLINE_S)
    before, now = answered_by_others(server, loud), answered_by_others(server, quiet)
    last_before_s, last_s = max(before.values()), max(now[probe] for probe in before.keys() & now.keys())
    latest_s = max(now[probe] - before[probe] for probe in before.keys() & now.keys())
    return server, len(now), len(before.keys() - now.keys()), last_before_s, last_s, last_s / last_before_s, latest_s


def answered_by_others(server: str, runs: list[Run]) -> dict[AnyProbe, float]:
    """When each fact arrived, in the run where it came earliest: what else the machine does can only delay it."""
    earliest: dict[AnyProbe, float] = {}
    for run in runs:
        for probe, fact in run.facts.items():
            if not isinstance(fact.answer, NoAnswer) and server not in fact.source:
                earliest[probe] = min(run.arrived[probe], earliest.get(probe, run.arrived[probe]))
    return earliest


if __name__ == "__main__":
    sys.exit(main())

"""Servers that take every question and never finish an answer: the scan ends in time, with a whole report."""

import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from checker.checks import all_checks
from checker.cli.scanning import run_scan
from checker.config import Options, set_up
from checker.lab.deployment import Deployment, Records, Replies
from checker.lab.naming import CONFIG_API, GRAPH
from checker.lab.powershell_objects import Behaviour
from checker.lab.running import Lab
from checker.lab.sound_deployment import SOUND
from checker.lab.web_server import WebBehaviour, WebReply
from checker.lab.zones import DnsBehaviour
from checker.model.facts import Selection, Snapshot
from checker.model.probes import HttpProbe
from checker.model.report import RunVerdict, decode_report
from checker.model.verdicts import Status
from checker.probers.tenant_routes import ROUTES
from tests.cli.running import csready


@pytest.fixture(scope="module")
def ready() -> Snapshot:
    with Lab(SOUND) as lab:
        setup = set_up(Options(config=lab.config), environment=lab.environment)
        return run_scan(setup, selection=Selection(), deadline_s=60, progress=lambda line: None).snapshot


def stalled(ready: Snapshot, cmdlets: Behaviour, web: WebBehaviour) -> Deployment:
    """The sound deployment with every one of its servers taking questions, and none ever getting to its answer."""
    asked = [urlsplit(fact.probe.url) for fact in ready.facts if isinstance(fact.probe, HttpProbe)]
    pages = {(str(url.hostname), url.path) for url in asked}
    pages |= {(host, urlsplit(route.path).path) for route in ROUTES.values() for host in (CONFIG_API, GRAPH)}

    def mute(replies: Replies) -> Replies:
        return {name: replace(reply, behaviour=cmdlets) for name, reply in replies.items()}

    def deaf(records: Records) -> Records:
        return {key: replace(reply, behaviour=DnsBehaviour.SILENT) for key, reply in records.items()}

    sound = SOUND.at(ready.as_of)
    return replace(
        sound,
        onprem=mute(sound.replies()),
        machines={name: replace(each, cmdlets=mute(each.replies())) for name, each in sound.machines.items()},
        pages={page: WebReply(body=b"{}" * 100, behaviour=web) for page in pages},
        sipfed="filtered",
        external=deaf(SOUND.external),
        internal=deaf(SOUND.internal),
        at_edge=deaf(SOUND.at_edge),
    )


@pytest.mark.parametrize(
    ("cmdlets", "web"), [(Behaviour.SILENT, WebBehaviour.SILENT), (Behaviour.DRIP, WebBehaviour.DRIP)]
)
def test_where_nobody_ever_finishes_an_answer_the_scan_ends_in_time_with_a_whole_report(
    ready: Snapshot, tmp_path: Path, cmdlets: Behaviour, web: WebBehaviour
) -> None:
    deadline_s = 3
    with Lab(stalled(ready, cmdlets, web)) as lab:
        began = time.monotonic()
        done = csready(
            "scan", "-c", str(lab.config), "--deadline", str(deadline_s), "--json", cwd=tmp_path, **lab.environment
        )
        took = time.monotonic() - began
    report = decode_report(done.stdout.encode())
    assert took < deadline_s + 4  # two for the scan to wind up, two for the interpreter
    assert (done.returncode, report.verdict, report.exit_code) == (5, RunVerdict.INDETERMINATE, 5), done.stderr
    # What the machines see of themselves is never stalled; what the product, the tenant's users and DNS say is.
    passing = {finding.check for finding in report.findings if finding.status is Status.PASS}
    areas = {check.partition(".")[0] for check in passing - {"dns.no-msoid"}}  # a name that nobody has is answered
    assert not areas & {"certificate", "dns", "edge", "federation", "hosting-provider", "topology", "user"}
    assert {count.id for count in report.checks} == {check.id for check in all_checks()}
    assert not any(secret in done.stdout + done.stderr for secret in lab.environment.values())

"""What could not be looked at is never fine, and never broken: for every fact of a sound deployment, one at a time.

The facts are those of a run against the lab. Where a finding stands without one of them, it is listed here with why.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest

from checker.assess import Assessment, Investigation, ask_snapshot, investigate
from checker.checks import all_checks
from checker.cli.scanning import run_scan
from checker.compose import run_verdict
from checker.config import Options, set_up
from checker.lab.deployment import SOUND, Deployment, Records, Replies, Sipfed
from checker.lab.naming import CONFIG_API, GRAPH
from checker.lab.powershell_objects import Behaviour
from checker.lab.running import Lab
from checker.lab.web_server import WebBehaviour, WebReply
from checker.lab.zones import DnsBehaviour
from checker.model.answers import Json, Objects
from checker.model.facts import Fact, NoAnswer, Selection, Snapshot
from checker.model.findings import Finding
from checker.model.probes import CmdletProbe, HttpProbe
from checker.model.report import RunVerdict, decode_report
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.probers.tenant_routes import ROUTES
from tests.cli.running import csready

# Findings that pass without one of the facts they read: check, a part of the fact's id, and why.
STANDS_WITHOUT = {
    ("dns.lyncdiscover", "/A csready-wildcard-probe."): "says only whether the record is a wildcard",
    ("dns.lyncdiscover", "/GET https://lyncdiscover."): "the DNS record decides, a reply can only add a warning",
    ("dns.sip-host", "dns-internal/A sip."): "the view from inside is shown and not judged",
}
READY_WITHOUT = {
    *(part for _, part in STANDS_WITHOUT),
    "/Get-CsSipDomain",  # the operator named the domains
    "/SIP TLS ",  # can at worst warn: it is the Edge that counts
}
# A connection that does not come about is an answer from the machine that runs the move: it cannot move.
ANSWERS_BY_FAILING = {("network.cloud-https", Reason.UNREACHABLE), ("network.sipfed-from-here", Reason.UNREACHABLE)}
ANSWERS_BY_FAILING |= {("network.sipfed-from-here", Reason.TIMED_OUT)}  # at worst a warning

# Properties that the sound deployment is ready without, and why.
NOT_NEEDED = {
    ("Get-CsAccessEdgeConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsAccessEdgeConfiguration", "RoutingMethod"): "the type of the object says it too",
    ("Get-CsHostingProvider", "Identity"): "Name is the same",
    ("Get-CsHostingProvider", "Name"): "Identity is the same",
    ("Get-CsPool", "Fqdn"): "Identity is the same",
    ("Get-CsPool", "Identity"): "Fqdn is the same",
    ("Get-CsPool", "Site"): "no check reads it",
    ("Get-CsService", "Identity"): "with -EdgeServer every row is an Edge's",
    ("Get-CsService", "Registrar"): "no check reads it",
    ("Get-CsService", "DataEdgeExternalFqdn"): "no check reads it",
    ("Get-CsSipDomain", "Identity"): "Name is the same",
    ("Get-CsSipDomain", "Name"): "Identity is the same",
    ("Get-CsSipDomain", "IsDefault"): "no check reads it",
    ("Get-CsUser", "SipAddress"): "the UPN finds the user too",
    ("Get-CsUser", "UserPrincipalName"): "the SIP address finds the user too",
    ("Get-CsUser", "SamAccountName"): "only for lists of account names",
    ("Get-CsUser", "RegistrarPool"): "no check reads it",
    ("Get-CsUser", "EnterpriseVoiceEnabled"): "no check reads it",
    ("Get-CsUser", "LineURI"): "no check reads it",
    ("Get-CsTenantFederationConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsTenantFederationConfiguration", "AllowedDomains"): "left out where the tenant is open",
    ("Get-CsTenantFederationConfiguration", "BlockAllSubdomains"): "nothing is blocked",
    ("Get-MgUser", "ProxyAddresses"): "the UPN finds the user too",
    ("Get-MgSubscribedSku", "SkuPartNumber"): "no check reads it",
    ("Get-Module", "Name"): "asked for by name",
    ("Get-Module", "ModuleBase"): "only tells another edition's modules apart",
    ("Invoke-WebRequest", "Content"): "the status alone says that the address was reached",
}


FROM_EDGE = "network.sipfed-from-edge"


@pytest.fixture(scope="module")
def ready() -> Snapshot:
    with Lab(SOUND) as lab:
        setup = set_up(Options(config=lab.config), environment=lab.environment)
        return run_scan(setup, selection=Selection(), deadline_s=60, progress=lambda line: None).snapshot


def judged(snapshot: Snapshot) -> Assessment:
    investigation = Investigation(snapshot.target, all_checks(), facts=snapshot.facts)
    return investigate(investigation, ask_snapshot(snapshot))


def verdict(assessment: Assessment) -> RunVerdict:
    return run_verdict(all_checks(), assessment)


def with_answer(snapshot: Snapshot, fact: Fact, answer: Objects | NoAnswer) -> Snapshot:
    changed = msgspec.structs.replace(fact, answer=answer)
    facts = tuple(changed if each is fact else each for each in snapshot.facts)
    return msgspec.structs.replace(snapshot, facts=facts)


def broken(assessment: Assessment) -> set[tuple[str, str]]:
    """Check and subject of all that fails or warns, users included."""
    found = {(each.check.id, each.subject.name) for each in assessment.findings if _is_bad(each.status)}
    for user in assessment.users:
        found |= {(each.check.id, user.row.subject) for each in user.results if _is_bad(each.status)}
    return found


def _is_bad(status: Status) -> bool:
    return status in (Status.FAIL, Status.WARN)


def subjects(assessment: Assessment) -> set[str]:
    return {each.subject.name for each in assessment.findings} | {user.row.subject for user in assessment.users}


def stands_without(finding: Finding, fact: Fact) -> bool:
    return any(finding.check.id == check and asked in fact.probe.id for check, asked in STANDS_WITHOUT)


def test_the_run_is_ready_before_anything_is_taken_away(ready: Snapshot) -> None:
    assert verdict(judged(ready)) is RunVerdict.READY


@pytest.mark.parametrize("reason", Reason)
def test_without_any_one_fact_nothing_that_rests_on_it_passes_or_fails(ready: Snapshot, reason: Reason) -> None:
    none = NoAnswer(reason=reason, code="gone", detail="nobody could say")
    for fact in ready.facts:
        if isinstance(fact.answer, NoAnswer):
            continue
        assessment = judged(with_answer(ready, fact, none))
        resting = [each for each in assessment.findings if fact.probe.id in each.evidence]
        passing = [each.id for each in resting if each.status is Status.PASS and not stands_without(each, fact)]
        assert not passing, fact.probe.id
        if not any(asked in fact.probe.id for asked in READY_WITHOUT):
            assert verdict(assessment) is not RunVerdict.READY, fact.probe.id
        blamed = {(check, reason) for check, _ in broken(assessment)} - ANSWERS_BY_FAILING
        assert not blamed, fact.probe.id


def changed_rows(objects: Objects, name: str) -> Iterator[tuple[dict[str, Json], ...]]:
    """Each row once without the property, once with what cannot be read in its place."""
    for place, row in enumerate(objects.rows):
        spelt = next((key for key in row if key.casefold() == name.casefold()), None)
        if spelt is not None:
            before, after = objects.rows[:place], objects.rows[place + 1 :]
            yield (*before, {key: value for key, value in row.items() if key != spelt}, *after)
            yield (*before, {**row, spelt: {"nested": [{"deeper": None}]}}, *after)


def test_without_any_one_property_nothing_fails_and_nobody_is_lost(ready: Snapshot) -> None:
    whole = judged(ready)
    needless = set()
    for fact in ready.facts:
        if not isinstance(fact.answer, Objects) or not isinstance(fact.probe, CmdletProbe):
            continue
        for name in fact.probe.properties:
            verdicts = set()
            for rows in changed_rows(fact.answer, name):
                assessment = judged(with_answer(ready, fact, Objects(rows=rows)))
                verdicts.add(verdict(assessment))
                what = f"{fact.probe.id} without {name}"
                # Whose home is not known joins the batch; that nobody knows it in the cloud is then true.
                joined = subjects(assessment) - subjects(whole)
                assert {each for each in broken(assessment) if each[1] not in joined} == set(), what
                lost = {f.id for f in whole.findings if f.subject.name not in subjects(assessment)}
                assert not lost or verdict(assessment) is RunVerdict.INDETERMINATE, what
            if verdicts == {RunVerdict.READY}:
                needless.add((fact.probe.cmdlet, name))
    assert needless <= set(NOT_NEEDED)


def test_a_topology_without_front_ends_is_one_that_was_not_read(ready: Snapshot) -> None:
    (pools,) = (fact for fact in ready.facts if fact.probe.id == "onprem/Get-CsPool")
    assert isinstance(pools.answer, Objects)
    edges = tuple(row for row in pools.answer.rows if "EdgeServer" in str(row["Services"]))
    for rows in ((), edges):
        assert verdict(judged(with_answer(ready, pools, Objects(rows=rows)))) is RunVerdict.INDETERMINATE


def stalled(ready: Snapshot, cmdlets: Behaviour, web: WebBehaviour) -> Deployment:
    """The sound deployment with every one of its servers taking questions, and none ever getting to its answer."""
    asked = [urlsplit(fact.probe.url) for fact in ready.facts if isinstance(fact.probe, HttpProbe)]
    pages = {(str(url.hostname), url.path) for url in asked}
    pages |= {(host, urlsplit(route.path).path) for route in ROUTES.values() for host in (CONFIG_API, GRAPH)}

    def mute(replies: Replies) -> Replies:
        return {name: replace(reply, behaviour=cmdlets) for name, reply in replies.items()}

    def deaf(records: Records) -> Records:
        return {key: replace(reply, behaviour=DnsBehaviour.SILENT) for key, reply in records.items()}

    return replace(
        SOUND,
        onprem=mute(SOUND.onprem),
        servers={server: mute(replies) for server, replies in SOUND.servers.items()},
        pages={page: WebReply(body=b"{}" * 100, behaviour=web) for page in pages},
        sipfed=Sipfed(seen_from_here="filtered"),
        external=deaf(SOUND.external),
        internal=deaf(SOUND.internal),
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
    # What the lab's Edge sees of the network is the one thing that is never stalled, and so the one that is known.
    assert {finding.check for finding in report.findings if finding.status is Status.PASS} == {FROM_EDGE}
    assert {count.id for count in report.checks} == {check.id for check in all_checks()}
    assert report.coverage.looked_at == 0  # a check counts as looked at when none of its subjects is unknown
    assert not any(secret in done.stdout + done.stderr for secret in lab.environment.values())

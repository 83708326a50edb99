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
from checker.lab.deployment import Deployment, Records, Replies
from checker.lab.naming import CONFIG_API, GRAPH
from checker.lab.powershell_objects import Behaviour
from checker.lab.running import Lab
from checker.lab.sound_deployment import SOUND
from checker.lab.web_server import WebBehaviour, WebReply
from checker.lab.zones import DnsBehaviour
from checker.model.answers import Json, Objects
from checker.model.checks import UserCheck, Worst
from checker.model.evidence import Evidence
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
    ("dns.internal-discovery-records", "/A csready-wildcard-probe."): "says only whether the record is a wildcard",
    ("user.licence-teams-sfb", "/Get-Mg"): "Get-CsOnlineUser says it too",
    ("user.licence-audio-conferencing", "/Get-Mg"): "Get-CsOnlineUser says it too",
    ("user.registrar-pool", "/Get-CsServerPatchVersion"): "of another pool, or another server of the pool says it",
    ("user.ad-account-enabled", "/Get-ADUser"): "Graph says it too",
    ("user.proxy-address", "/Get-ADUser"): "Get-CsOnlineUser says it too",
    ("user.synced", "/Get-CsOnlineUser"): "Graph says it, but for the locator",
    ("user.validation-errors", "/Get-CsOnlineUser"): "Graph says it too",
    ("user.sip-domain", "/Get-CsSipDomain"): "the operator named the domains",
    ("certificate.edge-names", "/Get-CsSipDomain"): "the operator named the domains",
    ("certificate.edge-names", "/Get-CsOnlineSipDomain"): "names of domains that are online alone only warn",
    ("network.edge-inbound-5061", "/Get-CsSipDomain"): "the operator named the domains",
    ("tenant.cloud-matches-provider", "/Get-CsSipDomain"): "the operator named the domains",
    ("tenant.identity-consistent", "/Get-CsSipDomain"): "the operator named the domains",
    ("tenant.cloud-matches-provider", "/Get-MgDomainServiceConfigurationRecord"): "Get-CsTenant says it too",
    ("certificate.oauth-token-issuer", "/Get-CsCertificate"): "a silent Front End has an unknown of its own",
    ("network.edge-internal-ports", "-Port 4443"): "one Front End that gets through is enough",
    ("network.edge-internal-ports", "-Port 5000"): "logging can at worst warn",
    ("topology.product-supported", "/Get-CsServerPatchVersion"): "another server of the pool says it too",
    ("topology.subscription-edition-coexistence", "/Get-CsServerPatchVersion"): "another server of the pool says it",
    ("topology.supported-mix", "/Get-CsServerPatchVersion"): "another server of the pool says it too",
    ("workstation.admin-tools-version", "/Get-Module"): "Get-CsServerPatchVersion says that the tools are there",
}
# A connection that does not come about is an answer from the machine that runs the move: it cannot move.
ANSWERS_BY_FAILING = {("network.cloud-https", Reason.UNREACHABLE), ("network.sipfed-from-here", Reason.UNREACHABLE)}
ANSWERS_BY_FAILING |= {("network.sipfed-from-here", Reason.TIMED_OUT)}  # at worst a warning

# Active Directory shows an attribute only of accounts that have it: that it is not there says that it is not set.
SAYS_BY_ABSENCE = {("Get-ADUser", "proxyAddresses")}

# Properties without which the sound deployment comes out the same, and why.
NOT_NEEDED = {
    ("Get-ADUser", "msRTCSIP-DeploymentLocator"): "only of users whom Get-CsUser does not have",
    ("Get-ADUser", "Enabled"): "Graph says it",
    ("Get-ADUser", "ObjectClass"): "only in a resource forest",
    ("Get-ADUser", "SID"): "only in a resource forest",
    ("Get-ADUser", "SamAccountName"): "only for lists of account names",
    ("Get-ADUser", "UserPrincipalName"): "the distinguished name finds the account too",
    ("Get-ADUser", "msRTCSIP-PrimaryUserAddress"): "proxyAddresses holds the same address",
    ("Get-ChildItem", "PSParentPath"): "asked for by the store",
    ("Get-ChildItem", "EnhancedKeyUsageList"): "of roots nobody reads it; without it a certificate is for all uses",
    ("Get-CsAccessEdgeConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsCertificate", "Issuer"): "no check reads it",
    ("Get-CsCertificate", "Subject"): "the names count",
    ("Get-CsHostingProvider", "Name"): "Identity is the same",
    ("Get-CsOnlineUser", "AssignedPlan"): "Graph says it",
    ("Get-CsOnlineUser", "ExternalAccessPolicy"): "nobody has an own one on-premises",
    ("Get-CsOnlineUser", "HostingProvider"): "for moves back",
    ("Get-CsOnlineUser", "ShadowProxyAddresses"): "Active Directory says it",
    ("Get-CsOnlineUser", "TeamsUpgradeEffectiveMode"): "for moves back",
    ("Get-CsOnlineUser", "TeamsUpgradePolicy"): "for moves back",
    ("Get-CsPool", "Identity"): "Fqdn is the same",
    ("Get-CsPool", "Site"): "no check reads it",
    ("Get-CsSipDomain", "Identity"): "Name is the same",
    ("Get-CsSipDomain", "IsDefault"): "no check reads it",
    ("Get-CsStaticRoutingConfiguration", "Identity"): "it only names the route",
    ("Get-CsTenant", "ServiceInstance"): "the service records say it",
    ("Get-CsTenantFederationConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsTenantFederationConfiguration", "BlockAllSubdomains"): "nothing is blocked",
    ("Get-CsUser", "SamAccountName"): "only for lists of account names",
    ("Get-ItemProperty", "Name"): "asked for by name",
    ("Get-ItemProperty", "Path"): "asked for by path",
    ("Get-MgUser", "AccountEnabled"): "Active Directory says it",
    ("Get-MgUser", "OnPremisesProvisioningErrors"): "Get-CsOnlineUser says it",
    ("Get-MgUser", "OnPremisesSyncEnabled"): "Get-CsOnlineUser says it",
    ("Get-MgUser", "ServiceProvisioningErrors"): "Get-CsOnlineUser says it",
    ("Get-MgSubscribedSku", "SkuPartNumber"): "no check reads it",
    ("Get-MgDomainServiceConfigurationRecord", "RecordType"): "the service and its protocol say it",
    ("Invoke-WebRequest", "Content"): "the status alone says that the address was reached",
}


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


def asked_of_users(snapshot: Snapshot) -> dict[str, set[str]]:
    """Of each user check, the ids of the facts that it asked for all users."""
    whole = {fact.probe: fact for fact in snapshot.facts}
    found = {}
    for check in all_checks():
        if isinstance(check, UserCheck) and not check.applies.refusal(snapshot.target):
            evidence = Evidence(whole)
            check.bind(snapshot.target, evidence)
            found[check.id] = {probe.id for probe in evidence.consulted}
    return found


@pytest.mark.parametrize("reason", Reason)
def test_without_a_fact_about_users_nobody_passes_by_it(ready: Snapshot, reason: Reason) -> None:
    none = NoAnswer(reason=reason, code="gone", detail="nobody could say")
    asked = asked_of_users(ready)
    for fact in ready.facts:
        resting = [check for check, probes in asked.items() if fact.probe.id in probes]
        if isinstance(fact.answer, NoAnswer) or not resting:
            continue
        tallies = judged(with_answer(ready, fact, none)).tallies
        passing = {(check, fact.probe.id) for check in resting if tallies[check].passed}
        left = {each for each in passing if not any(each[0] == c and part in each[1] for c, part in STANDS_WITHOUT)}
        assert not left


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
        unknown = [each for each in resting if each.status is Status.UNKNOWN and each.check.worst is Worst.FAIL]
        assert (verdict(assessment) is RunVerdict.READY) is not bool(unknown), fact.probe.id
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
    needless, needed = set(), set()
    for fact in ready.facts:
        if not isinstance(fact.answer, Objects) or not isinstance(fact.probe, CmdletProbe):
            continue
        for name in fact.probe.properties:
            said = []
            for rows in changed_rows(fact.answer, name):
                assessment = judged(with_answer(ready, fact, Objects(rows=rows)))
                said.append(assessment.tallies)
                what = f"{fact.probe.id} without {name}"
                # Whose home is not known joins the batch; that nobody knows it in the cloud is then true.
                joined = subjects(assessment) - subjects(whole)
                if (fact.probe.cmdlet, name) not in SAYS_BY_ABSENCE:
                    assert {each for each in broken(assessment) if each[1] not in joined} == set(), what
                lost = {f.id for f in whole.findings if f.subject.name not in subjects(assessment)}
                assert not lost or verdict(assessment) is RunVerdict.INDETERMINATE, what
            if said and all(tallies == whole.tallies for tallies in said):
                needless.add((fact.probe.cmdlet, name))
            else:
                needed.add((fact.probe.cmdlet, name))
    assert needless - needed <= set(NOT_NEEDED)


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

    sound = SOUND.at(ready.as_of)
    return replace(
        sound,
        onprem=mute(sound.replies()),
        machines={name: replace(each, cmdlets=mute(each.replies())) for name, each in sound.machines.items()},
        pages={page: WebReply(body=b"{}" * 100, behaviour=web) for page in pages},
        sipfed="filtered",
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
    # What the machines see of themselves is never stalled; what the product, the tenant's users and DNS say is.
    passing = {finding.area for finding in report.findings if finding.status is Status.PASS}
    assert not passing & {"hosting-provider", "edge", "federation", "user"}
    assert {count.id for count in report.checks} == {check.id for check in all_checks()}
    assert not any(secret in done.stdout + done.stderr for secret in lab.environment.values())

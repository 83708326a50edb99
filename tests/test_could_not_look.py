"""What could not be looked at is never fine, and never broken: for every fact of a sound deployment, one at a time.

The facts are those of runs against the lab. Where a finding stands without one of them, it is listed here with why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec
import pytest

from checker.assess import Assessment, Investigation, ask_snapshot, investigate
from checker.checks import all_checks
from checker.cli.scanning import run_scan
from checker.compose import run_verdict
from checker.config import Options, set_up
from checker.lab.naming import GCC_HIGH
from checker.lab.running import Lab
from checker.lab.scenarios_of_profiles import DECOMMISSIONED, RETURNING, built, lync_2013
from checker.lab.sound_deployment import SOUND, sound_deployment
from checker.model.answers import Json, Objects
from checker.model.checks import Check, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.facts import Fact, NoAnswer, Selection, Snapshot
from checker.model.probes import AnyProbe, CmdletProbe
from checker.model.report import RunVerdict
from checker.model.undecided import Reason
from checker.model.verdicts import Status

BUG = Reason.BUG
SETTLED = (Status.PASS, Status.NOT_APPLICABLE)

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
    ("topology.subscription-edition-coexistence", "/Get-Item"): "another server of the pool says it",
    ("topology.supported-mix", "/Get-Item"): "another server of the pool says it too",
    ("topology.single-hybrid-forest", "/Get-CsSipDomain"): "nothing is enabled online but what the operator named",
    (
        "tenant.foreign-sip-domains-disabled",
        "/Get-CsSipDomain",
    ): "nothing is enabled online but what the operator named",
    ("user.registrar-pool", "/Get-Item"): "of another pool, or another server of the pool says it",
    ("user.return-teams-only", "/Get-CsServerPatchVersion"): "another Front End that is older is enough",
    ("dns.online-records", "/Get-MgDomainServiceConfigurationRecord"): "the names of the cloud are known",
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
    ("Get-ChildItem", "PSParentPath"): "asked for by the store",
    ("Get-CsAccessEdgeConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsCertificate", "Issuer"): "no check reads it",
    ("Get-CsCertificate", "Subject"): "the names count",
    ("Get-CsHostingProvider", "Name"): "Identity is the same",
    ("Get-CsOnlineUser", "AssignedPlan"): "Graph says it",
    ("Get-CsOnlineUser", "ExternalAccessPolicy"): "nobody has an own one on-premises",
    ("Get-CsOnlineUser", "ShadowProxyAddresses"): "Active Directory says it",
    ("Get-CsOnlineUser", "TeamsUpgradeEffectiveMode"): "for moves back",
    ("Get-CsPool", "Identity"): "Fqdn is the same",
    ("Get-CsPool", "Site"): "no check reads it",
    ("Get-CsSipDomain", "Identity"): "Name is the same",
    ("Get-CsSipDomain", "IsDefault"): "no check reads it",
    ("Get-CsStaticRoutingConfiguration", "Identity"): "it only names the route",
    ("Get-CsTenant", "ServiceInstance"): "the service records say it",
    ("Get-CsTenantFederationConfiguration", "Identity"): "the cmdlet has one object",
    ("Get-CsTenantFederationConfiguration", "BlockAllSubdomains"): "nothing is blocked",
    ("Get-CsUser", "SamAccountName"): "only for lists of account names",
    ("Get-Item", "Name"): "asked for by its path",
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


# Deployments that are right as they are, each in its own phase, direction, cloud or generation.
PROFILES = {
    "hybrid": SOUND,
    "gcc-high": sound_deployment(GCC_HIGH),
    "cutover": SOUND.saying("deployment", phase="cutover"),
    "decommission": DECOMMISSIONED,
    "return": RETURNING,
    "return-to-2015": built("6.0.9319.281", "2015", RETURNING),
    "lync-2013": lync_2013(),
    "two-forests": SOUND.saying("deployment", forests=2),
}


@dataclass(frozen=True)
class Sound:
    """A run in which nothing is wrong. ``readers``: of each probe, the checks that ask for it."""

    snapshot: Snapshot
    whole: Assessment
    readers: Mapping[AnyProbe, tuple[Check, ...]]

    def with_answer(self, fact: Fact, answer: Objects | NoAnswer) -> Assessment:
        """The checks that read this fact, judged again; to the others it makes no difference."""
        changed = msgspec.structs.replace(fact, answer=answer)
        facts = tuple(changed if each is fact else each for each in self.snapshot.facts)
        checks = self.readers.get(fact.probe, ())
        assessment = judged(msgspec.structs.replace(self.snapshot, facts=facts), checks)
        return replace(assessment, tallies={**self.whole.tallies, **assessment.tallies})

    def answered(self) -> Iterator[Fact]:
        return (fact for fact in self.snapshot.facts if not isinstance(fact.answer, NoAnswer))


def judged(snapshot: Snapshot, checks: Sequence[Check]) -> Assessment:
    return investigate(Investigation(snapshot.target, checks, facts=snapshot.facts), ask_snapshot(snapshot))


def asked_by(check: Check, snapshot: Snapshot) -> set[AnyProbe]:
    known = {fact.probe: fact for fact in snapshot.facts}
    asked: set[AnyProbe] = set()

    def ask(probe: AnyProbe) -> Fact:
        asked.add(probe)
        return known.get(probe) or ask_snapshot(snapshot)(probe)

    investigate(Investigation(snapshot.target, (check,)), ask)
    return asked


@cache
def run_of(profile: str) -> Sound:
    with Lab(PROFILES[profile]) as lab:
        setup = set_up(Options(config=lab.config), environment=lab.environment)
        snapshot = run_scan(setup, selection=Selection(), deadline_s=60, progress=lambda line: None).snapshot
    readers: dict[AnyProbe, tuple[Check, ...]] = {}
    for check in all_checks():
        for probe in asked_by(check, snapshot):
            readers[probe] = (*readers.get(probe, ()), check)
    return Sound(snapshot, judged(snapshot, all_checks()), readers)


@pytest.fixture(params=PROFILES)
def sound(request: pytest.FixtureRequest) -> Sound:
    return run_of(request.param)


def verdict(assessment: Assessment) -> RunVerdict:
    return run_verdict(all_checks(), assessment)


def broken(assessment: Assessment) -> set[tuple[str, str]]:
    """Check and subject of all that fails or warns, users included."""
    found = {(each.check.id, each.subject.name) for each in assessment.findings if _is_bad(each.status)}
    for user in assessment.users:
        found |= {(each.check.id, user.row.subject) for each in user.results if _is_bad(each.status)}
    return found


def _is_bad(status: Status) -> bool:
    return status in (Status.FAIL, Status.WARN)


def bugs(assessment: Assessment) -> set[str]:
    said = [(each.check.id, each.unknown) for each in assessment.findings]
    said += [(each.check.id, each.unknown) for user in assessment.users for each in user.results]
    return {f"{check}: {unknown.detail}" for check, unknown in said if unknown and unknown.reason is BUG}


def subjects(assessment: Assessment) -> set[str]:
    return {each.subject.name for each in assessment.findings} | {user.row.subject for user in assessment.users}


def stands_without(check: str, fact: Fact) -> bool:
    return any(check == each and asked in fact.probe.id for each, asked in STANDS_WITHOUT)


def test_the_run_is_sound_before_anything_is_taken_away(sound: Sound) -> None:
    assert verdict(sound.whole) in (RunVerdict.READY, RunVerdict.READY_WITH_WARNINGS)
    assert bugs(sound.whole) == set()


@pytest.mark.parametrize("reason", Reason)
def test_without_any_one_fact_nothing_that_rests_on_it_passes_or_fails(sound: Sound, reason: Reason) -> None:
    none = NoAnswer(reason=reason, code="gone", detail="nobody could say")
    before = {each.id: each.status for each in sound.whole.findings}
    for fact in sound.answered():
        assessment = sound.with_answer(fact, none)
        resting = [each for each in assessment.findings if fact.probe.id in each.evidence]
        settled = [each.id for each in resting if each.status in SETTLED and not stands_without(each.check.id, fact)]
        assert not [each for each in settled if before.get(each) is not Status.NOT_APPLICABLE], fact.probe.id
        of_users = [check for check in sound.readers.get(fact.probe, ()) if isinstance(check, UserCheck)]
        passing = {check.id for check in of_users if fact.probe.id in bound_to(check, sound.snapshot)}
        passing = {check for check in passing if assessment.tallies[check].passed and not stands_without(check, fact)}
        assert not passing, fact.probe.id
        unknown = [each for each in resting if each.status is Status.UNKNOWN and each.check.worst is Worst.FAIL]
        assert (verdict(assessment) is RunVerdict.INDETERMINATE) is bool(unknown), fact.probe.id
        blamed = {(check, reason) for check, _ in broken(assessment) - broken(sound.whole)} - ANSWERS_BY_FAILING
        assert not blamed, fact.probe.id
        assert reason is BUG or not bugs(assessment), fact.probe.id


def bound_to(check: UserCheck, snapshot: Snapshot) -> set[str]:
    """Ids of the facts that it asks for all users."""
    if check.applies.refusal(snapshot.target):
        return set()
    evidence = Evidence({fact.probe: fact for fact in snapshot.facts})
    check.bind(snapshot.target, evidence)
    return {probe.id for probe in evidence.consulted}


def test_a_part_of_a_list_that_shows_nothing_settles_nothing(sound: Sound) -> None:
    nothing = Objects(rows=(), complete=False)
    before = {each.id: each.status for each in sound.whole.findings}
    for fact in sound.answered():
        if isinstance(fact.answer, Objects):
            assessment = sound.with_answer(fact, nothing)
            resting = [each for each in assessment.findings if fact.probe.id in each.evidence]
            settled = [each for each in resting if each.status is not Status.UNKNOWN]
            settled = [each for each in settled if not stands_without(each.check.id, fact)]
            assert not [each.id for each in settled if before.get(each.id) is Status.PASS], fact.probe.id
            assert broken(assessment) <= broken(sound.whole), fact.probe.id
            assert not bugs(assessment), fact.probe.id


def changed_rows(objects: Objects, name: str) -> Iterator[tuple[dict[str, Json], ...]]:
    """Each row once without the property, once with what cannot be read in its place."""
    for place, row in enumerate(objects.rows):
        spelt = next((key for key in row if key.casefold() == name.casefold()), None)
        if spelt is not None:
            before, after = objects.rows[:place], objects.rows[place + 1 :]
            yield (*before, {key: value for key, value in row.items() if key != spelt}, *after)
            yield (*before, {**row, spelt: {"nested": [{"deeper": None}]}}, *after)


@dataclass(frozen=True)
class Loss:
    """Of one property of one object. ``blamed``: what fails or warns for it; ``is_unseen``: a subject is gone, and the
    verdict does not say so.
    """

    asked: tuple[str, str]
    blamed: set[tuple[str, str]]
    is_unseen: bool
    bugs: set[str]
    makes_a_difference: bool


@cache
def losses(profile: str) -> tuple[Loss, ...]:
    sound = run_of(profile)
    found = []
    for fact in sound.answered():
        if isinstance(fact.answer, Objects) and isinstance(fact.probe, CmdletProbe):
            before = subjects(sound.with_answer(fact, fact.answer))
            for name in fact.probe.properties:
                asked = (fact.probe.cmdlet, name)
                for rows in changed_rows(fact.answer, name):
                    found.append(_loss(asked, sound, before, sound.with_answer(fact, Objects(rows=rows))))
    return tuple(found)


def _loss(asked: tuple[str, str], sound: Sound, before: set[str], assessment: Assessment) -> Loss:
    # Whose home is not known joins the batch; that nobody knows it in the cloud is then true.
    joined = subjects(assessment) - subjects(sound.whole)
    return Loss(
        asked,
        {each for each in broken(assessment) - broken(sound.whole) if each[1] not in joined},
        not before <= subjects(assessment) and verdict(assessment) is not RunVerdict.INDETERMINATE,
        bugs(assessment),
        assessment.tallies != sound.whole.tallies,
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_without_any_one_property_nothing_fails_and_nobody_is_lost(profile: str) -> None:
    for loss in losses(profile):
        assert not loss.blamed or loss.asked in SAYS_BY_ABSENCE, loss.asked
        assert not loss.is_unseen, loss.asked
        assert not loss.bugs, loss.asked


def test_a_property_that_is_asked_for_makes_a_difference_or_it_is_known_why_not() -> None:
    all_losses = [loss for profile in PROFILES for loss in losses(profile)]
    needed = {loss.asked for loss in all_losses if loss.makes_a_difference}
    assert {loss.asked for loss in all_losses} - needed == set(NOT_NEEDED)


def test_a_topology_without_front_ends_is_one_that_was_not_read(sound: Sound) -> None:
    for fact in sound.answered():
        if fact.probe.id == "onprem/Get-CsPool" and isinstance(fact.answer, Objects):
            edges = tuple(row for row in fact.answer.rows if "EdgeServer" in str(row["Services"]))
            for rows in ((), edges):
                assert verdict(sound.with_answer(fact, Objects(rows=rows))) is RunVerdict.INDETERMINATE

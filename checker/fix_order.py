"""The order of the fixes, and how many users each one unblocks once those before it are done."""

import fnmatch
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from graphlib import TopologicalSorter
from heapq import heappop, heappush
from itertools import chain, pairwise

from checker.assess import Assessment
from checker.faults import FAULTS
from checker.model.checks import Check, Remediation, Scope
from checker.model.findings import Finding, UserResult
from checker.model.report import Fix
from checker.model.verdicts import Status, Verdict
from checker.predict import Prediction, blocks

MOST_REMEDIES = 100  # of one user check; every user with all reasons is in users.csv

_SWITCHES = (  # of a hosting provider, which has to be there, and alone, before any of them is set
    "hosting-provider.enabled",
    "hosting-provider.shared-address-space",
    "hosting-provider.hosts-ocs-users",
    "hosting-provider.not-local",
    "hosting-provider.verification-level",
    "hosting-provider.autodiscover-url",
)

# Chains of globs: what a link names is fixed before what the next one names, because the later fix needs it done.
CHAINS: tuple[tuple[str, ...], ...] = (
    # New-CsHostingProvider refuses a name that is taken; a ProxyFqdn used twice keeps the Access Edge from starting.
    ("hosting-provider.name-free", "hosting-provider.present"),
    ("federation.proxy-fqdn-conflict", "hosting-provider.present"),
    ("tenant.cloud-matches-provider", "hosting-provider.present", "hosting-provider.unique"),
    *(("hosting-provider.present", switch) for switch in _SWITCHES),
    *(("hosting-provider.unique", switch) for switch in _SWITCHES),
    ("hosting-provider.present", "hosting-provider.enabled", "hosting-provider.target-matches"),
    ("hosting-provider.autodiscover-url", "hosting-provider.autodiscover-answers"),
    # Whether the Edge discovers partners follows the tenant's list, and both lists follow that.
    ("topology.federation-edge-present", "edge.federated-users-allowed", "edge.partner-discovery-parity"),
    ("tenant.federated-users-allowed", "edge.partner-discovery-parity", "federation.allowed-domains-parity"),
    ("topology.federation-edge-present", "topology.edge-next-hop"),
    # A certificate is requested once the names that it has to hold are decided, and then put on every Edge.
    (
        "topology.federation-edge-present",
        "dns.federation-srv",
        "dns.federation-srv-target-name",
        "certificate.edge-names",
    ),
    ("dns.sip-tls-srv", "dns.sip-host", "certificate.edge-names"),
    ("certificate.edge-names", "certificate.edge-validity", "certificate.edge-same-on-all"),
    # An account is complete, then synchronised, then licensed; and a plan takes its time to arrive.
    ("tenant.sip-domain-verified", "tenant.sip-domain-enabled", "user.sip-domain"),
    ("tenant.directory-sync", "tenant.synced-attributes", "user.synced"),
    ("user.found-and-enabled", "user.sip-address-present", "user.synced", "user.sip-address-matches"),
    ("user.synced", "user.validation-errors"),
    ("user.synced", "user.usage-location", "user.licence-teams-sfb", "user.licence-phone-system"),
    ("user.licence-teams-sfb", "user.licence-audio-conferencing"),
    # Install-Module needs TLS 1.2; which version is right depends on the servers.
    ("workstation.tls12", "workstation.teams-module-minimum", "workstation.teams-module-regression"),
    ("topology.supported-mix", "topology.server-build", "workstation.teams-module-regression"),
    # What is set on-premises reaches the Edges by replication, which is waited for once, when all is set.
    ("network.edge-internal-ports", "topology.replication-current"),
    *((area, "topology.replication-current") for area in ("hosting-provider.*", "edge.*", "federation.*")),
)


def fixes(assessment: Assessment, prediction: Prediction) -> tuple[Fix, ...]:
    """Each fix after those it needs; else what blocks first, in the order in which the cmdlet would meet it, then what
    degrades, in catalogue order. What only warns is among them where a later fix needs it done.

    A check that failed for several subjects stands once for each distinct remedy, and its users with the last of them.
    """
    judged: dict[str, Check] = {}
    remedies: dict[str, dict[Remediation, None]] = {}
    failed: set[str] = set()
    for check, status, verdict in _to_do(assessment):
        judged[check.id] = check
        listed = remedies.setdefault(check.id, {})
        if check.scope is not Scope.USER or len(listed) < MOST_REMEDIES:
            listed[Finding.filled(check.remediation, verdict)] = None
        if status is Status.FAIL:
            failed.add(check.id)
    step = {fault.id: fault.step for fault in FAULTS}

    def met_at(check: Check) -> int:
        return min((step[fault] for fault in check.predicts), default=99) if blocks(check) else 99

    ordered = in_order({check_id: met_at(check) for check_id, check in judged.items()}, failed)
    unblocked = _newly_moving(((user.blockers, user.undetermined) for user in prediction.users), ordered)
    own = _newly_moving(((user.own_blockers, user.own_undetermined) for user in prediction.users), ordered)
    entries = [
        (check_id, remedy, place == len(remedies[check_id]))
        for check_id in ordered
        for place, remedy in enumerate(remedies[check_id], start=1)
    ]
    return tuple(
        Fix(
            order=place,
            check=check_id,
            remediation=remedy,
            users_unblocked=unblocked[check_id] if last else 0,
            own_unblocked=own[check_id] if last else 0,
        )
        for place, (check_id, remedy, last) in enumerate(entries, start=1)
    )


def _to_do(assessment: Assessment) -> Iterator[tuple[Check, Status, Verdict | None]]:
    """What failed or warned: of the deployment first, then of single users."""
    said: Iterable[Finding | UserResult] = chain(
        assessment.findings, (result for user in assessment.users for result in user.results)
    )
    for each in said:
        if each.status in (Status.FAIL, Status.WARN):
            yield each.check, each.status, each.verdict


def in_order(met_at: Mapping[str, int], wanted: Set[str]) -> list[str]:
    """The ids of ``wanted``, and of whatever else in ``met_at`` they need, each after all that it needs.

    Among those that need nothing more, the lower step of ``met_at`` comes first, then the order of ``met_at``; what is
    needed counts as early as the earliest fix that waits for it.
    """
    needs = _needs(met_at.keys())
    chosen = set(wanted).union(*(needs[check_id] for check_id in wanted))
    place = {check_id: number for number, check_id in enumerate(met_at)}
    urgency = dict(met_at)
    graph = {check_id: needs[check_id] for check_id in met_at if check_id in chosen}
    for check_id in reversed(tuple(TopologicalSorter(graph).static_order())):
        for needed in needs[check_id]:
            urgency[needed] = min(urgency[needed], urgency[check_id])
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    ready: list[tuple[int, int, str]] = []
    ordered: list[str] = []
    while sorter.is_active():
        for check_id in sorter.get_ready():
            heappush(ready, (urgency[check_id], place[check_id], check_id))
        ordered.append(heappop(ready)[-1])
        sorter.done(ordered[-1])
    return ordered


def _needs(ids: Set[str]) -> dict[str, Set[str]]:
    """For each id the others that are fixed before it, also where what lies between them is in order already.

    Raises ``graphlib.CycleError`` when ``CHAINS`` bite their tails.
    """
    known = {*ids, *(link for chain in CHAINS for link in chain if "*" not in link)}
    direct: dict[str, set[str]] = {check_id: set() for check_id in known}
    for earlier, later in (pair for globs in CHAINS for pair in pairwise(globs)):
        for check_id in fnmatch.filter(known, later):
            direct[check_id].update(fnmatch.filter(known, earlier))
    needs: dict[str, Set[str]] = {}
    for check_id in TopologicalSorter(direct).static_order():
        needs[check_id] = direct[check_id].union(*(needs[each] for each in direct[check_id]))
    return {check_id: needs[check_id] & ids for check_id in ids}


def remedy_of(result: UserResult) -> Remediation:
    """A user's result filled in as a finding's would be."""
    return Finding.filled(result.check.remediation, result.verdict)


def _newly_moving(users: Iterable[tuple[frozenset[str], bool]], order: list[str]) -> Counter[str]:
    """For each check, the users whose last obstacle it is when the checks are fixed in this order."""
    place = {check_id: index for index, check_id in enumerate(order)}
    last: Counter[str] = Counter()
    for (blockers, undetermined), number in Counter(users).items():
        if blockers and not undetermined:
            last[max(blockers, key=place.__getitem__)] += number
    return last

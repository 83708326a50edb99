"""The order of the fixes: what another fix needs comes first, whatever the cmdlet would meet first."""

from fnmatch import fnmatchcase
from itertools import pairwise

import pytest

from checker.checks import all_checks
from checker.fix_order import CHAINS, fixes, in_order
from checker.model.checks import Check, Impact
from tests.made_up_checks import deployment_check, seen, user_check

ANNA, BEN, CARA = "anna@contoso.com", "ben@contoso.com", "cara@fabrikam.com"
NAMED = sorted({link for chain in CHAINS for link in chain if "*" not in link})


def planned(*checks: Check) -> list[str]:
    _, assessment, prediction = seen([*checks, user_check("user.seen", {})], ANNA, BEN, CARA)
    return [fix.check for fix in fixes(assessment, prediction)]


def test_no_fix_waits_for_itself() -> None:
    everything = dict.fromkeys([*(check.id for check in all_checks()), *NAMED], 99)
    assert sorted(in_order(everything, set(everything))) == sorted(everything)


def test_every_chain_holds_whatever_fails() -> None:
    everything = dict.fromkeys(reversed([*(check.id for check in all_checks()), *NAMED]), 99)
    place = {check_id: number for number, check_id in enumerate(in_order(everything, set(everything)))}
    for earlier, later in ((a, b) for chain in CHAINS for a, b in pairwise(chain)):
        last = max(place[each] for each in place if fnmatchcase(each, earlier))
        assert last < min(place[each] for each in place if fnmatchcase(each, later)), (earlier, later)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("hosting-provider.present", "hosting-provider.enabled"),
        ("hosting-provider.unique", "hosting-provider.autodiscover-url"),
        ("federation.proxy-fqdn-conflict", "hosting-provider.present"),
        ("tenant.directory-sync", "user.licence-teams-sfb"),  # what lies between them is in order already
        ("dns.federation-srv", "certificate.edge-same-on-all"),
        ("workstation.tls12", "workstation.teams-module-minimum"),
        ("edge.federated-users-allowed", "topology.replication-current"),
        ("hosting-provider.enabled", "topology.replication-current"),
    ],
)
def test_what_a_fix_needs_comes_before_it(first: str, then: str) -> None:
    assert in_order({then: 11, first: 99}, {first, then}) == [first, then]


def test_what_nothing_waits_for_keeps_the_order_of_the_cmdlet() -> None:
    met_at = {"tenant.shared-sip-address-space": 61, "dns.lyncdiscover": 99, "workstation.tls12": 51, "edge.x": 99}
    assert in_order(met_at, set(met_at)) == [
        "workstation.tls12",
        "tenant.shared-sip-address-space",
        "dns.lyncdiscover",
        "edge.x",
    ]


def test_what_is_needed_is_as_urgent_as_what_waits_for_it() -> None:
    met_at = {"hosting-provider.present": 41, "admin.onprem-roles": 12, "tenant.shared-sip-address-space": 61}
    needed = {"federation.proxy-fqdn-conflict": 99, **met_at}
    assert in_order(needed, set(needed)) == [
        "admin.onprem-roles",
        "federation.proxy-fqdn-conflict",
        "hosting-provider.present",
        "tenant.shared-sip-address-space",
    ]


def test_a_warning_is_fixed_only_where_a_fix_waits_for_it() -> None:
    taken = deployment_check("hosting-provider.name-free", "warn", impact=Impact.ADVISES)
    missing = deployment_check("hosting-provider.present", "fail", "hosting-provider-missing")
    assert planned(taken, missing) == ["hosting-provider.name-free", "hosting-provider.present"]
    assert planned(taken) == []


def test_users_are_counted_where_their_last_obstacle_goes() -> None:
    everybody = deployment_check("tenant.shared-sip-address-space", "fail", "hms-510")
    licence = user_check("user.licence-teams-sfb", {ANNA: "fail"}, "hms-507")
    _, assessment, prediction = seen([everybody, licence], ANNA, BEN, CARA)
    plan = [(fix.check, fix.users_unblocked, fix.own_unblocked) for fix in fixes(assessment, prediction)]
    assert plan == [("tenant.shared-sip-address-space", 2, 0), ("user.licence-teams-sfb", 1, 1)]

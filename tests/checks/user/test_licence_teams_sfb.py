import json
from datetime import timedelta

import pytest

from checker.checks.user.licence_teams_sfb import CHECK
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.licences import SUBSCRIBED_SKUS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import DENIED, NOW, SILENT, assessed, contoso, judged_users, objects

ANNA, UPN = "anna@contoso.com", "a@corp.contoso.com"
TARGET = contoso(users=(ANNA,))
ON_PREMISES = objects(Identity="CN=Anna", SipAddress=f"sip:{ANNA}", UserPrincipalName=UPN, HostingProvider="SRV:")
NAMES = ("TEAMS1", "MCOSTANDARD", "MCOIMP", "TEAMS_GOV", "MCOEV", "TEAMSPRO_MGMT", "MCOSTANDARD_GOV")
SKUS = objects(SkuId="sku", ServicePlans=[{"servicePlanId": f"ID-{name}", "servicePlanName": name} for name in NAMES])

Answers = dict[AnyProbe, AnyAnswer | NoAnswer]


def plan(name: str, status: str = "Enabled", minutes: int = 600) -> dict[str, Json]:
    when = (NOW - timedelta(minutes=minutes)).isoformat()
    return {"servicePlanId": f"id-{name.lower()}", "capabilityStatus": status, "assignedDateTime": when}


def graph(*plans: Json, upn: str = UPN, complete: bool = True, **more: Json) -> Answers:
    user = {"userPrincipalName": upn, "assignedPlans": list(plans), **more}
    return {GRAPH_USERS: objects(user, complete=complete), SUBSCRIBED_SKUS: SKUS}


def judged(answers: Answers) -> str:
    """The verdict on Anna, or the one on everybody."""
    (word,) = judged_users(CHECK, TARGET, {ON_PREMISES_USERS: ON_PREMISES, **answers}).values()
    return word


TEAMS, SKYPE = plan("TEAMS1"), plan("MCOSTANDARD")


@pytest.mark.parametrize(
    ("verdict", "plans"),
    [
        ("pass", [TEAMS, SKYPE]),
        ("pass", [TEAMS, SKYPE, plan("in-no-sku")]),  # what is needed was found
        ("fail", [TEAMS]),
        ("fail", [SKYPE]),
        ("fail", []),
        ("fail", [TEAMS, plan("MCOSTANDARD", "Deleted")]),
        ("fail", [plan("TEAMS1", "Suspended"), SKYPE]),
        ("pass", [TEAMS, plan("MCOSTANDARD", "Deleted"), SKYPE]),  # twice, from two SKUs
        ("fail", [plan("TEAMSPRO_MGMT"), SKYPE]),  # Premium without Teams itself
        ("fail", [TEAMS, plan("MCOEV")]),
        ("warn", [TEAMS, plan("MCOSTANDARD", minutes=29)]),
        ("pass", [TEAMS, plan("MCOSTANDARD", minutes=31)]),
        ("warn", [TEAMS, plan("MCOSTANDARD", "PendingActivation")]),
        ("warn", [TEAMS, plan("MCOSTANDARD", "Warning")]),
        ("warn", [TEAMS, plan("MCOIMP")]),
        ("warn", [TEAMS, plan("MCOSTANDARD_GOV")]),
        ("warn", [plan("TEAMS_GOV"), SKYPE]),
        ("unknown: malformed", [TEAMS, plan("in-no-sku")]),  # it may be the one that is missing
        ("fail", [TEAMS, plan("in-no-sku", "Deleted")]),
        ("unknown: malformed", [{"servicePlanId": "id-teams1"}]),
        ("unknown: malformed", ["Microsoft.Graph.AssignedPlan"]),  # cut off by -Depth
    ],
)
def test_graphs_ids_are_named_by_what_the_tenant_bought(verdict: str, plans: list[Json]) -> None:
    assert judged(graph(*plans)) == verdict


def xml(name: str, status: str = "Enabled") -> str:
    return (
        '<XmlValueAssignedPlan xmlns="http://schemas.microsoft.com/online/directoryservices/change/2008/11">'
        f'<Plan CapabilityStatus="{status}" AssignedTimestamp="2026-01-01T00:00:00Z"><Capability>'
        f'<Capability xmlns="urn:x" Plan="{name}"/></Capability></Plan></XmlValueAssignedPlan>'
    )


def cs(name: str, status: str = "Enabled") -> dict[str, Json]:
    return {"Capability": name, "CapabilityStatus": status, "AssignedTimestamp": "/Date(1700000000000)/"}


@pytest.mark.parametrize(
    ("verdict", "assigned"),
    [
        ("pass", [cs("Teams"), cs("MCOProfessional")]),
        ("pass", [cs("Teams_GCC"), cs("MCOProfessional")]),
        ("pass", json.dumps([cs("Teams"), cs("MCOProfessional")])),
        ("pass", [json.dumps(cs("Teams")), json.dumps(cs("MCOProfessional"))]),
        ("pass", [xml("Teams"), xml("MCOProfessional")]),
        ("fail", [xml("Teams"), xml("MCOProfessional", "Disabled")]),
        ("fail", [cs("Teams")]),
        ("fail", []),
        ("fail", ""),
        ("unknown: malformed", None),  # for everybody: the property was not read
        ("unknown: malformed", ["System.Object"]),
        ("unknown: malformed", ["<Plan"]),
    ],
)
@pytest.mark.parametrize("skus", [DENIED, SKUS])
def test_the_cmdlet_of_the_tenant_stands_in_for_graph(verdict: str, assigned: Json, skus: Objects | NoAnswer) -> None:
    online = objects(UserPrincipalName=UPN, SipAddress=f"sip:{ANNA}", AssignedPlan=assigned)
    assert judged({GRAPH_USERS: DENIED, SUBSCRIBED_SKUS: skus, ONLINE_USERS: online}) == verdict


def test_a_graph_list_without_plans_was_not_asked_for_them() -> None:
    bare: Answers = {GRAPH_USERS: objects(UserPrincipalName=UPN, AssignedPlans=None), SUBSCRIBED_SKUS: SKUS}
    online = objects(UserPrincipalName=UPN, SipAddress=ANNA, AssignedPlan=[cs("Teams"), cs("MCOProfessional")])
    assert judged({**bare, ONLINE_USERS: online}) == "pass"
    assert judged({**bare, ONLINE_USERS: SILENT}) == "unknown: timed-out"


def test_the_sip_address_finds_the_account_before_the_upn_does() -> None:
    by_address = {"userPrincipalName": "x@y.z", "proxyAddresses": [f"SIP:{ANNA}", "smtp:b@c.d"], "assignedPlans": []}
    by_upn = {"userPrincipalName": UPN, "imAddresses": [], "assignedPlans": [TEAMS, SKYPE]}
    assert judged({GRAPH_USERS: objects(by_upn, by_address), SUBSCRIBED_SKUS: SKUS}) == "fail"
    assert judged({GRAPH_USERS: objects(by_upn), SUBSCRIBED_SKUS: SKUS}) == "pass"


def test_no_cloud_account_is_said_so_and_only_of_a_complete_list() -> None:
    other = graph(TEAMS, SKYPE, upn="bob@contoso.com")
    (found,) = assessed(CHECK, TARGET, {ON_PREMISES_USERS: ON_PREMISES, **other}).users[0].results
    assert found.status.value == "fail" and found.verdict and found.verdict.observed == "no cloud account"
    assert "synchronisation" in found.verdict.summary
    assert judged(graph(TEAMS, SKYPE, upn="bob@contoso.com", complete=False)) == "unknown: no-access"


@pytest.mark.parametrize(("inferred", "plans"), [(False, [TEAMS]), (False, []), (True, [SKYPE])])
def test_that_a_missing_teams_plan_gives_507_is_inferred(inferred: bool, plans: list[Json]) -> None:
    answers = {ON_PREMISES_USERS: ON_PREMISES, **graph(*plans)}
    (found,) = assessed(CHECK, TARGET, answers).users[0].results
    assert found.verdict and found.verdict.inferred is inferred
    assert found.verdict.fill == (("identity", f"'{UPN}'"),)


def test_both_ways_are_named_where_neither_is_open() -> None:
    shut: Answers = {GRAPH_USERS: DENIED, SUBSCRIBED_SKUS: DENIED, ONLINE_USERS: DENIED}
    (found,) = assessed(CHECK, TARGET, {ON_PREMISES_USERS: ON_PREMISES, **shut}).findings
    assert found.unknown and "Get-MgUser" in found.unknown.detail and "Get-CsOnlineUser" in found.unknown.detail


def test_a_user_who_was_not_found_is_another_checks_matter_an_unread_directory_is_none() -> None:
    answers: Answers = graph(TEAMS, SKYPE, upn=ANNA)
    assert judged({**answers, ON_PREMISES_USERS: objects()}) == "not-applicable"
    assert judged({**answers, ON_PREMISES_USERS: DENIED}) == "pass"
    assert judged({**graph(TEAMS, SKYPE), ON_PREMISES_USERS: DENIED}) == "unknown: no-access"

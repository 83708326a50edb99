"""Advice: each piece is shown where it concerns somebody, and counts whom; nothing is said on what was not read."""

from datetime import date

import pytest

from checker.advice import ADVICE, MOST_NAMED, advised
from checker.model.answers import AnyAnswer, Json, Objects
from checker.model.axes import Direction, Phase
from checker.model.checks import Server, ServerRole
from checker.model.evidence import Evidence
from checker.model.facts import Fact, NoAnswer
from checker.model.probes import AnyProbe
from checker.model.report import Advice
from checker.model.target import Target
from checker.model.users import UserRow
from checker.readings.builds import patch_version
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.licences import SUBSCRIBED_SKUS
from checker.readings.topology import POOLS
from checker.readings.users import ON_PREMISES_USERS, batch
from checker.rendering.markdown import render_markdown
from checker.rendering.terminal import render_terminal
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects
from tests.made_up_checks import reported, user_check

BACK = contoso(direction=Direction.TO_ONPREM)
FE01 = Server(fqdn="fe01.contoso.com", role=ServerRole.FRONT_END)
POOL = objects({"Fqdn": "fe.contoso.com", "Computers": [FE01.fqdn], "Services": ["Registrar:fe"]})
Answers = dict[AnyProbe, AnyAnswer | NoAnswer]


def user(name: str, **properties: Json) -> dict[str, Json]:
    return {"SipAddress": f"sip:{name}@contoso.com", "Identity": f"CN={name}", "HostingProvider": "SRV:", **properties}


def shown(target: Target, answers: Answers) -> dict[str, Advice]:
    evidence = Evidence({probe: Fact(probe=probe, answer=each, observed_at=NOW) for probe, each in answers.items()})
    users: tuple[UserRow, ...] = evidence.derive(batch(target)) if ON_PREMISES_USERS in answers else ()
    return {each.id.removeprefix("advice."): each for each in advised(target, users, evidence)}


def of(*users: dict[str, Json]) -> Answers:
    return {ON_PREMISES_USERS: objects(*users)}


ANNA, BOB = user("anna"), user("bob")
TO_CLOUD = {"teams-sign-in", "meetings"}


def test_the_ids_are_a_set_of_their_own_and_every_piece_has_a_dated_source() -> None:
    ids = [each.id for each in ADVICE]
    assert len(set(ids)) == len(ids) == 8 and all(each.startswith("advice.") for each in ids)
    assert all(source.read_on == date(2026, 11, 22) for each in ADVICE for source in each.sources)


def test_whoever_moves_to_the_cloud_is_told_of_teams_and_of_meetings() -> None:
    found = shown(CONTOSO, of(ANNA, BOB))
    assert set(found) == TO_CLOUD
    assert {each.users_affected for each in found.values()} == {2} and not any(each.users for each in found.values())
    assert shown(CONTOSO, {}) == shown(CONTOSO, of()) == {}


def test_whoever_moves_back_is_told_of_the_contacts() -> None:
    assert set(shown(BACK, of({**ANNA, "HostingProvider": "sipfed.online.lync.com", "LineURI": "tel:+1"}))) == {
        "return-contacts"
    }
    assert shown(BACK, of()) == {}


def test_after_the_last_move_there_is_nothing_to_mind() -> None:
    assert shown(contoso(phase=Phase.DECOMMISSION), of(ANNA)) == {}


@pytest.mark.parametrize(("number", "is_large"), [(25, False), (26, True)])
@pytest.mark.parametrize("direction", list(Direction))
def test_more_users_than_microsofts_script_runs_at_once_are_a_large_batch(
    number: int, is_large: bool, direction: Direction
) -> None:
    home = "SRV:" if direction is Direction.TO_CLOUD else "sipfed.online.lync.com"
    crowd = of(*(user(f"u{n}", HostingProvider=home) for n in range(number)))
    assert ("batch-size" in shown(contoso(direction=direction), crowd)) is is_large


@pytest.mark.parametrize(
    ("advice", "properties", "is_shown"),
    [
        ("line-uri-mastered", {"LineURI": "tel:+15550100"}, True),
        ("line-uri-mastered", {"LineURI": ""}, False),
        ("line-uri-mastered", {"LineURI": None}, False),
        ("line-uri-mastered", {}, False),
        ("phone-edition-firmware", {"EnterpriseVoiceEnabled": True}, True),
        ("phone-edition-firmware", {"EnterpriseVoiceEnabled": "True"}, True),
        ("phone-edition-firmware", {"EnterpriseVoiceEnabled": False}, False),
        ("phone-edition-firmware", {"EnterpriseVoiceEnabled": None}, False),
    ],
)
def test_what_a_user_has_is_minded_and_the_user_is_named(
    advice: str, properties: dict[str, Json], is_shown: bool
) -> None:
    found = shown(CONTOSO, of({**ANNA, **properties}, BOB))
    assert (advice in found) is is_shown
    if is_shown:
        assert (found[advice].users_affected, found[advice].users) == (1, ("anna@contoso.com",))


def test_users_of_a_list_that_nobody_found_have_nothing() -> None:
    found = shown(contoso(users=("anna@contoso.com",)), {ON_PREMISES_USERS: DENIED})
    assert set(found) == TO_CLOUD


def test_of_many_the_first_are_named_and_all_are_counted() -> None:
    found = shown(CONTOSO, of(*(user(f"u{n:03}", LineURI="tel:+1") for n in range(MOST_NAMED + 50))))
    many = found["line-uri-mastered"]
    assert (many.users_affected, len(many.users)) == (MOST_NAMED + 50, MOST_NAMED)


@pytest.mark.parametrize(
    ("plans", "is_shown"),
    [
        ([{"Capability": "MCOMEETADD", "CapabilityStatus": "Enabled"}], True),
        ([{"Capability": "MCOMEETADD", "CapabilityStatus": "Deleted"}], False),
        ([{"Capability": "Teams", "CapabilityStatus": "Enabled"}], False),
    ],
)
def test_who_has_audio_conferencing_must_leave_other_providers(plans: list[Json], is_shown: bool) -> None:
    online = objects(UserPrincipalName="anna@contoso.com", SipAddress="sip:anna@contoso.com", AssignedPlan=plans)
    answers = {**of(ANNA, BOB), GRAPH_USERS: DENIED, SUBSCRIBED_SKUS: DENIED, ONLINE_USERS: online}
    found = shown(CONTOSO, answers)
    assert ("third-party-conferencing" in found) is is_shown
    assert not is_shown or found["third-party-conferencing"].users == ("anna@contoso.com",)


@pytest.mark.parametrize("nobody", [{}, {GRAPH_USERS: DENIED, SUBSCRIBED_SKUS: DENIED, ONLINE_USERS: DENIED}])
def test_without_licences_nothing_is_said_of_conferencing(nobody: Answers) -> None:
    assert "third-party-conferencing" not in shown(CONTOSO, {**of(ANNA), **nobody})


@pytest.mark.parametrize(
    ("version", "is_shown"),
    [("6.0.9319.537", True), ("7.0.2046.385", True), ("6.0.9319.516", False), ("5.0.8308.1182", False)],
)
def test_servers_from_cu8_of_2015_can_notify(version: str, is_shown: bool) -> None:
    build = objects(ComponentName="Core Components", Version=version)
    answers: Answers = {POOLS: POOL, patch_version(FE01): build}
    assert ("upgrade-notification" in shown(CONTOSO, answers)) is is_shown
    assert shown(BACK, answers) == {}
    assert "upgrade-notification" not in shown(CONTOSO, {**answers, patch_version(FE01): DENIED})
    assert "upgrade-notification" not in shown(CONTOSO, {**answers, POOLS: Objects(rows=())})


def test_the_report_carries_it_and_both_pages_show_it() -> None:
    report = reported([user_check("user.a", {})], "anna@contoso.com", "bob@contoso.com")
    assert [each.id for each in report.advice] == ["advice.teams-sign-in", "advice.meetings"]

    document = render_markdown(report)
    assert "## Mind this\n\n- **Users sign in to Teams within 30 days of the move** (2 users): Contacts" in document
    brief, whole = (
        render_terminal(report, width=120, colour=False, ascii_only=True, verbose=verbose) for verbose in (False, True)
    )
    assert "mind     Users sign in to Teams within 30 days of the move (2 users)\n" in brief
    assert "of the move (2 users): Contacts are kept only" in whole

"""The catalogue of faults: what is documented is in it, and nothing that is not."""

import pytest

from checker.faults import FAULTS, fault
from checker.model.axes import Cloud, Direction
from checker.model.checks import Scope
from checker.model.faults import Fault, Ground

WITH_A_PUBLISHED_MESSAGE = {
    "hms-510",
    "hms-507",
    "hms-506",
    "user-in-child-domain",
    "access-denied-protected-account",
    "multiple-federated-edges",
    "sip-address-missing",
    "sip-address-conflict",
    "not-provisioned-in-pool",
}

# Texts and causes that circulate and that no source ties to Move-CsUser.
UNSOURCED = (
    "Index was outside the bounds",
    "The underlying connection was closed",
    "Unable to locate Windows Live ID/ADFS",
    "TenantId is not found",
    "Can not find hosting provider",
    "target fqdn not in federated sites",
    "survivable branch",
    "conference director",
    "unassigned polic",
    "DCOM",
    "archiving",
    "legal hold",
    "-WhatIf",
    "403",
    "508",
    "511",
    "512",
)

each_fault = pytest.mark.parametrize("entry", FAULTS, ids=lambda entry: entry.id)


def test_ids_and_steps_are_unique() -> None:
    assert len({entry.id for entry in FAULTS}) == len(FAULTS) == 33
    assert len({entry.step for entry in FAULTS}) == len(FAULTS)


def test_faults_stand_in_the_order_of_their_steps() -> None:
    assert list(FAULTS) == sorted(FAULTS, key=lambda entry: (entry.step, entry.id))
    assert {entry.step // 10 for entry in FAULTS} == set(range(1, 9))


def test_only_506_507_and_510_are_numbered() -> None:
    numbered = {entry.id: entry.code for entry in FAULTS if entry.code is not None}
    assert numbered == {"hms-506": "506", "hms-507": "507", "hms-510": "510"}


def test_a_message_is_there_only_where_one_is_published() -> None:
    assert {entry.id for entry in FAULTS if entry.message} == WITH_A_PUBLISHED_MESSAGE


@pytest.mark.parametrize("code", ["506", "507", "510"])
def test_the_message_of_a_numbered_fault_carries_its_number(code: str) -> None:
    assert f"HostedMigration fault: Error=({code}), Description=(" in fault(f"hms-{code}").message


@each_fault
def test_each_fault_has_title_cause_and_distinct_sources(entry: Fault) -> None:
    assert entry.title
    assert entry.cause.endswith(".")
    assert entry.sources
    assert len(set(entry.sources)) == len(entry.sources)


@each_fault
def test_nothing_without_a_source_is_told_of_a_fault(entry: Fault) -> None:
    told = " ".join((entry.title, entry.message, entry.cause, entry.unpredictable))
    assert [text for text in UNSOURCED if text.lower() in told.lower()] == []


def test_faults_of_a_move_back_are_not_met_on_the_way_to_the_cloud() -> None:
    back = {entry.id for entry in FAULTS if entry.directions == frozenset({Direction.TO_ONPREM})}
    assert back == {"hms-506", "return-user-absent", "return-teams-only-policy"}
    assert all(entry.directions == frozenset({Direction.TO_CLOUD}) for entry in FAULTS if entry.id not in back)


def test_only_the_teams_environment_is_a_matter_of_one_cloud() -> None:
    bound = {entry.id: entry.clouds for entry in FAULTS if entry.clouds != frozenset(Cloud)}
    assert bound == {"wrong-cloud-environment": frozenset({Cloud.CHINA})}


def test_only_the_sip_domain_fault_is_scoped_to_a_domain_and_none_to_a_server() -> None:
    assert [entry.id for entry in FAULTS if entry.scope is Scope.SIP_DOMAIN] == ["sip-domain-not-online"]
    assert not [entry.id for entry in FAULTS if entry.scope is Scope.SERVER]


def test_what_was_inferred_is_not_called_documented() -> None:
    assert {entry.id for entry in FAULTS if entry.confidence is Ground.INFERRED} == {
        "teams-module-too-old",
        "hosting-provider-missing",
        "hosting-provider-misconfigured",
        "hosted-migration-undiscoverable",
    }


def test_throttling_says_why_it_cannot_be_predicted() -> None:
    assert fault("throttled").unpredictable


def test_a_fault_is_found_by_its_id_and_an_unknown_id_is_an_error() -> None:
    assert fault("hms-510").code == "510"
    with pytest.raises(KeyError, match="hms-403"):
        fault("hms-403")

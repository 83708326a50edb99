"""Groups and roles of the account that runs the move, out of files as they are written and out of the configuration."""

from pathlib import Path

import pytest

from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import Fact
from checker.model.undecided import Undecided
from checker.probers.evidence_files.store import wanted_file
from checker.readings.operator_groups import DIRECTORY_ROLES, DOMAIN_ADMINS, WHOAMI, operator_groups, tenant_roles
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects
from tests.probers.evidence_files.making import evidence as files
from tests.probers.evidence_files.making import fact

TOKEN = [
    {"Name": "Jeder", "SID": "S-1-1-0"},
    {"Name": "CONTOSO\\Domänen-Admins", "SID": "S-1-5-21-1-2-3-512"},
    {"Name": "CONTOSO\\CSAdministrator", "SID": "S-1-5-21-1-2-3-1104"},
]
ROLE = {"id": "1", "displayName": "Teams Administrator"}


def knowing(*facts: Fact) -> Evidence:
    return Evidence({each.probe: each for each in facts})


def test_the_files_are_named_and_read(tmp_path: Path) -> None:
    here = {wanted_file(WHOAMI): TOKEN, wanted_file(DIRECTORY_ROLES): [ROLE]}
    assert list(here) == ["workstation/whoami--groups.json", "tenant/Get-MgUserTransitiveMemberOf.json"]

    store = files(tmp_path, here)
    known = knowing(fact(store, WHOAMI), fact(store, DIRECTORY_ROLES))
    groups, roles = operator_groups(CONTOSO, known), tenant_roles(CONTOSO, known)

    assert groups.names == {"jeder", "domänen-admins", "domain admins", "csadministrator"} and groups.is_complete
    assert groups.has(DOMAIN_ADMINS) and not groups.has("Enterprise Admins")  # in any language of Windows
    assert roles.has("Teams Administrator") and not roles.has("Global Administrator")


def test_a_part_of_a_list_denies_nothing() -> None:
    part = Fact(probe=WHOAMI, answer=objects(*TOKEN, complete=False), observed_at=NOW)
    groups = operator_groups(CONTOSO, knowing(part))

    assert groups.has("csadministrator")
    with pytest.raises(Undecided, match="Enterprise Admins"):
        groups.has("Enterprise Admins")


def test_what_the_operator_says_needs_no_question() -> None:
    target = contoso(onprem_groups=("CONTOSO\\Domain Admins",), tenant_roles=())
    assert operator_groups(target, Evidence({})).has(DOMAIN_ADMINS)
    assert tenant_roles(target, Evidence({})).names == frozenset()


def test_where_nobody_says_it_the_key_is_named() -> None:
    with pytest.raises(Unanswered) as caught:
        operator_groups(CONTOSO, knowing(Fact(probe=WHOAMI, answer=DENIED, observed_at=NOW)))
    assert caught.value.needs == "[operator].onprem_groups in csready.toml"

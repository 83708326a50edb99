from datetime import UTC, datetime

import pytest

from checker.model.evidence import Evidence
from checker.model.facts import Fact
from checker.model.undecided import Undecided
from checker.readings.hosting_providers import HOSTING_PROVIDERS, free_identity, hosting_providers, leading_to
from tests.judging import objects

AT = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_provider_is_read_without_its_settings() -> None:
    answer = objects({"Name": "Office365", "ProxyFqdn": " SIPFED.online.lync.com. "}, Identity="UM", ProxyFqdn=None)
    evidence = Evidence({HOSTING_PROVIDERS: Fact(probe=HOSTING_PROVIDERS, answer=answer, observed_at=AT)})
    providers = hosting_providers(evidence)
    assert [(each.identity, each.proxy_fqdn) for each in providers] == [
        ("Office365", "sipfed.online.lync.com"),
        ("UM", ""),
    ]
    assert [each.identity for each in leading_to(providers, "sipfed.online.lync.com")] == ["Office365"]
    assert free_identity(each.identity for each in providers) == "Office365-2"
    assert free_identity(()) == "Office365"


def test_a_part_of_the_providers_proves_nothing() -> None:
    part = Fact(probe=HOSTING_PROVIDERS, answer=objects(complete=False), observed_at=AT)
    with pytest.raises(Undecided):
        hosting_providers(Evidence({HOSTING_PROVIDERS: part}))

"""Settings on-premises and in the tenant, beside each other."""

from typing import Any

import msgspec
import pytest

from checker.model.report import EvidenceEntry, ReasonEntry, Report
from checker.model.undecided import Reason
from checker.model.verdicts import Status
from checker.rendering.side_by_side import Pair, side_by_side
from tests.rendering.samples import READY, evidence, finding

TENANT, EDGE = "Get-CsTenantFederationConfiguration", "Get-CsAccessEdgeConfiguration"
OPEN: dict[str, Any] = {
    "AllowFederatedUsers": True,
    "SharedSipAddressSpace": False,
    "AllowedDomains": {},
    "BlockedDomains": ["Domain=bad.example"],
}


def answered(vantage: str, cmdlet: str, *rows: dict[str, Any]) -> EvidenceEntry:
    return msgspec.structs.replace(evidence(vantage, cmdlet), answer={"type": "objects", "rows": list(rows)})


def pairs(*entries: EvidenceEntry, **statuses: Status) -> dict[str, Pair]:
    findings = tuple(finding(check.replace("__", ".").replace("_", "-"), each) for check, each in statuses.items())
    report: Report = msgspec.structs.replace(READY, evidence=entries, findings=findings)
    return {pair.setting: pair for pair in side_by_side(report)}


def test_both_sides_stand_beside_each_other() -> None:
    edge = answered("onprem", EDGE, {"AllowFederatedUsers": False, "EnablePartnerDiscovery": True})
    found = pairs(
        edge,
        answered("tenant", TENANT, OPEN),
        edge__federated_users_allowed=Status.FAIL,
        tenant__federated_users_allowed=Status.PASS,
    )
    federation = found["federation"]
    assert (federation.on_premises, federation.tenant) == ("AllowFederatedUsers False", "AllowFederatedUsers True")
    assert federation.agrees is False
    assert found["partner discovery"].tenant == "open federation"
    assert found["allowed domains"].tenant == "every domain"
    assert found["blocked domains"].tenant == "bad.example"


def test_a_side_that_was_not_read_is_unknown_and_agrees_with_nothing() -> None:
    why = ReasonEntry(code=Reason.NO_ACCESS, detail="403", needs="Global Reader")
    denied = msgspec.structs.replace(evidence("tenant", TENANT), outcome="no-answer", reason=why)
    found = pairs(
        denied, tenant__shared_sip_address_space=Status.UNKNOWN, hosting_provider__shared_address_space=Status.PASS
    )
    assert found["shared SIP address space"] == Pair(
        "shared SIP address space", "not asked", "unknown: no-access", "on, on both sides", None
    )


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"type": "objects", "rows": [{"Identity": "Global"}]}, "unknown: malformed"),
        ({"type": "objects", "rows": [{**OPEN, "SharedSipAddressSpace": "perhaps"}]}, "unknown: malformed"),
        ({"count": 3, "bytes": 9000, "sha256": "0"}, "3 objects, whole in the snapshot"),
        ({"type": "objects", "rows": []}, "none"),
        ("nonsense", "unknown: malformed"),
    ],
)
def test_an_answer_that_cannot_be_read_is_no_value(answer: Any, said: str) -> None:
    entry = msgspec.structs.replace(evidence("tenant", TENANT), answer=answer)
    assert pairs(entry)["shared SIP address space"].tenant == said


def test_nothing_asked_gives_no_table() -> None:
    assert pairs(evidence("onprem", "Get-CsUser")) == {}

import pytest

from checker.checks.edge.partner_discovery_parity import CHECK
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.readings.access_edge import ACCESS_EDGE
from checker.readings.tenant_federation import TENANT_FEDERATION
from tests.judging import CONTOSO, DENIED, finding, judged, objects

ON = objects(RoutingMethod="UseDnsSrvRouting", EnablePartnerDiscovery=True)
OFF = objects(RoutingMethod="UseDnsSrvRouting", EnablePartnerDiscovery="False")
DEFAULT_ROUTE = objects({"@type": "Edge.DisplayAccessEdgeSettingsDefaultRoute", "EnablePartnerDiscovery": None})
OPEN = objects(AllowFederatedUsers=True, AllowedDomains={}, BlockedDomains=[])
BLOCKING = objects(AllowFederatedUsers=True, AllowedDomains={}, BlockedDomains=[{"Domain": "evil.example"}])
CLOSED = objects(AllowFederatedUsers=True, AllowedDomains=["partner.example"], BlockedDomains=[])
TO_NOBODY = objects(AllowFederatedUsers=True, AllowedDomains=None, BlockedDomains=[])
SWITCHED_OFF = objects(AllowFederatedUsers=False, AllowedDomains={}, BlockedDomains=[])


@pytest.mark.parametrize(
    ("verdict", "edge", "tenant"),
    [
        ("pass", ON, OPEN),
        ("pass", ON, BLOCKING),  # a blocked domain does not close a tenant
        ("pass", OFF, CLOSED),  # True is not always right
        ("pass", OFF, TO_NOBODY),
        ("pass", OFF, SWITCHED_OFF),
        ("fail", OFF, OPEN),
        ("fail", ON, CLOSED),
        ("fail", ON, TO_NOBODY),  # null is not open
        ("not-applicable", DEFAULT_ROUTE, OPEN),  # this type lacks the property: neither True nor False
        ("not-applicable", DEFAULT_ROUTE, DENIED),
        ("unknown: malformed", objects(RoutingMethod="UseDnsSrvRouting"), OPEN),
        ("unknown: malformed", ON, objects(AllowFederatedUsers=True)),
        ("unknown: no-access", ON, DENIED),
        ("unknown: no-access", DENIED, OPEN),
    ],
)
def test_discovery_is_on_exactly_when_the_tenant_is_open(
    verdict: str, edge: Objects | NoAnswer, tenant: Objects | NoAnswer
) -> None:
    assert judged(CHECK, CONTOSO, {ACCESS_EDGE: edge, TENANT_FEDERATION: tenant}) == verdict


def test_the_tenants_model_is_shown_and_the_fix_goes_its_way() -> None:
    verdict = finding(CHECK, CONTOSO, {ACCESS_EDGE: ON, TENANT_FEDERATION: CLOSED}).verdict
    assert verdict is not None
    assert verdict.observed == "EnablePartnerDiscovery True, the tenant being closed, domains allowed: 1"
    assert verdict.fill == (("wanted", "$false"), ("old", "$true"))

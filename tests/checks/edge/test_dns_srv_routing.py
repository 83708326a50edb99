import pytest

from checker.checks.edge.dns_srv_routing import CHECK
from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.readings.access_edge import ACCESS_EDGE
from checker.rendering.commands import is_command
from tests.judging import CONTOSO, DENIED, finding, judged, objects

TYPE = "Deserialized.Microsoft.Rtc.Management.WritableConfig.Settings.Edge.DisplayAccessEdgeSettings"
ROUTE = "proxy.contoso.com"


def typed(kind: str, **properties: Json) -> Objects:
    return objects({"@type": TYPE + kind, **properties})


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", objects(RoutingMethod="UseDnsSrvRouting")),
        ("pass", objects(RoutingMethod={"@text": "UseDnsSrvRouting"}, DefaultRouteFqdn=None)),
        ("pass", typed("DnsSrvRouting", AllowFederatedUsers=True)),
        ("pass", typed("DnsSrvRouting", RoutingMethod=None, DefaultRouteFqdn="")),  # as Select-Object fills it
        ("fail", typed("DefaultRoute", DefaultRouteFqdn=ROUTE)),
        ("fail", typed("DefaultRoute")),
        ("fail", typed("DefaultRoute", RoutingMethod="UseDnsSrvRouting")),
        ("fail", objects(RoutingMethod="UseDefaultRouting")),
        ("fail", objects(RoutingMethod="UseDnsSrvRouting", DefaultRouteFqdn=ROUTE)),
        ("fail", objects(RoutingMethod=1, DefaultRouteFqdn=ROUTE)),
        ("unknown: malformed", objects(RoutingMethod="Microsoft.Rtc.Management.RoutingMethod")),
        ("unknown: malformed", objects(RoutingMethod=0)),  # ConvertTo-Json; no table of the numbers
        ("unknown: malformed", objects(AllowFederatedUsers=True)),  # JSON without type name
        ("unknown: malformed", objects()),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_method_or_else_the_type_decides(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {ACCESS_EDGE: answer}) == verdict


def test_the_type_is_reported_and_the_old_route_kept_for_the_way_back() -> None:
    verdict = finding(CHECK, CONTOSO, {ACCESS_EDGE: typed("DefaultRoute", DefaultRouteFqdn=ROUTE)}).verdict
    assert verdict is not None
    assert verdict.observed == "DisplayAccessEdgeSettingsDefaultRoute, DefaultRouteFqdn proxy.contoso.com"
    assert verdict.fill == (("old", "'proxy.contoso.com'"),)


def test_the_fix_leaves_discovery_to_the_reader() -> None:
    remedy = finding(CHECK, CONTOSO, {ACCESS_EDGE: typed("DefaultRoute")}).remediation
    assert "-EnablePartnerDiscovery <" in remedy.run and not is_command(remedy.run)
    assert remedy.rollback.endswith("<the route it had>")

import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.access_edge import has_default_route, routes_by_dns_srv, type_name

EDGE = "Microsoft.Rtc.Management.WritableConfig.Settings.Edge"


def test_nothing_said_is_neither_a_default_route_nor_dns_srv_routing() -> None:
    silent: dict[str, Json] = {"AllowFederatedUsers": True, "RoutingMethod": None}
    assert not has_default_route(silent)
    with pytest.raises(Unreadable):
        routes_by_dns_srv(silent)


@pytest.mark.parametrize("prefix", ["", "Deserialized.", "Selected."])
def test_type_names_are_compared_by_their_end(prefix: str) -> None:
    row = {"@type": f"{prefix}{EDGE}.DisplayAccessEdgeSettingsDefaultRoute"}
    assert type_name(row) == "DisplayAccessEdgeSettingsDefaultRoute"
    assert has_default_route(row) and not routes_by_dns_srv(row)
    assert routes_by_dns_srv({"@type": f"{prefix}{EDGE}.DisplayAccessEdgeSettingsDnsSrvRouting"})

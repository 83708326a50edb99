import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.tenant_federation import domain_names, federation_model

KIND = "Deserialized.Microsoft.Rtc.Management.WritableConfig.Settings.Edge"


def allowed(value: Json) -> frozenset[str] | None:
    return federation_model({"AllowFederatedUsers": True, "AllowedDomains": value, "BlockedDomains": []}).allowed


@pytest.mark.parametrize(
    "value",
    [
        {},  # an AllowAllKnownDomains object has no properties
        {"@type": f"{KIND}.AllowAllKnownDomains"},
        {"@type": f"{KIND}.AllowAllKnownDomains", "@text": ""},
        f"{KIND}.AllowAllKnownDomains",  # clipped to its type name
    ],
)
def test_all_known_domains_is_open(value: Json) -> None:
    assert allowed(value) is None
    model = federation_model({"AllowFederatedUsers": "True", "AllowedDomains": value})
    assert (model.is_open, model.described) == (True, "open")


@pytest.mark.parametrize("value", [None, "", [], {"AllowedDomain": []}, {"AllowedDomain": None}])
def test_present_and_empty_is_closed_with_nothing_allowed(value: Json) -> None:
    assert allowed(value) == frozenset()


@pytest.mark.parametrize(
    ("names", "value"),
    [
        ("x.example", {"AllowedDomain": [{"Domain": "X.example."}]}),
        ("x.example", {"AllowedDomain": {"Domain": "x.example"}}),  # one element, bare
        ("x.example", {"allowedDomain": "Domain=x.example"}),  # clipped by ConvertTo-Json
        ("x.example y.example", {"AllowedDomain": "Domain=x.example Domain=y.example"}),
        ("x.example y.example", {"AllowedDomain": ["Domain=x.example", "Domain=y.example"]}),
        ("x.example", {"@type": f"{KIND}.AllowList", "AllowedDomain": [{"@text": "Domain=x.example"}]}),
        ("x.example y.example", ["x.example", "y.example"]),
        ("x.example", [{"@type": f"{KIND}.DomainPattern", "domain": "x.example"}]),
        ("x.example", "x.example"),
        ("microsoft.com", ["Microsoft.com"]),  # a name, though a type name begins like it
        ("xn--mller-kva.example", ["m\u00fcller.example"]),
    ],
)
def test_a_list_is_closed_to_all_but_these(names: str, value: Json) -> None:
    assert allowed(value) == frozenset(names.split())


@pytest.mark.parametrize(
    "value",
    [
        "Microsoft.Rtc.Management.WritableConfig.Settings.Edge.AllowList",
        {"@type": f"{KIND}.AllowList"},
        {"AllowedDomain": "System.Object[]"},
        {"AllowedDomain": "System.Collections.Generic.List`1[Microsoft.Rtc.DomainPattern]"},
        {"AllowedDomain": [{"Name": "x.example"}]},
        {"AllowedDomain": ["x.example", None]},
        {"AllowedDomain": ["x.example y.example"]},
        {"AllowedDomain": [True]},
        {"Something": "else"},
        7,
    ],
)
def test_what_holds_no_names_is_not_an_empty_list(value: Json) -> None:
    with pytest.raises(Unreadable):
        allowed(value)


def test_a_missing_property_is_open_only_beside_its_siblings() -> None:
    assert federation_model({"AllowFederatedUsers": True, "BlockedDomains": []}).is_open
    with pytest.raises(Unreadable):
        federation_model({"AllowFederatedUsers": True})


def test_switched_off_is_closed_whatever_the_list_says() -> None:
    model = federation_model({"AllowFederatedUsers": "false", "AllowedDomains": {}})
    assert (model.is_open, model.described) == (False, "closed, domains allowed: 0")


def test_a_blocked_list_has_the_same_forms() -> None:
    assert domain_names([{"Domain": "x.example"}, "Domain=Y.example"]) == ("x.example", "y.example")
    assert domain_names([]) == domain_names("") == domain_names(None) == ()

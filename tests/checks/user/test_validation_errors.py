import pytest

from checker.checks.user.validation_errors import CHECK
from checker.model.answers import Json
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.users import ON_PREMISES_USERS
from tests.checks.user.cloud_side import NO_TENANT, graph, judged, observed, online
from tests.judging import objects

UNIQUE = "The SIP address is not unique."


@pytest.mark.parametrize("name", ["UserValidationErrors", "MCOValidationErrors", "MCOValidationError"])
@pytest.mark.parametrize(
    ("verdict", "errors"),
    [
        ("pass", None),
        ("pass", []),
        ("pass", ""),
        ("pass", {}),
        ("fail", UNIQUE),
        ("fail", [UNIQUE]),
        ("fail", [{"ErrorCode": "x", "ErrorDescription": UNIQUE}]),
        ("fail", [{"@type": "Deserialized.ValidationError", "@text": UNIQUE}]),
        ("unknown: malformed", "System.Collections.Generic.List`1[System.String]"),
        ("unknown: malformed", ["Microsoft.Rtc.Management.ValidationError"]),
        ("unknown: malformed", [{"ErrorCode": 7}]),
        ("unknown: malformed", [{}]),
    ],
)
def test_any_error_of_the_cmdlet_counts(name: str, verdict: str, errors: Json) -> None:
    assert judged(CHECK, online(**{name: errors})) == verdict


def of_service(service: str, **more: Json) -> dict[str, Json]:
    return {"serviceInstance": service, "errorDetail": f"<Error><D>{UNIQUE}</D></Error>", **more}


LYNC = "MicrosoftCommunicationsOnline/NOAM-4A-S7"


@pytest.mark.parametrize(
    ("verdict", "service", "sync"),
    [
        ("pass", [], []),
        ("fail", [of_service(LYNC)], []),
        ("fail", [of_service(LYNC, isResolved=False)], []),
        ("pass", [of_service(LYNC, isResolved=True)], []),
        ("pass", [of_service("exchange/nampr01")], []),
        (
            "fail",
            [],
            [{"category": "PropertyConflict", "propertyCausingError": "ProxyAddresses", "value": "sip:a@b.c"}],
        ),
        (
            "pass",
            [],
            [{"category": "PropertyConflict", "propertyCausingError": "ProxyAddresses", "value": "SMTP:a@b.c"}],
        ),
        ("unknown: malformed", [of_service(LYNC, isResolved="perhaps")], []),
        ("unknown: malformed", [{"errorDetail": "x"}], []),
        ("unknown: malformed", ["Microsoft.Graph.ServiceProvisioningError"], []),
        ("unknown: malformed", None, []),  # of everybody: not asked for
        ("unknown: malformed", [], None),
    ],
)
def test_of_graph_the_errors_of_this_service_count(verdict: str, service: Json, sync: Json) -> None:
    assert judged(CHECK, graph(serviceProvisioningErrors=service, onPremisesProvisioningErrors=sync)) == verdict


def test_the_text_is_shown_cut_and_cleaned() -> None:
    errors = graph(serviceProvisioningErrors=[of_service(LYNC)], onPremisesProvisioningErrors=[])
    assert observed(CHECK, errors) == f"{LYNC}: {UNIQUE}"
    shown = observed(CHECK, online(UserValidationErrors=["one\x1b[2J\n two", "x" * 1000]))
    assert shown.startswith("one?[2J two; xxx") and shown.endswith("...") and len(shown) == 303


def test_graph_stands_in_where_the_cmdlet_shows_no_errors_at_all() -> None:
    sound = graph(serviceProvisioningErrors=[], onPremisesProvisioningErrors=[])
    assert judged(CHECK, sound | {ONLINE_USERS: online()[ONLINE_USERS]}) == "pass"
    assert judged(CHECK, online() | {GRAPH_USERS: NO_TENANT[GRAPH_USERS]}) == "unknown: malformed"


def test_unread_and_absent_users() -> None:
    assert judged(CHECK, NO_TENANT) == "unknown: no-access"
    assert judged(CHECK, online(UserValidationErrors=None) | {ON_PREMISES_USERS: objects()}) == "not-applicable"
    bob = online(UserPrincipalName="b@c.d", SipAddress="", UserValidationErrors=None)
    assert judged(CHECK, bob) == "not-applicable"

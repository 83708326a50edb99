"""Whose domain it is: only a reply that says so counts, for a tenant as well as against one."""

import json

import pytest

from checker.model.answers import HttpAnswer
from checker.model.axes import Cloud
from checker.model.undecided import Unreadable
from checker.readings.openid_configuration import LOGIN_HOSTS, Tenant, read_tenant

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
ENDPOINT = f"https://login.microsoftonline.com/{GUID}/oauth2/token"


def reply(status: int, body: str = "", tls_error: str = "") -> HttpAnswer:
    return HttpAnswer(status=status, url="https://login.microsoftonline.com/", body=body, tls_error=tls_error)


def document(**said: object) -> str:
    return json.dumps({"token_endpoint": ENDPOINT, **said})


@pytest.mark.parametrize(
    ("body", "cloud"),
    [
        (document(), Cloud.WORLDWIDE),
        (document(tenant_region_sub_scope=None), Cloud.WORLDWIDE),
        (document(tenant_region_sub_scope="gcc"), Cloud.GCC),
        (document(tenant_region_sub_scope="USGov"), None),  # not among those that a source names
        (document(token_endpoint=ENDPOINT.replace("/oauth2/", "/oauth2/v2.0/")), Cloud.WORLDWIDE),
        (document(token_endpoint=ENDPOINT.upper().replace("HTTPS", "https")), Cloud.WORLDWIDE),
    ],
)
def test_a_tenant_is_its_identifier_and_its_cloud(body: str, cloud: Cloud | None) -> None:
    assert read_tenant(reply(200, body)) == Tenant(GUID, cloud)


def test_a_domain_of_no_tenant_is_an_answer() -> None:
    assert read_tenant(reply(400, '{"error": "invalid_tenant", "error_description": "AADSTS90002: ..."}')) is None


@pytest.mark.parametrize(
    "answer",
    [
        reply(400, "<html>Bad Request</html>"),  # a proxy's, perhaps
        reply(404),
        reply(503, '{"error": "temporarily_unavailable"}'),
        reply(200, "[" * 100_000),
        reply(200, document(token_endpoint=f"https://login.evil.example/{GUID}/oauth2/token")),
        reply(200, document(token_endpoint="https://login.microsoftonline.com/common/oauth2/token")),
        reply(200, document(token_endpoint=7)),
        reply(0, tls_error="untrusted: self-signed certificate"),
    ],
    ids=["foreign-400", "404", "503", "nested", "foreign-host", "no-identifier", "number", "tls"],
)
def test_what_is_neither_is_not_read_as_one(answer: HttpAnswer) -> None:
    with pytest.raises(Unreadable, match=answer.tls_error or f"status {answer.status}"):
        read_tenant(answer)


def test_each_sign_in_host_is_asked_once() -> None:
    assert len(LOGIN_HOSTS) == len(set(LOGIN_HOSTS)) == 3

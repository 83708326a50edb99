"""What ``--to`` names, and the accounts that go with it."""

import pytest

from checker.credentials import Credentials
from checker.errors import UsageError
from checker.tickets.settings import access, supposed_access
from checker.tickets.target import parse_target

SNOW = "https://contoso.service-now.com"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("jira:MIG-42", ("jira", "MIG-42", None)),
        ("jira:mig-42", ("jira", "MIG-42", None)),
        ("snow:CHG0012345", ("snow", "CHG0012345", None)),
        ("https://site.atlassian.net/browse/MIG-42", ("jira", "MIG-42", "https://site.atlassian.net")),
        (
            "https://site.atlassian.net/browse/MIG-42?focusedCommentId=1",
            ("jira", "MIG-42", "https://site.atlassian.net"),
        ),
        ("https://contoso.com:8443/jira/browse/MIG-42/", ("jira", "MIG-42", "https://contoso.com:8443/jira")),
        ("https://contoso.com/projects/MIG/issues/MIG-42", ("jira", "MIG-42", "https://contoso.com")),
        (f"{SNOW}/change_request.do?sysparm_query=number=CHG0012345", ("snow", "CHG0012345", SNOW)),
        (f"{SNOW}/nav_to.do?uri=change_request.do%3Fsysparm_query%3Dnumber%3DCHG0012345", ("snow", "CHG0012345", SNOW)),
    ],
)
def test_a_ticket_is_named_by_prefix_or_by_url(text: str, named: tuple[str, str, str | None]) -> None:
    target = parse_target(text)
    assert (target.kind.prefix, target.ticket, target.base) == named


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MIG-42",
        "jira:",
        "jira:MIG-0",
        "jira:MIG-42/../MIG-1",
        "snow:0012345",
        "snow:CHG1^ORnumber=CHG2",
        "https://user:password@site.atlassian.net/browse/MIG-42",
        "https://[::1/browse/MIG-42",
        "https://site.atlassian.net/",
        "https://github.com/owner/repo/issues/7",
        "https://contoso.service-now.com/change_request.do?sys_id=9d385017c611228701d22104cc95c371",
    ],
)
def test_anything_else_is_refused_with_a_way_out(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_target(text)
    assert refused.value.hint and "password" not in refused.value.message


def credentials(**variables: str) -> Credentials:
    return Credentials({f"CSREADY_{name}": value for name, value in variables.items()})


@pytest.mark.parametrize(
    ("url", "user", "header"),
    [
        ("https://a.atlassian.net/", "o@contoso.com", "Basic b0Bjb250b3NvLmNvbTpzM2NyZXQ="),
        ("https://jira.contoso.com/jira/", "", "Bearer s3cret"),
        ("https://api.atlassian.com/ex/jira/1-2", "", "Bearer s3cret"),
    ],
)
def test_an_account_is_basic_with_a_user_and_a_bearer_without(url: str, user: str, header: str) -> None:
    given = access(
        parse_target("jira:MIG-42"), credentials(JIRA_URL=url, JIRA_USER=user, JIRA_TOKEN=" s3cret\n"), ask=None
    )
    assert (given.site.base, given.authorization) == (url.rstrip("/"), header)
    assert "s3cret" not in repr(given)


def test_a_secret_is_asked_for_where_there_is_somebody_to_ask() -> None:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return "typed"

    given = access(parse_target("jira:MIG-42"), credentials(JIRA_URL="https://jira.contoso.com"), ask)
    assert given.authorization == "Bearer typed"
    assert "jira.contoso.com" in asked[0] and "CSREADY_JIRA_TOKEN" in asked[0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1"])
def test_http_is_for_loopback(url: str) -> None:
    given = access(parse_target("jira:MIG-42"), credentials(JIRA_URL=url, JIRA_TOKEN="x"), ask=None)
    assert given.site.base == url


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"JIRA_URL": "http://127.0.0.1.evil.example"}, "in the clear"),
        ({"JIRA_URL": "ftp://jira.contoso.com"}, "no address"),
        ({"JIRA_URL": "https://o:secret@jira.contoso.com"}, "carries a login"),
        ({"JIRA_URL": "https://jira.contoso.com", "JIRA_TOKEN": "se\ncret"}, "characters that no token has"),
        ({"JIRA_URL": "https://jira.contoso.com", "JIRA_TOKEN": "secret", "JIRA_USER": "a:b"}, "has a colon"),
    ],
)
def test_an_account_that_cannot_be_used_is_refused_without_quoting_it(variables: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        access(parse_target("jira:MIG-42"), credentials(**variables), ask=None)
    assert "secret" not in f"{refused.value.message} {refused.value.hint}".replace("account's secret", "")


def test_a_dry_run_takes_the_address_that_is_known() -> None:
    shown = supposed_access(parse_target("https://jira.contoso.com/browse/MIG-42"), credentials())
    assert (shown.site.base, shown.authorization) == ("https://jira.contoso.com", "Bearer")

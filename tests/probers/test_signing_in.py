"""The ways of signing in to a PowerShell endpoint: which there are, and what each does to password and messages."""

from importlib.util import find_spec
from typing import Any

import pytest
from pypsrp import wsman

from checker.lab.powershell_objects import CmdletReply, Thing
from checker.lab.wsman_server import _Conversation
from checker.model.answers import Objects
from checker.model.facts import NoAnswer
from checker.probers.wire import Reply
from tests.probers.asking import ask, outcome
from tests.probers.remoting_lab import FE01, OFFICE365, PROVIDERS, ROW, URL, RemotingLab, offering, with_auth

PLAIN = f"http://{FE01}:5985/OcsPowershell"
SCHEMES = ("negotiate", "ntlm", "basic", "credssp")


@pytest.mark.parametrize("auth", SCHEMES)
def test_each_way_leads_in_over_tls(lab: RemotingLab, auth: str) -> None:
    lab.serve(offering(CmdletReply((OFFICE365,))), auth_schemes=SCHEMES)

    assert ask(lab.wire(onprem=with_auth(auth)), PROVIDERS, within_s=5) == Reply(Objects(rows=(ROW,)), URL)


@pytest.mark.parametrize("auth", ["negotiate", "ntlm", "credssp"])
def test_messages_are_encrypted_where_tls_is_not(lab: RemotingLab, monkeypatch: pytest.MonkeyPatch, auth: str) -> None:
    seen: list[bytes] = []
    serve = _Conversation._serve

    def record(conversation: _Conversation, body: bytes) -> None:
        seen.append(body)
        serve(conversation, body)

    monkeypatch.setattr(_Conversation, "_serve", record)
    many = tuple(Thing((), {"Comment": "x" * 1000}) for _ in range(100))  # CredSSP encrypts 16 KB at a time
    server = lab.serve(offering(CmdletReply(many)), port=5985, over_tls=False, auth_schemes=SCHEMES)

    answer = ask(lab.wire(onprem=with_auth(auth, PLAIN)), PROVIDERS, within_s=5).answer

    assert isinstance(answer, Objects) and [len(row["Comment"]) for row in answer.rows] == [1000] * 100
    assert "Get-CsHostingProvider" in dict(server.commands)
    assert len(seen) > 3 and not any(b"Body>" in body for body in seen)


@pytest.mark.parametrize("auth", SCHEMES)
def test_a_wrong_password_is_a_refused_login(lab: RemotingLab, monkeypatch: pytest.MonkeyPatch, auth: str) -> None:
    monkeypatch.setenv("CSREADY_ONPREM_PASSWORD", "hunter2-wrong")
    lab.serve(offering(CmdletReply()), auth_schemes=SCHEMES)

    answer = ask(lab.wire(onprem=with_auth(auth)), PROVIDERS, within_s=5).answer

    assert outcome(answer) == "refused login-refused"
    assert "hunter2" not in repr(answer)


@pytest.mark.parametrize("auth", ["negotiate", "basic", "credssp"])
def test_a_way_that_the_endpoint_does_not_offer_is_a_refused_login(lab: RemotingLab, auth: str) -> None:
    lab.serve(offering(CmdletReply()), auth_schemes=[each for each in SCHEMES if each[:1] != auth[:1]])

    assert outcome(ask(lab.wire(onprem=with_auth(auth)), PROVIDERS, within_s=5).answer) == "refused login-refused"


@pytest.mark.skipif(find_spec("gssapi") is not None, reason="the extra is installed")
def test_kerberos_without_its_library_names_the_extra(lab: RemotingLab) -> None:
    server = lab.serve(offering(CmdletReply()))

    answer = ask(lab.wire(onprem=with_auth("kerberos")), PROVIDERS).answer

    assert outcome(answer) == "no-access auth-not-installed"
    assert isinstance(answer, NoAnswer) and answer.needs.startswith("pip install 'csready[kerberos]', or auth = ")
    assert server.commands == []


def test_kerberos_may_have_a_ticket_in_place_of_a_password(lab: RemotingLab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSREADY_ONPREM_PASSWORD")
    lab.serve(offering(CmdletReply()))

    assert "no-password" not in outcome(ask(lab.wire(onprem=with_auth("kerberos")), PROVIDERS).answer)


def test_credssp_without_its_library_names_the_extra(lab: RemotingLab, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(*_: Any, **__: Any) -> None:
        raise ImportError("Cannot use CredSSP auth as requests-credssp is not installed")

    monkeypatch.setattr(wsman, "HttpCredSSPAuth", not_installed)

    answer = ask(lab.wire(onprem=with_auth("credssp")), PROVIDERS).answer

    assert isinstance(answer, NoAnswer) and answer.needs.startswith("pip install 'csready[credssp]', or auth = ")


def test_basic_authentication_is_not_sent_in_the_clear(lab: RemotingLab) -> None:
    wire = lab.wire(onprem=with_auth("basic", PLAIN))

    assert outcome(ask(wire, PROVIDERS).answer) == "no-access basic-without-tls"

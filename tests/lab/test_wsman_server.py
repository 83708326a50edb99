"""The lab's WS-Management server, asked by pypsrp: another implementation at the far end of the wire."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import pytest
import requests
from pypsrp.complex_objects import RunspacePoolState
from pypsrp.exceptions import AuthenticationError, WinRMTransportError, WSManFaultError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan

from checker.lab.certificates import Authority, ServerCertificate
from checker.lab.powershell_objects import (
    Behaviour,
    CmdletReply,
    Endpoint,
    Enumeration,
    ErrorReply,
    Thing,
    Value,
    Version,
)
from checker.lab.wsman_server import WsmanServer

COMPLETED, FAILED = 4, 5
EDGE = "Microsoft.Rtc.Management.WritableConfig.Settings.Edge"
USER, PASSWORD = "CONTOSO\\admin", "correct horse"


def provider(**properties: Value) -> Thing:
    return Thing((f"{EDGE}.DisplayHostingProvider", "System.Object"), properties, "Identity=Office365")


def answering(*output: Value, behaviour: Behaviour = Behaviour.ANSWER) -> Endpoint:
    return Endpoint(cmdlets={"Get-CsHostingProvider": CmdletReply(output, behaviour=behaviour)})


@pytest.fixture(scope="module")
def certificate() -> ServerCertificate:
    return Authority("Lab root").issue("127.0.0.1")


def der(certificate: ServerCertificate) -> bytes:
    return ssl.PEM_cert_to_DER_cert(certificate.leaf.cert_chain_pems[0].bytes().decode("ascii"))


Serve = Callable[..., WsmanServer]
Connect = Callable[..., Any]


@pytest.fixture
def serve(certificate: ServerCertificate) -> Serve:
    def over_tls(endpoint: Endpoint, **options: Any) -> WsmanServer:
        options = {"tls": certificate.context(), "certificate_der": der(certificate), **options}
        return WsmanServer(endpoint, USER, PASSWORD, **options)

    return over_tls


@pytest.fixture
def connect(certificate: ServerCertificate, tmp_path: Path) -> Connect:
    roots = tmp_path / "roots.pem"
    roots.write_bytes(certificate.authority.pem)

    @contextmanager
    def pool(
        server: WsmanServer, configuration: str = "Microsoft.PowerShell", **options: Any
    ) -> Iterator[RunspacePool]:
        host, port = server.address
        options = {"username": USER, "password": PASSWORD, "path": "OcsPowershell", "auth": "basic", **options}
        with (
            WSMan(host, port=port, no_proxy=True, **{"cert_validation": str(roots), **options}) as wsman,
            RunspacePool(wsman, configuration_name=configuration) as opened,
        ):
            yield opened

    return pool


def command(pool: RunspacePool, cmdlet: str, *selected: str, **parameters: object) -> PowerShell:
    shell = PowerShell(pool)
    shell.add_cmdlet(cmdlet).add_parameters(parameters)
    if selected:
        shell.add_cmdlet("Select-Object").add_parameter("Property", list(selected))
    return shell


def poll_until(shell: PowerShell, deadline_s: float) -> None:
    ends = monotonic() + deadline_s
    while shell.state not in (COMPLETED, FAILED) and monotonic() < ends:
        shell.poll_invoke(timeout=1)


@pytest.mark.parametrize("auth", ["negotiate", "ntlm", "basic"])
def test_a_client_signs_in_over_tls(serve: Serve, connect: Connect, auth: str) -> None:
    with serve(answering(provider(Enabled=True))) as server, connect(server, auth=auth) as pool:
        [row] = command(pool, "Get-CsHostingProvider").invoke()
    assert row.adapted_properties == {"Enabled": True}
    assert row.types == [f"{EDGE}.DisplayHostingProvider", "System.Object"]
    assert str(row) == "Identity=Office365"


@pytest.mark.parametrize("auth", ["negotiate", "ntlm", "credssp"])
def test_without_tls_messages_are_encrypted(serve: Serve, connect: Connect, auth: str) -> None:
    endpoint = answering(*(provider(Number=number, Comment="x" * 1000) for number in range(100)))
    plain: dict[str, Any] = {"tls": None, "certificate_der": None, "auth_schemes": ["negotiate", "ntlm", "credssp"]}
    with serve(endpoint, **plain) as server, connect(server, auth=auth, ssl=False) as pool:
        rows = command(pool, "Get-CsHostingProvider").invoke()
        assert pool.connection.transport.encryption is not None
    assert [row.adapted_properties["Number"] for row in rows] == list(range(100))


@pytest.mark.parametrize("auth", ["negotiate", "ntlm", "basic"])
def test_a_wrong_password_is_refused(serve: Serve, connect: Connect, auth: str) -> None:
    with serve(answering()) as server, pytest.raises(AuthenticationError), connect(server, auth=auth, password="no"):
        pass


def test_a_scheme_that_is_not_offered_is_refused(serve: Serve, connect: Connect) -> None:
    with serve(answering(), auth_schemes=["negotiate"]) as server, pytest.raises(AuthenticationError), connect(server):
        pass


def test_a_sign_in_bound_to_another_certificate_is_refused(serve: Serve, connect: Connect) -> None:
    other = der(Authority("Interceptor").issue("127.0.0.1"))
    with (
        serve(answering(), certificate_der=other) as server,
        pytest.raises(AuthenticationError),
        connect(server, auth="ntlm"),
    ):
        pass


def test_servers_with_different_accounts_sign_in_at_the_same_time(connect: Connect) -> None:
    def sign_in(number: int) -> int:
        account: dict[str, Any] = {"username": f"user{number}", "password": f"secret{number}"}
        endpoint = answering(provider(Number=number))
        with WsmanServer(endpoint, **account) as server, connect(server, auth="ntlm", ssl=False, **account) as pool:
            [row] = command(pool, "Get-CsHostingProvider").invoke()
            number_seen: int = row.adapted_properties["Number"]
            return number_seen

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(sign_in, range(16))) == list(range(16))


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        (None, None),
        (True, True),
        (-5, -5),
        (2**40, 2**40),
        ("", ""),
        ("a_x0041_b <&\"'> \t\r\n \U0001f600 \x85", "a_x0041_b <&\"'> \t\r\n \U0001f600 \x85"),
        (datetime(2026, 11, 22, 9, 8, 7, 5, UTC), "2026-11-22T09:08:07.0000050Z"),
        (datetime(2026, 11, 22, tzinfo=timezone(timedelta(hours=-1))), "2026-11-22T00:00:00.0000000-01:00"),
        (datetime(2026, 11, 22), "2026-11-22T00:00:00.0000000"),
        (UUID(int=7), UUID(int=7)),
        (Version("7.0.2046.0"), "7.0.2046.0"),
        (("sip:a@contoso.com", 2, None), ["sip:a@contoso.com", 2, None]),
        ([("nested",), ()], [["nested"], []]),
    ],
)
def test_a_value_arrives_as_it_was_told(serve: Serve, connect: Connect, sent: Value, received: object) -> None:
    with serve(answering(provider(Value=sent), sent)) as server, connect(server) as pool:
        row, alone = command(pool, "Get-CsHostingProvider").invoke()
    assert row.adapted_properties == {"Value": received}
    assert alone == received


def test_enumerations_and_objects_nest(serve: Serve, connect: Connect) -> None:
    level = Enumeration(f"{EDGE}.VerificationLevelType", "UseSourceVerification", 1)
    urls = tuple(
        Thing(("SimpleUrl", "System.Object"), {"Component": name, "Level": level}) for name in ("meet", "dialin")
    )
    with serve(answering(provider(Level=level, SimpleUrl=urls))) as server, connect(server) as pool:
        [row] = command(pool, "Get-CsHostingProvider").invoke()
    seen = row.adapted_properties["Level"]
    assert (str(seen), seen.property_sets, seen.types[:2]) == (
        "UseSourceVerification",
        [1],
        [level.type_name, "System.Enum"],
    )
    inner = row.adapted_properties["SimpleUrl"]
    assert [url.adapted_properties["Component"] for url in inner] == ["meet", "dialin"]
    assert {str(url.adapted_properties["Level"]) for url in inner} == {"UseSourceVerification"}
    assert [url.types for url in inner] == [["SimpleUrl", "System.Object"]] * 2


def test_of_an_object_that_is_no_system_object_a_client_sees_raw_xml(serve: Serve, connect: Connect) -> None:
    with serve(answering(Thing((f"{EDGE}.AllowedDomain",), {"Domain": "a.test"}))) as server, connect(server) as pool:
        [row] = command(pool, "Get-CsHostingProvider").invoke()
    assert isinstance(row, str)
    assert ElementTree.fromstring(row).findtext("Props/S[@N='Domain']") == "a.test"


def test_access_denied_is_an_error_record_of_a_completed_pipeline(serve: Serve, connect: Connect) -> None:
    denied = ErrorReply(
        "Access is denied.", "PermissionDenied", "AccessDenied,Get-CsUser", "System.UnauthorizedAccessException"
    )
    endpoint = Endpoint(cmdlets={"Get-CsUser": CmdletReply((provider(Number=1),), denied)})
    with serve(endpoint) as server, connect(server) as pool:
        shell = command(pool, "Get-CsUser")
        assert len(shell.invoke()) == 1
    [record] = shell.streams.error
    assert (shell.state, shell.had_errors, str(record)) == (COMPLETED, False, "Access is denied.")
    assert (record.category, record.reason) == (18, "UnauthorizedAccessException")
    assert record.exception is not None
    assert (record.fq_error, record.exception.types[0]) == (denied.fully_qualified_id, denied.exception_type)


def test_a_terminating_error_fails_the_pipeline(serve: Serve, connect: Connect) -> None:
    endpoint = Endpoint(cmdlets={"Get-CsUser": CmdletReply(error=ErrorReply("No database.", terminating=True))})
    with serve(endpoint) as server, connect(server) as pool:
        shell = command(pool, "Get-CsUser")
        assert shell.invoke() == []
    assert (shell.state, shell.had_errors, [str(e) for e in shell.streams.error]) == (FAILED, True, ["No database."])


@pytest.mark.parametrize(
    ("cmdlet", "parameters", "message", "identifier"),
    [
        (
            "Get-CsNothing",
            {},
            "The term 'Get-CsNothing' is not recognized as the name of a cmdlet, function, script file, or operable "
            "program. Check the spelling of the name, or if a path was included, verify that the path is correct and "
            "try again.",
            "CommandNotFoundException",
        ),
        (
            "Get-CsPool",
            {"Site": 1},
            "A parameter cannot be found that matches parameter name 'Site'.",
            "NamedParameterNotFound,Get-CsPool",
        ),
    ],
)
def test_what_cannot_be_bound_fails_in_the_words_of_powershell(
    serve: Serve, connect: Connect, cmdlet: str, parameters: dict[str, object], message: str, identifier: str
) -> None:
    endpoint = Endpoint(cmdlets={"Get-CsPool": CmdletReply()}, parameters={"Get-CsPool": ("Identity",)})
    with serve(endpoint) as server, connect(server) as pool:
        shell = command(pool, cmdlet, **parameters)
        shell.invoke()
    [record] = shell.streams.error
    assert (shell.state, str(record), record.fq_error) == (FAILED, message, identifier)


@pytest.mark.parametrize("language", [False, True])
def test_a_script_needs_a_language(serve: Serve, connect: Connect, language: bool) -> None:
    script = "Get-CsPool | ConvertTo-Json"
    endpoint = Endpoint(cmdlets={script: CmdletReply(("[]",))}, language=language)
    with serve(endpoint) as server, connect(server) as pool:
        shell = PowerShell(pool)
        shell.add_script(script)
        output = shell.invoke()
    refusal = "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode."
    assert (output, [str(e) for e in shell.streams.error]) == ((["[]"], []) if language else ([], [refusal]))


def test_names_are_matched_without_case_and_kept_as_sent(serve: Serve, connect: Connect) -> None:
    def get_user(parameters: Mapping[str, object]) -> CmdletReply:
        return CmdletReply((f"{parameters['Identity']} {parameters.get('ResultSize')}",))

    endpoint = Endpoint(cmdlets={"Get-CsUser": get_user}, parameters={"get-csuser": ("Identity", "ResultSize")})
    with serve(endpoint) as server, connect(server) as pool:
        shell = command(pool, "get-CSUSER", identity="sip:a@contoso.com", RESULTSIZE=5, ErrorAction="Stop")
        assert shell.invoke() == ["sip:a@contoso.com 5"]
        [(name, parameters)] = server.commands
    assert (name, list(parameters)) == ("get-CSUSER", ["identity", "RESULTSIZE", "ErrorAction"])


def test_select_object_projects_on_the_far_side(serve: Serve, connect: Connect) -> None:
    row = provider(Name="Office365", ProxyFqdn="sipfed.online.lync.com", ProxyPort=5061, Enabled=True)
    with serve(answering(row)) as server, connect(server) as pool:
        [seen] = command(pool, "Get-CsHostingProvider", "enabled", "Proxy*", "Missing").invoke()
    assert seen.types[0] == f"Selected.{EDGE}.DisplayHostingProvider"
    expected = {"Enabled": True, "ProxyFqdn": "sipfed.online.lync.com", "ProxyPort": 5061, "Missing": None}
    assert (seen.extended_properties, seen.adapted_properties) == (expected, {})


@pytest.mark.parametrize("selectable", [(), ("Name",)])
def test_an_endpoint_may_have_no_selection_or_a_restricted_one(
    serve: Serve, connect: Connect, selectable: tuple[str, ...]
) -> None:
    endpoint = Endpoint(cmdlets={"Get-CsPool": CmdletReply((provider(Name="a", Fqdn="b"),))}, selectable=selectable)
    with serve(endpoint) as server, connect(server) as pool:
        refused = command(pool, "Get-CsPool", "Fqdn")
        taken = command(pool, "Get-CsPool", "Name")
        assert (refused.invoke(), len(taken.invoke())) == ([], len(selectable))
    expected = "ParameterArgumentValidationError,Select-Object" if selectable else "CommandNotFoundException"
    assert [record.fq_error for record in refused.streams.error] == [expected]


def test_a_pattern_that_matches_nothing_gives_no_property(serve: Serve, connect: Connect) -> None:
    with serve(answering(provider(Name="Office365"))) as server, connect(server) as pool:
        [seen] = command(pool, "Get-CsHostingProvider", "nam[e]", "Missin[g]").invoke()
    assert seen.extended_properties == {"Name": "Office365"}


def test_a_module_is_there_once_it_is_imported_and_in_that_pipeline_only(serve: Serve, connect: Connect) -> None:
    modules = {"Lync": {"Get-CsPool": CmdletReply(("pool",))}}
    with serve(Endpoint(language=True, modules=modules)) as server, connect(server) as pool:
        names = {"Name": ["SkypeForBusiness", "Lync"], "ErrorAction": "SilentlyContinue"}
        importing = command(pool, "Import-Module", **names).add_statement().add_cmdlet("Get-CsPool")
        assert importing.invoke() == ["pool"]
        assert importing.streams.error == []
        alone = command(pool, "Get-CsPool")
        assert alone.invoke() == []
    assert alone.state == FAILED


def test_a_statement_that_fails_does_not_keep_the_next_from_running(serve: Serve, connect: Connect) -> None:
    endpoint = Endpoint(language=True, cmdlets={"Get-CsPool": CmdletReply(("pool",))})
    with serve(endpoint) as server, connect(server) as pool:
        both = command(pool, "Import-Module", Name="Lync").add_statement().add_cmdlet("Get-CsNothing")
        both.add_statement().add_cmdlet("Get-CsPool").add_cmdlet("Out-Null")
        both.add_statement().add_cmdlet("Get-CsPool")
        assert both.invoke() == ["pool"]
    assert [record.fq_error for record in both.streams.error] == [
        "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand",
        "CommandNotFoundException",
    ]
    assert both.state == COMPLETED


def test_a_wrong_path_is_not_found(serve: Serve, connect: Connect) -> None:
    with serve(answering()) as server, pytest.raises(WinRMTransportError) as caught, connect(server, path="wsman"):
        pass
    assert caught.value.code == 404


def test_an_unknown_configuration_is_a_fault(serve: Serve, connect: Connect) -> None:
    with serve(answering()) as server, pytest.raises(WSManFaultError) as caught, connect(server, "Microsoft.Exchange"):
        pass
    assert caught.value.code == 0x8033803B
    assert "Cannot find the Microsoft.Exchange session configuration" in str(caught.value)


def test_the_envelope_size_can_be_asked(serve: Serve, connect: Connect) -> None:
    with serve(answering(provider(Comment="x" * 1_000_000))) as server, connect(server) as pool:
        pool.connection.update_max_payload_size()
        assert pool.connection.max_envelope_size == 500 * 1024
        [row] = command(pool, "Get-CsHostingProvider").invoke()  # an object larger than any envelope
    assert row.adapted_properties == {"Comment": "x" * 1_000_000}


def test_cmdlets_of_one_pool_run_side_by_side(serve: Serve, connect: Connect) -> None:
    endpoint = Endpoint(cmdlets={name: CmdletReply((name,)) for name in ("Get-CsPool", "Get-CsSite")})
    with serve(endpoint, delay_s=1.0) as server, connect(server) as pool:
        started = monotonic()
        shells = [command(pool, name) for name in endpoint.cmdlets]
        for shell in shells:
            shell.begin_invoke()
        assert [shell.end_invoke() for shell in shells] == [["Get-CsPool"], ["Get-CsSite"]]
        assert 1.0 <= monotonic() - started < 1.9


def test_a_delay_longer_than_a_poll_is_waited_out(serve: Serve, connect: Connect) -> None:
    with serve(answering("late"), delay_s=1.5) as server, connect(server, operation_timeout=1) as pool:
        assert command(pool, "Get-CsHostingProvider").invoke() == ["late"]


@pytest.mark.parametrize(("behaviour", "arrives"), [(Behaviour.SILENT, []), (Behaviour.HALF, ["a", "b"])])
def test_a_client_with_a_deadline_gets_away_from_a_cmdlet_that_hangs(
    serve: Serve, connect: Connect, behaviour: Behaviour, arrives: list[str]
) -> None:
    hanging = CmdletReply(("a", "b", "c"), behaviour=behaviour)
    endpoint = Endpoint(cmdlets={"Get-CsUser": hanging, "Get-CsPool": CmdletReply(("pool",))})
    with serve(endpoint) as server, connect(server) as pool:
        shell = command(pool, "Get-CsUser")
        shell.begin_invoke()
        poll_until(shell, 1.0)
        assert shell.output == arrives
        shell.stop()
        assert command(pool, "Get-CsPool").invoke() == ["pool"]


@pytest.mark.parametrize("behaviour", [Behaviour.SILENT, Behaviour.DRIP])
def test_stopping_the_server_lets_go_of_waiting_clients(serve: Serve, connect: Connect, behaviour: Behaviour) -> None:
    server = serve(answering(provider(), behaviour=behaviour)).start()
    asking = threading.Event()
    outcome: list[BaseException] = []

    def wait() -> None:
        with connect(server) as pool:
            shell = command(pool, "Get-CsHostingProvider")
            shell.begin_invoke()
            asking.set()
            try:
                shell.end_invoke()
            except (requests.RequestException, WSManFaultError) as exc:
                outcome.append(exc)
            pool.state = RunspacePoolState.BROKEN  # there is nobody left to ask to close it

    client = threading.Thread(target=wait)
    client.start()
    try:
        assert asking.wait(5)
        client.join(0.5)
        assert client.is_alive()
    finally:
        started = monotonic()
        server.stop()
        assert monotonic() - started < 2
        client.join()
    assert len(outcome) == 1


def test_what_is_not_soap_is_not_taken_for_a_result(serve: Serve, connect: Connect) -> None:
    with (
        serve(answering(behaviour=Behaviour.GARBAGE)) as server,
        connect(server) as pool,
        pytest.raises(ElementTree.ParseError),
    ):
        command(pool, "Get-CsHostingProvider").invoke()


def test_a_reply_that_was_lost_is_given_again(serve: Serve, connect: Connect) -> None:
    output = tuple(f"{number} {'x' * 1000}" for number in range(300))
    with serve(answering(*output)) as server, connect(server) as pool:
        transport = pool.connection.transport
        send, lost = transport.send, []

        def lose_the_first_reply(message: bytes, **options: Any) -> bytes:
            if b"shell/Receive<" in message:
                lost.append(send(message, **options))
            reply: bytes = send(message, **options)
            return reply

        transport.send = lose_the_first_reply
        shell = command(pool, "Get-CsHostingProvider")
        shell.begin_invoke()
        poll_until(shell, 10)
        assert shell.output == list(output)
        assert len(lost) > 2  # 300 KB in envelopes of 150


def test_two_thousand_objects_come_in_order(serve: Serve, connect: Connect) -> None:
    output = tuple(provider(Number=number, SipAddress=f"sip:user{number}@contoso.com") for number in range(2000))
    with serve(answering(*output)) as server, connect(server) as pool:
        rows = command(pool, "Get-CsHostingProvider").invoke()
    assert [row.adapted_properties["Number"] for row in rows] == list(range(2000))

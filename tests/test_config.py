"""``csready.toml`` and the options: what is read from them, and what is refused with which words."""

from pathlib import Path

import pytest

from checker.config import LAB_NOTICE, Options, Setup, set_up, sip_domain
from checker.errors import UsageError
from checker.lab.certificates import Authority
from checker.model.axes import Cloud, Direction, Phase, Side
from checker.model.probes import Vantage
from checker.model.target import Runbook, Target
from checker.probers.connections import Secret

FULL = r"""
[deployment]
name = "contoso"
sip_domains = ["contoso.com", "Fabrikam.com.", "contoso.com"]
cloud = "gcc-high"
phase = "prepare"
direction = "to-cloud"
target = "SIPFED.online.gov.skypeforbusiness.us"
forests = 2
resource_forest = true

[onprem]
url = "https://fe01.contoso.com/OcsPowershell"
auth = "ntlm"
username = "CONTOSO\\svc-readiness"
configuration_name = "Microsoft.Other"

[[edge]]
host = "Edge01.contoso.com"
url = "https://edge01.contoso.com:5986/wsman"
username = "EDGE01\\svc"

[[edge]]
host = "edge02.contoso.com"

[workstation]
this_machine = false
url = "https://admin01.contoso.com:5986/wsman"
username = "svc"
teams_environment = "TeamsChina"

[tenant]
id = "contoso.onmicrosoft.com"
auth = "token"
client_id = "1950a258"

[dns]
external = ["8.8.8.8", "127.0.0.1:5353"]
internal = ["10.0.0.53", "2001:db8::53", "[::1]:54"]

[network]
here_is = "inside"
ca_bundle = "corp-root.pem"
proxy = "http://proxy:8080"
connect_to = { "webdir.online.lync.com:443" = "127.0.0.1:8443", "*" = "refuse" }

[operator]
onprem_groups = ["CsAdministrator"]
tenant_roles = []

[move]
users = "wave1.csv"
uses_credential_parameter = false
admin_needs_mfa = true
hosted_migration_override_url = ""
proxy_pool = "pool01.contoso.com"
force = false
move_to_teams = false
use_oauth = false
bypass_enterprise_voice_check = false
bypass_audio_conferencing_check = true
"""
ONPREM = '[onprem]\nurl = "{url}"\nusername = "svc"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "csready.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, text: str, **options: object) -> Setup:
    return set_up(Options(config=written(folder, text), **options), environment={})  # type: ignore[arg-type]  # any


def full(folder: Path, **options: object) -> Setup:
    (folder / "corp-root.pem").write_bytes(Authority("Contoso root").pem)
    (folder / "wave1.csv").write_text("sip:anna@contoso.com\n", encoding="utf-8")
    return read(folder, FULL, **options)


def refused(folder: Path, text: str, **options: object) -> str:
    """The whole sentence that the operator sees, with the folder taken out."""
    with pytest.raises(UsageError) as error:
        read(folder, text, **options)
    said = f"{error.value.message}. {error.value.hint}".replace(f"{folder}/", "")
    assert "\n" not in said
    return said


def test_every_key_reaches_the_target(tmp_path: Path) -> None:
    setup = full(tmp_path)
    assert setup.notices == (LAB_NOTICE,)
    assert setup.target == Target(
        name="contoso",
        sip_domains=("contoso.com", "fabrikam.com"),
        cloud=Cloud.GCC_HIGH,
        phase=Phase.PREPARE,
        direction=Direction.TO_CLOUD,
        proxy_fqdn="sipfed.online.gov.skypeforbusiness.us",
        forests=2,
        resource_forest=True,
        edges=("edge01.contoso.com", "edge02.contoso.com"),
        users=("sip:anna@contoso.com",),
        users_file="wave1.csv",
        user_lines=(1,),
        this_machine_moves=False,
        teams_environment="TeamsChina",
        here_is=Side.INSIDE,
        onprem_groups=("CsAdministrator",),
        tenant_roles=(),
        runbook=Runbook(
            uses_credential_parameter=False,
            admin_needs_mfa=True,
            hosted_migration_override_url="",
            proxy_pool="pool01.contoso.com",
            force=False,
            move_to_teams=False,
            use_oauth=False,
            bypass_enterprise_voice_check=False,
            bypass_audio_conferencing_check=True,
        ),
    )


def test_every_key_reaches_the_connections(tmp_path: Path) -> None:
    connections = full(tmp_path).connections
    network, onprem, tenant = connections.network, connections.onprem, connections.tenant
    assert network.resolvers == {
        Vantage.DNS_EXTERNAL: ("8.8.8.8:53", "127.0.0.1:5353"),
        Vantage.DNS_INTERNAL: ("10.0.0.53:53", "[2001:db8::53]:53", "[::1]:54"),
    }
    assert (network.ca_bundle, network.proxy) == (tmp_path / "corp-root.pem", "http://proxy:8080")
    assert network.connect_to == {"webdir.online.lync.com:443": "127.0.0.1:8443", "*": "refuse"}
    assert onprem and tenant and connections.workstation
    assert (onprem.host, onprem.auth, onprem.username) == ("fe01.contoso.com", "ntlm", r"CONTOSO\svc-readiness")
    assert (onprem.password, onprem.configuration_name) == (Secret("CSREADY_ONPREM_PASSWORD"), "Microsoft.Other")
    assert [(edge.host, edge.auth) for edge in connections.edges] == [("edge01.contoso.com", "negotiate")]
    assert (tenant.cloud, tenant.tenant_id) == (Cloud.GCC_HIGH, "contoso.onmicrosoft.com")


def test_what_is_not_said_stays_unsaid_and_what_is_assumed_is_noticed() -> None:
    setup = set_up(Options(domains=("contoso.com",)), environment={})
    unsaid = {name: getattr(setup.target, name) for name in ("forests", "resource_forest", "users", "here_is")}
    assert set(unsaid.values()) == {None}
    assert setup.target.runbook == Runbook()
    assert (setup.target.name, setup.target.phase) == ("contoso", Phase.HYBRID)
    assert [notice.code for notice in setup.notices] == [
        "phase-defaulted",
        "direction-defaulted",
        "cloud-defaulted",
        "resolver-defaulted",
    ]
    assert {notice.where for notice in setup.notices} == {"command line"}


def test_an_option_wins_over_the_file(tmp_path: Path) -> None:
    users = tmp_path / "other.txt"
    users.write_text("ben@contoso.com", encoding="utf-8")
    target = full(tmp_path, domains=("tailspin.com",), phase=Phase.CUTOVER, users=users).target
    assert (target.sip_domains, target.phase, target.users) == (
        ("tailspin.com",),
        Phase.CUTOVER,
        ("ben@contoso.com",),
    )
    assert full(tmp_path, no_users=True).target.users is None


def test_a_move_back_needs_its_target(tmp_path: Path) -> None:
    text = '[deployment]\nsip_domains = ["contoso.com"]\ndirection = "to-onprem"\n'
    assert "[deployment].target is not said. A move back needs" in refused(tmp_path, text)
    with_target = read(tmp_path, text + 'target = "pool01.contoso.com"\n').target
    assert (with_target.direction, with_target.proxy_fqdn) == (Direction.TO_ONPREM, "pool01.contoso.com")
    assert "target is not said" in refused(tmp_path, "", domains=("contoso.com",), direction=Direction.TO_ONPREM)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[deployment]\n\nphaze = "hybrid"', "csready.toml, line 3: [deployment].phaze: is not known. Did you"),
        ('[deployment]\nname="a"\n[dns]\nname = "x"', "line 4: [dns].name: is not known. Known here: external, "),
        ("[onprme]\n", "line 1: [onprme]: is not known. Did you mean onprem?"),
        ("colour = 1", "line 1: [colour]: is not known. Known here: deployment, onprem"),
        ('[[edge]]\nhost = "a"\nhots = "b"', "line 3: [edge].hots: is not known. Did you mean host?"),
        ('[[edge]]\nurl = "https://a"', "[edge]: object missing required field `host`."),
        ('[deployment]\nphase = "hybird"', "line 2: [deployment].phase: 'hybird' is not known. One of prepare, "),
        ('[deployment]\ncloud = "GCC"', "One of worldwide, gcc, gcc-high, dod, china."),
        ('[onprem]\nauth = "digest"', "line 2: [onprem].auth: 'digest' is not known. One of negotiate, "),
        ('[onprem]\nauth = "plain"', "One of negotiate, ntlm, kerberos, credssp, basic."),
        ('[tenant]\nauth = "password"', "line 2: [tenant].auth: 'password' is not known. One of token, device-code, "),
        ('[deployment]\nforests = "one"', "line 2: [deployment].forests: expected `int`, got `str`. Text stands in"),
        ('[deployment]\nsip_domains = "contoso.com"', "[deployment].sip_domains: expected `array`, got `str`. Text"),
        ("[move]\nforce = 1", "line 2: [move].force: expected `bool`, got `int`."),
        ('[network]\nconnect_to = { "a:1" = 2 }', "line 2: [network].connect_to: expected `str`, got `int`."),
        ("deployment = 3", "line 1: [deployment]: expected `object`, got `int`."),
        ("[deployment]\nname = contoso", "csready.toml: no valid TOML: Invalid value (at line 2, column 8)"),
    ],
)  # fmt: skip
def test_what_the_file_gets_wrong_is_named_with_line_and_key(text: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, text)


def test_a_key_that_stands_twice_is_named_without_a_line_rather_than_with_the_wrong_one(tmp_path: Path) -> None:
    text = '[[edge]]\nhost = "a"\nurl = "https://a"\n[[edge]]\nhost = "b"\nurl = 2\n'
    assert refused(tmp_path, text).startswith("csready.toml: [edge].url: expected `str`")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ONPREM.format(url="fe01.contoso.com"), "[onprem].url: 'fe01.contoso.com' is no URL."),
        (ONPREM.format(url="https://fe01:https/"), "[onprem].url: 'https://fe01:https/' is no URL."),
        (ONPREM.format(url="https://fe01:99999/"), "is no URL."),
        (ONPREM.format(url="https://[fe01/"), "is no URL."),
        (
            ONPREM.format(url="https://fe01..contoso.com/wsman"),
            "[onprem].url: 'fe01..contoso.com' is no name of a server.",
        ),
        (ONPREM.format(url="https://fe01"), "[onprem].url: 'https://fe01' has no path. End it with /OcsPowershell"),
        (ONPREM.format(url="https://fe01/"), "or with /wsman, of plain WinRM"),
        (
            '[[edge]]\nhost = "e"\nurl = "https://e:5986"\nusername = "s"',
            "[[edge]] e.url: 'https://e:5986' has no path.",
        ),
        ('[onprem]\nurl = "https://fe01/wsman"', "[onprem].username is not said."),
        (ONPREM.format(url="http://fe01/wsman") + 'auth = "basic"', "[onprem].auth: basic needs https."),
        ('[[edge]]\nhost = ""', "[[edge]].host: '' is no name of a server."),
        ('[deployment]\ntarget = "bücher..de"', "[deployment].target: 'bücher..de' is no name of a server."),
        ('[dns]\nexternal = ["dns.google"]', "[dns].external: 'dns.google' is no address."),
        ('[dns]\ninternal = ["10.0.0.1:0"]', "[dns].internal: '10.0.0.1:0' has no valid port."),
        ('[dns]\ninternal = ["10.0.0.1:dns"]', "has no valid port."),
        ('[network]\nconnect_to = { "webdir" = "127.0.0.1:1" }', "[network].connect_to: 'webdir' = '127.0.0.1:1'"),
        ('[network]\nproxy = "proxy:8080"', "[network].proxy is no URL."),
        ('[network]\nca_bundle = "none.pem"', "[network].ca_bundle: none.pem: No such file or directory."),
        ('[network]\nca_bundle = "csready.toml"', "[network].ca_bundle: csready.toml: holds no certificate."),
        ('[move]\nusers = "none.csv"', "none.csv: No such file or directory."),
    ],
)
def test_what_cannot_be_used_is_refused_before_anything_is_sent(text: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, text, domains=("contoso.com",))


@pytest.mark.parametrize(
    "url", ["https://svc:hunter2@fe01.contoso.com/", "ftp://svc:hunter2@fe01", "svc:hunter2@fe01", "https://svc:hunter2@"]
)  # fmt: skip
def test_a_login_in_a_url_is_refused_and_not_repeated(url: str, tmp_path: Path) -> None:
    said = refused(tmp_path, ONPREM.format(url=url))
    assert "[onprem].url carries a login. Put the name into username, the password into CSREADY_ONPREM_PASSWORD" in said
    assert "hunter2" not in said
    assert "hunter2" not in refused(tmp_path, '[network]\nproxy = "svc:hunter2@p"', domains=("contoso.com",))


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.toml: No such file"):
        set_up(Options(config=tmp_path / "nowhere.toml"))
    (tmp_path / "latin.toml").write_bytes('[deployment]\nname = "Zürich"'.encode("cp1252"))
    with pytest.raises(UsageError, match=r"latin\.toml: is not UTF-8 \(byte 22\)"):
        set_up(Options(config=tmp_path / "latin.toml"))


def test_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "csready.toml"
    path.write_bytes('[deployment]\nsip_domains = ["contoso.com"]'.encode("utf-8-sig"))
    assert set_up(Options(config=path)).target.sip_domains == ("contoso.com",)


def test_nothing_to_look_at_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "").startswith("nothing to look at. Name a SIP domain")


@pytest.mark.parametrize(
    "name",
    ["", "contoso", "https://contoso.com", "sip:contoso.com", "anna@contoso.com", "a..b", ".contoso.com", "a b.com",
     "-a.com", "a_b.com", "10.0.0.1", f"{'a' * 64}.com", f"{'a.' * 130}com", "ü" * 64 + ".de"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no SIP domain"):
        sip_domain(name, "command line")
    said = refused(tmp_path, f'[deployment]\nsip_domains = ["contoso.com", "{name}"]')
    assert said.startswith(f"csready.toml: [deployment].sip_domains: {name!r} is no SIP domain")


@pytest.mark.parametrize(
    ("name", "read_as"),
    [("Contoso.COM.", "contoso.com"), ("bücher.example", "xn--bcher-kva.example"), ("xn--bcher-kva.example",) * 2],
)
def test_a_domain_is_kept_as_it_is_compared(name: str, read_as: str) -> None:
    assert sip_domain(name, "command line") == read_as


def test_offline_no_resolver_is_said_to_be_asked(tmp_path: Path) -> None:
    setup = set_up(Options(domains=("contoso.com",), offline=True))
    assert "resolver-defaulted" not in {notice.code for notice in setup.notices}


def test_a_file_that_is_nested_too_deep_is_named(tmp_path: Path) -> None:
    assert "nested too deep" in refused(tmp_path, "[onprem]\nurl = " + "[" * 2000 + "]" * 2000)

"""``csready init`` against the lab's servers: what it fills in, what it says of the rest, and what it never does."""

import fnmatch
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from checker.checks import all_checks
from checker.config_file import ConfigFile, read_config_file
from checker.lab.deployment import Deployment
from checker.lab.naming import LOGIN
from checker.lab.running import Lab
from checker.lab.sound_deployment import SOUND as KNOWN_TO_LOGIN
from checker.lab.web_server import WebBehaviour, WebReply
from checker.lab.zones import DnsBehaviour
from checker.model.axes import Cloud
from tests.cli.running import csready, scanned

GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER_GUID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8"
SRV = "_sipfederationtls._tcp.contoso.com"


# The sound deployment, whose domains the login host of the cloud does not know.
SOUND = replace(
    KNOWN_TO_LOGIN,
    pages={place: page for place, page in KNOWN_TO_LOGIN.pages.items() if "openid-configuration" not in place[1]},
)


def openid(tenant: str, login: str = LOGIN, **more: str) -> WebReply:
    """As the sign-in host has it for a domain of a tenant, less what is not read."""
    document = {
        "token_endpoint": f"https://{login}/{tenant}/oauth2/token",
        "issuer": f"https://sts.windows.net/{tenant}/",
        "tenant_region_scope": "NA",
        "cloud_instance_name": "microsoftonline.com",
        **more,
    }
    return WebReply(body=json.dumps(document).encode())


NO_SUCH_TENANT = WebReply(
    400, body=b'{"error": "invalid_tenant", "error_description": "AADSTS90002: Tenant \'contoso.com\' not found."}'
)


def with_login(reply: WebReply, domain: str = "contoso.com", of: Deployment = SOUND) -> Deployment:
    return replace(of, pages={**of.pages, (LOGIN, f"/{domain}/.well-known/openid-configuration"): reply})


def with_lyncdiscover(reply: WebReply) -> Deployment:
    return replace(SOUND, pages={**SOUND.pages, ("lyncdiscover.contoso.com", "/"): reply})


@contextmanager
def looked_through(deployment: Deployment, folder: Path) -> Iterator[Lab]:
    """The lab, and ``lab.toml`` with no more than the sections that lead to it."""
    with Lab(deployment) as lab:
        sections = tomllib.loads(lab.config.read_text(encoding="utf-8"))
        text = f"[dns]\nexternal = {json.dumps(sections['dns']['external'])}\n[network]\n"
        text += f"ca_bundle = {json.dumps(sections['network']['ca_bundle'])}\n[network.connect_to]\n"
        text += "".join(f'"{key}" = "{to}"\n' for key, to in sections["network"]["connect_to"].items())
        (folder / "lab.toml").write_text(text, encoding="utf-8")
        yield lab


def unfolded(text: str) -> str:
    """With each comment on one line."""
    return text.replace("\n#   ", " ")


def initialised(deployment: Deployment, folder: Path, *arguments: str) -> tuple[CompletedProcess[str], ConfigFile, str]:
    with looked_through(deployment, folder):
        done = csready("init", *(arguments or ("contoso.com",)), "-c", "lab.toml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    path = folder / "csready.toml"
    return done, read_config_file(path), unfolded(path.read_text(encoding="utf-8"))


def test_what_is_found_is_filled_in_and_says_where_it_comes_from(tmp_path: Path) -> None:
    deployment = with_login(openid(GUID), "fabrikam.com", with_login(openid(GUID)))
    done, file, text = initialised(deployment, tmp_path, "contoso.com", "Fabrikam.com")
    assert file.deployment.sip_domains == ("contoso.com", "fabrikam.com")
    assert (file.deployment.cloud, file.tenant and file.tenant.id) == (Cloud.WORLDWIDE, GUID)
    assert f"# asked: contoso.com: tenant {GUID}, cloud worldwide, says {LOGIN} (20" in text
    assert f"# asked: SRV {SRV}: sip.contoso.com, port 5061, says 127.0.0.1:" in text
    assert "The internet knows it as sip.contoso.com, sip.fabrikam.com." in text
    assert '# url = "https://fe01.contoso.com/OcsPowershell"' in text
    assert "X-MS-Server-Fqdn names fe01.contoso.com" in text
    assert f"tenant        contoso.com: tenant {GUID}" in done.stdout
    assert "next          csready scan -c csready.toml" in done.stdout


def test_the_written_file_leads_a_scan_the_same_way(tmp_path: Path) -> None:
    with looked_through(with_login(openid(GUID)), tmp_path):
        (tmp_path / "sub").mkdir()
        done = csready("init", "contoso.com", "-c", "lab.toml", "-o", "sub/new.toml", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        code, report = scanned("-c", "sub/new.toml", cwd=tmp_path)
    assert code == 5
    found = {(finding.check, finding.subject.name): finding.status.value for finding in report.findings}
    assert found["dns.federation-srv", "contoso.com"] == "pass"
    assert found["dns.lyncdiscover", "contoso.com"] == "pass"


def test_every_example_behind_a_hash_is_one_that_could_be_used(tmp_path: Path) -> None:
    _, _, text = initialised(SOUND, tmp_path)
    lines = [line for line in text.splitlines() if not line.startswith("# asked")]
    opened = [line.removeprefix("# ") if _is_example(line) else line for line in lines]
    (tmp_path / "opened.toml").write_text("\n".join(opened), encoding="utf-8")
    file = read_config_file(tmp_path / "opened.toml")
    said: Mapping[str, Any] = tomllib.loads("\n".join(opened))
    assert set(said) == set(ConfigFile.__struct_fields__)
    for section in ("deployment", "onprem", "workstation", "tenant", "dns", "network", "operator", "move"):
        known = set(getattr(file, section).__struct_fields__)
        assert known - set(said[section]) <= {"target", "auth", "configuration_name"}, section


def test_the_checks_that_a_section_is_said_to_open_exist(tmp_path: Path) -> None:
    _, _, text = initialised(SOUND, tmp_path)
    opened = [glob for line in re.findall(r"^# Opens: .*", text, re.MULTILINE) for glob in _CHECKS.findall(line)]
    assert len(opened) > 10
    for glob in opened:
        assert fnmatch.filter((check.id for check in all_checks()), glob), glob


_CHECKS = re.compile(r"\b[a-z-]+\.[a-z0-9*-]+")


def _is_example(line: str) -> bool:
    key = line.removeprefix("# ").partition(" ")[0]
    return line.startswith("# ") and (key.startswith("[") or line.removeprefix(f"# {key}").startswith(" = "))


def test_a_federation_record_that_leads_to_the_cloud_names_no_edge(tmp_path: Path) -> None:
    deployment = SOUND.with_record(SRV, "SRV", "100 1 5061 sipfed.online.lync.com.")
    _, file, text = initialised(deployment, tmp_path)
    assert f"{SRV}: sipfed.online.lync.com, so federation leads to the cloud (worldwide)" in text
    assert "The internet knows it as" not in text
    assert file.edge == ()


@pytest.mark.parametrize(
    ("deployment", "said"),
    [
        (SOUND.without_record(SRV, "SRV"), f"# asked: SRV {SRV}: no such record (NX"),
        (SOUND.with_record(SRV, "SRV", "0 0 0 ."), f'# asked: SRV {SRV}: ".", federation is not offered'),
        (
            SOUND.with_record(SRV, "SRV", behaviour=DnsBehaviour.SERVFAIL),
            f"# asked: SRV {SRV}: not known (127.0.0.1:",
        ),
        (with_login(NO_SUCH_TENANT), f"# asked: contoso.com: no domain of a tenant, says {LOGIN} (20"),
        (with_login(WebReply(503)), f"# asked: contoso.com: {LOGIN} did not say whose it is (status 503"),
        (with_login(openid("common")), f"# asked: contoso.com: {LOGIN} did not say whose it is (status 200"),
        (
            with_lyncdiscover(WebReply(404)),
            "status 404, no reply of Autodiscover, and no header that names a Front End",
        ),
        (
            SOUND.without_record("lyncdiscover.contoso.com", "A"),
            "# asked: lyncdiscover.contoso.com: nowhere: lyncdiscover.contoso.com -> no record (NXDOMAIN)",
        ),
        (
            SOUND.without_record("lyncdiscover.contoso.com", "A").with_record(
                "lyncdiscover.contoso.com", "CNAME", "webdir.online.lync.com."
            ),
            "# asked: lyncdiscover.contoso.com: in the cloud (worldwide)",
        ),
    ],
    ids=["no-srv", "no-service", "servfail", "no-tenant", "login-503", "no-guid", "no-header", "nowhere", "in-cloud"],
)
def test_what_could_not_be_discovered_says_why(deployment: Deployment, said: str, tmp_path: Path) -> None:
    _, file, text = initialised(deployment, tmp_path)
    assert said in text
    assert file.tenant is None and file.deployment.cloud is None and file.edge == ()


def test_two_tenants_are_told_and_neither_is_chosen(tmp_path: Path) -> None:
    deployment = with_login(openid(OTHER_GUID), "fabrikam.com", with_login(openid(GUID)))
    _, file, text = initialised(deployment, tmp_path, "contoso.com", "fabrikam.com")
    assert file.tenant is None and file.deployment.cloud is None
    assert GUID in text and OTHER_GUID in text


@pytest.mark.parametrize(
    ("reply", "cloud"),
    [
        (openid(GUID, tenant_region_sub_scope="GCC"), Cloud.GCC),
        (openid(GUID, "login.microsoftonline.us", tenant_region_sub_scope="DODCON"), Cloud.GCC_HIGH),
        (openid(GUID, "login.microsoftonline.us", tenant_region_sub_scope="DOD"), Cloud.DOD),
        (openid(GUID, "login.microsoftonline.us"), None),
        (openid(GUID, "login.partner.microsoftonline.cn"), Cloud.CHINA),
        (openid(GUID, tenant_region_sub_scope="DOD"), None),  # what only another host has
    ],
)
def test_the_cloud_is_what_the_reply_says_and_no_more(reply: WebReply, cloud: Cloud | None, tmp_path: Path) -> None:
    _, file, _ = initialised(with_login(reply), tmp_path)
    assert (file.tenant and file.tenant.id, file.deployment.cloud) == (GUID, cloud)


HOSTILE = 'fe01"\x1b[2J\u202e.contoso.com'.encode().decode("latin-1")


@pytest.mark.parametrize(
    "deployment",
    [
        with_lyncdiscover(WebReply(headers=(("X-MS-Server-Fqdn", HOSTILE),), body=b"{}")),
        SOUND.with_record(SRV, "SRV", r"0 0 5061 x\"\010[onprem]\010url\032=\032\"y."),
        with_login(openid('x"\n[onprem]\nurl = "y')),
        with_login(openid(GUID, "login.evil.example")),
    ],
    ids=["header", "srv-target", "tenant", "login-host"],
)
def test_names_made_to_deceive_stay_in_comments(deployment: Deployment, tmp_path: Path) -> None:
    done, file, text = initialised(deployment, tmp_path)
    assert file.onprem is None and file.edge == () and file.tenant is None
    assert text.isascii() and done.stdout.isascii()
    assert all(char.isprintable() for line in (text + done.stdout).splitlines() for char in line)


def test_silence_costs_the_deadline_and_no_more(tmp_path: Path) -> None:
    silent = SOUND.with_record(SRV, "SRV", behaviour=DnsBehaviour.SILENT)
    pages = {key: replace(page, behaviour=WebBehaviour.SILENT) for key, page in silent.pages.items()}
    _, file, text = initialised(replace(silent, pages=pages), tmp_path, "contoso.com", "--deadline", "1")
    assert f"SRV {SRV}: not known (" in text
    assert file.deployment.sip_domains == ("contoso.com",)


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "csready.toml").write_text("# mine\n", encoding="utf-8")
    with looked_through(SOUND, tmp_path):
        done = csready("init", "contoso.com", "-c", "lab.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "csready: csready.toml: is there already. Name a new file with --out; yours is not overwritten.\n"
    )
    assert (tmp_path / "csready.toml").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'SIP_DOMAIN"),
        (("contoso",), "'contoso' is no SIP domain"),
        (("contoso.com", "-o", "no/such/csready.toml"), "there is no such folder"),
        (("contoso.com", "-c", "nowhere.toml"), "nowhere.toml: No such file or directory"),
        (("contoso.com", "--deadline", "0"), "--deadline 0: must be a number above 0"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_asked(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    done = csready("init", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert said in done.stderr


def test_a_login_in_a_proxy_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(
        '[dns]\nexternal = ["127.0.0.1:9"]\n[network]\nhere_is = "outside"\n'
        'proxy = "http://me:planted@127.0.0.1:9"\nconnect_to = { "*" = "refuse" }\n',
        encoding="utf-8",
    )
    done = csready("init", "contoso.com", "-c", "old.toml", "--deadline", "5", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "csready.toml").read_text(encoding="utf-8")
    assert "planted" not in text + done.stdout
    assert 'here_is = "outside"\n' in text

"""The section [tenant]: what a way of signing in needs is asked for before anything is sent; and whole, it signs in."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from checker.config import Options, set_up
from checker.errors import UsageError
from checker.lab.naming import CLIENT_ID, TENANT
from checker.lab.running import Lab
from checker.lab.sound_deployment import SOUND
from checker.model.answers import Objects
from checker.model.probes import CmdletProbe, Vantage
from checker.probers.connections import Connections, TenantAuth
from checker.probers.network import Network
from checker.probers.powershell_wire import PowerShellWire
from checker.probers.tenant_sign_in import sign_in_interactively
from checker.probers.tenant_wire import TenantWire
from tests.probers.asking import ask

DOMAINS = {"sip_domains": ["contoso.com"]}


def key_pem(encryption: KeySerializationEncryption | None = None) -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def configured(folder: Path, tenant: dict[str, Any], **sections: Any) -> Connections:
    path = folder / "csready.toml"
    path.write_text(tomli_w.dumps({"deployment": DOMAINS, "tenant": tenant, **sections}), encoding="utf-8")
    return set_up(Options(config=path), environment={}).connections


@pytest.mark.parametrize(
    ("tenant", "said"),
    [
        ({"id": "contoso"}, "[tenant].id: 'contoso' names no tenant."),
        ({"id": "https://contoso.com/"}, "[tenant].id: 'https://contoso.com/' names no tenant."),
        ({"id": "contoso.com/../common"}, "names no tenant."),
        ({"auth": "client-secret"}, "[tenant].id is not said, with auth = 'client-secret'."),
        ({"auth": "device-code", "client_id": CLIENT_ID}, "[tenant].id is not said, with auth = 'device-code'."),
        ({"auth": "device-code", "id": TENANT}, "[tenant].client_id is no GUID, with auth = 'device-code'."),
        ({"auth": "client-secret", "id": TENANT, "client_id": "csready"}, "[tenant].client_id is no GUID"),
        ({"auth": "certificate", "id": TENANT, "client_id": CLIENT_ID}, "[tenant].certificate is not said"),
        ({"module_on_workstation": True}, "[tenant].module_on_workstation needs [workstation].url."),
    ],
)
def test_what_nobody_could_sign_in_with_is_refused(tmp_path: Path, tenant: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        configured(tmp_path, tenant)
    assert said in f"{refused.value}." and "csready.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "app.pem: No such file or directory."),
        (b"nothing of the kind", "app.pem: holds no private key in PEM form."),
        (key_pem(), "app.pem: holds no certificate beside the key."),
        (key_pem(BestAvailableEncryption(b"hunter2")), "app.pem: holds an encrypted key; decrypt it"),
    ],
    ids=["missing", "no key", "no certificate", "encrypted"],
)
def test_a_certificate_file_is_looked_at_before_anything_is_sent(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "app.pem").write_bytes(content)
    tenant = {"auth": "certificate", "id": TENANT, "client_id": CLIENT_ID, "certificate": "app.pem"}
    with pytest.raises(UsageError) as refused:
        configured(tmp_path, tenant)
    assert "[tenant].certificate: " in str(refused.value) and said in f"{refused.value}."


def test_a_ready_token_needs_no_keys(tmp_path: Path) -> None:
    endpoint = configured(tmp_path, {}).tenant

    assert endpoint is not None and (endpoint.auth, endpoint.tenant_id) == (TenantAuth.TOKEN, "")


PROBES = (
    *("Get-CsTenantFederationConfiguration", "Get-MgUser", "Get-MgSubscribedSku", "Get-MgDomain", "Get-MgOrganization"),
    "Get-MgDomainServiceConfigurationRecord",
)


@pytest.mark.parametrize("auth", ["token", "client-secret", "device-code"])
def test_each_way_of_signing_in_opens_the_labs_tenant(tmp_path: Path, auth: str) -> None:
    with Lab(SOUND) as lab:
        whole = tmp_path / "csready.toml"
        sections = lab.sections(lab.config.parent / "lab-roots.pem")
        sections["tenant"] = {"id": TENANT, "auth": auth, "client_id": CLIENT_ID}
        whole.write_text(tomli_w.dumps(sections), encoding="utf-8")
        needed = {name: value for name, value in lab.environment.items() if auth == "token" or "TOKEN" not in name}
        connections = sign_in_interactively(
            set_up(Options(config=whole), environment=needed).connections,
            lambda sentence: lab.login.enter(sentence.partition("the code ")[2].partition(".")[0]),
        )
        network = Network(connections.network)
        wire = TenantWire(network, connections.tenant, PowerShellWire(network, connections))
        for name in PROBES:
            parameters = (("DomainId", "contoso.com"),) if name.endswith("ConfigurationRecord") else ()
            answer = ask(wire, CmdletProbe(vantage=Vantage.TENANT, cmdlet=name, parameters=parameters)).answer
            assert isinstance(answer, Objects) and answer.rows, name
        wire.close()

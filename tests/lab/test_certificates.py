"""Certificates of the lab, as `cryptography` reads them and as OpenSSL believes them."""

import ssl
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from checker.lab.certificates import Authority, ClientCertificate, ServerCertificate


def leaf(certificate: ServerCertificate) -> x509.Certificate:
    return x509.load_pem_x509_certificates(certificate.pem)[0]


def client_trusting(authority: Authority) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=authority.pem.decode("ascii"))
    if hasattr(ssl, "VERIFY_X509_STRICT"):  # what Python 3.13 makes the default
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def handshake(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> str | None:
    """The TLS version agreed on. Raises ssl.SSLError of whichever side fails first."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    near = client.wrap_bio(to_client, to_server, server_hostname=name)
    far = server.wrap_bio(to_server, to_client, server_side=True)
    waiting = [near, far]
    while waiting:
        for side in list(waiting):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            waiting.remove(side)
    return near.version()


def test_the_issuer_reads_as_the_authority_is_called() -> None:
    certificate = leaf(Authority("Contoso Interception CA").issue("sip.contoso.com"))
    assert certificate.issuer.rfc4514_string() == "CN=Contoso Interception CA"


def test_the_first_name_is_the_common_name_and_all_are_alternative_names() -> None:
    certificate = leaf(Authority("CA").issue("sip.contoso.com", "*.contoso.com"))
    (common_name,) = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert common_name.value == "sip.contoso.com"
    assert names.get_values_for_type(x509.DNSName) == ["sip.contoso.com", "*.contoso.com"]


def test_a_certificate_ends_when_it_is_told_to() -> None:
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    assert leaf(Authority("CA").issue("sip.contoso.com", not_after=soon)).not_valid_after_utc == soon


@pytest.mark.parametrize("name", ["sip.contoso.com", "access.contoso.com"])
def test_a_certificate_is_believed_for_each_of_its_names(name: str) -> None:
    authority = Authority("CA")
    server = authority.issue("sip.contoso.com", "*.contoso.com").context()
    assert handshake(client_trusting(authority), server, name) == "TLSv1.3"


X509_V_ERR_HAS_EXPIRED, X509_V_ERR_NO_LOCAL_ISSUER, X509_V_ERR_HOSTNAME_MISMATCH = 10, 20, 62  # OpenSSL x509_vfy.h


@pytest.mark.parametrize(
    ("name", "expired", "issuer", "code"),
    [
        ("sip.fabrikam.com", False, "CA", X509_V_ERR_HOSTNAME_MISMATCH),
        ("sip.contoso.com", True, "CA", X509_V_ERR_HAS_EXPIRED),
        ("sip.contoso.com", False, "Other", X509_V_ERR_NO_LOCAL_ISSUER),
    ],
)
def test_each_fault_of_a_certificate_is_the_one_that_is_seen(name: str, expired: bool, issuer: str, code: int) -> None:
    trusted = Authority("CA")
    authority = trusted if issuer == "CA" else Authority(issuer)
    server = authority.issue("sip.contoso.com", expired=expired).context()
    with pytest.raises(ssl.SSLCertVerificationError) as error:
        handshake(client_trusting(trusted), server, name)
    assert error.value.verify_code == code


@pytest.mark.parametrize("wanted", [ClientCertificate.OPTIONAL, ClientCertificate.REQUIRED])
def test_a_client_certificate_of_the_same_authority_is_believed(wanted: ClientCertificate, tmp_path: Path) -> None:
    authority = Authority("CA")
    (tmp_path / "client.pem").write_bytes(authority.issue("edge.contoso.com").pem)
    client = client_trusting(authority)
    client.load_cert_chain(tmp_path / "client.pem")
    assert handshake(client, authority.issue("sip.contoso.com").context(wanted), "sip.contoso.com")


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [(ClientCertificate.NOT_ASKED, False), (ClientCertificate.OPTIONAL, False), (ClientCertificate.REQUIRED, True)],
)
def test_a_client_without_certificate_is_refused_only_where_one_is_required(
    wanted: ClientCertificate, refused: bool
) -> None:
    authority = Authority("CA")
    server = authority.issue("sip.contoso.com").context(wanted, maximum=ssl.TLSVersion.TLSv1_2)
    if refused:
        with pytest.raises(ssl.SSLError, match="PEER_DID_NOT_RETURN_A_CERTIFICATE"):
            handshake(client_trusting(authority), server, "sip.contoso.com")
    else:
        assert handshake(client_trusting(authority), server, "sip.contoso.com") == "TLSv1.2"


def test_a_server_of_old_versions_only_agrees_on_none() -> None:
    authority = Authority("CA")
    server = authority.issue("sip.contoso.com").context(minimum=ssl.TLSVersion.TLSv1, maximum=ssl.TLSVersion.TLSv1_1)
    with pytest.raises(ssl.SSLError, match="UNSUPPORTED_PROTOCOL"):
        handshake(client_trusting(authority), server, "sip.contoso.com")


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    Authority("CA").issue("sip.contoso.com").context(ClientCertificate.REQUIRED)
    assert list(tmp_path.iterdir()) == []

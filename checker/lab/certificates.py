"""Certificate authorities of the lab, and the server certificates they issue, made anew at each start."""

import ssl
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class ClientCertificate(Enum):
    """What a server does about its client's certificate; the value is what `ssl` calls it."""

    NOT_ASKED = ssl.CERT_NONE
    OPTIONAL = ssl.CERT_OPTIONAL
    REQUIRED = ssl.CERT_REQUIRED


class Authority:
    """A root whose subject is `common_name`, as the issuer of its certificates is to be read.

    `pem` is the root itself, for the trust store of whoever is to believe it.
    """

    def __init__(self, common_name: str) -> None:
        # trustme names its own roots by organisation alone, and issuers are told apart by their common name.
        key = ec.generate_private_key(ec.SECP256R1())
        self.pem = _root(common_name, key).public_bytes(Encoding.PEM)
        key_pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
        self._issuer = trustme.CA.from_pem(self.pem, key_pem)

    def issue(self, *names: str, expired: bool = False, not_after: datetime | None = None) -> "ServerCertificate":
        """A certificate for `names` (hosts, `*.` wildcards, addresses), the first of them also its common name.

        It ended yesterday when `expired`, ends at `not_after` (UTC) when that is given, and else outlives every run.
        """
        if expired:
            not_after = datetime.now(UTC) - timedelta(days=1)
        return ServerCertificate(self._issuer.issue_cert(*names, common_name=names[0], not_after=not_after), self)


@dataclass(frozen=True)
class ServerCertificate:
    """A certificate with its key. It may serve as a client's too: its extended key usage names both."""

    leaf: trustme.LeafCert
    authority: Authority

    @property
    def pem(self) -> bytes:
        """Private key, then certificate, then intermediates."""
        return self.leaf.private_key_and_cert_chain_pem.bytes()

    def context(
        self,
        client_certificate: ClientCertificate = ClientCertificate.NOT_ASKED,
        *,
        minimum: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2,
        maximum: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED,
    ) -> ssl.SSLContext:
        """A server's context. A client is believed when the authority of this certificate issued its own."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # a server stuck at TLS 1.0 is something to show
            context.minimum_version, context.maximum_version = minimum, maximum
        if minimum < ssl.TLSVersion.TLSv1_2:
            context.set_ciphers("DEFAULT:@SECLEVEL=0")  # OpenSSL 3 has no ciphers for older versions above level 0
        context.verify_mode = client_certificate.value
        if client_certificate is not ClientCertificate.NOT_ASKED:
            # With the root at hand OpenSSL sends it along: to who does not trust it, error 19 instead of 20.
            context.load_verify_locations(cadata=self.authority.pem.decode("ascii"))
        self.leaf.configure_cert(context)
        return context


def _root(common_name: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
    usage = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2000, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, decipher_only=False, **usage),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )

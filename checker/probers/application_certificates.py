"""The certificate by which an application signs in, and its private key, out of one PEM file."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


class NotUsable(ValueError):
    """A file by which nobody can sign in. Its text says why and how to mend it, and never what the file holds."""


@dataclass(frozen=True)
class ApplicationCertificate:
    """Both as PEM; the key unencrypted, and shown nowhere."""

    certificate_pem: str
    key_pem: str = field(repr=False)


def read_application_certificate(path: Path) -> ApplicationCertificate:
    """Raises ``NotUsable``, and OSError for a file that cannot be read.

    The file may hold a chain, in any order: the certificate is the one that the key belongs to.
    """
    raw = path.read_bytes()
    key = _private_key(raw)
    try:
        certificates = x509.load_pem_x509_certificates(raw)
    except ValueError as exc:
        raise NotUsable("holds no certificate beside the key") from exc
    for certificate in certificates:
        if certificate.public_key() == key.public_key():
            return ApplicationCertificate(
                certificate_pem=certificate.public_bytes(serialization.Encoding.PEM).decode("ascii"),
                key_pem=key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                ).decode("ascii"),
            )
    raise NotUsable("holds a key and a certificate that do not belong together")


def _private_key(raw: bytes) -> rsa.RSAPrivateKey:
    try:
        key = serialization.load_pem_private_key(raw, password=None)
    except TypeError as exc:  # what cryptography raises for a key that wants a password
        raise NotUsable(
            "holds an encrypted key; decrypt it: openssl pkey -in FILE, and keep it readable by you"
        ) from exc
    except ValueError as exc:
        raise NotUsable("holds no private key in PEM form") from exc
    if not isinstance(key, rsa.RSAPrivateKey):
        raise NotUsable("holds a key that is not RSA, and signing in needs one")
    return key

"""Reads what TLS shows of a server's certificate: its contents, and why the verifier or the server declined."""

import hashlib
import re
import ssl
from datetime import datetime

from cryptography import x509

from checker.model.answers import SeenCertificate, TlsOutcome

# X509_V_ERR_* of OpenSSL, x509_vfy.h. Its order of checks: chain, then name, then dates.
_OUTCOMES = {
    2: TlsOutcome.UNTRUSTED,  # UNABLE_TO_GET_ISSUER_CERT
    10: TlsOutcome.EXPIRED,  # CERT_HAS_EXPIRED
    18: TlsOutcome.UNTRUSTED,  # DEPTH_ZERO_SELF_SIGNED_CERT
    19: TlsOutcome.UNTRUSTED,  # SELF_SIGNED_CERT_IN_CHAIN
    20: TlsOutcome.UNTRUSTED,  # UNABLE_TO_GET_ISSUER_CERT_LOCALLY
    21: TlsOutcome.UNTRUSTED,  # UNABLE_TO_VERIFY_LEAF_SIGNATURE
    62: TlsOutcome.WRONG_NAME,  # HOSTNAME_MISMATCH
    64: TlsOutcome.WRONG_NAME,  # IP_ADDRESS_MISMATCH
}

# SSL_R_* of OpenSSL, sslerr.h: what the first bytes of a server that does not speak TLS are taken for.
_NOT_TLS = {
    "WRONG_VERSION_NUMBER",
    "UNKNOWN_PROTOCOL",
    "HTTP_REQUEST",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
    "UNEXPECTED_MESSAGE",
    "BAD_RECORD_TYPE",
}

# SSL_R_* names of received alerts: SSLV3_ALERT_HANDSHAKE_FAILURE, TLSV1_UNRECOGNIZED_NAME.
_ALERT = re.compile(r"(?:SSLV3|TLSV1|TLSV13)_(?:ALERT_)?(\w+)")


def declined_certificate(error: ssl.SSLCertVerificationError) -> tuple[TlsOutcome, str]:
    """Why the verifier did not accept the certificate, and OpenSSL's words for it."""
    return _OUTCOMES.get(error.verify_code, TlsOutcome.NOT_VERIFIED), error.verify_message


def failed_handshake(error: ssl.SSLError) -> tuple[TlsOutcome, str]:
    """What ended a handshake before a certificate was seen, and the name of the alert or of OpenSSL's reason."""
    reason = error.reason or type(error).__name__
    if alert := received_alert(error):
        return TlsOutcome.ALERT, alert
    return (TlsOutcome.PLAIN_TCP if reason in _NOT_TLS else TlsOutcome.NOT_VERIFIED), reason


def received_alert(error: OSError) -> str:
    """As RFC 8446 6 names it: ``certificate_required``; empty when ``error`` is no alert from the other side."""
    match = _ALERT.fullmatch(getattr(error, "reason", None) or "")
    return match[1].lower() if match else ""


def seen_certificate(der: bytes) -> SeenCertificate:
    """Raises ValueError for what cannot be read as a certificate."""
    certificate = x509.load_der_x509_certificate(der)
    try:
        alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        names = tuple(alternative.get_values_for_type(x509.DNSName))
    except x509.ExtensionNotFound:
        names = ()
    return SeenCertificate(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        names=names,
        not_before=_utc(certificate.not_valid_before_utc),
        not_after=_utc(certificate.not_valid_after_utc),
        sha256=hashlib.sha256(der).hexdigest(),
    )


def _utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")

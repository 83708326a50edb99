"""Signs a client in over HTTP as Windows does: Negotiate, NTLM and CredSSP once per connection, Basic with each
request.
"""

import atexit
import base64
import binascii
import functools
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import spnego
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from pypsrp.encryption import WinRMEncryption
from spnego.channel_bindings import GssChannelBindings
from spnego.exceptions import SpnegoError

_OFFERS = {"negotiate": "Negotiate", "ntlm": "NTLM", "basic": 'Basic realm="WSMAN"', "credssp": "CredSSP"}

_USER_FILE_IN_USE = threading.Lock()


class Accounts:
    """The one account a server knows, and how it may be used.

    ``username`` may be ``DOMAIN\\name``. ``certificate_der`` binds a sign-in to the server's TLS channel;
    ``None`` without TLS. ``schemes``: of ``negotiate``, ``ntlm``, ``basic`` and ``credssp``, in the order of the offer.
    """

    def __init__(self, username: str, password: str, schemes: Sequence[str], certificate_der: bytes | None) -> None:
        self._username = username
        self._password = password
        self._bindings = _channel_bindings(certificate_der) if certificate_der else None
        self.schemes = {scheme: _OFFERS[scheme] for scheme in schemes}

    def accepts_basic(self, token: str) -> bool:
        try:
            username, _, password = base64.b64decode(token, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return username.lower() == self._username.lower() and password == self._password

    def context(self, protocol: str, *, wrapping: bool) -> Any:
        """A new server side of an exchange: ``negotiate``, which takes NTLM too, or ``credssp``, which brings its own
        TLS. ``wrapping``: the messages after it will be encrypted."""
        # The implementations in Python: those of the platform know its own accounts, not this one.
        options = spnego.NegotiateOptions.use_negotiate | spnego.NegotiateOptions.use_ntlm
        if wrapping:
            options |= spnego.NegotiateOptions.wrapping_winrm
        with self._user_file():
            bindings = None if protocol == "credssp" else self._bindings
            return spnego.server("localhost", "HTTP", bindings, protocol=protocol, options=options)

    def step(self, context: Any, token: bytes) -> bytes | None:
        """Raises SpnegoError when the client is not who the account names, or what it sent makes no sense."""
        with self._user_file():
            answer: bytes | None = context.step(token)
            return answer

    @contextmanager
    def _user_file(self) -> Iterator[None]:
        """Lets spnego see this account, and no other server's, for as long as a call of it takes."""
        domain, _, name = self._username.rpartition("\\")
        with _USER_FILE_IN_USE:
            path = _path_of_user_file()
            path.write_text(f"{domain}:{name}:{self._password}\n", encoding="utf-8")
            try:
                yield
            finally:
                path.unlink(missing_ok=True)


def forget_accounts() -> None:
    """Removes what the servers of a lab left on disk; a program that is ended at once removes nothing by itself."""
    with _USER_FILE_IN_USE:
        if _path_of_user_file.cache_info().currsize:
            shutil.rmtree(_path_of_user_file().parent, ignore_errors=True)
            _path_of_user_file.cache_clear()


@functools.cache
def _path_of_user_file() -> Path:
    """The one file in which spnego looks for the accounts of NTLM servers; an environment variable names it.

    The variable is set once and stays: removing one breaks whoever goes through the environment in another thread, as
    requests does for each proxy.
    """
    folder = tempfile.mkdtemp(prefix="csready-lab-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder, "ntlm-users")
    os.environ["NTLM_USER_FILE"] = str(path)
    return path


class SignIn:
    """The state of one connection: who is there, and the encryption of messages where TLS does not do it.

    ``challenge`` is what the response must carry as WWW-Authenticate, whether the client is let in or not.
    """

    def __init__(self, accounts: Accounts, *, encrypting: bool) -> None:
        self._accounts = accounts
        self._encrypting = encrypting
        self._context: Any = None
        self.encryption: WinRMEncryption | None = None
        self.challenge: tuple[str, ...] = ()

    def accepts(self, authorization: str | None) -> bool:
        """Whether a request with this Authorization header may proceed."""
        self.challenge = ()
        scheme, _, token = (authorization or "").partition(" ")
        if not scheme:
            accepted = self._context is not None and bool(self._context.complete)
        elif scheme.lower() not in self._accounts.schemes:
            accepted = False
        elif scheme.lower() == "basic":
            accepted = self._accounts.accepts_basic(token)
        else:
            accepted = self._negotiated(scheme, token)
        if not accepted and not self.challenge:
            self.challenge = tuple(self._accounts.schemes.values())
        return accepted

    def _negotiated(self, scheme: str, token: str) -> bool:
        is_credssp = scheme.lower() == "credssp"
        if self._context is None or self._context.complete:
            protocol = "credssp" if is_credssp else "negotiate"
            self._context, self.encryption = self._accounts.context(protocol, wrapping=self._encrypting), None
        try:
            answer = self._accounts.step(self._context, base64.b64decode(token, validate=True))
        except (SpnegoError, binascii.Error):
            self._context = None
            return False
        if answer:
            self.challenge = (f"{scheme} {base64.b64encode(answer).decode()}",)
        if not self._context.complete:
            return False
        if self._encrypting:
            way = WinRMEncryption.CREDSSP if is_credssp else WinRMEncryption.SPNEGO
            self.encryption = WinRMEncryption(self._context, way)
        return True


def _channel_bindings(certificate_der: bytes) -> GssChannelBindings:
    """RFC 5929, 4.1: the certificate's hash, by the algorithm that signed it, SHA-256 in place of MD5 and SHA-1."""
    algorithm = x509.load_der_x509_certificate(certificate_der).signature_hash_algorithm
    if algorithm is None or isinstance(algorithm, hashes.MD5 | hashes.SHA1):
        algorithm = hashes.SHA256()
    digest = hashes.Hash(algorithm)
    digest.update(certificate_der)
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest.finalize())

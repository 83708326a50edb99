import pytest

from checker.checks.network.sipfed_from_here import CHECK
from checker.model.answers import AnyAnswer, SeenCertificate, TlsAnswer, TlsOutcome
from checker.model.facts import NoAnswer
from checker.model.probes import HttpProbe, TlsProbe, Vantage
from checker.model.undecided import Reason
from tests.judging import CONTOSO, DENIED, SILENT, finding, http, judged

SIPFED = TlsProbe(vantage=Vantage.HERE, server="sipfed.online.lync.com", port=5061, sip=True)
CONTROL = HttpProbe(
    vantage=Vantage.HERE, url="https://webdir.online.lync.com/Autodiscover/AutodiscoverService.svc/root"
)
REFUSED = NoAnswer(reason=Reason.UNREACHABLE, code="connection-refused", detail="refused")


def seen(outcome: TlsOutcome, issuer: str = "", asked: bool | None = None, alert: str = "") -> TlsAnswer:
    leaf = SeenCertificate(
        subject="CN=sipfed", issuer=issuer, names=(), not_before="2026-01-01", not_after="2027-01-01", sha256="00"
    )
    return TlsAnswer(
        outcome=outcome,
        address="192.0.2.1",
        version="TLSv1.3",
        chain=(leaf,) if issuer else (),
        client_certificate_asked=asked,
        alert=alert,
    )


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("pass", seen(TlsOutcome.TRUSTED, "CN=DigiCert Global Root G2")),
        ("pass", seen(TlsOutcome.TRUSTED, "CN=DigiCert", asked=True, alert="certificate_required")),
        ("pass", seen(TlsOutcome.TRUSTED, "CN=Some other root")),  # roots are recorded, not pinned
        ("pass", seen(TlsOutcome.ALERT, asked=True, alert="handshake_failure")),  # it wants mutual TLS: reached
        ("warn", seen(TlsOutcome.ALERT, alert="handshake_failure")),
        ("warn", seen(TlsOutcome.UNTRUSTED, "CN=Proxy CA")),
        ("warn", seen(TlsOutcome.WRONG_NAME, "CN=DigiCert")),
        ("warn", seen(TlsOutcome.EXPIRED, "CN=DigiCert")),
        ("warn", seen(TlsOutcome.NOT_VERIFIED, "CN=DigiCert")),
        ("warn", seen(TlsOutcome.PLAIN_TCP)),
        ("unknown: no-access", DENIED),
    ],
)
def test_a_trusted_certificate_is_what_the_service_shows(verdict: str, answer: AnyAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, {SIPFED: answer, CONTROL: http(200)}) == verdict


@pytest.mark.parametrize("none", [REFUSED, SILENT])
@pytest.mark.parametrize(
    ("may_be_judged", "control"),
    [(True, http(200)), (True, http(404)), (False, SILENT), (False, http(0, tls_error="untrusted"))],
)
def test_silence_is_an_answer_only_where_something_else_gets_through(
    none: NoAnswer, may_be_judged: bool, control: AnyAnswer | NoAnswer
) -> None:
    word = judged(CHECK, CONTOSO, {SIPFED: none, CONTROL: control})
    assert word == ("warn" if may_be_judged else f"unknown: {none.reason.value}")


def test_it_says_that_it_says_nothing_of_the_edge_and_what_it_saw() -> None:
    good = finding(CHECK, CONTOSO, {SIPFED: seen(TlsOutcome.TRUSTED, "CN=DigiCert")}).verdict
    assert good and "not the Edge" in good.summary
    assert good.observed == "trusted, TLSv1.3, issuer CN=DigiCert"
    bad = finding(CHECK, CONTOSO, {SIPFED: seen(TlsOutcome.UNTRUSTED, "CN=Proxy CA")}).verdict
    assert bad and "inspects TLS" in bad.summary and "not the Edge" in bad.summary
    inside = finding(CHECK, CONTOSO, {SIPFED: seen(TlsOutcome.TRUSTED, "CN=Corporate root")}).verdict
    assert inside and "inspects TLS" in inside.summary  # its root stands in this machine's store
    public = finding(CHECK, CONTOSO, {SIPFED: seen(TlsOutcome.EXPIRED, "CN=DigiCert")}).verdict
    assert public and "inspects TLS" not in public.summary

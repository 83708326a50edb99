import pytest

from checker.checks.certificate.edge_names import CHECK
from checker.model.answers import AnyAnswer, DnsAnswer, Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import AnyProbe, Vantage
from checker.readings.certificates import assigned_certificates
from checker.readings.dns_records import federation_srv
from checker.readings.online_sip_domains import ONLINE_SIP_DOMAINS
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.topology import EDGE_SERVICES, POOLS
from tests.checks.certificate.edges import EDGE, SERVICE, certificate, pool, without
from tests.judging import CONTOSO, DENIED, NXDOMAIN, contoso, finding, judged, objects, records

SRV = records("_sipfederationtls._tcp.contoso.com", "SRV", "0 0 5061 sip.contoso.com.")
Answers = dict[AnyProbe, AnyAnswer | NoAnswer]


def known(certificates: Objects | NoAnswer, **changes: AnyAnswer | NoAnswer) -> Answers:
    return {
        POOLS: objects(pool(EDGE)),
        EDGE_SERVICES: changes.get("services", objects(SERVICE)),
        SIP_DOMAINS: changes.get("domains", objects(Name="contoso.com", IsDefault=True)),
        ONLINE_SIP_DOMAINS: changes.get("online", objects(Name="contoso.com", Status="Enabled")),
        federation_srv("contoso.com"): changes.get("srv", SRV),
        assigned_certificates(Vantage.EDGE, EDGE): certificates,
    }


@pytest.mark.parametrize(
    ("verdict", "names"),
    [
        ("pass", ["sip.contoso.com"]),
        ("pass", ["SIP.contoso.com.", "webconf.contoso.com"]),
        ("pass", "webconf.contoso.com sip.contoso.com"),  # cut off to text
        ("pass", "{webconf.contoso.com, sip.contoso.com}"),
        ("fail", ["edge.contoso.com"]),  # the subject's common name alone does not count
        ("fail", []),
        ("fail", None),
        ("fail", ["sip.evilcontoso.com"]),
        ("fail", ["*.sip.contoso.com", "contoso.com"]),
        ("warn", ["*.contoso.com"]),
        ("unknown: malformed", "System.Collections.Generic.List`1[System.String]"),
        ("unknown: malformed", "System.String[]"),
    ],
)
def test_the_alternative_names_hold_every_name(verdict: str, names: Json) -> None:
    answer = objects(certificate(AlternativeNames=names), certificate(Use="Internal", AlternativeNames=["x.y"]))
    assert judged(CHECK, CONTOSO, known(answer)) == verdict


@pytest.mark.parametrize(
    ("verdict", "answer"),
    [
        ("unknown: no-access", DENIED),
        ("unknown: no-access", objects(certificate(), complete=False)),
        ("unknown: malformed", objects(without("AlternativeNames"))),
        ("unknown: malformed", objects(without("Use"))),
        ("unknown: malformed", objects(certificate(Use=3))),
        ("unknown: malformed", objects(certificate(), certificate(Thumbprint="B" * 40))),
        ("pass", objects(certificate(), certificate())),  # said twice
        ("fail", objects(certificate(Use="Internal"))),
        ("fail", objects()),
    ],
)
def test_one_certificate_is_assigned(verdict: str, answer: Objects | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, known(answer)) == verdict


@pytest.mark.parametrize(
    ("verdict", "srv"),
    [
        ("pass", NXDOMAIN),  # another check's concern, as are the next two
        ("pass", records("x", "SRV", "0 0 5061 sipfed.online.lync.com.")),
        ("pass", records("x", "SRV", "0 0 0 .")),
        ("fail", records("x", "SRV", "0 0 5061 access.contoso.com.")),
        ("unknown: no-access", DENIED),
    ],
)
def test_the_target_of_the_record_is_one_of_them(verdict: str, srv: DnsAnswer | NoAnswer) -> None:
    assert judged(CHECK, CONTOSO, known(objects(certificate()), srv=srv)) == verdict


def test_a_record_that_leads_astray_is_corrected_and_no_certificate_asked_for_it() -> None:
    astray = finding(
        CHECK, CONTOSO, known(objects(certificate()), srv=records("x", "SRV", "0 0 5061 sip.evilcontoso.com."))
    )
    assert astray.verdict and "correct it first (dns.federation-srv-target-name)" in astray.verdict.summary
    assert astray.verdict.observed.startswith("lacks sip.evilcontoso.com;")
    assert "evilcontoso" not in astray.remediation.run
    inside = finding(
        CHECK, CONTOSO, known(objects(certificate()), srv=records("x", "SRV", "0 0 5061 access.contoso.com."))
    )
    assert inside.verdict and not inside.verdict.summary and "access.contoso.com" in inside.remediation.run


def test_a_name_that_lacks_anyhow_needs_no_record() -> None:
    assert judged(CHECK, CONTOSO, known(objects(certificate(AlternativeNames=[])), srv=DENIED)) == "fail"


def test_every_sip_domain_wants_its_name() -> None:
    two = objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"})
    answers = known(objects(certificate()), domains=two) | {federation_srv("fabrikam.com"): NXDOMAIN}
    found = finding(CHECK, CONTOSO, answers)
    assert found.verdict and found.verdict.observed.startswith("lacks sip.fabrikam.com; has")
    assert (
        judged(CHECK, contoso(sip_domains=("contoso.com", "fabrikam.com")), answers | {SIP_DOMAINS: DENIED}) == "fail"
    )


@pytest.mark.parametrize(
    ("verdict", "domain", "status"),
    [
        ("warn", "fabrikam.com", "Enabled"),
        ("pass", "fabrikam.com", "Disabled"),
        ("pass", "contoso.onmicrosoft.com", "Enabled"),
        ("warn", "eviloonmicrosoft.com", "Enabled"),
    ],
)
def test_what_only_the_tenant_has_is_a_warning(verdict: str, domain: str, status: str) -> None:
    online = objects({"Name": "contoso.com", "Status": "Enabled"}, {"Name": domain, "Status": status})
    assert judged(CHECK, CONTOSO, known(objects(certificate()), online=online)) == verdict


def test_a_tenant_that_is_silent_hides_nothing_that_was_seen() -> None:
    assert judged(CHECK, CONTOSO, known(objects(certificate()), online=DENIED)) == "pass"


@pytest.mark.parametrize("services", [objects(), objects(SERVICE | {"AccessEdgeExternalFqdn": None})])
def test_an_access_edge_without_a_name_is_unknown(services: Objects) -> None:
    assert judged(CHECK, CONTOSO, known(objects(certificate()), services=services)) == "unknown: malformed"

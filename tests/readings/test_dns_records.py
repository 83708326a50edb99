import pytest

from checker.model.answers import DnsAnswer, DnsRecord
from checker.model.axes import Cloud
from checker.model.probes import Vantage
from checker.model.undecided import Unreadable
from checker.readings.dns_records import Srv, address, best_srv, cloud_of, read_host, srv
from tests.judging import NXDOMAIN, records


def test_a_question_is_asked_in_one_spelling() -> None:
    assert srv(Vantage.DNS_EXTERNAL, "_sip._tls.München.example.").name == "_sip._tls.xn--mnchen-3ya.example"
    assert address(Vantage.DNS_EDGE, "SIP.contoso.com", "edge01").id == "dns-edge--edge01/A sip.contoso.com"


def test_a_client_tries_the_lowest_priority_value_first() -> None:
    answer = records("x", "SRV", "20 0 5061 c.x.", "10 5 5061 A.x.", "10 0 5061 b.x.")
    assert best_srv(answer) == (Srv(10, 5, 5061, "a.x"), Srv(10, 0, 5061, "b.x"))
    assert best_srv(NXDOMAIN) == ()


def test_a_target_of_one_dot_offers_nothing() -> None:
    (record,) = best_srv(records("x", "SRV", "0 0 0 ."))
    assert record.target == "" and str(record) == "0 0 0 ."


@pytest.mark.parametrize("data", ["", "0 0 5061", "0 0 port sip.x.", "0 0 5061² sip.x.", "0 0 5061 sip.x. y"])
def test_what_is_no_srv_data_is_unreadable(data: str) -> None:
    with pytest.raises(Unreadable, match="SRV"):
        best_srv(records("x", "SRV", data))


def test_a_host_is_its_chain_and_its_addresses() -> None:
    answer = DnsAnswer(
        rcode="NOERROR",
        records=(
            DnsRecord("sip.x", "CNAME", 60, "Sipdir.Online.Lync.com."),
            DnsRecord("sipdir.online.lync.com", "CNAME", 60, "far.example."),
            DnsRecord("far.example", "A", 60, "192.0.2.2"),
            DnsRecord("far.example", "A", 60, "192.0.2.1"),
        ),
        server="8.8.8.8",
    )
    found = read_host("sip.x", answer)
    assert found.cloud is Cloud.WORLDWIDE and found.exists
    assert str(found) == "sip.x -> sipdir.online.lync.com -> far.example -> 192.0.2.1, 192.0.2.2 (says 8.8.8.8)"
    assert not read_host("sip.x", NXDOMAIN).exists


@pytest.mark.parametrize(
    ("cloud", "name"),
    [
        (Cloud.WORLDWIDE, "webdir1E.online.lync.com."),
        (Cloud.GCC_HIGH, "sipfed.online.gov.skypeforbusiness.us"),
        (Cloud.DOD, "sipdir.online.dod.skypeforbusiness.us"),
        (Cloud.CHINA, "webdir.online.partner.lync.cn"),
        (None, "sipfed.notonline.lync.com"),
        (None, "sipfed.online.lync.com.contoso.com"),
        (None, ""),
    ],
)
def test_a_name_of_the_cloud_lies_in_its_zone(cloud: Cloud | None, name: str) -> None:
    assert cloud_of(name) is cloud

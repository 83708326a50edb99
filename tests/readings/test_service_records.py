import pytest

from checker.model.answers import Json
from checker.model.undecided import Unreadable
from checker.readings.service_records import OnlineTargets, online_targets, service_records
from tests.judging import objects

SRV: dict[str, Json] = {"recordType": "Srv", "protocol": "_tcp", "service": "_sipfederationtls", "port": 5061}
FEDERATION: dict[str, Json] = {**SRV, "nameTarget": "Sipfed.online.lync.com."}
SIGN_IN: dict[str, Json] = {**SRV, "protocol": "_tls", "service": "_sip", "nameTarget": "sipdir.online.lync.com"}
ALIAS: dict[str, Json] = {"recordType": "CName", "label": "sip.contoso.com", "canonicalName": "sipdir.online.lync.com"}
DISCOVERY: dict[str, Json] = {**ALIAS, "label": "lyncdiscover.contoso.com", "canonicalName": "webdir.online.lync.com"}
MAIL: dict[str, Json] = {"recordType": "Mx", "label": "contoso.com", "mailExchange": "contoso.mail.protection.com"}


def test_the_records_name_the_hosts_of_the_tenants_own_cloud() -> None:
    everything = online_targets(objects(MAIL, FEDERATION, SIGN_IN, ALIAS, DISCOVERY))
    assert everything == OnlineTargets("sipfed.online.lync.com", "sipdir.online.lync.com", "webdir.online.lync.com")


@pytest.mark.parametrize("rows", [(), (MAIL,), ({**FEDERATION, "nameTarget": None},), (SRV,)])
def test_what_no_record_shows_is_empty(rows: tuple[dict[str, Json], ...]) -> None:
    assert online_targets(objects(*rows)) == OnlineTargets()


def test_the_alias_alone_names_the_host_of_sign_in() -> None:
    assert online_targets(objects(ALIAS)) == OnlineTargets(sipdir="sipdir.online.lync.com")


@pytest.mark.parametrize(
    "row",
    [
        {"RecordType": "Srv", "Service": None, "AdditionalProperties": FEDERATION},
        {"Label": "_sipfederationtls._tcp.contoso.com", "NameTarget": "sipfed.online.lync.com"},
    ],
)
def test_what_the_graph_module_shows_otherwise_is_the_same_record(row: dict[str, Json]) -> None:
    assert online_targets(objects(row)).sipfed == "sipfed.online.lync.com"


def test_properties_that_were_clipped_to_the_name_of_their_type_show_nothing() -> None:
    clipped = "System.Collections.Generic.Dictionary`2[System.String,System.Object]"
    assert online_targets(objects(RecordType="Srv", AdditionalProperties=clipped)) == OnlineTargets()


def test_two_hosts_for_one_purpose_cannot_be_read() -> None:
    with pytest.raises(Unreadable, match="several targets of _sipfederationtls"):
        online_targets(objects(FEDERATION, {**FEDERATION, "nameTarget": "sipfed.online.partner.lync.cn"}))


def test_each_domain_is_a_question_of_its_own() -> None:
    assert service_records("contoso.com").id == "tenant/Get-MgDomainServiceConfigurationRecord -DomainId contoso.com"
    assert service_records("contoso.com") != service_records("fabrikam.com")

"""One setting of a snapshot changed: by which keys it is found, what may stand there, and that nothing else moves."""

import pytest

from checker.errors import UsageError
from checker.model.answers import DnsAnswer, HttpAnswer, Json, Objects, TlsAnswer, TlsOutcome
from checker.model.axes import Cloud, Direction, Phase, Side
from checker.model.facts import Snapshot
from checker.model.probes import AnyProbe
from checker.whatif.changing import changed, settings
from checker.whatif.values import shown
from tests.whatif.snapshots import (
    ACCESS_EDGE,
    DOMAINS,
    FEDERATION,
    PAGE,
    PROVIDERS,
    REACHES,
    RECORD,
    REGISTRY,
    SIPFED,
    SNAPSHOT,
    SRV,
    UNREAD_RECORD,
    USERS,
    VERSIONS,
)


def rows(snapshot: Snapshot, probe: AnyProbe) -> tuple[dict[str, Json], ...]:
    (answer,) = (fact.answer for fact in snapshot.facts if fact.probe == probe)
    assert isinstance(answer, Objects)
    return answer.rows


def after(setting: str, probe: AnyProbe) -> tuple[dict[str, Json], ...]:
    return rows(changed(SNAPSHOT, [setting]).snapshot, probe)


def refused(*written: str) -> str:
    with pytest.raises(UsageError) as error:
        changed(SNAPSHOT, written)
    return f"{error.value.message}. {error.value.hint}"


@pytest.mark.parametrize(
    "key",
    [
        "tenant.SharedSipAddressSpace",
        "TENANT.sharedsipaddressspace",
        "tenant.Get-CsTenantFederationConfiguration.SharedSipAddressSpace",
        "tenant.get-cstenantfederationconfiguration[Global].SharedSipAddressSpace",
        "tenant.Get-CsTenantFederationConfiguration[#1].SharedSipAddressSpace",
    ],
)
def test_one_property_is_found_by_its_shorter_and_its_longer_key_in_any_case(key: str) -> None:
    (row,) = after(f"{key}=true", FEDERATION)
    assert row == {"Identity": "Global", "SharedSipAddressSpace": True, "AllowedDomains": {"AllowList": ["a.test"]}}


def test_everything_else_stays_as_it_was() -> None:
    result = changed(SNAPSHOT, ["tenant.SharedSipAddressSpace=true"])
    kept = [fact for fact in SNAPSHOT.facts if fact.probe != FEDERATION]
    assert [fact for fact in result.snapshot.facts if fact.probe != FEDERATION] == kept
    assert result.snapshot.target == SNAPSHOT.target
    (change,) = result.changes
    assert (change.before, change.after, change.assumed) == (False, True, False)
    assert rows(SNAPSHOT, FEDERATION)[0]["SharedSipAddressSpace"] is False


@pytest.mark.parametrize(
    ("setting", "probe", "place", "name", "value"),
    [
        ("onprem.Get-CsHostingProvider[Office365].Enabled=false", PROVIDERS, 0, "Enabled", False),
        ("onprem.Get-CsHostingProvider[other].enabled=$true", PROVIDERS, 1, "Enabled", "True"),
        ("onprem.Get-CsHostingProvider[Office365].Priority=7", PROVIDERS, 0, "Priority", 7),
        ("onprem.Get-CsHostingProvider[Office365].Fqdn=x.test", PROVIDERS, 0, "Fqdn", "x.test"),
        ("edge--edge01.contoso.com.Version=7.0", VERSIONS, 0, "Version", "7.0"),
        (
            "edge--edge01.contoso.com.Get-CsServerPatchVersion[Core Components].Version=7.0",
            VERSIONS,
            0,
            "Version",
            "7.0",
        ),
        ("onprem.Get-CsUser[ben@contoso.com].Enabled=false", USERS, 1, "Enabled", False),
        ("onprem.Get-CsUser[#2].Enabled=$false", USERS, 1, "Enabled", False),
        (r"workstation.Get-ItemProperty[HKLM:\Tls\Server\Enabled].Value=0", REGISTRY, 1, "Value", 0),
        ("tenant.AllowedDomains.AllowList=b.test", FEDERATION, 0, "AllowedDomains", {"AllowList": ["b.test"]}),
        ('tenant.AllowedDomains.allowlist=["b.test"]', FEDERATION, 0, "AllowedDomains", {"AllowList": ["b.test"]}),
        ("tenant.SharedSipAddressSpace=null", FEDERATION, 0, "SharedSipAddressSpace", None),
        ("tenant.Identity=510", FEDERATION, 0, "Identity", "510"),
        ("tenant.Identity=a=b", FEDERATION, 0, "Identity", "a=b"),
        (
            "edge--edge01.contoso.com.Test-NetConnection -ComputerName fe02.contoso.com.TcpTestSucceeded=false",
            REACHES[1],
            0,
            "TcpTestSucceeded",
            False,
        ),
    ],
)
def test_an_object_is_named_as_in_the_estate_and_its_value_typed_like_the_one_before(
    setting: str, probe: AnyProbe, place: int, name: str, value: Json
) -> None:
    assert after(setting, probe)[place][name] == value


def test_a_property_that_a_check_reads_and_the_answer_lacks_can_be_assumed() -> None:
    result = changed(SNAPSHOT, ["tenant.Get-CsTenantFederationConfiguration.new=1"])
    assert rows(result.snapshot, FEDERATION)[0]["New"] == 1
    assert result.changes[0].assumed


def test_what_nobody_answered_can_be_assumed_in_part_by_the_longer_key_only() -> None:
    result = changed(SNAPSHOT, ["tenant.Get-CsOnlineSipDomain.status=Enabled"])
    (answer,) = (fact.answer for fact in result.snapshot.facts if fact.probe == DOMAINS)
    assert answer == Objects(rows=({"Status": "Enabled"},), complete=False)
    assert result.changes[0].assumed
    said = refused("tenant.status=Enabled")
    assert "--set tenant.status: nobody answered, so there is nothing to change" in said
    assert "assume it on purpose, as tenant.Get-CsOnlineSipDomain.Status." in said
    assert "nobody answered Get-CsOnlineSipDomain" in refused("tenant.Get-CsOnlineSipDomain[contoso.com].Status=x")
    assert "Did you mean tenant.Get-CsOnlineSipDomain.Status" in refused("tenant.Get-CsOnlineSipDomain.Stat=x")


@pytest.mark.parametrize(
    ("written", "expected"),
    [('[{"Name": "contoso.com"}]', ({"Name": "contoso.com"},)), ('{"Name": "x"}', ({"Name": "x"},)), ("[]", ())],
)
def test_a_whole_answer_can_be_given(written: str, expected: tuple[dict[str, Json], ...]) -> None:
    result = changed(SNAPSHOT, [f"tenant.Get-CsOnlineSipDomain={written}"])
    assert rows(result.snapshot, DOMAINS) == expected
    assert result.changes[0].assumed
    assert after(f"onprem.Get-CsHostingProvider={written}", PROVIDERS) == expected


def test_a_dns_answer_is_changed_by_its_records_or_its_code() -> None:
    def dns(setting: str, probe: AnyProbe = RECORD) -> tuple[str, list[str]]:
        (answer,) = (fact.answer for fact in changed(SNAPSHOT, [setting]).snapshot.facts if fact.probe == probe)
        assert isinstance(answer, DnsAnswer)
        return answer.rcode, [record.data for record in answer.records]

    key = f"dns-external.SRV {SRV}"
    assert dns(f"{key}.data=0 0 443 x.test.") == ("NOERROR", ["0 0 443 x.test."])
    assert dns(f'{key}.data=["0 0 443 x.test.", "1 0 443 y.test."]')[1] == ["0 0 443 x.test.", "1 0 443 y.test."]
    assert dns(f"{key}.data=[]") == ("NOERROR", [])
    assert dns(f"{key}.rcode=nxdomain") == ("NXDOMAIN", [])
    assert dns("dns-external.A sip.contoso.com.data=203.0.113.9", UNREAD_RECORD) == ("NOERROR", ["203.0.113.9"])
    assert "any other code is no answer" in refused(f"{key}.rcode=SERVFAIL")
    assert f"Did you mean {key}.data" in refused(f"{key}.dat=x")


def test_what_a_server_said_of_itself_is_changed_field_by_field() -> None:
    facts = changed(
        SNAPSHOT,
        [
            "here.SIP TLS sipfed.online.lync.com:5061.outcome=expired",
            "here.GET https://lyncdiscover.contoso.com/.status=404",
        ],
    ).snapshot.facts
    by_probe = {fact.probe: fact.answer for fact in facts}
    seen, page = by_probe[SIPFED], by_probe[PAGE]
    assert isinstance(seen, TlsAnswer) and seen.outcome is TlsOutcome.EXPIRED
    assert isinstance(page, HttpAnswer) and (page.status, page.body) == (404, "a page")
    assert "Invalid enum value 'rotten'" in refused("here.SIP TLS sipfed.online.lync.com:5061.outcome=rotten")
    assert "takes another kind of value" in refused("here.GET https://lyncdiscover.contoso.com/.status=fine")


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("deployment.phase=cutover", "phase", Phase.CUTOVER),
        ("Deployment.Phase=prepare", "phase", Phase.PREPARE),
        ("deployment.sip_domains=Contoso.com.,fabrikam.com", "sip_domains", ("contoso.com", "fabrikam.com")),
        ('deployment.sip_domains=["contoso.com"]', "sip_domains", ("contoso.com",)),
        ("deployment.forests=2", "forests", 2),
        ("deployment.forests=null", "forests", None),
        ("workstation.this_machine=true", "this_machine_moves", True),
        ("workstation.teams_environment=TeamsChina", "teams_environment", "TeamsChina"),
        ("network.here_is=outside", "here_is", Side.OUTSIDE),
        ("operator.tenant_roles=Teams Administrator", "tenant_roles", ("Teams Administrator",)),
    ],
)
def test_what_the_operator_said_has_the_keys_of_the_configuration(setting: str, field: str, value: Json) -> None:
    assert getattr(changed(SNAPSHOT, [setting]).snapshot.target, field) == value


def test_the_runbook_is_set_as_move() -> None:
    result = changed(SNAPSHOT, ["move.proxy_pool=pool01.contoso.com", "move.force=true"]).snapshot.target.runbook
    assert (result.proxy_pool, result.force) == ("pool01.contoso.com", True)


def test_another_cloud_brings_its_target_unless_that_was_the_operators_own() -> None:
    assert changed(SNAPSHOT, ["deployment.cloud=china"]).snapshot.target.proxy_fqdn != "sipfed.online.lync.com"
    own = changed(SNAPSHOT, ["deployment.target=sip.own.test", "deployment.cloud=china"]).snapshot.target
    assert (own.proxy_fqdn, own.cloud) == ("sip.own.test", Cloud.CHINA)


def test_a_move_back_needs_a_target() -> None:
    assert "Set deployment.target as well" in refused("deployment.direction=to-onprem")
    back = changed(SNAPSHOT, ["deployment.direction=to-onprem", "deployment.target=pool01.contoso.com"]).snapshot.target
    assert (back.direction, back.proxy_fqdn) == (Direction.TO_ONPREM, "pool01.contoso.com")


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("tenant.SharedSipAdressSpace=true", "Did you mean tenant.SharedSipAddressSpace?"),
        ("deployment.fase=cutover", "Did you mean deployment.phase"),
        ("nowhere.at.all=1", "the snapshot has no such key"),
        ("=1", "holds no value"),
        ("tenant.SharedSipAddressSpace", "holds no value. Write KEY=VALUE"),
        ("tenant.SharedSipAddressSpace=maybe", "takes another kind of value. Give true or false."),
        ("onprem.Get-CsHostingProvider[Office365].Priority=high", "Give a number."),
        ("onprem.Get-CsHostingProvider[Office365].Priority=true", "Give a number."),
        ("onprem.AllowOutsideUsers=true", "may mean 2 things. Say which: onprem.Get-CsAccessEdgeConfiguration.Allow"),
        (
            "onprem.Priority=1",
            "among several. Name the object, as in onprem.Get-CsHostingProvider[Office365].Priority.",
        ),
        ("onprem.Get-CsHostingProvider.Enabled=true", "holds 2 objects. Say which one, in brackets: [Office365], [Oth"),
        ("onprem.Get-CsHostingProvider[Ofice365].Enabled=true", "Did you mean onprem.Get-CsHostingProvider[Office365]"),
        ("onprem.Get-CsHostingProvider[Office365].Enable=true", "Did you mean onprem.Get-CsHostingProvider[Office365]"),
        ("onprem.Get-CsHostingProvider[Office365]=true", "the snapshot has no such key"),
        ("onprem.Get-CsHostingProvider=many", "Give a JSON list of objects"),
        ("edge--edge01.contoso.com.Test-NetConnection.TcpTestSucceeded=true", "the snapshot has no such key"),
        ("tenant.AllowedDomains.BlockList=x", "the snapshot has no such key"),
        ("deployment.phase=later", "Give prepare or hybrid or cutover or decommission."),
        ("deployment.forests=two", "Give a whole number or null."),
        ("deployment.target=a..b", "Give a DNS name."),
        ("deployment.sip_domains=a b", "Give a DNS name."),
        ("move.force=perhaps", "Give true or false or null."),
    ],
)
def test_what_cannot_be_set_is_refused_with_what_could(setting: str, said: str) -> None:
    assert said in refused(setting)


def test_every_key_that_is_listed_with_a_value_can_be_set_to_that_value_and_changes_nothing() -> None:
    for setting in settings(SNAPSHOT):
        if not setting.note and setting.value is not None:
            result = changed(SNAPSHOT, [f"{setting.key}={shown(setting.value)}"])
            (change,) = result.changes
            assert list_or_value(change.before) == list_or_value(change.after), setting.key
            assert not change.assumed


def list_or_value(value: Json) -> Json:
    return list(value) if isinstance(value, tuple) else value


def test_users_and_other_long_lists_are_listed_as_a_count() -> None:
    notes = {setting.key: setting.note for setting in settings(SNAPSHOT) if setting.note}
    assert notes == {
        "onprem.Get-CsUser": "2 objects: [name].property sets one of them",
        "tenant.Get-CsOnlineSipDomain": "no answer: no-access",
        "dns-external.A sip.contoso.com": "no answer: no-access",
    }


def test_the_shorter_key_is_listed_where_it_is_enough() -> None:
    keys = {setting.key for setting in settings(SNAPSHOT)}
    assert {"tenant.SharedSipAddressSpace", "onprem.Get-CsAccessEdgeConfiguration.AllowOutsideUsers"} <= keys
    assert "onprem.AllowOutsideUsers" not in keys
    assert rows(SNAPSHOT, ACCESS_EDGE)[0]["AllowOutsideUsers"] is True

"""The loop: what is asked, when it is judged again, and what becomes of what nobody could answer."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest

from checker.assess import Assessment, Investigation
from checker.model.answers import AnyAnswer
from checker.model.checks import (
    Check,
    Confidence,
    DeploymentCheck,
    Impact,
    Reference,
    Remediation,
    Server,
    ServerCheck,
    ServerRole,
    SipDomainCheck,
    UserCheck,
    Worst,
)
from checker.model.evidence import Evidence
from checker.model.facts import Fact, NoAnswer, Selection
from checker.model.probes import AnyProbe, CmdletProbe, DnsProbe, Vantage
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Status, Verdict
from checker.readings.subjects import SIP_DOMAINS
from tests.judging import CONTOSO, DENIED, NOW, contoso, objects, word

ONE = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-One")
TWO = CmdletProbe(vantage=Vantage.TENANT, cmdlet="Get-Two")
COMMON = {
    "title": "A claim",
    "impact": Impact.BLOCKS,
    "confidence": Confidence.HIGH,
    "remediation": Remediation(run="Set-One", where="there", role="somebody"),
    "sources": (Reference("a source", None, date(2026, 11, 22)),),
    "page": "A page.",
}
Judge = Callable[[Target, Evidence], Verdict]


def deployment_check(judge: Judge, *, id_: str = "tenant.one", worst: Worst = Worst.FAIL) -> DeploymentCheck:
    return DeploymentCheck(id=id_, worst=worst, judge=judge, **COMMON)  # type: ignore[arg-type]  # one mapping for all


def holds(observed: str = "seen") -> Verdict:
    return Verdict.when(True, expected="seen", observed=observed)


def fact(probe: AnyProbe, answer: AnyAnswer | NoAnswer) -> Fact:
    return Fact(probe=probe, answer=answer, observed_at=NOW)


def told(investigation: Investigation, **answers: AnyAnswer | NoAnswer) -> Assessment:
    """Runs it to its end; cmdlets not named are denied."""
    while wanted := investigation.wanted():
        for probe in wanted:
            named = probe.cmdlet.replace("-", "_") if isinstance(probe, CmdletProbe) else ""
            investigation.tell(fact(probe, answers.get(named, DENIED)))
    return investigation.assessment()


def test_the_same_question_of_two_checks_is_wanted_once() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        evidence.answer(ONE)
        return holds()

    investigation = Investigation(CONTOSO, [deployment_check(judge, id_=f"tenant.c{n}") for n in range(10)])
    assert investigation.wanted() == (ONE,)
    assert investigation.wanted() == ()
    assert len(investigation.waiting_for(ONE)) == 10


def test_what_waits_for_one_fact_is_judged_when_that_fact_arrives() -> None:
    def judge_on(probe: CmdletProbe) -> Judge:
        def judge(target: Target, evidence: Evidence) -> Verdict:
            evidence.answer(probe)
            return holds()

        return judge

    checks = [deployment_check(judge_on(ONE), id_="tenant.a"), deployment_check(judge_on(TWO), id_="tenant.b")]
    investigation = Investigation(CONTOSO, checks)
    investigation.wanted()
    investigation.tell(fact(TWO, objects()))
    assert [found.check.id for found in investigation.assessment().findings] == ["tenant.b"]
    assert investigation.outstanding() == (ONE,)


def test_a_fact_leads_to_the_question_that_depends_on_it() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        first = evidence.answer(ONE)
        then = DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=first.rows[0]["host"], record="A")
        evidence.answer(then)
        return holds()

    investigation = Investigation(CONTOSO, [deployment_check(judge)])
    assert investigation.wanted() == (ONE,)
    investigation.tell(fact(ONE, objects(host="sip.contoso.com")))
    (then,) = investigation.wanted()
    assert then.id == "dns-external/A sip.contoso.com"


def test_what_does_not_depend_on_each_other_is_asked_and_reported_together() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        evidence.answers(ONE, TWO)
        return holds()

    investigation = Investigation(CONTOSO, [deployment_check(judge)])
    assert investigation.wanted() == (ONE, TWO)
    for probe in (ONE, TWO):
        investigation.tell(fact(probe, DENIED))
    (found,) = investigation.assessment().findings
    assert found.unknown and "Get-One" in found.unknown.detail and "Get-Two" in found.unknown.detail


def test_the_result_does_not_depend_on_the_order_of_the_facts() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        one, two = evidence.answers(ONE, TWO)
        return holds(f"{len(one.rows)} {len(two.rows)}")

    seen = set()
    for order in itertools.permutations([fact(ONE, objects(a=1)), fact(TWO, objects())]):
        investigation = Investigation(CONTOSO, [deployment_check(judge)])
        investigation.wanted()
        for each in order:
            investigation.tell(each)
        (found,) = investigation.assessment().findings
        seen.add((found.status, found.verdict, found.evidence))
    assert len(seen) == 1


def test_a_bug_of_one_check_costs_its_finding_and_names_its_line_without_values() -> None:
    def broken(target: Target, evidence: Evidence) -> Verdict:
        raise ZeroDivisionError("secret-value")

    def sound(target: Target, evidence: Evidence) -> Verdict:
        return holds()

    checks = [deployment_check(broken, id_="tenant.a"), deployment_check(sound, id_="tenant.b")]
    first, second = told(Investigation(CONTOSO, checks)).findings
    assert (word(first), word(second)) == ("unknown: bug", "pass")
    assert first.unknown and "ZeroDivisionError" in first.unknown.detail
    assert "secret-value" not in first.unknown.detail


def test_does_not_hold_becomes_what_the_worst_verdict_says() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        return Verdict.when(False, expected="this", observed="that")

    for worst, status in ((Worst.FAIL, Status.FAIL), (Worst.WARN, Status.WARN)):
        (found,) = told(Investigation(CONTOSO, [deployment_check(judge, worst=worst)])).findings
        assert found.status is status


def test_what_is_left_out_is_unknown_and_not_asked() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        evidence.answer(ONE)
        return holds()

    checks = [deployment_check(judge, id_="tenant.a"), deployment_check(judge, id_="dns.b")]
    for selection in (Selection(only=("dns.*",)), Selection(skip=("tenant.*",))):
        investigation = Investigation(CONTOSO, checks, selection=selection)
        left_out, looked_at = told(investigation, Get_One=objects()).findings
        assert (word(left_out), word(looked_at)) == ("unknown: not-asked", "pass")


def domain_check() -> SipDomainCheck:
    def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
        evidence.answer(DnsProbe(vantage=Vantage.DNS_EXTERNAL, name=domain, record="SRV"))
        return holds()

    return SipDomainCheck(id="dns.one", worst=Worst.FAIL, judge=judge, **COMMON)  # type: ignore[arg-type]  # as above


def test_domains_are_those_of_configuration_and_evidence_together() -> None:
    investigation = Investigation(CONTOSO, [domain_check()])
    assert "dns-external/SRV contoso.com" in {probe.id for probe in investigation.wanted()}
    investigation.tell(fact(SIP_DOMAINS, objects({"Name": "contoso.com"}, {"Name": "Fabrikam.com"})))
    assert [probe.id for probe in investigation.wanted()] == ["dns-external/SRV fabrikam.com"]


def test_when_nobody_can_say_which_domains_there_are_it_is_one_unknown_on_the_deployment() -> None:
    (found,) = told(Investigation(contoso(sip_domains=()), [domain_check()])).findings
    assert (found.id, word(found)) == ("dns.one@contoso", "unknown: no-access")


def test_what_stops_a_domain_is_asked_of_every_domain_that_has_a_user() -> None:
    """Else a user of a domain that nobody listed would come out as one who moves."""
    users = objects({"Identity": "CN=f", "SipAddress": "sip:f@fabrikam.com", "HostingProvider": "SRV:"})
    found = told(Investigation(CONTOSO, [domain_check()]), Get_CsUser=users).findings
    assert {each.subject.name: word(each) for each in found} == {
        "contoso.com": "unknown: no-access",
        "fabrikam.com": "unknown: no-access",
    }


def server_check(*roles: ServerRole) -> ServerCheck:
    def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
        return holds(server.fqdn)

    return ServerCheck(
        id="topology.one",
        worst=Worst.FAIL,
        roles=frozenset(roles),
        judge=judge,
        **COMMON,  # type: ignore[arg-type]  # as above
    )


def test_configured_edges_are_judged_and_the_rest_is_an_unknown_of_its_own() -> None:
    target = contoso(edges=("edge01.contoso.com",))
    found = told(Investigation(target, [server_check(ServerRole.EDGE)])).findings
    assert {each.subject.name: word(each) for each in found} == {
        "edge01.contoso.com": "pass",
        "contoso": "unknown: no-access",
    }


def test_a_topology_without_such_a_server_is_unknown_never_nothing() -> None:
    (found,) = told(Investigation(CONTOSO, [server_check(ServerRole.EDGE)]), Get_CsPool=objects()).findings
    assert word(found) == "unknown: malformed"


def test_servers_come_from_the_pools_of_their_role() -> None:
    pools = objects(
        {
            "Fqdn": "pool01.contoso.com",
            "Computers": ["FE02.contoso.com", "fe01.contoso.com"],
            "Services": "Registrar:p",
        },
        {"Fqdn": "edgepool.contoso.com", "Computers": "edge01.contoso.com", "Services": ["EdgeServer:e"]},
        {"Fqdn": "sql01.contoso.com", "Computers": ["sql01.contoso.com"], "Services": ["UserDatabase:sql01"]},
    )
    found = told(Investigation(CONTOSO, [server_check(ServerRole.FRONT_END)]), Get_CsPool=pools).findings
    assert [each.subject.name for each in found] == ["fe01.contoso.com", "fe02.contoso.com"]


def user_check(bind: Callable[[Target, Evidence], Callable[[UserRow], Verdict]]) -> UserCheck:
    return UserCheck(id="user.one", worst=Worst.FAIL, bind=bind, **COMMON)  # type: ignore[arg-type]  # as above


def judge_by_name(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    evidence.answer(ONE)

    def judge(row: UserRow) -> Verdict:
        if row.subject.startswith("bug"):
            raise KeyError(row.subject)
        return Verdict.when(not row.subject.startswith("bad"), expected="good", observed=row.subject)

    return judge


USERS = objects(
    *(
        {"Identity": f"CN={name}", "SipAddress": f"sip:{name}@contoso.com", "HostingProvider": "SRV:", "Enabled": True}
        for name in ("good", "bad", "bug")
    ),
    {"Identity": "CN=moved", "SipAddress": "sip:moved@contoso.com", "HostingProvider": "sipfed.online.lync.com"},
)


def test_users_are_judged_in_bulk_and_passes_are_only_counted() -> None:
    assessment = told(Investigation(CONTOSO, [user_check(judge_by_name)]), Get_CsUser=USERS, Get_One=objects())
    assert {user.row.subject: [r.status.value for r in user.results] for user in assessment.users} == {
        "bad@contoso.com": ["fail"],
        "bug@contoso.com": ["unknown"],
        "good@contoso.com": [],
    }
    tally = assessment.tallies["user.one"]
    assert (tally.passed, tally.failed, tally.unknown) == (1, 1, 1)


def test_an_unanswered_bind_is_one_unknown_for_all_users() -> None:
    assessment = told(Investigation(CONTOSO, [user_check(judge_by_name)]), Get_CsUser=USERS)
    assert [found.id for found in assessment.findings] == ["user.one@contoso"]
    assert len(assessment.users) == 3


def test_no_user_seen_is_unknown_and_left_out_on_purpose_is_not_applicable() -> None:
    check = user_check(judge_by_name)
    nobody = told(Investigation(CONTOSO, [check]), Get_CsUser=objects(), Get_One=objects())
    on_purpose = told(Investigation(contoso(no_users=True), [check]))
    assert [word(found) for found in nobody.findings] == ["unknown: not-asked"]
    assert [word(found) for found in on_purpose.findings] == ["not-applicable"]


def test_a_named_user_is_looked_up_by_any_of_its_names() -> None:
    target = contoso(users=("SIP:Good@contoso.com", "nobody@contoso.com"))
    assessment = told(Investigation(target, [user_check(judge_by_name)]), Get_CsUser=USERS, Get_One=objects())
    found = {user.row.asked_as: user.row.found for user in assessment.users}
    assert found["nobody@contoso.com"] == ()
    assert found["good@contoso.com"] and found["good@contoso.com"][0].sip_address == "good@contoso.com"


def test_a_name_that_is_missing_from_a_part_of_all_users_was_not_looked_up() -> None:
    part = objects(*USERS.rows, complete=False)
    target = contoso(users=("nobody@contoso.com",))
    assessment = told(Investigation(target, [user_check(judge_by_name)]), Get_CsUser=part, Get_One=objects())
    assert assessment.users[0].row.found is None


def test_facts_of_a_snapshot_are_not_asked_again() -> None:
    def judge(target: Target, evidence: Evidence) -> Verdict:
        evidence.answer(ONE)
        return holds()

    investigation = Investigation(CONTOSO, [deployment_check(judge)], facts=[fact(ONE, objects())])
    assert investigation.wanted() == ()
    assert [word(found) for found in investigation.assessment().findings] == ["pass"]


def test_a_reading_is_made_once_and_its_probes_count_for_every_check_that_uses_it() -> None:
    calls = []

    def reading(evidence: Evidence) -> int:
        calls.append(1)
        return len(evidence.answer(ONE).rows)

    def judge(target: Target, evidence: Evidence) -> Verdict:
        return holds(str(evidence.derive(reading)))

    checks = [deployment_check(judge, id_=f"tenant.c{n}") for n in range(3)]
    assessment = told(Investigation(CONTOSO, checks), Get_One=objects(a=1))
    # Once without the fact for each check, and once with it for all of them.
    assert len(calls) == 4
    assert {found.evidence for found in assessment.findings} == {(ONE.id,)}


def test_a_kind_of_check_that_does_not_exist_is_refused() -> None:
    bare = Check(id="tenant.none", worst=Worst.FAIL, **COMMON)  # type: ignore[arg-type]  # as above
    with pytest.raises(TypeError):
        Investigation(CONTOSO, [bare])

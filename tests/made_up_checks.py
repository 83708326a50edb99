"""Checks that say what a test tells them to, and the estate they are judged on: two SIP domains, an Edge, users."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from checker.assess import Assessment, Investigation, investigate
from checker.compose import compose
from checker.model.answers import AnyAnswer, Json
from checker.model.checks import (
    Applies,
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
from checker.model.facts import Fact, NoAnswer, Notice, Snapshot
from checker.model.probes import AnyProbe
from checker.model.report import Report
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.predict import Prediction, predict
from checker.readings.subjects import SIP_DOMAINS
from checker.readings.topology import POOLS
from checker.readings.users import ON_PREMISES_USERS
from tests.judging import NOW, UNASKED, contoso, objects

HYBRID = contoso(sip_domains=("contoso.com", "fabrikam.com"), edges=("edge01.contoso.com",))
LAB = Notice(code="lab", text="made up")
SOURCE = Reference("a source", None, date(2026, 11, 22))


def verdict(says: str, value: Json = None) -> Verdict:
    """``pass``, ``fail``, ``inferred`` (a failure of inferred effect), ``warn``, ``n/a``; ``unknown`` is raised."""
    if says == "unknown":
        raise Undecided(Reason.NO_ACCESS, "nobody could look", "a role")
    if says == "n/a":
        return Verdict.not_applicable("nothing to look at")
    if says == "warn":
        return Verdict.mind(expected="right", observed=says, value=value)
    return Verdict.when(says == "pass", expected="right", observed=says, value=value, inferred=says == "inferred")


def deployment_check(id_: str, says: str, *predicts: str, value: Json = None, **more: Json) -> Check:
    return DeploymentCheck(judge=lambda target, evidence: verdict(says, value), **_common(id_, predicts, more))


def domain_check(id_: str, says: Mapping[str, str], *predicts: str, **more: Json) -> Check:
    """What is said by SIP domain; ``pass`` where nothing is."""

    def judge(target: Target, evidence: Evidence, domain: str) -> Verdict:
        return verdict(says.get(domain, "pass"))

    return SipDomainCheck(judge=judge, **_common(id_, predicts, more))


def edge_check(id_: str, says: str, *predicts: str, **more: Json) -> Check:
    def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
        return verdict(says)

    return ServerCheck(roles=frozenset({ServerRole.EDGE}), judge=judge, **_common(id_, predicts, more))


def user_check(id_: str, says: Mapping[str, str], *predicts: str, bind: str = "pass", **more: Json) -> Check:
    """What is said by SIP address; ``pass`` where nothing is. ``bind`` is what the question for all of them gets."""

    def judge_all(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
        verdict(bind)
        return lambda row: verdict(says.get(row.subject, "pass"))

    return UserCheck(bind=judge_all, **_common(id_, predicts, more))


def _common(id_: str, predicts: Sequence[str], more: Mapping[str, Json]) -> dict[str, Json]:
    return {
        "id": id_,
        "title": f"The claim of {id_}",
        "impact": Impact.BLOCKS,
        "worst": Worst.FAIL,
        "confidence": Confidence.HIGH,
        "remediation": Remediation(run=f"Set-{id_}", where="there", role="somebody"),
        "sources": (SOURCE,),
        "page": "A page.",
        "predicts": tuple(predicts),
        "applies": Applies(),
        **more,
    }


def estate(*users: str) -> dict[AnyProbe, AnyAnswer | NoAnswer]:
    """What is answered: the domains of ``HYBRID``, its one Edge, and these SIP addresses, homed on-premises."""
    return {
        SIP_DOMAINS: objects({"Name": "contoso.com"}, {"Name": "fabrikam.com"}),
        POOLS: objects(Fqdn="edgepool.contoso.com", Computers="edge01.contoso.com", Services="EdgeServer:e"),
        ON_PREMISES_USERS: objects(
            *({"Identity": f"CN={user}", "SipAddress": f"sip:{user}", "HostingProvider": "SRV:"} for user in users)
        ),
    }


def seen(checks: Sequence[Check], *users: str, target: Target = HYBRID) -> tuple[Snapshot, Assessment, Prediction]:
    """The estate with these users, judged and predicted from."""
    answers = estate(*users)
    investigation = Investigation(target, checks)
    assessment = investigate(
        investigation, lambda probe: Fact(probe=probe, answer=answers.get(probe, UNASKED), observed_at=NOW)
    )
    return taken(target, *investigation.facts()), assessment, predict(target, checks, assessment)


def taken(target: Target, *facts: Fact) -> Snapshot:
    return Snapshot(
        tool_version="1.2.3", target=target, as_of=NOW, started_at=NOW, finished_at=NOW, notices=(LAB,), facts=facts
    )


def reported(checks: Sequence[Check], *users: str, target: Target = HYBRID, **options: Json) -> Report:
    snapshot, assessment, prediction = seen(checks, *users, target=target)
    return compose(snapshot, checks, assessment, prediction, **options)

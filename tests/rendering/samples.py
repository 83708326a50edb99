"""Reports to draw, made by hand: one of each verdict, with what renderers find hard."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from checker import sources
from checker.faults import FAULTS
from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Confidence, Impact, Remediation, Scope, Worst
from checker.model.facts import CommandRun, Notice
from checker.model.findings import FaultStatus, Outcome
from checker.model.report import (
    CheckCount,
    Coverage,
    Deployment,
    EvidenceEntry,
    FaultEntry,
    FindingEntry,
    Fix,
    Missing,
    NotLookedAt,
    OutcomeCounts,
    ReasonEntry,
    Report,
    RunVerdict,
    ServerBuild,
    StatusCounts,
    SubjectEntry,
    Tool,
    UserOutcome,
    Users,
)
from checker.model.undecided import Reason
from checker.model.verdicts import Status

AS_OF = datetime(2026, 11, 22, 19, 3, tzinfo=UTC)
TENANT_SHELL = "MicrosoftTeams PowerShell module, after Connect-MicrosoftTeams"
NEEDS_TENANT = "a tenant credential ([tenant].auth in csready.toml), or tenant/*.json from the collector"

SHARE = Remediation(
    run="Set-CsTenantFederationConfiguration -SharedSipAddressSpace $true",
    where=TENANT_SHELL,
    role="Teams Administrator",
    verify="(Get-CsTenantFederationConfiguration).SharedSipAddressSpace",
    rollback="Set-CsTenantFederationConfiguration -SharedSipAddressSpace $false",
)
LICENSE = Remediation(
    run="Assign a licence that holds the Teams and Skype for Business Online plans",
    where="Microsoft 365 admin centre",
    role="License Administrator",
    wait="up to 30 minutes of provisioning",
)
PUBLISH = Remediation(
    run="_sipfederationtls._tcp.fabrikam.com. SRV 0 0 5061 sip.fabrikam.com.",
    where="public DNS",
    role="DNS administrator",
    wait="the TTL of the negative answer",
)


def finding(check: str, status: Status, subject: str = "contoso", **more: Any) -> FindingEntry:
    """Of the deployment, blocking, high confidence, unless ``more`` says otherwise."""
    values: dict[str, Any] = {
        "id": f"{check}@{subject}",
        "check": check,
        "title": f"Title of {check}",
        "area": check.partition(".")[0],
        "subject": SubjectEntry(kind=more.pop("kind", Scope.DEPLOYMENT), name=subject),
        "status": status,
        "impact": Impact.BLOCKS,
        "worst": Worst.FAIL,
        "confidence": Confidence.HIGH,
        "confidence_note": "",
        "expected": "",
        "observed": "",
        "summary": "",
        "reason": None,
        "evidence": (),
        "predicts": (),
        "remediation": (),
        "references": (),
        "waiver": None,
        "fingerprint": "0" * 64,
    }
    return FindingEntry(**values | more)


def unknown(check: str, reason: Reason, detail: str, needs: str = "", **more: Any) -> FindingEntry:
    return finding(check, Status.UNKNOWN, reason=ReasonEntry(code=reason, detail=detail, needs=needs), **more)


def counts(check: str, waived: StatusCounts | None = None, **numbers: int) -> CheckCount:
    every = {"passed": 0, "warn": 0, "fail": 0, "unknown": 0, "not_applicable": 0}
    return CheckCount(id=check, revision=1, waived=waived or StatusCounts(), **every | numbers)


def faults(**statuses: tuple[FaultStatus, int, tuple[str, ...]]) -> tuple[FaultEntry, ...]:
    """The catalogue; ``hms_510=(PREDICTED, 240, because)`` for those that are not ruled out."""
    entries = []
    for fault in FAULTS:
        status, users, because = statuses.get(fault.id.replace("-", "_"), (FaultStatus.RULED_OUT, 0, ()))
        missing = (Missing(what="the user's pool", needs="Get-CsPool"),) if status is FaultStatus.NOT_RULED_OUT else ()
        entries.append(
            FaultEntry(
                id=fault.id,
                code=fault.code,
                title=fault.title,
                status=status,
                scope=fault.scope,
                step=fault.step,
                confidence=fault.confidence,
                message=fault.message or None,
                cause=fault.cause,
                not_foreseen=None,
                users_affected=users,
                because=because,
                missing=missing,
                remediation=(),
                references=fault.sources[:1],
            )
        )
    return tuple(entries)


def evidence(vantage: str, asked: str) -> EvidenceEntry:
    return EvidenceEntry(
        id=f"{vantage}/{asked}",
        kind="cmdlet",
        asked=asked,
        vantage=vantage,
        observed_at=AS_OF,
        duration_ms=12,
        outcome="answer",
        reason=None,
        source="",
        answer=None,
    )


NO_USERS = Users(
    total=0,
    moves=0,
    blocked=0,
    undetermined=0,
    own=OutcomeCounts(moves=0, blocked=0, undetermined=0),
    conditions=(),
    by_fault={},
    outcomes=(),
    file="users.csv",
)

READY = Report(
    schema_version="1.0",
    tool=Tool(name="csready", version="0.4.0"),
    deployment=Deployment(
        name="contoso",
        sip_domains=("contoso.com", "fabrikam.com"),
        cloud=Cloud.WORLDWIDE,
        phase=Phase.HYBRID,
        direction=Direction.TO_CLOUD,
        target="sipfed.online.lync.com",
        server=ServerBuild(generation="Skype for Business Server 2019", build="7.0.2046.849"),
    ),
    as_of=AS_OF,
    started_at=AS_OF,
    finished_at=AS_OF.replace(second=14),
    valid_until=AS_OF.replace(day=29),
    interrupted=False,
    redaction=None,
    verdict=RunVerdict.READY,
    exit_code=0,
    coverage=Coverage(applicable=3, looked_at=3, not_looked_at=()),
    faults=faults(),
    findings=(
        finding(
            "dns.federation-srv", Status.PASS, "contoso.com", kind=Scope.SIP_DOMAIN, observed="sip.contoso.com:5061"
        ),
        finding("tenant.shared-sip-address-space", Status.PASS, observed="SharedSipAddressSpace True"),
    ),
    checks=(
        counts("dns.federation-srv", passed=1),
        counts("tenant.shared-sip-address-space", passed=1),
        counts("user.licence-teams-sfb", passed=2),
    ),
    fixes=(),
    advice=(),
    users=msgspec.structs.replace(NO_USERS, total=2, moves=2, own=OutcomeCounts(moves=2, blocked=0, undetermined=0)),
    evidence=(
        evidence("dns-external", "SRV _sipfederationtls._tcp.contoso.com"),
        evidence("here", "GET https://lyncdiscover.contoso.com/"),
        evidence("onprem--fe01.contoso.com", "Get-CsHostingProvider"),
        evidence("tenant", "Get-CsTenantFederationConfiguration"),
    ),
    advisories=(),
    notices=(),
    waivers=(),
    commands_run=(
        CommandRun(where="tenant", as_whom="reader@contoso.com", what="Get-CsTenantFederationConfiguration"),
    ),
)

_UNLICENSED = tuple(f"user{number}@contoso.com" for number in range(1, 10))
_POOL = unknown(
    "user.registrar-pool",
    Reason.NO_ACCESS,
    "their pool, paris.contoso.com, is not in the file",
    "Get-CsPool of a complete topology",
    subject="zoe@contoso.com",
    kind=Scope.USER,
)

NOT_READY = msgspec.structs.replace(
    READY,
    verdict=RunVerdict.NOT_READY,
    exit_code=3,
    coverage=Coverage(
        applicable=5,
        looked_at=4,
        not_looked_at=(
            NotLookedAt(
                check="user.registrar-pool", subject="zoe@contoso.com", reason=Reason.NO_ACCESS, needs="Get-CsPool"
            ),
        ),
    ),
    faults=faults(
        hms_510=(FaultStatus.PREDICTED, 240, ("tenant.shared-sip-address-space@contoso",)),
        hms_507=(FaultStatus.PREDICTED, 9, tuple(f"user.licence-teams-sfb@{user}" for user in _UNLICENSED)),
        legacy_pool_user=(FaultStatus.NOT_RULED_OUT, 5, ("user.registrar-pool@zoe@contoso.com",)),
    ),
    findings=(
        finding(
            "dns.federation-srv",
            Status.FAIL,
            "fabrikam.com",
            kind=Scope.SIP_DOMAIN,
            impact=Impact.DEGRADES,
            expected="one SRV record to the Access Edge, port 5061",
            observed="NXDOMAIN (8.8.8.8, dns-external)",
            remediation=(PUBLISH,),
        ),
        finding(
            "dns.federation-srv", Status.PASS, "contoso.com", kind=Scope.SIP_DOMAIN, observed="sip.contoso.com:5061"
        ),
        finding(
            "tenant.shared-sip-address-space",
            Status.FAIL,
            title="The tenant shares its SIP address space with the on-premises deployment",
            expected="SharedSipAddressSpace True",
            observed="SharedSipAddressSpace False",
            predicts=("hms-510",),
            remediation=(SHARE,),
            references=(sources.S510,),
        ),
        *(
            finding(
                "user.licence-teams-sfb",
                Status.FAIL,
                user,
                kind=Scope.USER,
                expected="plans TEAMS1 and MCOSTANDARD",
                observed="no plan MCOSTANDARD",
                predicts=("hms-507",),
                remediation=(LICENSE,),
            )
            for user in _UNLICENSED
        ),
        _POOL,
    ),
    checks=(
        counts("dns.federation-srv", passed=1, fail=1),
        counts("tenant.shared-sip-address-space", fail=1),
        counts("tenant.federation-open", passed=1),
        counts("user.licence-teams-sfb", passed=231, fail=9),
        counts("user.registrar-pool", passed=235, unknown=5),
    ),
    fixes=(
        Fix(order=1, check="tenant.shared-sip-address-space", remediation=SHARE, users_unblocked=226, own_unblocked=0),
        Fix(order=2, check="user.licence-teams-sfb", remediation=LICENSE, users_unblocked=9, own_unblocked=9),
        Fix(order=3, check="dns.federation-srv", remediation=PUBLISH, users_unblocked=0, own_unblocked=0),
    ),
    users=Users(
        total=240,
        moves=0,
        blocked=240,
        undetermined=0,
        own=OutcomeCounts(moves=226, blocked=9, undetermined=5),
        conditions=(),
        by_fault={"hms-510": 240, "hms-507": 9},
        outcomes=tuple(
            UserOutcome(
                sip_address=user,
                outcome=Outcome.BLOCKED,
                own_outcome=Outcome.BLOCKED,
                first_fault="hms-510",
                faults=("hms-510", "hms-507"),
            )
            for user in _UNLICENSED
        ),
        file="users.csv",
    ),
    notices=(Notice(code="lab", text="A lab run: it proves nothing about what a real Move-CsUser does"),),
)

INDETERMINATE = msgspec.structs.replace(
    READY,
    verdict=RunVerdict.INDETERMINATE,
    exit_code=5,
    coverage=Coverage(
        applicable=5,
        looked_at=1,
        not_looked_at=(
            NotLookedAt(check="edge.port-5061", subject="edge01.contoso.com", reason=Reason.TIMED_OUT, needs=""),
            *(
                NotLookedAt(check=f"tenant.{name}", subject="contoso", reason=Reason.NO_ACCESS, needs=NEEDS_TENANT)
                for name in ("domain-verified", "federation-open", "shared-sip-address-space")
            ),
        ),
    ),
    faults=faults(hms_510=(FaultStatus.NOT_RULED_OUT, 0, ("tenant.shared-sip-address-space@contoso",))),
    findings=(
        finding(
            "dns.federation-srv", Status.PASS, "contoso.com", kind=Scope.SIP_DOMAIN, observed="sip.contoso.com:5061"
        ),
        unknown(
            "edge.port-5061",
            Reason.TIMED_OUT,
            "no answer from edge01.contoso.com:5986 in 10 s",
            subject="edge01.contoso.com",
            kind=Scope.SERVER,
            impact=Impact.DEGRADES,
        ),
        *(
            unknown(f"tenant.{name}", Reason.NO_ACCESS, "no way to ask the tenant", NEEDS_TENANT)
            for name in ("domain-verified", "federation-open", "shared-sip-address-space")
        ),
    ),
    checks=(
        counts("dns.federation-srv", passed=1),
        counts("edge.port-5061", unknown=1),
        counts("tenant.domain-verified", unknown=1),
        counts("tenant.federation-open", unknown=1),
        counts("tenant.shared-sip-address-space", unknown=1),
    ),
    users=NO_USERS,
)

"""The report: what renderers draw and other people's scripts read. Its JSON form is the contract, this module its
schema.

Additive within a major version. Every key is always there, ``null`` or empty where there is nothing to say. Times are
UTC.
"""

import hashlib
from datetime import date
from enum import Enum

import msgspec

from checker.model.answers import Json
from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Confidence, Impact, Reference, Remediation, Scope, Worst
from checker.model.facts import CommandRun, Moment, Notice
from checker.model.faults import Ground
from checker.model.findings import FaultStatus, Outcome
from checker.model.undecided import Reason
from checker.model.verdicts import Status

SCHEMA_VERSION = "1.1"


class RunVerdict(Enum):
    READY = "ready"
    READY_WITH_WARNINGS = "ready-with-warnings"
    NOT_READY = "not-ready"
    INDETERMINATE = "indeterminate"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Base of everything in the report."""


class Tool(Part, frozen=True, kw_only=True):
    name: str
    version: str


class ServerBuild(Part, frozen=True, kw_only=True):
    """The lowest build seen; both ``None`` where no server's build was read."""

    generation: str | None
    build: str | None


class Deployment(Part, frozen=True, kw_only=True):
    name: str
    sip_domains: tuple[str, ...]
    cloud: Cloud
    phase: Phase
    direction: Direction
    target: str
    server: ServerBuild


class NotLookedAt(Part, frozen=True, kw_only=True):
    check: str
    subject: str
    reason: Reason
    needs: str


class Coverage(Part, frozen=True, kw_only=True):
    """Counts checks. A check is looked at when no subject of its is unknown."""

    applicable: int
    looked_at: int
    not_looked_at: tuple[NotLookedAt, ...]


class Missing(Part, frozen=True, kw_only=True):
    what: str
    needs: str


class FaultEntry(Part, frozen=True, kw_only=True):
    """``message`` is ``null`` where none is published; ``because`` holds at most 100 finding ids.

    ``not_foreseen`` says what no evidence can foresee of it, ``null`` where nothing is left.
    """

    id: str
    code: str | None
    title: str
    status: FaultStatus
    scope: Scope
    step: int
    confidence: Ground
    message: str | None
    cause: str
    not_foreseen: str | None
    users_affected: int
    because: tuple[str, ...]
    missing: tuple[Missing, ...]
    remediation: tuple[Remediation, ...]
    references: tuple[Reference, ...]


class SubjectEntry(Part, frozen=True, kw_only=True):
    kind: Scope
    name: str


class ReasonEntry(Part, frozen=True, kw_only=True):
    """``needs`` is what would cure it; empty where nothing is known to."""

    code: Reason
    detail: str
    needs: str


class Waiver(Part, frozen=True, kw_only=True):
    check: str
    subject: str
    reason: str
    owner: str
    ticket: str
    expires: date
    fingerprint: str | None


class FindingEntry(Part, frozen=True, kw_only=True):
    id: str
    check: str
    title: str
    area: str
    subject: SubjectEntry
    status: Status
    impact: Impact
    worst: Worst
    confidence: Confidence
    confidence_note: str
    expected: str
    observed: str
    summary: str
    reason: ReasonEntry | None
    evidence: tuple[str, ...]
    predicts: tuple[str, ...]
    remediation: tuple[Remediation, ...]
    references: tuple[Reference, ...]
    waiver: Waiver | None
    fingerprint: str


class StatusCounts(Part, frozen=True, kw_only=True):
    warn: int = 0
    fail: int = 0
    unknown: int = 0


class WaiverState(Enum):
    """``UNUSED``: no finding that fails, warns or is unknown is what it speaks of."""

    APPLIED = "applied"
    LAPSED = "lapsed"
    UNUSED = "unused"


class WaiverEntry(Part, frozen=True, kw_only=True):
    """A waiver of the file, and what became of it. ``lapsed_because``: empty unless it lapsed for something.

    ``findings``: the first 100 ids of what it accepts, or would have accepted; ``accepted`` counts what it accepts.
    """

    waiver: Waiver
    state: WaiverState
    lapsed_because: str
    findings: tuple[str, ...]
    accepted: StatusCounts


class CheckCount(Part, frozen=True, kw_only=True):
    """How many subjects came out how; ``pass`` counts users too, who have no finding of their own when they pass.

    ``waived``: how many of these a waiver accepts.
    """

    id: str
    revision: int
    passed: int = msgspec.field(name="pass")
    warn: int
    fail: int
    unknown: int
    not_applicable: int
    waived: StatusCounts = StatusCounts()


class Fix(Part, frozen=True, kw_only=True):
    """``users_unblocked``: users who move once this and all earlier fixes are done, and did not before it.

    ``own_unblocked``: the same, as if the deployment were settled.
    """

    order: int
    check: str
    remediation: Remediation
    users_unblocked: int
    own_unblocked: int


class Advice(Part, frozen=True, kw_only=True):
    """``users``: the first 100 whom it concerns for something of their own; empty where it concerns the whole batch."""

    id: str
    title: str
    text: str
    users_affected: int
    users: tuple[str, ...]
    references: tuple[Reference, ...]


class OutcomeCounts(Part, frozen=True, kw_only=True):
    moves: int
    blocked: int
    undetermined: int


class UserOutcome(Part, frozen=True, kw_only=True):
    sip_address: str
    outcome: Outcome
    own_outcome: Outcome
    first_fault: str | None
    faults: tuple[str, ...]


class Users(Part, frozen=True, kw_only=True):
    """``conditions``: faults of the deployment that are not ruled out; ``outcomes``: the first 100, all are in
    ``file``.
    """

    total: int
    moves: int
    blocked: int
    undetermined: int
    own: OutcomeCounts
    conditions: tuple[str, ...]
    by_fault: dict[str, int]
    outcomes: tuple[UserOutcome, ...]
    file: str


class EvidenceEntry(Part, frozen=True, kw_only=True):
    """``answer`` is bounded to 4 KB; a longer one stands as its count and sha256, whole in the snapshot only."""

    id: str
    kind: str
    asked: str
    vantage: str
    observed_at: Moment
    duration_ms: int
    outcome: str
    reason: ReasonEntry | None
    source: str
    answer: Json


class Advisory(Part, frozen=True, kw_only=True):
    id: str
    since: date
    age_days: int
    source: Reference


class Redacted(Part, frozen=True, kw_only=True):
    """How many distinct values of each kind have a pseudonym in the report's place of them.

    ``key``: the first 8 hexadecimal digits of the sha256 of the key. Reports with the same ``key`` give the same value
    the same pseudonym, so they can be compared.
    """

    users: int
    hosts: int
    numbers: int
    addresses: int
    key: str


class FaultRecord(Part, frozen=True, kw_only=True):
    """How a prediction fared among users who were moved. ``hits``: predicted and met; ``misses``: met and not
    predicted; ``false_alarms``: predicted, and the user was moved all the same."""

    id: str
    hits: int
    misses: int
    false_alarms: int


class TrackRecord(Part, frozen=True, kw_only=True):
    """What ``csready reconcile`` found of an earlier report. ``surprises``: errors that no source documents."""

    as_of: Moment
    users: int
    moved: int
    faults: tuple[FaultRecord, ...]
    surprises: int


class Report(Part, frozen=True, kw_only=True):
    """``exit_code`` is what the run ended with; ``valid_until`` is seven days after the oldest answer, and after
    ``as_of`` at the latest.

    ``seal``: sha256 of the report's own JSON with an empty ``seal``; see :func:`sealed`. ``utc_offset_minutes``: of the
    operator's clock at ``as_of``, ``None`` where the snapshot does not say it. Keys with a default came after 1.0.
    """

    schema_version: str
    tool: Tool
    deployment: Deployment
    as_of: Moment
    started_at: Moment
    finished_at: Moment
    valid_until: Moment
    interrupted: bool
    redaction: str | None
    redacted: Redacted | None = None
    utc_offset_minutes: int | None = None
    verdict: RunVerdict
    exit_code: int
    coverage: Coverage
    faults: tuple[FaultEntry, ...]
    findings: tuple[FindingEntry, ...]
    checks: tuple[CheckCount, ...]
    fixes: tuple[Fix, ...]
    advice: tuple[Advice, ...]
    users: Users
    evidence: tuple[EvidenceEntry, ...]
    advisories: tuple[Advisory, ...]
    notices: tuple[Notice, ...]
    waivers: tuple[WaiverEntry, ...]
    track_record: TrackRecord | None = None
    commands_run: tuple[CommandRun, ...]
    seal: str = ""


def sealed(report: Report) -> Report:
    """The report with its seal, which shows that it was altered since; not by whom, for anybody can seal anew."""
    return msgspec.structs.replace(report, seal=seal_of(report))


def seal_of(report: Report) -> str:
    """What the seal has to be. Of a report that another version wrote it can be told only while this one knows all of
    its keys.
    """
    bare = msgspec.structs.replace(report, seal="")
    return hashlib.sha256(msgspec.json.encode(bare)).hexdigest()


def encode_report(report: Report) -> bytes:
    """UTF-8 JSON with keys in the order above; the same report gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def decode_report(raw: bytes) -> Report:
    """Raises ``msgspec.DecodeError`` naming the path of what cannot be read."""
    return msgspec.json.decode(raw, type=Report)


def report_schema() -> dict[str, Json]:
    """JSON Schema 2020-12 of ``report.json``."""
    schema = msgspec.json.schema(Report)
    for part in schema["$defs"].values():
        if "properties" in part:
            part["required"] = list(part["properties"])  # a default is for reading older reports; all are written
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "csready report", **schema}

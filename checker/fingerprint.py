"""The fingerprint of a finding: what a waiver is bound to, so that it accepts this value and no other."""

import hashlib
import re

import msgspec

from checker.model.answers import Json
from checker.model.checks import Check
from checker.model.verdicts import Verdict

_WHO_SAYS_SO = re.compile(r" \(says [^()]*\)")  # which resolver answered is no part of what it answered


def fingerprint(check: Check, subject: str, verdict: Verdict | None) -> str:
    """sha256 of the canonical JSON of check, its revision, subject and judged value; ``None``, nobody could judge, has
    one too. The status is no part of it: what turns from fail to warn for the same value stays accepted.
    """
    value: Json = None
    if verdict:
        value = _WHO_SAYS_SO.sub("", verdict.observed) if verdict.value is None else verdict.value
    judged = [check.id, check.revision, subject, value]
    return hashlib.sha256(msgspec.json.encode(judged, order="deterministic")).hexdigest()

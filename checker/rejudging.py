"""A snapshot judged again, as the checks of this version judge it."""

from dataclasses import dataclass

from checker.assess import Assessment, Investigation, ask_snapshot, investigate
from checker.checks import all_checks
from checker.model.facts import Snapshot
from checker.predict import Prediction, predict


@dataclass(frozen=True)
class Rejudged:
    """``in_vain``: ids of the questions that the checks asked and the snapshot does not know."""

    assessment: Assessment
    prediction: Prediction
    in_vain: tuple[str, ...]


def judged_again(snapshot: Snapshot) -> Rejudged:
    checks = all_checks()
    known = {fact.probe for fact in snapshot.facts}
    investigation = Investigation(snapshot.target, checks, facts=snapshot.facts, selection=snapshot.selection)
    assessment = investigate(investigation, ask_snapshot(snapshot))
    in_vain = tuple(sorted(fact.probe.id for fact in investigation.facts() if fact.probe not in known))
    return Rejudged(assessment, predict(snapshot.target, checks, assessment), in_vain)

"""Predictions for the files that list users, made by hand."""

from checker import sources
from checker.model.checks import Check, Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.findings import AssessedUser, Outcome, Unknown, UserResult
from checker.model.undecided import Reason
from checker.model.users import OnPremisesUser, UserRow
from checker.model.verdicts import Claim, Status, Verdict
from checker.predict import Prediction, UserPrediction


def check(id: str, impact: Impact = Impact.BLOCKS) -> Check:
    return UserCheck(
        id=id,
        title=id,
        impact=impact,
        worst=Worst.FAIL,
        confidence=Confidence.HIGH,
        remediation=Remediation(run="", where="", role=""),
        sources=(sources.S510,),
        page="",
        bind=lambda target, evidence: lambda row: Verdict(Claim.HOLDS),
    )


LICENCE, POOL, VOICE = map(check, ("user.licence-teams-sfb", "user.registrar-pool", "user.voice-routing"))
PROXY = check("user.proxy-address", Impact.DEGRADES)
UNLICENSED = UserResult(LICENCE, Status.FAIL, Verdict(Claim.DOES_NOT_HOLD, observed="no plan; MCOSTANDARD"), None)
NO_POOL = UserResult(POOL, Status.UNKNOWN, None, Unknown(Reason.NO_ACCESS, "Get-CsPool is missing", "Get-CsPool"))
MINDED = UserResult(VOICE, Status.WARN, Verdict(Claim.MIND, observed="voice"), None)
BREAKS = UserResult(PROXY, Status.FAIL, Verdict(Claim.DOES_NOT_HOLD, observed="two addresses"), None)


def user(
    address: str,
    outcome: Outcome = Outcome.MOVES,
    own: Outcome = Outcome.MOVES,
    *,
    faults: tuple[str, ...] = (),
    results: tuple[UserResult, ...] = (),
    upn: str = "",
    own_blockers: tuple[str, ...] = (),
    dn: str = "",
    pool: str = "",
) -> UserPrediction:
    found = OnPremisesUser(address, upn, dn, True, "SRV:", pool, None, "")
    blockers = frozenset(own_blockers)
    return UserPrediction(
        AssessedUser(UserRow(address, (found,)), results), outcome, own, faults, blockers, blockers, False, False
    )


def prediction(*users: UserPrediction) -> Prediction:
    return Prediction((), users)

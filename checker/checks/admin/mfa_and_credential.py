"""The way of signing in to the cloud fits the builds of the servers and the account of the move.

-Credential cannot satisfy multi-factor authentication: such an account signs in interactively, which Skype for
Business Server 2015 CU12 and later, 2019 and Subscription Edition can. CU8 to CU11 of 2015 need -UseOAuth and know no
MFA, nor does Lync Server 2013; older builds cannot sign in at all since December 2021. The Control Panel takes an
.onmicrosoft.com admin only. Omit -Credential, or update the servers.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.facts import NoAnswer
from checker.model.target import Runbook, Target, said
from checker.model.undecided import Undecided
from checker.model.verdicts import Claim, Verdict
from checker.readings.builds import Build, line_of, shown
from checker.readings.pool_builds import front_end_builds, known
from checker.readings.topology import POOLS

_ACCOUNT = {True: "under MFA", False: "without MFA", None: "of which MFA is not said"}


def judge(target: Target, evidence: Evidence) -> Verdict:
    runbook = target.runbook
    credential = said(runbook.uses_credential_parameter, "[move].uses_credential_parameter")
    expected = "interactive sign-in where the account needs MFA, with builds that support it"
    observed = f"{'-Credential' if credential else 'interactive sign-in'}, account {_ACCOUNT[runbook.admin_needs_mfa]}"
    if credential and runbook.admin_needs_mfa:
        return Verdict.when(False, expected=expected, observed=observed)
    # With -Credential the account decides; builds that can be seen may still rule it out.
    unseen = credential and isinstance(evidence.attempt(POOLS), NoAnswer)
    front_ends = {} if unseen else evidence.derive(front_end_builds)
    builds = [build for build in front_ends.values() if not isinstance(build, Undecided)]
    claims = {_claim(runbook, credential, build) for build in builds}
    if builds:
        observed += f", lowest build {shown(min(builds))}"
    if Claim.DOES_NOT_HOLD not in claims and not credential:
        for build in front_ends.values():
            known(build)
    claims.add(_with(runbook) if credential else Claim.HOLDS)
    worst = next(each for each in (Claim.DOES_NOT_HOLD, Claim.MIND, Claim.HOLDS) if each in claims)
    return Verdict(worst, expected=expected, observed=observed)


def _claim(runbook: Runbook, credential: bool, build: Build) -> Claim:
    line = line_of(build)
    if line.mfa_from and build >= line.mfa_from:
        return _with(runbook) if credential else Claim.HOLDS
    if runbook.admin_needs_mfa:
        return Claim.DOES_NOT_HOLD
    if line.oauth_from and build >= line.oauth_from:
        return _with(runbook) if said(runbook.use_oauth, "[move].use_oauth") else Claim.DOES_NOT_HOLD
    if line.suffices(build):
        return _with(runbook)
    # Of Lync Server 2013 CU10 HF5 and later know OAuth; which build that is, no text says.
    return Claim.MIND if line.minimum and not line.oauth_from else Claim.DOES_NOT_HOLD


def _with(runbook: Runbook) -> Claim:  # an account that has to do without MFA
    return Claim.HOLDS if runbook.admin_needs_mfa is False else Claim.MIND


CHECK = DeploymentCheck(
    id="admin.mfa-and-credential",
    title="The way of signing in fits the server and the account",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the rule; medium for detecting MFA",
    predicts=("sign-in-refused",),
    judge=judge,
    remediation=Remediation(
        run="omit -Credential and sign in when Move-CsUser asks; before CU12 of 2015 update the servers",
        where="runbook of the move",
        role="its author",
        verify="the Move-CsUser lines of the runbook; Get-CsServerPatchVersion on the servers",
    ),
    sources=(sources.MCU, sources.MOVE, sources.BMT, sources.I1842, sources.I6321, sources.I5034, sources.I6686),
    page=__doc__,
)

"""The generations of servers in the deployment are a mix in which hybrid with Teams is supported.

Supported is one generation by itself, Lync Server 2013, Skype for Business Server 2015 or 2019, or two of these three;
with a third one, or with anything older, the move is unsupported, though no error of it is known to say so.
Subscription Edition counts as 2019, which is inferred, so that beside another generation it is a warning. A pool none
of whose servers says what it is could be the odd one. Retire the odd generation.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Claim, Verdict
from checker.readings.generations import Mix, deployment
from checker.readings.products import LYNC_2010, SFB_SE


def judge(target: Target, evidence: Evidence) -> Verdict:
    found = deployment(evidence)
    claims = {claim(mix) for mix in found.mixes}
    if claims != {Claim.DOES_NOT_HOLD}:
        found.complete()
    if len(claims) > 1:
        raise Unreadable(f"the servers do not tell whether they are 2019 or Subscription Edition: {found}")
    (only,) = claims
    summary = "That Subscription Edition counts as 2019 here is inferred." if only is Claim.MIND else ""
    return Verdict(only, "one generation from Lync Server 2013 on, or two", str(found), summary)


def claim(mix: Mix) -> Claim:
    """Of a mix that may be a part of the deployment: what does not hold of a part does not hold of the whole."""
    if LYNC_2010 in mix or len({product.line for product in mix}) > 2:
        return Claim.DOES_NOT_HOLD
    return Claim.MIND if SFB_SE in mix and len(mix) > 1 else Claim.HOLDS


CHECK = DeploymentCheck(
    id="topology.supported-mix",
    title="The mix of server generations is supported",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="as unsupported; low as a move error",
    predicts=("unsupported-topology",),
    judge=judge,
    remediation=Remediation(
        run="move what lives on the odd generation to the others, and retire its pools",
        where="Topology Builder, and the servers",
        role="RTCUniversalServerAdmins",
        verify="Get-CsServerPatchVersion  # on a server of each pool",
    ),
    sources=(sources.PLAN, sources.SE2),
    page=__doc__,
)

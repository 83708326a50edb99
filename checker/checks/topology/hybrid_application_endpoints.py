"""No hybrid application endpoint is left on-premises, or all that are left are known and treated apart.

Such endpoints stand for auto attendants and call queues of the cloud. Move-CsUser does not move them, and they keep the
servers from being decommissioned. Recreate each as a resource account in the cloud, then remove the endpoint.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.other_accounts import APPLICATION_ENDPOINTS

MOST_NAMED = 5


def judge(target: Target, evidence: Evidence) -> Verdict:
    endpoints = rows.all_of(evidence.answer(APPLICATION_ENDPOINTS), APPLICATION_ENDPOINTS.cmdlet)
    # No page lists the properties of these objects: what counts is that there are some.
    names = sorted(rows.text_or_empty(each, "SipAddress") or rows.text_or_empty(each, "Identity") for each in endpoints)
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return Verdict.when(
        not names,
        expected="none",
        observed=f"{rows.named(names[:MOST_NAMED])}{more}",
        value=list(names),
    )


CHECK = DeploymentCheck(
    id="topology.hybrid-application-endpoints",
    title="No hybrid application endpoint is left to move",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    judge=judge,
    remediation=remedies.tenant(
        "create a resource account for each (New-CsOnlineApplicationInstance), then remove the endpoint on-premises",
        verify="Get-CsHybridApplicationEndpoint  # in the Skype for Business Server Management Shell",
        rollback="remove the resource account",
    ),
    sources=(sources.DDECOM,),
    page=__doc__,
)

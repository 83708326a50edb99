"""Every generation of servers is still supported by Microsoft on the day of the observation.

Support of Skype for Business Server 2015 and 2019 ended on 2025-10-14; an extension that had to be bought ended on
2026-04-14. Only Subscription Edition is in support, under a policy that wants it kept current. The move works all the
same, but who meets an error has nobody to ask. Move to Subscription Edition, or finish the migration.
"""

from datetime import date

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.verdicts import Verdict
from checker.readings.generations import deployment
from checker.readings.products import Product


def judge(target: Target, evidence: Evidence) -> Verdict:
    found = deployment(evidence)
    undecided = False
    ended: dict[str, str] = {}
    for generation in found.pools.values():
        day = generation.observed_at.date()
        supported = {product.is_supported(day) for product in generation.products}
        if supported == {False}:
            ended.update((product.id, until(product)) for product in generation.products)
        undecided |= len(supported) > 1
    if not ended:
        found.complete()
        if undecided:
            raise Unreadable(f"the servers do not tell whether they are 2019 or Subscription Edition: {found}")
    return Verdict.when(
        not ended,
        expected="products in support",
        observed="; ".join(ended.values()) or str(found),
    )


def until(product: Product) -> str:
    extended = f", with the paid extension until {_day(product.extended_until)}" if product.extended_until else ""
    return f"{product.name} until {_day(product.supported_until)}{extended}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "further notice"


CHECK = DeploymentCheck(
    id="topology.product-supported",
    title="The product is in support",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the dates; those of Lync Server are from memory",
    judge=judge,
    remediation=Remediation(
        run="move to Skype for Business Server Subscription Edition, or finish the migration",
        where="the servers",
        role="RTCUniversalServerAdmins; local administrator",
        verify="Get-CsServerPatchVersion",
    ),
    sources=(sources.SE1, sources.ESU),
    page=__doc__,
)

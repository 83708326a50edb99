"""What a check asks for when nobody has answered anything yet: its plan, read off the check itself.

Facts that it asks for only once an earlier one is there (the address of a host that a record names) are not among them.
"""

from datetime import UTC, datetime

from checker.assess import Investigation
from checker.model.axes import Cloud, Direction, Phase
from checker.model.checks import Check
from checker.model.facts import Fact, NoAnswer
from checker.model.target import Target
from checker.model.undecided import Reason

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_NOBODY = NoAnswer(reason=Reason.NO_ACCESS, code="", detail="")


def example(check: Check) -> Target:
    """A deployment to which the check applies, of whose operator nothing is known."""
    applies = check.applies
    return Target(
        name="contoso",
        sip_domains=("contoso.com",),
        edges=("edge01.contoso.com",),
        users=("anna@contoso.com",),
        cloud=next(cloud for cloud in Cloud if cloud in applies.clouds),
        phase=Phase.HYBRID if Phase.HYBRID in applies.phases else next(p for p in Phase if p in applies.phases),
        direction=next(direction for direction in Direction if direction in applies.directions),
    )


def first_questions(check: Check) -> tuple[str, ...]:
    """Ids of the probes, ``onprem/Get-CsHostingProvider``, and keys of the configuration, ``[move].force``."""
    investigation = Investigation(example(check), (check,))
    asked: list[str] = []
    while wanted := investigation.wanted():
        for probe in wanted:
            asked.append(probe.id)
            investigation.tell(Fact(probe=probe, answer=_NOBODY, observed_at=_LONG_AGO))
    unsaid = (
        finding.unknown.needs.removesuffix(" in csready.toml")
        for finding in investigation.assessment().findings
        if finding.unknown and finding.unknown.reason is Reason.NOT_ASKED
    )
    return tuple(dict.fromkeys([*asked, *(key for key in unsaid if key.startswith("["))]))

"""Hosting and public providers, found by ProxyFqdn and never by name: every document gives them another name.

Get-CsHostingProvider and New-CsHostingProvider (Microsoft Learn, read 2026-11-22).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, count

from checker.model.answers import Objects
from checker.model.evidence import Evidence
from checker.model.probes import CmdletProbe, Vantage
from checker.model.target import Target
from checker.model.verdicts import Claim, Verdict
from checker.readings import rows
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import dns_name

HOSTING_PROVIDERS = CmdletProbe(
    vantage=Vantage.ONPREM,
    cmdlet="Get-CsHostingProvider",
    properties=(
        "Identity",
        "Name",
        "ProxyFqdn",
        "Enabled",
        "EnabledSharedAddressSpace",
        "HostsOCSUsers",
        "IsLocal",
        "VerificationLevel",
        "AutodiscoverUrl",
    ),
)
PUBLIC_PROVIDERS = CmdletProbe(
    vantage=Vantage.ONPREM, cmdlet="Get-CsPublicProvider", properties=("Identity", "ProxyFqdn")
)

DOCUMENTED_IDENTITY = "Office365"  # Configure federation with the cloud (Microsoft Learn)

NO_PROVIDER = Verdict.not_applicable(
    "no hosting provider leads to the cloud; that is hosting-provider.present's matter"
)


@dataclass(frozen=True, slots=True)
class HostingProvider:
    """What identifies it is read at once; its settings are read from ``row`` by the check that needs them, so that
    one that is missing costs no other check its verdict."""

    identity: str
    proxy_fqdn: str
    row: rows.Row


Judge = Callable[[Target, Evidence], Verdict]
JudgeOne = Callable[[Target, Evidence, HostingProvider], Verdict]


def hosting_providers(evidence: Evidence) -> tuple[HostingProvider, ...]:
    return _providers(evidence, HOSTING_PROVIDERS)


def public_providers(evidence: Evidence) -> tuple[HostingProvider, ...]:
    return _providers(evidence, PUBLIC_PROVIDERS)


def _providers(evidence: Evidence, probe: CmdletProbe) -> tuple[HostingProvider, ...]:
    return tuple(
        HostingProvider(rows.text(row, "Identity", "Name"), dns_name(rows.text(row, "ProxyFqdn")), row)
        for row in rows.all_of(evidence.answer(probe), probe.cmdlet)
    )


def leading_to(providers: Iterable[HostingProvider], fqdn: str) -> tuple[HostingProvider, ...]:
    """Those whose ProxyFqdn is ``fqdn``."""
    wanted = dns_name(fqdn)
    return tuple(provider for provider in providers if provider.proxy_fqdn == wanted)


def cloud_providers(target: Target, evidence: Evidence) -> tuple[HostingProvider, ...]:
    """Those that lead to the target's cloud. One is right; none and several are findings of their own."""
    return leading_to(hosting_providers(evidence), CLOUD_NAMES[target.cloud].sipfed)


def identities(evidence: Evidence) -> tuple[str, ...]:
    """Of hosting providers, and of public ones where they can be read: a name is taken by either kind."""
    answers = evidence.attempts(HOSTING_PROVIDERS, PUBLIC_PROVIDERS)
    found = (row for answer in answers if isinstance(answer, Objects) for row in answer.rows)
    return tuple(rows.text(row, "Identity", "Name") for row in found if rows.has(row, "Identity", "Name"))


def free_identity(identities: Iterable[str]) -> str:
    """The documented one, or that with a number where a provider has it already."""
    taken = {identity.casefold() for identity in identities}
    names = chain([DOCUMENTED_IDENTITY], (f"{DOCUMENTED_IDENTITY}-{number}" for number in count(2)))
    return next(name for name in names if name.casefold() not in taken)


def of_the_cloud_provider(judge_one: JudgeOne) -> Judge:
    """Judges the provider that leads to the cloud; not applicable where there is none.

    Where several share the ProxyFqdn, which of them counts is written nowhere: what they have in common is the
    verdict, and where they differ it is a warning.
    """

    def judge(target: Target, evidence: Evidence) -> Verdict:
        providers = cloud_providers(target, evidence)
        if not providers:
            return NO_PROVIDER
        verdicts = [judge_one(target, evidence, provider) for provider in providers]
        return verdicts[0] if len(verdicts) == 1 else _in_common(providers, verdicts)

    return judge


def _in_common(providers: tuple[HostingProvider, ...], verdicts: list[Verdict]) -> Verdict:
    claims = {verdict.claim for verdict in verdicts}
    worst = next((verdict for verdict in verdicts if verdict.claim is Claim.DOES_NOT_HOLD), verdicts[0])
    seen = (f"{p.identity}: {v.observed or v.summary}" for p, v in zip(providers, verdicts, strict=True))
    return Verdict(
        claim=claims.pop() if len(claims) == 1 else Claim.MIND,
        expected=worst.expected,
        observed="\n".join(seen),
        summary=f"{len(providers)} hosting providers share this ProxyFqdn. {worst.summary}".strip(),
        fill=worst.fill,
    )

"""A valid certificate is assigned to OAuthTokenIssuer, the same on every Front End.

With it the servers sign the tokens by which they talk to Exchange and to the cloud. It is global: one that differs on
a Front End, or has expired, lets those connections fail by turns. No text makes it a condition of the move. Assign one
certificate; the Central Management store brings it to the others.
"""

from checker import sources
from checker.model.answers import Objects
from checker.model.checks import Confidence, Impact, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.certificates import TOKEN_ISSUER, assigned_certificates, assigned_to
from checker.readings.moments import shown
from checker.readings.topology import servers


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    front_ends = [each.fqdn for each in servers(evidence) if each.role is ServerRole.FRONT_END]
    own = assigned_certificates(Vantage.ONPREM, server.fqdn)
    # What another Front End could not say is its own finding's concern.
    answers = evidence.attempts(*(assigned_certificates(Vantage.ONPREM, each) for each in front_ends))
    certificates = assigned_to(TOKEN_ISSUER, evidence.answer(own))
    seen = evidence.observed_at(own)
    everywhere = {each.thumbprint for each in certificates}
    for answer in answers:
        if isinstance(answer, Objects):
            everywhere |= {each.thumbprint for each in assigned_to(TOKEN_ISSUER, answer)}
    read = sum(isinstance(answer, Objects) for answer in answers)
    ends = [f"{each.thumbprint} until {shown(each.not_after)}" for each in certificates]
    return Verdict.when(
        bool(certificates) and len(everywhere) == 1 and all(each.not_after >= seen for each in certificates),
        expected=f"one certificate for {TOKEN_ISSUER} on all Front Ends, valid on {shown(seen)}",
        observed=f"{rows.named(ends)}; on the {read} of {len(front_ends)} Front Ends read:"
        f" {rows.named(sorted(everywhere))}",
    )


CHECK = ServerCheck(
    id="certificate.oauth-token-issuer",
    title="The OAuthTokenIssuer certificate is assigned and valid",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    confidence_note="the rule; it is no condition of the move",
    roles=frozenset({ServerRole.FRONT_END}),
    judge=judge,
    remediation=remedies.on_premises(
        "Set-CsCertificate -Type OAuthTokenIssuer -Identity global -Thumbprint <thumbprint>",
        verify="Get-CsCertificate -Type OAuthTokenIssuer",
        rollback="Set-CsCertificate -Type OAuthTokenIssuer -Identity global -Thumbprint <the old one>",
        wait=remedies.REPLICATION,
    ),
    sources=(sources.OPD,),
    page=__doc__,
)

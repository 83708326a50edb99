"""The user's account lies in the Active Directory domain of the servers.

The Control Panel and Move-CsUser look for the user on a domain controller of the servers' own domain, and say of one of
another domain that the user cannot be found. From the shell the move works with -DomainController, naming a controller
of the user's domain; from the Control Panel it does not. Nothing is wrong with such a user.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.ad_domains import server_domains, user_domain
from checker.readings.cloud_users import NOT_FOUND
from checker.readings.directory_users import Accounts, accounts
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.rows import named
from checker.readings.users import batch


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    servers = evidence.derive(server_domains)
    expected = f"in the domain of the servers: {named(sorted(servers))}"
    same = Verdict.when(True, expected=expected, observed="in that domain")
    users = evidence.derive(batch(target))
    # Get-CsUser gives the DN as Identity; only where it does not, the directory has to.
    known = accounts(target, evidence) if not all(row.found == () or domain_of(row) for row in users) else None

    def judge(row: UserRow) -> Verdict:
        if row.found == ():
            return NOT_FOUND
        domain = domain_of(row) or domain_in(known, row)
        if domain in servers:
            return same
        return Verdict.when(
            False,
            expected=expected,
            observed=f"in {domain}",
            fill=(
                ("identity", quoted(row.subject)),
                ("target", quoted(target.proxy_fqdn)),
                ("domain", quoted(domain)),
            ),
        )

    return judge


def domain_of(row: UserRow) -> str:
    return user_domain(row.user.dn) if row.user else ""


def domain_in(known: Accounts | None, row: UserRow) -> str:
    account = known.must_be_there(row) if known else None
    domain = user_domain(known.index.text(account, "DistinguishedName")) if known and account else ""
    if not domain:
        raise Unreadable("neither Get-CsUser nor Get-ADUser gives a distinguished name with its domain")
    return domain


CHECK = UserCheck(
    id="user.child-domain",
    title="The user lives in the AD domain of the servers",
    impact=Impact.BLOCKS,
    worst=Worst.WARN,
    confidence=Confidence.HIGH,
    predicts=("user-in-child-domain",),
    bind=bind,
    remediation=on_premises(
        "Move-CsUser -Identity {identity} -Target {target} -DomainController <domain controller of {domain}>",
        verify="Get-CsUser -Identity {identity} | Select-Object Identity, HostingProvider",
    ),
    sources=(sources.SCHILD,),
    page=__doc__,
)

"""proxyAddresses of the user holds the SIP address, once.

In the cloud the user is found by the sip: entry of that attribute too, by colleagues and by Exchange. Without it, or
with another address there, presence and search go wrong after the move; with two of them nobody can say which counts.
Active Directory is asked where it can be, else what the cloud has of the attribute, which may lag behind.
"""

from collections.abc import Callable

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_users import NO_ACCOUNT, NOT_FOUND, address_of
from checker.readings.powershell_text import quoted
from checker.readings.proxy_addresses import sip_entries_of

HOLDS = Verdict.when(True, expected="one sip: entry, the SIP address", observed="one sip: entry, the SIP address")


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    entries_of = sip_entries_of(target, evidence)

    def judge(row: UserRow) -> Verdict:
        address = address_of(row)
        if address is None:
            return NOT_FOUND
        entries = entries_of(row)
        if entries is None:
            return NO_ACCOUNT
        if entries == {address}:
            return HOLDS
        expected, observed = f"one entry sip:{address}", ", ".join(sorted(entries)) or "no sip: entry"
        if len(entries) > 1:
            return Verdict.when(False, expected=expected, observed=observed, fill=fill(row, address, entries))
        return Verdict.mind(expected=expected, observed=observed, fill=fill(row, address, entries))

    return judge


def fill(row: UserRow, address: str, entries: set[str]) -> tuple[tuple[str, str], ...]:
    """``{change}`` and ``{undo}``: what takes away the entries that are wrong, and adds the one that is missing."""
    wrong = ",".join(quoted(f"sip:{each}") for each in sorted(entries - {address}))
    missing = "" if address in entries else quoted(f"sip:{address}")
    change = (("Remove", wrong), ("Add", missing))
    undo = (("Remove", missing), ("Add", wrong))
    return (
        ("identity", quoted((row.user and row.user.dn) or row.subject)),
        ("change", " ".join(f"-{how} @{{proxyAddresses={what}}}" for how, what in change if what)),
        ("undo", " ".join(f"-{how} @{{proxyAddresses={what}}}" for how, what in undo if what)),
    )


CHECK = UserCheck(
    id="user.proxy-address",
    title="proxyAddresses holds the SIP address",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.MEDIUM,
    bind=bind,
    remediation=Remediation(
        run="Set-ADUser -Identity {identity} {change}",
        where="Active Directory module for Windows PowerShell; then a cycle of directory synchronisation",
        role="rights to write the user's attributes in Active Directory",
        verify="Get-ADUser -Identity {identity} -Properties proxyAddresses | Select-Object proxyAddresses",
        rollback="Set-ADUser -Identity {identity} {undo}",
    ),
    sources=(sources.DDECOM, sources.INTERPRETED_USER_TYPE),
    page=__doc__,
)

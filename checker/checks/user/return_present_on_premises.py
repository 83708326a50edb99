"""A user who is to come back exists on-premises: enabled there, with the cloud's name as HostingProvider.

A move back takes the user to the object in the on-premises directory, which has to be there before: who was made in the
cloud never had one. Create it with Enable-CsUser and the ProxyFqdn of the hosting provider, let directory
synchronisation run, and wait until the cloud shows it (user.return-hosting-provider).
"""

from collections.abc import Callable

from checker import sources
from checker.model.axes import Direction
from checker.model.checks import Applies, Confidence, Impact, UserCheck, Worst
from checker.model.evidence import Evidence
from checker.model.target import Target
from checker.model.undecided import Unreadable
from checker.model.users import UserRow
from checker.model.verdicts import Verdict
from checker.readings.cloud_names import CLOUD_NAMES
from checker.readings.names import same_name
from checker.readings.powershell_text import quoted
from checker.readings.remedies import on_premises
from checker.readings.users import must_be_read


def bind(target: Target, evidence: Evidence) -> Callable[[UserRow], Verdict]:
    proxy_fqdn = CLOUD_NAMES[target.cloud].sipfed
    expected = f"Enabled True, HostingProvider {proxy_fqdn}"
    present = Verdict.when(True, expected=expected, observed=expected)

    def judge(row: UserRow) -> Verdict:
        user = must_be_read(row)
        if user is None:
            return does_not_hold(row, "no such user")
        if row.found is not None and len(row.found) > 1:
            return does_not_hold(row, f"{len(row.found)} objects answer to {row.asked_as}")
        if user.enabled is None or not user.hosting_provider:
            raise Unreadable(f"{'Enabled' if user.enabled is None else 'HostingProvider'} of the user was not read")
        if user.enabled and same_name(user.hosting_provider, proxy_fqdn):
            return present
        return does_not_hold(row, f"Enabled {user.enabled}, HostingProvider {user.hosting_provider}")

    def does_not_hold(row: UserRow, observed: str) -> Verdict:
        fill = (("identity", quoted(row.subject)), ("proxy", quoted(proxy_fqdn)))
        return Verdict.when(False, expected=expected, observed=observed, fill=fill)

    return judge


CHECK = UserCheck(
    id="user.return-present-on-premises",
    title="The returning user exists in on-premises AD",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("return-user-absent",),
    applies=Applies(directions=frozenset({Direction.TO_ONPREM})),
    bind=bind,
    remediation=on_premises(
        "Enable-CsUser -Identity {identity} -SipAddress sip:<address> -HostingProviderProxyFqdn {proxy}",
        verify="Get-CsUser -Identity {identity} | Select-Object SipAddress, Enabled, HostingProvider",
        wait="a cycle of directory synchronisation, then provisioning in the cloud",
    ),
    sources=(sources.DBACK,),
    page=__doc__,
)

"""TLS 1.2 is not switched off on any Front End or Edge, neither in Schannel nor for .NET.

Since 2022 the cloud speaks nothing older. A server on which Schannel has TLS 1.2 off, or .NET is kept to older
protocols, reaches neither the migration service nor the federation service. Values that are not set leave it to
Windows, which is right from Windows Server 2016 on and a risk before. Set the keys for client and server and for both
views of .NET, then reboot.
"""

from checker import sources
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies, rows
from checker.readings.tls_registry import (
    OLD_PROTOCOLS,
    SERVER_2012,
    SERVER_2016,
    Machine,
    is_switched_on,
    tls12_settings,
    windows_build,
)

SIDES = ("Client", "Server")


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    machine = Machine(Vantage.EDGE if server.role is ServerRole.EDGE else Vantage.ONPREM, server.fqdn)
    settings = tls12_settings(evidence, machine, SIDES)
    expected = "TLS 1.2 on for client and server; SchUseStrongCrypto 1, SystemDefaultTlsVersions 1"
    observed = "; ".join(map(str, settings))
    if any(each.switch_off for each in settings):
        return Verdict.when(False, expected=expected, observed=observed)
    if any(each.unset for each in settings) and (build := windows_build(evidence, machine)) < SERVER_2016:
        observed = f"{observed}; Windows build {build}"
        if build < SERVER_2012 and any(each.say_nothing for each in settings[: len(SIDES)]):
            # There TLS 1.2 is off unless it is switched on.
            old = [each for each in OLD_PROTOCOLS for side in SIDES if is_switched_on(evidence, machine, each, side)]
            if old:
                observed = f"{observed}; {rows.named(dict.fromkeys(old))} switched on"
                return Verdict.when(False, expected=expected, observed=observed)
        return Verdict.mind(expected=expected, observed=observed)
    if any(each.contradict for each in settings):
        return Verdict.mind(expected=expected, observed=observed)
    return Verdict.when(True, expected=expected, observed=observed)


CHECK = ServerCheck(
    id="topology.server-tls12",
    title="TLS 1.2 is on and not switched off on Front Ends and Edges",
    impact=Impact.DEGRADES,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    confidence_note="the rule",
    roles=frozenset(ServerRole),
    judge=judge,
    remediation=Remediation(
        run=remedies.TLS12_FOR_DOTNET,
        where="the server, with Enabled 1 and DisabledByDefault 0 for TLS 1.2\\Client and TLS 1.2\\Server of Schannel",
        role="local administrator",
        verify="Get-ItemProperty -Path HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
        rollback="the values as they were before; reboot",
        wait="a reboot",
    ),
    sources=(sources.MCU, sources.OPD, sources.PR8120),
    page=__doc__,
)

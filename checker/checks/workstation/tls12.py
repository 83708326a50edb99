"""The machine that runs the move speaks TLS 1.2: neither Schannel's client nor .NET is kept from it.

The migration service accepts nothing older. Move-CsUser runs in .NET on this machine, whose own registry values
decide; that another program reaches the cloud from here proves the network, not .NET. Where the values are not set,
Windows 2008 R2 and 2012 speak older protocols, and from Windows Server 2016 on all is well. Set the values, reboot.
"""

from checker import sources
from checker.model.checks import Confidence, DeploymentCheck, Impact, Remediation, Worst
from checker.model.evidence import Evidence
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.verdicts import Verdict
from checker.readings import remedies
from checker.readings.tls_registry import (
    SERVER_2012,
    SERVER_2012_R2,
    WINDOWS_10,
    Machine,
    tls12_settings,
    windows_build,
)

MACHINE = Machine(Vantage.WORKSTATION)


def judge(target: Target, evidence: Evidence) -> Verdict:
    settings = schannel, *dotnet = tls12_settings(evidence, MACHINE, ("Client",))
    expected = "TLS 1.2 client on; SchUseStrongCrypto 1, SystemDefaultTlsVersions 1"
    observed = "; ".join(map(str, settings))
    if any(each.switch_off for each in settings):
        return Verdict.when(False, expected=expected, observed=observed)
    if any(each.unset for each in settings) and (build := windows_build(evidence, MACHINE)) < WINDOWS_10:
        # Without values .NET begins with TLS 1.0 there, and before 2012 so does Schannel.
        lost = build < SERVER_2012_R2 and any(each.say_nothing for each in dotnet)
        lost |= build < SERVER_2012 and schannel.say_nothing
        observed = f"{observed}; Windows build {build}"
        if lost:
            return Verdict.when(False, expected=expected, observed=observed)
        return Verdict.mind(expected=expected, observed=observed)
    if any(each.contradict for each in settings):
        return Verdict.mind(expected=expected, observed=observed)
    return Verdict.when(True, expected=expected, observed=observed)


CHECK = DeploymentCheck(
    id="workstation.tls12",
    title="The machine that runs the move speaks TLS 1.2",
    impact=Impact.BLOCKS,
    worst=Worst.FAIL,
    confidence=Confidence.HIGH,
    predicts=("tls12-unavailable",),
    judge=judge,
    remediation=Remediation(
        run=remedies.TLS12_FOR_DOTNET,
        where="the machine that runs the move, with TLS 1.2 of Schannel not switched off; then reboot",
        role="local administrator",
        verify="Get-ItemProperty -Path HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319",
        rollback="the values as they were before; reboot",
        wait="a reboot",
    ),
    sources=(sources.MCU, sources.PR8120),
    page=__doc__,
)

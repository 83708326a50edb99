"""Windows services and the signed-in user go through the same proxy, on each Front End and on the workstation.

The move runs in the operator's session, on a Front End or on a workstation, and what it calls takes its proxy from one
place or the other. Where WinHTTP and the user have different proxies, or one of them none, a part of the move gets out
and another does not. A script that chooses the proxy cannot be compared, and counts as different. The setting of the
user is that of whoever collected the file. web.config of the Front End may name a third: look at it by hand.
"""

from checker import sources
from checker.model.answers import Objects
from checker.model.checks import Confidence, Impact, Remediation, Server, ServerCheck, ServerRole, Worst
from checker.model.evidence import Evidence, Unanswered
from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.target import Target
from checker.model.undecided import Reason, Undecided
from checker.model.verdicts import Verdict
from checker.readings.proxy_settings import is_of_a_person, proxies, proxy_values
from checker.readings.tls_registry import Machine


def judge(target: Target, evidence: Evidence, server: Server) -> Verdict:
    machines = {server.fqdn: Machine(Vantage.ONPREM, server.fqdn), "workstation": Machine(Vantage.WORKSTATION)}
    probes = [probe for machine in machines.values() for probe in proxy_values(machine)]
    found = dict(zip(probes, evidence.attempts(*probes), strict=True))
    seen = {}
    for name, machine in machines.items():
        answers = [answer for probe in proxy_values(machine) if isinstance(answer := found[probe], Objects)]
        if len(answers) == len(proxy_values(machine)):
            seen[name] = proxies(*answers)
    agree = all(winhttp == user for winhttp, user in seen.values())
    unseen = tuple((probe, answer) for probe, answer in found.items() if isinstance(answer, NoAnswer))
    if unseen and agree:
        if all(is_of_a_person(probe) and none.reason is Reason.NO_ACCESS for probe, none in unseen):
            files = f"Get-ItemProperty--proxy.json in onprem--{server.fqdn}/ and in workstation/"
            raise Undecided(Reason.NO_ACCESS, "the proxy of the signed-in user is not read over remoting", files)
        raise Unanswered(unseen)
    return Verdict.when(
        agree,
        expected="WinHTTP and user have the same proxy, or none",
        observed="\n".join(f"{name}: WinHTTP {winhttp}, user {user}" for name, (winhttp, user) in seen.items()),
    )


CHECK = ServerCheck(
    id="network.proxy-settings",
    title="Proxy settings agree on the machine that runs the move",
    impact=Impact.ADVISES,
    worst=Worst.WARN,
    confidence=Confidence.MEDIUM,
    roles=frozenset({ServerRole.FRONT_END}),
    judge=judge,
    remediation=Remediation(
        run="netsh winhttp set proxy '<proxy:port>'; and in web.config of the Front End, where it names another",
        where="the machine whose settings differ",
        role="local administrator",
        verify="netsh winhttp show proxy",
        rollback="netsh winhttp reset proxy, or the proxy noted before",
    ),
    sources=(sources.OPD,),
    page=__doc__,
)

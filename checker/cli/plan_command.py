"""``csready plan``: what a scan would send next, without sending it."""

from checker.cli.options import Config, Domains, LabFlag, Only, Skip, known_globs


def plan(
    domains: Domains = None,
    config: Config = None,
    lab: LabFlag = False,
    only: Only = None,
    skip: Skip = None,
) -> None:
    """Print what a scan would ask first, without asking it.

    \b
    csready plan contoso.com
    csready plan -c csready.toml --only 'dns.*'
    csready plan --lab tenant-not-shared

    Each question stands where it is asked, with the checks that it is for. What depends on an answer (a server's build,
    the address of an SRV target) follows when the answer is there.
    """
    from contextlib import ExitStack
    from itertools import groupby
    from textwrap import fill

    from checker.assess import Investigation
    from checker.checks import all_checks
    from checker.cli.lab_runs import lab_setup
    from checker.config import Options, set_up
    from checker.model.facts import Selection
    from checker.probers.allowed_cmdlets import ALLOWED, AROUND
    from checker.probers.dispatch import can_be_sent

    selection = Selection(only=known_globs(only, "--only"), skip=known_globs(skip, "--skip"))
    options = Options(domains=() if lab else tuple(domains or ()), config=config)
    with ExitStack() as stack:
        setup = lab_setup(domains, options, stack) if lab else set_up(options)
        investigation = Investigation(setup.target, all_checks(), selection=selection)
    wanted = sorted(investigation.wanted(), key=lambda probe: probe.id)
    sendable = [probe for probe in wanted if can_be_sent(probe)]
    for place, probes in groupby(sendable, key=lambda probe: probe.place):
        print(place)
        for probe in probes:
            checks = investigation.waiting_for(probe)
            more = f" and {len(checks) - 1} more" if len(checks) > 1 else ""
            print(f"  {probe.asked}\n      for {checks[0]}{more}")
    print(f"\n{len(sendable)} questions to begin with; nothing was sent")
    if unsendable := len(wanted) - len(sendable):
        print(f"{unsendable} more cannot be asked live by this version")
    print("\nAll that can be sent to PowerShell endpoints, whatever is asked:")
    for vantage in ALLOWED:
        listed = ", ".join((*ALLOWED[vantage], *AROUND[vantage]))
        print(
            fill(
                f"{vantage.value}: {listed}", 100, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False
            )
        )

"""Which remedies are commands that can be pasted, and the Move-CsUser command that the report advises."""

import re
from collections.abc import Callable

from checker.model.target import Target
from checker.model.users import UserRow
from checker.move_route import MoveRoute
from checker.readings.ad_domains import user_domain
from checker.readings.names import is_host_name
from checker.readings.powershell_text import quoted

_COMMAND = re.compile(r"\$|[A-Z][A-Za-z]+-[A-Z]\w+(?=$|[\s;|])")
_BLANK_TO_FILL_IN = re.compile(r"<[^<>\s][^<>]*>|(?<![@$])\{[a-z_]+\}")
_SIP_ADDRESS = re.compile(r'[^\s@,;"<>]+@[^\s@,;"<>]+')

_SWITCHES = (
    ("force", "-Force"),
    ("move_to_teams", "-MoveToTeams"),
    ("use_oauth", "-UseOAuth"),
    ("bypass_enterprise_voice_check", "-BypassEnterpriseVoiceCheck"),
    ("bypass_audio_conferencing_check", "-BypassAudioConferencingCheck"),
)


def is_command(run: str) -> bool:
    """Whether every line is PowerShell that could be run as it stands.

    A sentence, a DNS record, a command with a blank to fill in, or one with characters that cannot be seen is
    none: somebody has to read it first.
    """
    lines = run.splitlines()
    return bool(lines) and all(
        line.isprintable() and _COMMAND.match(line) and not _BLANK_TO_FILL_IN.search(line) for line in lines
    )


def sip_uri(row: UserRow) -> str:
    """``sip:alice@contoso.com``; empty for a user without a SIP address, or with one that a list could not hold."""
    address = row.user.sip_address if row.user else row.asked_as
    return f"sip:{address}" if address.isprintable() and _SIP_ADDRESS.fullmatch(address) else ""


def move_command(target: Target, route: MoveRoute) -> Callable[[UserRow], str]:
    """The command for one user, with what the runbook will pass; empty for a user whom no list could hold.

    What only the operator knows stands in angle brackets: a controller of the user's own domain, and which Front End
    pool's way to the cloud is to be taken. A command with such a blank is there to be filled in, not to be pasted.
    """
    runbook = target.runbook
    tail = f" -Target {quoted(target.proxy_fqdn)}"
    if runbook.proxy_pool:
        tail += f" -ProxyPool {quoted(runbook.proxy_pool)}"
    elif route.needs_proxy_pool:
        tail += " -ProxyPool <Front End pool>"
    if runbook.hosted_migration_override_url:
        tail += f" -HostedMigrationOverrideUrl {quoted(runbook.hosted_migration_override_url)}"
    for field, switch in _SWITCHES:
        if getattr(runbook, field):
            tail += f" {switch}"

    def command(row: UserRow) -> str:
        uri = sip_uri(row)
        return f"Move-CsUser -Identity {quoted(uri)}{tail}{_controller(row, route)}" if uri else ""

    return command


def _controller(row: UserRow, route: MoveRoute) -> str:
    """``-DomainController`` where the user lives in another domain of the forest than the servers."""
    if not (route.server_domains and row.user):
        return ""
    domain = user_domain(row.user.dn)
    if not domain or domain in route.server_domains:
        return ""
    # A directory gives names; one that is none must not turn into a second command.
    named = domain if is_host_name(domain) else "the user's domain"
    return f" -DomainController <domain controller of {named}>"

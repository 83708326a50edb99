"""Which remedies are commands that can be pasted, and the Move-CsUser command that the report advises."""

import re
from collections.abc import Callable

from checker.model.target import Target
from checker.model.users import UserRow
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


def move_command(target: Target) -> Callable[[str], str]:
    """The command for one SIP URI, with what the runbook will pass."""
    runbook = target.runbook
    tail = f" -Target {quoted(target.proxy_fqdn)}"
    if runbook.proxy_pool:
        tail += f" -ProxyPool {quoted(runbook.proxy_pool)}"
    if runbook.hosted_migration_override_url:
        tail += f" -HostedMigrationOverrideUrl {quoted(runbook.hosted_migration_override_url)}"
    for field, switch in _SWITCHES:
        if getattr(runbook, field):
            tail += f" {switch}"
    return lambda uri: f"Move-CsUser -Identity {quoted(uri)}{tail}"

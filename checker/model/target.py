"""What the operator says is to be assessed: the deployment, its SIP domains, the batch, and what the runbook will do.

``None`` in a field always means "the operator did not say"; a check that needs the answer calls :func:`said`, which
turns silence into ``unknown (not-asked)`` and never into a default.
"""

from typing import TypeVar

import msgspec

from checker.model.axes import Cloud, Direction, Phase, Side
from checker.model.undecided import NotSaid

T = TypeVar("T")


class Runbook(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator will pass to ``Move-CsUser``; an empty string is the answer "none is passed"."""

    uses_credential_parameter: bool | None = None
    admin_needs_mfa: bool | None = None
    hosted_migration_override_url: str | None = None
    proxy_pool: str | None = None
    force: bool | None = None
    move_to_teams: bool | None = None
    use_oauth: bool | None = None
    bypass_enterprise_voice_check: bool | None = None
    bypass_audio_conferencing_check: bool | None = None


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """``proxy_fqdn`` is what ``-Target`` will be; ``sip_domains`` and ``edges`` are lower case, without a trailing dot.

    ``users`` holds SIP addresses, UPNs, distinguished names or account names in the order of the operator's list;
    ``None`` stands for everybody whom the evidence shows as homed on-premises. ``user_lines`` are the lines of
    ``users_file`` that they stand on. ``no_users`` leaves users out on purpose.
    """

    name: str
    sip_domains: tuple[str, ...]
    cloud: Cloud = Cloud.WORLDWIDE
    phase: Phase = Phase.HYBRID
    direction: Direction = Direction.TO_CLOUD
    proxy_fqdn: str = "sipfed.online.lync.com"
    forests: int | None = None
    resource_forest: bool | None = None
    edges: tuple[str, ...] = ()
    users: tuple[str, ...] | None = None
    users_file: str = ""
    user_lines: tuple[int, ...] = ()
    no_users: bool = False
    this_machine_moves: bool | None = None
    teams_environment: str | None = None
    here_is: Side | None = None
    onprem_groups: tuple[str, ...] | None = None
    tenant_roles: tuple[str, ...] | None = None
    runbook: Runbook = Runbook()


def said(value: T | None, key: str) -> T:
    """The operator's answer. Raises :class:`NotSaid` naming the configuration key when there is none."""
    if value is None:
        raise NotSaid(key)
    return value

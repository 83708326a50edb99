"""What a deployment of the lab is, as frozen data: everything its servers say, in one place.

A scenario is the sound deployment (``checker.lab.sound_deployment``) with something replaced, never a second
description of one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from checker.lab.cloud_accounts import CloudAccount
from checker.lab.naming import DOMAINS, EDGE, WORLDWIDE, Cloud
from checker.lab.powershell_objects import CmdletReply, Thing, Value
from checker.lab.web_server import WebReply
from checker.lab.zones import DnsReply

Records = Mapping[tuple[str, str], DnsReply]
Dated = Callable[[datetime], CmdletReply]
"""A reply with times in it, counted from the moment at which the lab is started."""
Replies = Mapping[str, CmdletReply]
Page = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A server, or the admin host. ``registry`` maps key and value name to what is set there; what is not in it was
    never set. ``stores``: the certificates of LocalMachine. ``blocked``: host and port that it does not reach."""

    cmdlets: Mapping[str, CmdletReply | Dated]
    modules: Replies = field(default_factory=dict)
    registry: Mapping[tuple[str, str], Value] = field(default_factory=dict)
    stores: Mapping[str, tuple[Thing, ...]] = field(default_factory=dict)
    blocked: frozenset[tuple[str, int]] = frozenset()

    def replies(self) -> Replies:
        """Its cmdlets', of a machine that is as of a moment."""
        return _plain(self.cmdlets)

    def value(self, path: str, name: str) -> Value:
        """Of the registry, whose names have no case."""
        wanted = (path.casefold(), name.casefold())
        return next((v for (p, n), v in self.registry.items() if (p.casefold(), n.casefold()) == wanted), None)


@dataclass(frozen=True, kw_only=True)
class Tenant:
    """What the tenant's REST interfaces and its PowerShell module say. ``refuses``: the status of every request, when
    set. ``settings``, ``organization``: what differs from the sound objects."""

    federation: Page
    users: tuple[CloudAccount, ...]
    cmdlets: Replies
    online_domains: tuple[str, ...] = DOMAINS
    verified_domains: tuple[str, ...] = DOMAINS
    is_synced: bool | None = True
    external_access: Page = field(default_factory=lambda: {"Identity": "Global", "EnableFederationAccess": True})
    refuses: int | None = None


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """``pages`` maps host and path to what the web says there; ``onprem`` is what every Front End's cmdlets say,
    ``machines`` what is said by one machine of itself. ``batch``: whom the operator's list names; where it names
    nobody there is none. ``says``: what the operator answers otherwise than in the sound deployment, by section and key
    of ``csready.toml``. ``moment``: what times count from, see :meth:`at`.

    ``sipfed``: how the cloud's federation service looks from here: answers, filtered, intercepted. ``is_restricted``:
    the Front Ends offer OcsPowershell alone, which has the product's cmdlets and nothing of Windows.
    """

    cloud: Cloud = WORLDWIDE
    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    external: Records
    internal: Records
    at_edge: Records
    onprem: Mapping[str, CmdletReply | Dated]
    machines: Mapping[str, Machine]
    edges: tuple[str, ...] = (EDGE,)
    pages: Mapping[tuple[str, str], WebReply]
    tenant: Tenant
    batch: tuple[str, ...] = ()
    sipfed: str = "answers"
    login_refused: bool = False
    is_restricted: bool = False
    says: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def at(self, moment: datetime) -> Self:
        """As of one moment: with times in the place of ages."""
        machines = {
            name: replace(machine, cmdlets=_dated(machine.cmdlets, moment)) for name, machine in self.machines.items()
        }
        return replace(self, moment=moment, onprem=_dated(self.onprem, moment), machines=machines)

    def replies(self) -> Replies:
        """The Front Ends', of a deployment that is as of a moment; OcsPowershell has the product's alone."""
        found = _plain(self.onprem)
        return {name: reply for name, reply in found.items() if "-Cs" in name} if self.is_restricted else found

    def listing(self, *names: str) -> Self:
        """With a users file of these names."""
        return replace(self, batch=names)

    def with_cmdlet(self, cmdlet: str, reply: CmdletReply | Dated) -> Self:
        return replace(self, onprem={**self.onprem, cmdlet: reply})

    def with_machine(self, *names: str, **changes: Any) -> Self:
        """These machines with these fields; what is a mapping is added to the one there is."""
        changed = {name: _changed(self.machines[name], changes) for name in names}
        return replace(self, machines={**self.machines, **changed})

    def with_local(self, server: str, cmdlet: str, reply: CmdletReply | Dated) -> Self:
        return self.with_machine(server, cmdlets={cmdlet: reply})

    def with_record(self, name: str, kind: str, *data: str, **reply: Any) -> Self:
        """In public DNS, and as the Edge sees it."""
        found = {(name, kind): DnsReply(data, **reply)}
        return replace(self, external={**self.external, **found}, at_edge={**self.at_edge, **found})

    def without_record(self, name: str, kind: str) -> Self:
        def rest(zone: Records) -> Records:
            return {key: reply for key, reply in zone.items() if key != (name, kind)}

        return replace(self, external=rest(self.external), at_edge=rest(self.at_edge))

    def with_page(self, host: str, path: str, reply: WebReply) -> Self:
        return replace(self, pages={**self.pages, (host, path): reply})

    def with_tenant(self, **changes: Any) -> Self:
        return replace(self, tenant=replace(self.tenant, **changes))

    def with_federation(self, **changes: Any) -> Self:
        return self.with_tenant(federation={**self.tenant.federation, **changes})

    def with_tenant_cmdlet(self, cmdlet: str, reply: CmdletReply) -> Self:
        return self.with_tenant(cmdlets={**self.tenant.cmdlets, cmdlet: reply})

    def with_users(self, *accounts: CloudAccount) -> Self:
        """The tenant's accounts of these people replaced."""
        changed = {account.name: account for account in accounts}
        return self.with_tenant(users=tuple(changed.get(each.name, each) for each in self.tenant.users))

    def saying(self, section: str, **answers: Any) -> Self:
        """An answer of ``None`` is one that the operator does not give."""
        return replace(self, says={**self.says, section: {**self.says.get(section, {}), **answers}})


def _plain(replies: Mapping[str, CmdletReply | Dated]) -> Replies:
    return {name: reply for name, reply in replies.items() if isinstance(reply, CmdletReply)}


def _changed(machine: Machine, changes: Mapping[str, Any]) -> Machine:
    merged: dict[str, Any] = {
        name: {**getattr(machine, name), **value} if isinstance(value, Mapping) else value
        for name, value in changes.items()
    }
    return replace(machine, **merged)


def _dated(replies: Mapping[str, CmdletReply | Dated], moment: datetime) -> Replies:
    return {name: reply if isinstance(reply, CmdletReply) else reply(moment) for name, reply in replies.items()}

"""The bearer tokens of the tenant's interfaces: each got once, however many questions wait for it."""

import threading
from collections.abc import Callable

from checker.model.answers import Objects
from checker.model.facts import CommandRun, NoAnswer
from checker.model.undecided import Reason
from checker.probers.abandonable import AbandonableThreads
from checker.probers.connections import Secret, TenantAuth, TenantEndpoint
from checker.probers.lifeline import Lifeline
from checker.probers.network import Network
from checker.probers.tenant_routes import LEAST_RIGHT, Interface
from checker.probers.tenant_sign_in import Outcome, is_bearer_token, token_of_application, where_to_sign_in
from checker.probers.wire import Reply

Then = Callable[[Outcome], None]


class TenantTokens:
    """``get`` never blocks. What one interface was refused is not asked for again in this run."""

    def __init__(self, network: Network, tenant: TenantEndpoint) -> None:
        self._network = network
        self._tenant = tenant
        self._threads = AbandonableThreads()
        self._lock = threading.Lock()
        self._known: dict[Interface, Outcome] = {}
        self._waiting: dict[Interface, list[Then]] = {}

    def get(self, interface: Interface, deadline: float, then: Then) -> None:
        """``then`` is called once, by ``deadline`` (``time.monotonic``), here or in another thread, with a secret that
        reveals a token or with why there is none. After ``close`` it is not called any more.
        """
        match self._tenant.auth:
            case TenantAuth.TOKEN:
                then(self._given(interface))
            case TenantAuth.DEVICE_CODE:
                then(self._tenant.signed_in.get(interface) or _NEEDS_A_PERSON)
            case _:
                self._sign_in(interface, deadline, then)

    def close(self) -> None:
        self._threads.close()

    def commands_run(self) -> tuple[CommandRun, ...]:
        """The sign-ins that were tried."""
        where = where_to_sign_in(self._tenant)
        tried = self._tenant.signed_in or self._waiting
        return tuple(
            CommandRun(where=where, as_whom=self._tenant.client_id, what=f"sign-in for the {each.value} interface")
            for each in Interface
            if each in tried
        )

    def _given(self, interface: Interface) -> Outcome:
        secret = self._tenant.token if interface is Interface.CONFIGURATION else self._tenant.graph_token
        token = secret.reveal()
        if token is not None and is_bearer_token(token):
            return secret
        given = "no token" if token is None else "no readable token"  # one with a line break was pasted wrongly
        return NoAnswer(
            reason=Reason.NO_ACCESS,
            code="no-token",
            detail=f"{given} for the {interface.value} interface was given",
            needs=f"{secret.variable} (environment), a token with {LEAST_RIGHT[interface]}; or another [tenant].auth",
        )

    def _sign_in(self, interface: Interface, deadline: float, then: Then) -> None:
        with self._lock:
            known = self._known.get(interface)
            waiting = self._waiting.setdefault(interface, [])
            if known is None:
                waiting.append(then)
            is_first = waiting == [then]
        if known is not None:
            then(known)
        elif is_first:
            self._begin(interface, deadline)

    def _begin(self, interface: Interface, deadline: float) -> None:
        where = where_to_sign_in(self._tenant)
        got: list[Secret] = []

        def work(lifeline: Lifeline) -> Reply:
            outcome = token_of_application(self._network, self._tenant, interface, lifeline)
            if isinstance(outcome, NoAnswer):
                return Reply(outcome, where)
            got.append(outcome)
            return Reply(Objects(rows=()), where)  # a token is never part of an answer

        def settle(reply: Reply) -> None:
            self._settle(interface, reply.answer if isinstance(reply.answer, NoAnswer) else got[0])

        self._threads.run(work, source=where, limit_s=self._network.timeouts.http, deadline=deadline, deliver=settle)

    def _settle(self, interface: Interface, outcome: Outcome) -> None:
        with self._lock:
            self._known[interface] = outcome
            waiting = list(self._waiting[interface])
        for then in waiting:
            then(outcome)


_NEEDS_A_PERSON = NoAnswer(
    reason=Reason.NO_ACCESS,
    code="no-sign-in",
    detail="nobody has signed in: a device code needs a person at a terminal",
    needs='a terminal, or auth = "client-secret", "certificate" or "token" in csready.toml',
)

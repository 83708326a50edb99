"""One user of the batch, as the on-premises directory shows it."""

import sys
from dataclasses import dataclass, field
from typing import NamedTuple

# Of Get-CsUser: the per-user policies that csready reads. DialPlan and the two after it are from field knowledge.
POLICIES = (
    "ConferencingPolicy",
    "ExternalAccessPolicy",
    "HostedVoicemailPolicy",
    "DialPlan",
    "VoicePolicy",
    "UserServicesPolicy",
)


class OnPremisesUser(NamedTuple):
    """An object of Get-CsUser. Names lower case, ``sip_address`` without ``sip:``; empty where the object has none.

    Switches are ``None`` where the property is missing, or cannot be read. ``policies``: in the order of ``POLICIES``,
    empty for a user who has none of his own, ``None`` where the property is missing. ``missing``: which of SipAddress
    and RegistrarPool the object does not have at all.
    """

    sip_address: str
    upn: str
    dn: str
    enabled: bool | None
    hosting_provider: str
    registrar_pool: str
    enterprise_voice: bool | None
    line_uri: str
    hosted_voicemail: bool | None = None
    exchange_um: bool | None = None
    policies: tuple[str | None, ...] = (None,) * len(POLICIES)
    missing: frozenset[str] = frozenset()

    def policy(self, name: str) -> str | None:
        """``policy("ConferencingPolicy")``."""
        return self.policies[POLICIES.index(name)]


@dataclass(frozen=True, slots=True)
class UserRow:
    """``asked_as`` is how the operator named the user, or the user's own key where everybody on-premises was taken.

    ``found`` holds every on-premises object that answers to the name: none means not found, two are a conflict.
    ``None`` stands for "could not be read", which only a check that needs no directory may pass over.

    What many checks read is worked out once: ``user`` is the first one found, ``subject`` its SIP address without
    ``sip:``, else UPN, else DN, else what the operator wrote, lower case.
    """

    asked_as: str
    found: tuple[OnPremisesUser, ...] | None
    user: OnPremisesUser | None = field(init=False, repr=False, compare=False)
    subject: str = field(init=False, repr=False, compare=False)
    sip_domain: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        user = self.found[0] if self.found else None
        address = (user.sip_address if user else "") or self.asked_as
        object.__setattr__(self, "user", user)
        object.__setattr__(self, "subject", (user.sip_address or user.upn or user.dn) if user else self.asked_as)
        object.__setattr__(self, "sip_domain", sys.intern(address[address.rfind("@") + 1 :]))

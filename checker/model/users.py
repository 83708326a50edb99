"""One user of the batch, as the on-premises directory shows it."""

from typing import NamedTuple


class OnPremisesUser(NamedTuple):
    """An object of Get-CsUser. Names lower case, ``sip_address`` without ``sip:``; empty where the object has none.

    ``enabled`` and ``enterprise_voice`` are ``None`` where the property is missing, or cannot be read.
    """

    sip_address: str
    upn: str
    dn: str
    enabled: bool | None
    hosting_provider: str
    registrar_pool: str
    enterprise_voice: bool | None
    line_uri: str


class UserRow(NamedTuple):
    """``asked_as`` is how the operator named the user, or the user's own key where everybody on-premises was taken.

    ``found`` holds every on-premises object that answers to the name: none means not found, two are a conflict.
    ``None`` stands for "could not be read", which only a check that needs no directory may pass over.
    """

    asked_as: str
    found: tuple[OnPremisesUser, ...] | None

    @property
    def user(self) -> OnPremisesUser | None:
        return self.found[0] if self.found else None

    @property
    def subject(self) -> str:
        """SIP address without ``sip:``, else UPN, else DN, else what the operator wrote; lower case."""
        user = self.user
        return (user.sip_address or user.upn or user.dn) if user else self.asked_as

    @property
    def sip_domain(self) -> str:
        user = self.user
        address = (user.sip_address if user else "") or self.asked_as
        return address.rpartition("@")[2]

"""Who is who: every name that the snapshot has for a person, joined as far as it joins them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

from checker.model.answers import Json
from checker.model.facts import Snapshot
from checker.readings.cloud_users import GRAPH_USERS, ONLINE_USERS
from checker.readings.directory_users import DIRECTORY_USERS
from checker.readings.other_accounts import APPLICATION_ENDPOINTS, COMMON_AREA_PHONES, MEETING_ROOMS
from checker.readings.users import ON_PREMISES_USERS
from checker.redacting.answered import Row, answered

# In the order in which they may say what a person is called: by the SIP address on-premises, where there is one.
_LISTS = (
    ON_PREMISES_USERS,
    DIRECTORY_USERS,
    ONLINE_USERS,
    GRAPH_USERS,
    COMMON_AREA_PHONES,
    MEETING_ROOMS,
    APPLICATION_ENDPOINTS,
)
PEOPLE = (*(probe.cmdlet.lower() for probe in _LISTS), "get-csaduser")
"""The cmdlets whose objects are people, in lower case."""


class Part(Enum):
    """What a property of a person's object is."""

    SIP = auto()
    UPN = auto()
    DN = auto()
    ADDRESS = auto()
    ID = auto()
    WORD = auto()  # an account or display name: others may have it too
    PIECE = auto()  # of a name: too little to know the person by
    NUMBER = auto()


# Names of properties of Get-CsUser, Get-ADUser, Get-CsOnlineUser and the Graph resource user, in lower case.
_PARTS: Mapping[str, Part] = {
    name: part
    for part, names in (
        (Part.SIP, "sipaddress msrtcsip-primaryuseraddress onpremsipaddress imaddresses"),
        (Part.UPN, "userprincipalname"),
        (Part.DN, "identity distinguishedname onpremisesdistinguishedname"),
        (Part.ADDRESS, "proxyaddresses shadowproxyaddresses sipproxyaddress emailaddresses emailaddress mail"),
        (Part.ADDRESS, "windowsemailaddress primarysmtpaddress othermails targetaddress"),
        (Part.ID, "sid objectsid onpremisessecurityidentifier msrtcsip-originatorsid objectguid guid id objectid"),
        (Part.ID, "externaldirectoryobjectid immutableid onpremisesimmutableid"),
        (Part.WORD, "samaccountname onpremisessamaccountname displayname name cn alias mailnickname"),
        (Part.PIECE, "givenname surname sn firstname lastname initials"),
        (Part.NUMBER, "lineuri onpremlineuri msrtcsip-line privateline displaynumber telephonenumber phone"),
        (Part.NUMBER, "officephone homephone mobile mobilephone businessphones ipphone facsimiletelephonenumber"),
    )
    for name in names.split()
}
SCHEME = re.compile(r"(?:sips?|smtp|x[45]00|eum|spo|mailto|tel):", re.IGNORECASE)
_COMMON_NAME = re.compile(r"cn=((?:\\.|[^,\\])+)")
_DOMAIN_PARTS = re.compile(r"(?<![\w-])dc=([\w-]+)")


@dataclass(frozen=True)
class People:
    """``names``: in lower case, addresses without their kind, to who it is: the SIP address, else the UPN, DN or what
    else there is. ``words``: the same of account and display names. ``numbers``: phone numbers as they stand.

    ``sip_domains``: of their SIP addresses; ``domains``: of all their names. ``pools``: where they are homed.
    """

    names: Mapping[str, str]
    words: Mapping[str, str]
    numbers: frozenset[str]
    sip_domains: frozenset[str]
    domains: frozenset[str]
    pools: frozenset[str]


def people(snapshot: Snapshot) -> People:
    """Everybody in the lists of users, the operator's list, and the accounts that csready signed in as."""
    register = _Register()
    lists = [each for each in answered(snapshot) if each[0] in PEOPLE]
    for _, rows in sorted(lists, key=lambda each: PEOPLE.index(each[0])):
        for row in rows:
            register.add(row)
    for name in snapshot.target.users or ():
        register.know(bare_name(name))
    for run in snapshot.commands_run:
        register.know(bare_name(run.as_whom.rpartition("\\")[2]))
    return register.people()


@lru_cache(maxsize=1024)
def parts_of(properties: tuple[str, ...]) -> tuple[tuple[str, Part], ...]:
    """Those of an object's properties that say who it is."""
    return tuple((each, part) for each in properties if (part := _PARTS.get(each.lower())))


def texts(value: Json) -> Iterator[str]:
    """The strings of a property: its own, a list's, or that which an object is shown as."""
    if type(value) is str:
        yield value
    elif type(value) is list:
        for each in value:
            yield from texts(each)
    elif type(value) is dict:
        yield from texts(value.get("@text"))


def bare_name(name: str) -> str:
    """As names are compared: lower case, an address without its kind (``sip:``, ``SMTP:``)."""
    plain = name.strip().lower()
    scheme = SCHEME.match(plain)
    return plain[scheme.end() :] if scheme else plain


def _ad_domain(dn: str) -> str:
    return ".".join(_DOMAIN_PARTS.findall(dn))


class _Register:
    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._dn_of: dict[str, str] = {}  # of who has one on-premises
        self._numbers: set[str] = set()
        self._sip_domains: set[str] = set()
        self._domains: set[str] = set()
        self._containers: set[str] = set()
        self._pools: set[str] = set()

    def add(self, row: Row) -> None:
        sip = upn = dn = ""
        names: list[str] = []
        words: list[str] = []
        for name, part in parts_of(tuple(row)):
            value = row[name]
            for text in (value,) if type(value) is str else texts(value):
                known = bare_name(text)
                if not known or part is Part.PIECE:
                    continue
                if part is Part.NUMBER:
                    self._numbers.add(known)
                    continue
                if part is Part.WORD:
                    words.append(known)
                    continue
                names.append(known)
                if part is Part.SIP:
                    sip = sip or known
                    self._sip_domains.add(known[known.rfind("@") + 1 :])
                elif part is Part.UPN:
                    upn = known
                elif part is Part.DN and "=" in known:
                    dn = known
        if dn and (found := _COMMON_NAME.match(dn)):
            words.append(re.sub(r"\\(.)", r"\1", found[1]))
        who = self._known(sip, upn, dn) or next(iter((*filter(None, (upn, dn)), *names, *words)), "")
        if not who:
            return
        if dn:
            self._dn_of.setdefault(who, dn)
        for each in names:
            self._owners.setdefault(each, who)
        for each in words:
            # Two people of one name are neither of them.
            self._words[each] = who if self._words.get(each, who) == who else each
        self._domains.update(name[name.rfind("@") + 1 :] for name in (sip, upn) if "@" in name)
        if dn:
            self._containers.add(dn[max(dn.find(",dc="), 0) :])  # few for all: read once
        self._pools.update(pool.lower() for pool in texts(row.get("RegistrarPool")))

    def know(self, name: str) -> None:
        """Somebody of whom there may be nothing but this name."""
        if name and name not in self._owners:
            self._words.setdefault(name, name)

    def people(self) -> People:
        return People(
            self._owners,
            self._words,
            frozenset(self._numbers),
            frozenset(filter(None, self._sip_domains)),
            frozenset(filter(None, self._domains | set(map(_ad_domain, self._containers)))),
            frozenset(filter(None, self._pools)),
        )

    def _known(self, sip: str, upn: str, dn: str) -> str:
        """Who has these already; or the SIP address, where it is free or the same object's: two objects that claim one
        address are two people.
        """
        for name in (dn, upn):
            if name and (who := self._owners.get(name)):
                return who
        who = self._owners.get(sip, sip)
        return who if not dn or self._dn_of.get(who, dn) == dn else ""

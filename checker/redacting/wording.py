"""Any text with pseudonyms in it: for what the snapshot knows, then for what else looks like one of the four kinds."""

import html
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, unquote

from checker.checks import all_checks
from checker.faults import FAULTS
from checker.model.answers import Json, TlsAnswer
from checker.model.facts import Snapshot
from checker.readings.powershell_text import quoted
from checker.redacting.answered import answered
from checker.redacting.hosts import NAME, address_stays, hosts
from checker.redacting.known_names import KnownNames
from checker.redacting.people import PEOPLE, SCHEME, bare_name, people, texts
from checker.redacting.pseudonyms import Kind, Pseudonyms
from checker.rendering.hostile_text import plain

# Repetitions are bounded, so that no text takes long, whoever wrote it.
_LOCAL = r"[\w.!$%&*+?^~-]{1,256}(?:'{1,2}[\w.!$%&*+?^~-]{1,256}){0,4}"
_RDN = r"=(?:\\.|[^\\,=\r\n]){1,256}"
_UNKNOWN = (
    r"(?:(?<=\\users\\)|(?<=/users/)|(?<=/home/))(?P<profile>[^\\/\s\"',;:]+)"  # whose folder a file lies in
    rf"|(?<!\w)(?P<dn>CN{_RDN}(?:,\s?(?:CN|OU){_RDN}){{0,16}}(?:,\s?DC=[\w-]+){{1,16}})"
    rf"|(?<![\w.!$%&*+?^~-])(?P<local>{_LOCAL})(?P<at>@|%40)(?P<domain>[\w-]+(?:\.[\w-]+)*)"
    r"|(?<![\w-])(?P<sid>S-1-5-21-\d+-\d+-\d+-\d{4,})(?![\w-])"
    r"|(?<![\w\\/:.-])(?P<forest>FORESTS)\\(?P<account>[\w.$-]+)(?![\w@%])"
    r"|(?<![\w\\])\\\\(?P<share>[\w-]+)(?=\\)"
    r"|(?:(?<=tel:)|(?<=tel:\+))(?P<line>\d[\d().-]{2,}(?:;ext=\d+)?)"
    r"|(?<![\w+])(?P<number>\+\d(?:[ ().-]{0,2}\d){6,14}(?:;ext=\d+)?)(?!\w)"
    r"|(?<![\w:.])(?P<ipv6>(?:[0-9a-f]{0,4}:){2,7}(?:\d+(?:\.\d+){3}|[0-9a-f]{0,4}))(?!\w|:[0-9a-f:])"
    r"|(?<![\w.])(?P<ipv4>(?:\d{1,3}\.){3}\d{1,3})(?![\w]|\.\d)"
    rf"|(?P<host>{NAME})"
    r"|(?<!\w)(?P<hash>[0-9a-f]{40}|[0-9a-f]{64})(?!\w)"
)
_PORT = re.compile(r":\d{2,5}(?!\d)")
_FILE = re.compile(r"\.(?:py|ps1|psm1|cs|json|xml|clixml|csv|txt|toml|zip|log)$", re.IGNORECASE)  # then it is a line
_VERSION = re.compile(r"version$|^build", re.IGNORECASE)
_DOTTED = re.compile(r"\d+(?:\.\d+){3}")
_ODD = re.compile(r"[^\w @.=,:+()-]|[^\x00-\x7f]")


class Wording:
    """What is known of the estate, and the pseudonyms for it."""

    def __init__(self, snapshot: Snapshot, pseudonyms: Pseudonyms) -> None:
        self.pseudonyms = pseudonyms
        self._people = people(snapshot)
        self._hosts = hosts(snapshot, self._people)
        self._deployment = snapshot.target.name.lower()
        self._versions = frozenset(_versions(snapshot))
        self._groups = frozenset(_groups(snapshot))
        self._checks = frozenset(check.id for check in all_checks())
        domains = {each.partition(".")[0] for each in (*self._hosts.domains, *self._hosts.sip_domains)}
        forests = {run.as_whom.lower().rpartition("\\")[0] for run in snapshot.commands_run} - {""}
        forests |= domains | self._hosts.short.keys()
        known = "|".join(map(re.escape, sorted(forests, key=len, reverse=True)))
        self._unknown = re.compile(_UNKNOWN.replace("FORESTS", known or "(?!)"), re.IGNORECASE)
        self._tokens = dict(self._known())
        common = set(filter(_is_common, self._people.words))
        self._names = KnownNames(self._tokens, (common | domains | {self._deployment}) & self._tokens.keys())
        self._hashes = frozenset[str]()  # none, while names are looked for in the certificates
        self._hashes = frozenset(self._hidden_hashes(snapshot))
        self.text = lru_cache(1 << 15)(self._text)

    def person(self, name: str) -> str:
        """A whole value that is somebody's name."""
        if not name.strip():
            return name
        scheme = found[0] if (found := SCHEME.match(name)) else ""
        known = self._tokens.get(bare_name(name), "")
        is_person = known.startswith(Kind.USER.value)
        return scheme + (known if is_person else self.pseudonyms.of(Kind.USER, bare_name(name)))

    def account(self, name: str) -> str:
        """Of ``CONTOSO\\svc-readiness`` what names the account."""
        forest, backslash, account = name.rpartition("\\")
        return f"{self.text(forest)}{backslash}{self.person(account)}"

    def host(self, name: str) -> str:
        """A whole value that is a server's name."""
        plain_name = name.lower().rstrip(".")
        if not plain_name or self._hosts.stays(plain_name):
            return name
        return self.pseudonyms.of(Kind.HOST, self._hosts.short.get(plain_name, plain_name))

    def number(self, text: str) -> str:
        """A whole value that is a phone number; its scheme stays."""
        scheme = found[0] if (found := SCHEME.match(text)) else ""
        if "@" in text or not any(map(str.isdigit, text)):
            return self.text(text)
        return scheme + self._number(text)

    def whole(self, name: str) -> str:
        """A name that may be of any kind."""
        if name.lower() == self._deployment:
            return name
        return self._tokens.get(bare_name(name)) or self.text(name)

    def _text(self, text: str) -> str:
        if (token := self._tokens.get(text.lower())) and text.lower() != self._deployment:
            return token
        pieces: list[str] = []
        done = 0
        for start, end, token in self._names.found(text):
            pieces += (self._unknown.sub(self._pseudonym, text[done:start]), token)
            done = end
        pieces.append(self._unknown.sub(self._pseudonym, text[done:]))
        return "".join(pieces)

    def _pseudonym(self, found: re.Match[str]) -> str:
        text = found[0]
        match found.lastgroup:
            case "profile" | "dn" | "sid":
                # Names in a certificate have a blank after each comma, and are of machines; those of a directory none.
                return self.host(text) if ", dc=" in text.lower() else self.person(unquote(text))
            case "domain":
                if found["local"].lower() in self._checks:  # the id of a finding
                    return f"{found['local']}@{self.text(found['domain'])}"
                return self.person(unquote(text) if found["at"] == "%40" else text)
            case "account":
                return self._account(found["forest"], found["account"])
            case "share":
                return f"\\\\{self.host(found['share'])}"
            case "line" | "number":
                return self._number(text)
            case "ipv4" | "ipv6":
                return self._address(text)
            case "host":
                service, host = self._hosts.parted(text, is_certain=_is_called_on(found))
                return service + self.pseudonyms.of(Kind.HOST, host) if host else text
            case _:
                if text.lower() not in self._hashes:
                    return text
                digest = self.pseudonyms.digest(text.lower())[: len(text)]
                return digest.upper() if text.isupper() else digest

    def _account(self, forest: str, account: str) -> str:
        if account.lower() in self._groups:
            return f"{forest}\\{account}"
        if account.endswith("$"):  # a machine's own account
            return f"{self.text(forest)}\\{self.host(account[:-1])}$"
        return f"{self.text(forest)}\\{self.person(account)}"

    def _number(self, text: str) -> str:
        return self.pseudonyms.of(Kind.NUMBER, _compared_number(text))

    def _address(self, text: str) -> str:
        try:
            address = str(ip_address(text))
        except ValueError:  # a time, a version
            return text
        stays = text in self._versions or address_stays(address)
        return text if stays else self.pseudonyms.of(Kind.ADDRESS, address)

    def _hidden_hashes(self, snapshot: Snapshot) -> Iterator[str]:
        """Of certificates that name what is hidden: who has the hash finds the certificate, and its names, in public
        logs."""
        for fact in snapshot.facts:
            if isinstance(fact.answer, TlsAnswer):
                for seen in fact.answer.chain:
                    if self._names_something(seen.subject, *seen.names):
                        yield seen.sha256.lower()
        for cmdlet, rows in answered(snapshot):
            for row in rows if cmdlet not in PEOPLE else ():
                if self._names_something(*texts(row.get("Subject")), *texts(row.get("AlternativeNames"))):
                    yield from (each.lower() for each in texts(row.get("Thumbprint")))

    def _names_something(self, *names: str) -> bool:
        return any(self._text(name) != name for name in names)

    def _known(self) -> Iterator[tuple[str, str]]:
        """Every name with its pseudonym; of a name that is given twice the last one counts, a person's own address."""
        for short, host in sorted(self._hosts.short.items()):
            if not _is_common(short):
                yield short, self.pseudonyms.of(Kind.HOST, host)
        for number in sorted(self._people.numbers):
            digits = number.removeprefix("+")
            if digits.isdigit() and len(digits) >= 7:  # any other form shows itself what it is
                yield digits, self._number(number)
        for names in (self._people.words, self._people.names):
            for name, who in names.items():
                token = self.pseudonyms.of(Kind.USER, who)
                yield name, token
                if _ODD.search(name):
                    yield from ((form, token) for form in _spellings(name))


def _is_called_on(found: re.Match[str]) -> bool:
    """Whether a name stands in a URL or before a port, where only a host's can."""
    if found.string.endswith("://", 0, found.start()):
        return True
    return _PORT.match(found.string, found.end()) is not None and _FILE.search(found[0]) is None


def _compared_number(text: str) -> str:
    number, _, more = text.lower().removeprefix("tel:").partition(";")
    return "".join(re.findall(r"\d", number)) + (f";{more}" if more else "")


def _spellings(name: str) -> Iterator[str]:
    """How a name stands in a script, a URL, a cell, and within text that is JSON or HTML itself."""
    yield plain(name)
    yield plain(name.replace(";", ","))
    yield quoted(name)[1:-1].lower()
    yield quote(name, safe="@", errors="replace").lower()
    yield json.dumps(name)[1:-1].lower()
    yield html.escape(name)


def _is_common(name: str) -> bool:
    return len(name) < 3 or (name.isdigit() and len(name) < 6) or name in _vocabulary()


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """The words that reports are written in. An account of such a name cannot be told from prose."""
    pages = [f"{check.title} {check.page} {check.remediation}" for check in all_checks()]
    pages += [f"{fault.title} {fault.message} {fault.cause}" for fault in FAULTS]
    return frozenset(re.findall(r"[a-z]+", " ".join(pages).lower()))


def _versions(snapshot: Snapshot) -> Iterator[str]:
    """What looks like an IP address, and is none."""
    for cmdlet, rows in answered(snapshot):
        if cmdlet not in PEOPLE:
            yield from _versions_in(list(rows))


def _versions_in(value: Json, named: bool = False) -> Iterator[str]:
    if type(value) is str and named:
        yield from _DOTTED.findall(value)
    elif type(value) is list:
        for each in value:
            yield from _versions_in(each, named)
    elif type(value) is dict:
        for name, each in value.items():
            yield from _versions_in(each, _VERSION.search(name) is not None)


def _groups(snapshot: Snapshot) -> Iterator[str]:
    """Groups by name: no people, though they stand after a backslash as accounts do."""
    names = [*(snapshot.target.onprem_groups or ())]
    names += [
        text
        for cmdlet, rows in answered(snapshot)
        if cmdlet == "whoami"
        for row in rows
        for text in texts(row.get("Name"))
    ]
    return (name.lower().rpartition("\\")[2] for name in names)

"""How a cmdlet is put to an endpoint: what stands before and behind it there, by the endpoint's kind and experience."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

import msgspec
from pypsrp.powershell import PowerShell, RunspacePool

from checker.model.facts import NoAnswer
from checker.model.probes import Vantage
from checker.model.undecided import Reason
from checker.probers.allowed_cmdlets import AllowedCommand, Secrets
from checker.probers.connections import RemotingEndpoint

MODULES = ("SkypeForBusiness", "Lync")  # a machine has one of them; Lync is that of 2010 and 2013
TEAMS_MODULE = "MicrosoftTeams"
# How the names of those session configurations begin that Windows and PowerShell 7 bring, which have a language.
_FULL = ("microsoft.powershell", "powershell.")
_SELECT, _IMPORT = "Select-Object", "Import-Module"
# In a session without providers a path leads nowhere, and "nothing there" would be taken for an answer.
BY_PROVIDER = frozenset({"Get-ChildItem", "Get-Item", "Get-ItemProperty", "Get-ADUser"})


class EndpointKind(Enum):
    """What a session offers: the Cs cmdlets of a role; a language and all that is installed; what its author listed."""

    RBAC = "OcsPowershell"
    WINRM = "WinRM"
    JEA = "JEA"

    @classmethod
    def of(cls, endpoint: RemotingEndpoint) -> "EndpointKind":
        if urlsplit(endpoint.url).path.strip("/").lower() != "wsman":
            return cls.RBAC
        return cls.WINRM if endpoint.configuration_name.casefold().startswith(_FULL) else cls.JEA

    def can_run(self, command: AllowedCommand) -> bool:
        """Whether it is worth sending there. The tenant is asked by way of a module, which has to be imported."""
        if self is EndpointKind.WINRM or command.vantage is Vantage.TENANT:
            return self is EndpointKind.WINRM
        if self is EndpointKind.RBAC:
            return _is_of_the_product(command)
        return command.cmdlet not in BY_PROVIDER


@dataclass(frozen=True)
class Pipeline:
    """Statements that run one after the other, each a row of cmdlets that hand on what they have: ``A; B | C``."""

    statements: tuple[tuple[AllowedCommand, ...], ...]

    def __str__(self) -> str:
        return "; ".join(" | ".join(map(str, statement)) for statement in self.statements)

    def begun_in(self, pool: RunspacePool) -> PowerShell:
        """The one place where anything is handed to pypsrp to be run."""
        running = PowerShell(pool)
        for number, statement in enumerate(self.statements):
            if number:
                running.add_statement()
            for command in statement:
                running.add_cmdlet(command.cmdlet)
                for name, value in command.arguments:
                    running.add_parameter(name, _plain(value))
        running.begin_invoke()
        return running


class Phrasing:
    """Makes pipelines for one endpoint, and leaves out of them what it has learnt to be of no use there."""

    def __init__(self, endpoint: RemotingEndpoint) -> None:
        self.kind = EndpointKind.of(endpoint)
        self._not_offered: set[str] = set()

    def pipeline(self, command: AllowedCommand, sign_in: AllowedCommand | None = None) -> Pipeline:
        """``sign_in``: what has to run in the same session before it, once the Teams module is there."""
        return Pipeline((*self._before(command, sign_in), (command, *self._behind(command))))

    def learn_from(self, ended: PowerShell) -> None:
        """Select-Object may be missing, or be a restricted one that takes a few names only; no module may be needed
        where the author of a session has imported it."""
        for name in (_SELECT, _IMPORT):
            if any(_is_about(name, error) for error in ended.streams.error):
                self._not_offered.add(name)

    def _before(self, command: AllowedCommand, sign_in: AllowedCommand | None) -> Iterator[tuple[AllowedCommand, ...]]:
        # A pool has several runspaces, and each needs the module; importing what is there already costs nothing.
        if sign_in is not None:
            yield (_import(command.vantage, TEAMS_MODULE),)
            yield (sign_in, AllowedCommand(sign_in.vantage, "Out-Null"))
        elif self.kind is EndpointKind.WINRM and _is_of_the_product(command) and _IMPORT not in self._not_offered:
            yield (_import(command.vantage, *MODULES),)

    def _behind(self, command: AllowedCommand) -> tuple[AllowedCommand, ...]:
        if not command.properties or _SELECT in self._not_offered:
            return ()
        # Of a plain name that an object does not have, Select-Object makes a property without a value; of a pattern
        # that nothing matches it makes none. So what is missing on the far side is missing here.
        # PowerShell/PowerShell: .../commands/utility/Select-Object.cs (ProcessParameter), read 2026-11-22
        patterns = tuple(f"{name[:-1]}[{name[-1]}]" for name in command.properties)
        return (AllowedCommand(command.vantage, _SELECT, (("Property", patterns),)),)


def connect_teams(graph_token: str, teams_token: str, environment: str = "") -> AllowedCommand:
    """What signs a session of the Teams module in; ``environment`` is empty in the worldwide cloud and in GCC."""
    named = (("TeamsEnvironmentName", environment),) if environment else ()
    tokens = ("AccessTokens", Secrets(graph_token, teams_token))
    return AllowedCommand(Vantage.TENANT, "Connect-MicrosoftTeams", (tokens, *named))


def concealing(no_answer: NoAnswer, sign_in: AllowedCommand | None) -> NoAnswer:
    """The same without what ``sign_in`` keeps secret: an error record may quote the value that it is about."""
    arguments = sign_in.arguments if sign_in else ()
    secret = [text for _, value in arguments if isinstance(value, Secrets) for text in value.values]
    detail = re.sub("|".join(map(re.escape, secret)), "(secret)", no_answer.detail) if secret else no_answer.detail
    return msgspec.structs.replace(no_answer, detail=detail)


def needs_a_language(command: AllowedCommand, where: str) -> NoAnswer:
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="needs-language",
        detail=f"{where}: {command.cmdlet} was not sent; it needs an endpoint with a language, which this one is not",
        needs="plain WinRM in csready.toml: url = https://<server>:5986/wsman, configuration Microsoft.PowerShell",
    )


def module_not_there(command: AllowedCommand, where: str) -> NoAnswer:
    modules = (TEAMS_MODULE,) if command.vantage is Vantage.TENANT else MODULES
    return NoAnswer(
        reason=Reason.NO_ACCESS,
        code="module-not-found",
        detail=f"{where}: no {command.cmdlet} there: importing the module {' or '.join(modules)} did not bring it",
        needs=f"the module {' or '.join(modules)} on that machine, readable for this account",
    )


def _import(vantage: Vantage, *modules: str) -> AllowedCommand:
    return AllowedCommand(vantage, _IMPORT, (("Name", modules), ("ErrorAction", "SilentlyContinue")))


def _is_of_the_product(command: AllowedCommand) -> bool:
    return "-Cs" in command.cmdlet


def _plain(value: object) -> object:
    if isinstance(value, Secrets):
        return list(value.values)
    return list(value) if isinstance(value, tuple) else value


def _is_about(name: str, error: object) -> bool:
    """Its id ends in the command's name, a proxy's, or in the class of the real one; the words are of any language."""
    identifier = getattr(error, "fq_error", None) or ""
    if identifier == "CommandNotFoundException":
        return name in str(error)
    return identifier.endswith((f",{name}", f".{name.replace('-', '')}Command"))

"""Finds what an endpoint says to a pipeline: one cmdlet with its parameters, perhaps with Select-Object behind it.

What PowerShell itself would say against a pipeline (no such cmdlet, no such parameter, no scripts here) is said here,
in the words of Windows PowerShell 5.1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Protocol

from requests.structures import CaseInsensitiveDict

from checker.lab.powershell_objects import CmdletReply, Endpoint, ErrorReply, Thing, Value

# about_CommonParameters, Windows PowerShell 5.1
_COMMON_PARAMETERS = (
    *("Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable"),
    *("PipelineVariable", "Verbose", "WarningAction", "WarningVariable"),
)


class Command(Protocol):
    """One command of a pipeline as the wire brings it. A parameter without name is a positional one."""

    @property
    def command_text(self) -> str: ...

    @property
    def is_script(self) -> bool: ...

    @property
    def parameters(self) -> Sequence[tuple[str | None, object]]: ...


def reply_of(endpoint: Endpoint, commands: Sequence[Command]) -> CmdletReply:
    """The endpoint's reply to the whole pipeline. A pipeline that cannot be bound ends in a terminating error."""
    try:
        first, *rest = commands
        reply = _reply_of_first(endpoint, first)
        for command in rest:
            reply = replace(reply, output=_selected(command, reply.output))
    except _NotBound as refusal:
        return CmdletReply(error=refusal.error)
    return reply


def parameters_of(command: Command) -> Mapping[str, object]:
    """The command's named parameters under the names they came with; looked up without case."""
    return CaseInsensitiveDict({str(name): _plain(value) for name, value in command.parameters if name is not None})


class _NotBound(Exception):
    def __init__(self, message: str, category: str, identifier: str, exception_type: str) -> None:
        full_type = f"System.Management.Automation.{exception_type}"
        self.error = ErrorReply(message, category, identifier, full_type, terminating=True)


def _reply_of_first(endpoint: Endpoint, command: Command) -> CmdletReply:
    if command.is_script and not endpoint.language:
        raise _NotBound(
            "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.",
            "ParserError",
            "ScriptsNotAllowed",
            "ParseException",
        )
    cmdlet = CaseInsensitiveDict(endpoint.cmdlets).get(command.command_text)
    if cmdlet is None:
        raise _unknown_command(command)
    _refuse_unknown_parameters(command, CaseInsensitiveDict(endpoint.parameters).get(command.command_text))
    return cmdlet if isinstance(cmdlet, CmdletReply) else cmdlet(parameters_of(command))


def _selected(command: Command, output: tuple[Value, ...]) -> tuple[Value, ...]:
    if command.command_text.lower() != "select-object":
        raise _unknown_command(command)
    _refuse_unknown_parameters(command, ("Property",))
    wanted = parameters_of(command).get("Property")
    patterns = [str(name) for name in wanted] if isinstance(wanted, list) else [str(wanted)]
    return tuple(_projection(value, patterns) for value in output)


def _projection(value: Value, patterns: list[str]) -> Thing:
    """A pattern that matches no property gives a property of that name without value, as Select-Object does."""
    thing = value if isinstance(value, Thing) else Thing(("System.String",) if isinstance(value, str) else (), {})
    chosen: dict[str, Value] = {}
    for pattern in patterns:
        names = [name for name in thing.properties if fnmatchcase(name.lower(), pattern.lower())]
        chosen |= {name: thing.properties[name] for name in names} or {pattern: None}
    origin = f"Selected.{thing.type_names[0]}" if thing.type_names else "Selected.System.Object"
    return Thing((origin, "System.Management.Automation.PSCustomObject", "System.Object"), chosen)


def _unknown_command(command: Command) -> _NotBound:
    return _NotBound(
        f"The term '{command.command_text}' is not recognized as the name of a cmdlet, function, script file, or "
        "operable program. Check the spelling of the name, or if a path was included, verify that the path is correct "
        "and try again.",
        "ObjectNotFound",
        "CommandNotFoundException",
        "CommandNotFoundException",
    )


def _refuse_unknown_parameters(command: Command, taken: tuple[str, ...] | None) -> None:
    known = None if taken is None else {name.lower() for name in (*taken, *_COMMON_PARAMETERS)}
    for name, value in command.parameters:
        if name is None:
            message, identifier = (
                f"A positional parameter cannot be found that accepts argument '{value}'.",
                "Positional",
            )
        elif known is not None and name.lower() not in known:
            message, identifier = f"A parameter cannot be found that matches parameter name '{name}'.", "Named"
        else:
            continue
        identifier += f"ParameterNotFound,{command.command_text}"
        raise _NotBound(message, "InvalidArgument", identifier, "ParameterBindingException")


def _plain(value: object) -> object:
    """A value without the wire library's own types, so that it compares and prints like the one that was sent."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value

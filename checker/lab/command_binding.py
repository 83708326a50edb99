"""Finds what an endpoint says to a pipeline: statements, each a cmdlet with its parameters, with Select-Object or
Out-Null perhaps behind it.

What PowerShell itself would say against a pipeline (no such cmdlet, no such parameter, no scripts here) is said here,
in the words of Windows PowerShell 5.1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Protocol, TypeAlias

from requests.structures import CaseInsensitiveDict

from checker.lab.powershell_objects import (
    Behaviour,
    Cmdlet,
    CmdletReply,
    Endpoint,
    ErrorReply,
    PipelineReply,
    Thing,
    Value,
)

Runspace: TypeAlias = CaseInsensitiveDict[Cmdlet]  # the cmdlets that are there, by name

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
    def end_of_statement(self) -> bool: ...

    @property
    def parameters(self) -> Sequence[tuple[str | None, object]]: ...


def reply_of(endpoint: Endpoint, commands: Sequence[Command]) -> PipelineReply:
    """The endpoint's reply to the whole pipeline. What ends its last statement ends the pipeline; what ends one before
    that is an error among others, and the next statement runs.
    """
    runspace = CaseInsensitiveDict(endpoint.cmdlets)
    output: list[Value] = []
    errors: list[ErrorReply] = []
    behaviour = Behaviour.ANSWER
    for statement in _statements(commands):
        errors = [replace(error, terminating=False) for error in errors]
        reply = _reply_of_statement(endpoint, runspace, statement)
        output += reply.output
        errors += [reply.error] if reply.error else []
        behaviour = reply.behaviour
    return PipelineReply(tuple(output), tuple(errors), behaviour)


def parameters_of(command: Command) -> Mapping[str, object]:
    """The command's named parameters under the names they came with; looked up without case."""
    return CaseInsensitiveDict({str(name): _plain(value) for name, value in command.parameters if name is not None})


class _NotBound(Exception):
    def __init__(self, message: str, category: str, identifier: str, exception_type: str) -> None:
        full_type = f"System.Management.Automation.{exception_type}"
        self.error = ErrorReply(message, category, identifier, full_type, terminating=True)


def _statements(commands: Sequence[Command]) -> Iterator[list[Command]]:
    statement = []
    for command in commands:
        statement.append(command)
        if command.end_of_statement:
            yield statement
            statement = []
    if statement:
        yield statement


def _reply_of_statement(endpoint: Endpoint, runspace: Runspace, commands: list[Command]) -> CmdletReply:
    first, *rest = commands
    try:
        # All of them are bound before the first one runs.
        for command in rest:
            _refuse_unfit(endpoint, command)
        reply = _reply_of_first(endpoint, runspace, first)
    except _NotBound as refusal:
        return CmdletReply(error=refusal.error)
    for command in rest:
        reply = replace(reply, output=_handed_on(command, reply.output))
    return reply


def _reply_of_first(endpoint: Endpoint, runspace: Runspace, command: Command) -> CmdletReply:
    if command.is_script and not endpoint.language:
        raise _NotBound(
            "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.",
            "ParserError",
            "ScriptsNotAllowed",
            "ParseException",
        )
    if endpoint.language and command.command_text.lower() == "import-module":
        return _imported(endpoint, runspace, parameters_of(command))
    cmdlet = runspace.get(command.command_text)
    if cmdlet is None:
        raise _unknown_command(command)
    _refuse_unknown_parameters(command, CaseInsensitiveDict(endpoint.parameters).get(command.command_text))
    return cmdlet if isinstance(cmdlet, CmdletReply) else cmdlet(parameters_of(command))


def _imported(endpoint: Endpoint, runspace: Runspace, parameters: Mapping[str, object]) -> CmdletReply:
    modules, missing = CaseInsensitiveDict(endpoint.modules), ""
    for name in _listed(parameters.get("Name")):
        runspace.update(modules.get(name, {}))
        missing = missing if name in modules else name
    if not missing or parameters.get("ErrorAction") == "SilentlyContinue":
        return CmdletReply()
    return CmdletReply(
        error=ErrorReply(
            f"The specified module '{missing}' was not loaded because no valid module file was found in any module "
            "directory.",
            "ResourceUnavailable",
            "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand",
            "System.IO.FileNotFoundException",
        )
    )


def _refuse_unfit(endpoint: Endpoint, command: Command) -> None:
    name = command.command_text.lower()
    if name == "out-null" and endpoint.language:
        _refuse_unknown_parameters(command, ())
        return
    if name != "select-object" or endpoint.selectable == ():
        raise _unknown_command(command)
    _refuse_unknown_parameters(command, ("Property",))
    taken = endpoint.selectable
    for wanted in _listed(parameters_of(command).get("Property")):
        if taken is not None and wanted not in taken:
            raise _NotBound(
                f"Cannot validate argument on parameter 'Property'. The argument \"{wanted}\" does not belong to the "
                f'set "{",".join(taken)}" specified by the ValidateSet attribute.',
                "InvalidData",
                "ParameterArgumentValidationError,Select-Object",
                "ParameterBindingException",
            )


def _handed_on(command: Command, output: tuple[Value, ...]) -> tuple[Value, ...]:
    if command.command_text.lower() == "out-null":
        return ()
    patterns = _listed(parameters_of(command).get("Property"))
    return tuple(_projection(value, patterns) for value in output)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _projection(value: Value, patterns: list[str]) -> Thing:
    """A name that matches no property gives a property without value, a pattern gives none, as Select-Object does."""
    thing = value if isinstance(value, Thing) else Thing(("System.String",) if isinstance(value, str) else (), {})
    chosen: dict[str, Value] = {}
    for pattern in patterns:
        names = [name for name in thing.properties if fnmatchcase(name.lower(), pattern.lower())]
        chosen |= {name: thing.properties[name] for name in names}
        if not names and not set(pattern) & set("*?["):
            chosen[pattern] = None
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

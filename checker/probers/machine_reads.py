"""What Windows says of itself by its own cmdlets, in rows as of evidence files: registry, web, file versions."""

import re

import msgspec

from checker.model.answers import Json, Objects
from checker.model.facts import NoAnswer
from checker.model.probes import CmdletProbe
from checker.model.undecided import Reason, Unreadable
from checker.readings import rows

# First parts of FullyQualifiedErrorId in Windows PowerShell 5.1: inferred, not yet verified on Windows. That of a value
# which its key does not have:
_NO_SUCH_VALUE = "System.Management.Automation.PSArgumentException"
# That of a request which brought no reply, or one with 4xx or 5xx:
_NO_GOOD_REPLY = "WebCmdletWebResponseException"
_WEB_TIMEOUT_S = "20"

_FILE_VERSION = re.compile(r"^FileVersion:\s*(\S+)", re.MULTILINE)  # of FileVersionInfo.ToString(), .NET


def question(probe: CmdletProbe) -> CmdletProbe:
    """What is sent for ``probe``: the same, with what the cmdlet needs beside it, and the properties it really has."""
    match probe.cmdlet:
        case "Get-ItemProperty":
            return msgspec.structs.replace(probe, properties=(_argument(probe, "Name"),))
        case "Get-Item":
            return msgspec.structs.replace(probe, properties=("Name", "VersionInfo"))
        case "Invoke-WebRequest":
            quietly = (("UseBasicParsing", ""), ("TimeoutSec", _WEB_TIMEOUT_S))
            return msgspec.structs.replace(
                probe, parameters=probe.parameters + quietly, properties=("StatusCode", "Content")
            )
        case _:
            return probe


def as_rows(answer: Objects | NoAnswer, probe: CmdletProbe) -> Objects | NoAnswer:
    """The answer to ``probe`` in what was replied to its :func:`question`."""
    try:
        match probe.cmdlet:
            case "Get-ItemProperty":
                return _registry_value(answer, probe)
            case "Get-Item":
                return _file_versions(answer)
            case "Invoke-WebRequest":
                return _web_reply(answer, _argument(probe, "Uri"))
            case _:
                return answer
    except Unreadable as exc:
        return NoAnswer(reason=Reason.MALFORMED, code="not-as-expected", detail=f"{probe.cmdlet}: {exc}")


def _registry_value(answer: Objects | NoAnswer, probe: CmdletProbe) -> Objects | NoAnswer:
    """One row {Path, Name, Value}. Null is "asked, not set": the value is not in its key, or the key is not there."""
    name = _argument(probe, "Name")
    if isinstance(answer, NoAnswer) and answer.code != _NO_SUCH_VALUE:
        return answer
    row = None if isinstance(answer, NoAnswer) or not answer.rows else _only(answer)
    value: Json = None if row is None else rows.raw(row, name)
    return Objects(rows=({"Path": _argument(probe, "Path"), "Name": name, "Value": value},))


def _web_reply(answer: Objects | NoAnswer, url: str) -> Objects | NoAnswer:
    """One row {Uri, StatusCode, Content}, or {Uri, StatusCode, Error}: to have got nowhere is an answer, too."""
    if isinstance(answer, Objects):
        row = _only(answer)
        return Objects(
            rows=({"Uri": url, "StatusCode": rows.raw(row, "StatusCode"), "Content": rows.raw(row, "Content")},)
        )
    if answer.code == _NO_GOOD_REPLY:
        return Objects(rows=({"Uri": url, "StatusCode": None, "Error": answer.detail},))
    return answer


def _file_versions(answer: Objects | NoAnswer) -> Objects | NoAnswer:
    """Rows {Name, FileVersion}; VersionInfo arrives as an object, or as its text where objects are not sent so deep."""
    if isinstance(answer, NoAnswer):
        return answer
    return Objects(rows=tuple({"Name": rows.text(row, "Name"), "FileVersion": _version(row)} for row in answer.rows))


def _version(row: rows.Row) -> str:
    info = rows.raw(row, "VersionInfo")
    if isinstance(info, dict) and rows.has(info, "FileVersion"):
        return rows.text(info, "FileVersion")
    found = _FILE_VERSION.search(rows.scalar(info, "VersionInfo"))
    if found is None:
        raise Unreadable("VersionInfo names no FileVersion")
    return found[1]


def _only(answer: Objects) -> rows.Row:
    if len(answer.rows) != 1:
        raise Unreadable(f"{len(answer.rows)} objects, not one")
    return answer.rows[0]


def _argument(probe: CmdletProbe, name: str) -> str:
    return dict(probe.parameters).get(name, "")

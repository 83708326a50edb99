"""The raw answers of the report's appendix with pseudonyms in them, by what each property is known to hold."""

from checker.model.answers import Json
from checker.redacting.people import PEOPLE, Part, parts_of
from checker.redacting.wording import Wording


def redacted_answer(asked: str, answer: Json, wording: Wording) -> Json:
    """``asked``: the question, as the report shows it. A bulk answer keeps its count, and a keyed hash in the place of
    its own.
    """
    is_people = asked.partition(" ")[0].lower() in PEOPLE
    if type(answer) is dict and is_people and type(answer.get("rows")) is list:
        return {**answer, "rows": [_person(row, wording) for row in answer["rows"]]}
    return _redacted(answer, wording)


def _redacted(value: Json, wording: Wording) -> Json:
    if type(value) is str:
        return wording.text(value)
    if type(value) is list:
        return [_redacted(each, wording) for each in value]
    if type(value) is not dict:
        return value
    if value.keys() == {"count", "bytes", "sha256"}:
        return {**value, "sha256": wording.pseudonyms.digest(value["sha256"])}
    found = {name: _redacted(each, wording) for name, each in value.items()}
    if value.get("Name") == "WinHttpSettings" and value.get("Value"):
        found["Value"] = wording.pseudonyms.digest(repr(value["Value"]))  # bytes, with the name of a proxy in them
    return found


def _person(row: Json, wording: Wording) -> Json:
    if type(row) is not dict:
        return _redacted(row, wording)
    parts = dict(parts_of(tuple(row)))
    return {
        name: _part(value, part, wording) if (part := parts.get(name)) else _redacted(value, wording)
        for name, value in row.items()
    }


def _part(value: Json, part: Part, wording: Wording) -> Json:
    if type(value) is str:
        return wording.number(value) if part is Part.NUMBER else wording.person(value)
    if type(value) is list:
        return [_part(each, part, wording) for each in value]
    if type(value) is dict:
        return {name: each if name == "@type" else _part(each, part, wording) for name, each in value.items()}
    return value

"""The name of an enumeration's member, from the forms in which PowerShell hands it over."""

from checker.model.undecided import Unreadable
from checker.readings import rows


def member(row: rows.Row, *names: str) -> str:
    """The name; empty for null. Raises ``Unreadable`` when the property is absent, or a bare number.

    ``ConvertTo-Json`` writes enumerations as numbers, and what a number stands for is published for none of them.
    """
    name = rows.text(row, *names)
    if name.lstrip("-").isdigit():
        raise Unreadable(f"{names[0]} is the bare number {name}; its name is needed")
    return name

"""Values of the estate, written so that PowerShell reads them as data and never as commands."""

# PowerShell takes each of these as the single quote; doubled inside single quotes, each stands for itself
# (CodeGeneration.EscapeSingleQuotedStringContent of PowerShell).
_SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b"
_UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_DOUBLED = str.maketrans({quote: quote * 2 for quote in _SINGLE_QUOTES})


def quoted(value: str) -> str:
    """A single-quoted literal. What cannot be printed, a line break that would end the comment around it, is replaced:
    left out, it would turn the name into another that may exist.
    """
    printable = "".join(character if character.isprintable() else _UNPRINTABLE for character in value)
    return f"'{printable.translate(_DOUBLED)}'"


def boolean(value: bool) -> str:
    return "$true" if value else "$false"

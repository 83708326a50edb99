"""Knows which properties of foreign objects are kept, and stores each name once for all objects."""

from collections.abc import Callable

_MOST = 4096  # different names; what has more is a dictionary by nature, and is begun anew


class PropertyNames(dict[str, str | None]):
    """From a name as it is in the document to the text that all rows use, or to ``None`` when it is not kept.

    ``keep`` holds casefolded names, ``None`` keeps all; ``read`` makes a name of what the document has.
    """

    def __init__(self, keep: frozenset[str] | None, read: Callable[[str], str] = str) -> None:
        super().__init__()
        self._keep = keep
        self._read = read

    def __missing__(self, found: str) -> str | None:
        if len(self) > _MOST:
            self.clear()
        name = self._read(found)
        self[found] = kept = name if self._keep is None or name.casefold() in self._keep else None
        return kept

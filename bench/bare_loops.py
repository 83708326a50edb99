"""The least that reading the files of many users takes: a dictionary for each, kept. Prints the seconds it took.

Run as ``python bench/bare_loops.py clixml FILE`` or ``json FILE``, a process of its own.
"""

import json
import sys
import time
from pathlib import Path

from lxml import etree

_NAMESPACE = "{http://schemas.microsoft.com/powershell/2004/04}"


def clixml(path: Path) -> list[dict[str | None, str | None]]:
    users = []
    for _, properties in etree.iterparse(path, tag=f"{_NAMESPACE}Props", resolve_entities=False, no_network=True):
        users.append({each.get("N"): each.text for each in properties})
        user = properties.getparent()
        user.clear()
        while user.getprevious() is not None:
            del user.getparent()[0]
    return users


def main() -> int:
    kind, path = sys.argv[1], Path(sys.argv[2])
    began = time.perf_counter()
    users = clixml(path) if kind == "clixml" else json.loads(path.read_bytes())
    print(time.perf_counter() - began, len(users))
    return 0


if __name__ == "__main__":
    sys.exit(main())

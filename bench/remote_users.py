"""Measures reading many users over remoting, beside a bare decode of the same stream and pypsrp's own reader.

The lab's server is a process of its own, and so is each client; they take turns, and the best run of each counts.
Client and server never work at the same time, for each answer waits for its request: what the server needs for a byte
is in all figures alike, and it has nothing to do but to hand out what was serialised before.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from processes import python
from tabulate import tabulate

MANY, FEW = 100_000, 10_000
RUNS = 3
BARE_LIMIT = 1.3  # times the bare decode of the same stream, at MANY
STOCK_LIMIT = 8.0  # times as fast as pypsrp's own reader, at FEW

REMOTING = str(Path(__file__).with_name("remoting.py"))


class Figures(NamedTuple):
    took_s: float
    cpu_s: float
    peak_mb: float


def main() -> int:
    many = measured(MANY, ("csready", "bare"))
    few = measured(FEW, ("csready", "bare", "stock"))
    print(f"Get-CsUser from the lab, 14 properties, basic over TLS; best of {RUNS} processes each\n")
    rows = [
        (f"{number:,}", who, *figures) for number, best in ((MANY, many), (FEW, few)) for who, figures in best.items()
    ]
    headers = ("users", "client", "took s", "process CPU s", "peak MB")
    print(tabulate(rows, headers=headers, floatfmt=("", "", ".2f", ".2f", ".0f")))
    to_bare = many["csready"].took_s / many["bare"].took_s
    to_stock = few["stock"].took_s / few["csready"].took_s
    print(
        f"\n{to_bare:.2f} times the bare decode at {MANY:,} (limit {BARE_LIMIT}),"
        f" {to_stock:.1f} times as fast as the stock reader at {FEW:,} (limit {STOCK_LIMIT:g})"
    )
    return int(to_bare > BARE_LIMIT or to_stock < STOCK_LIMIT)


def measured(number: int, clients: tuple[str, ...]) -> dict[str, Figures]:
    """Of each client the best run; the time is what it says itself, without its start."""
    runs: dict[str, list[Figures]] = {who: [] for who in clients}
    with tempfile.TemporaryDirectory(prefix="csready-bench-") as folder, serving(number, folder) as port:
        for _ in range(RUNS):
            for who in clients:
                client = python(REMOTING, who, port, folder)
                took_s, users = client.said.split()
                if int(users) != number:
                    raise SystemExit(f"{who} read {users} of {number} users")
                runs[who].append(Figures(float(took_s), client.cpu_s, client.peak_mb))
    return {who: min(each) for who, each in runs.items()}


@contextmanager
def serving(number: int, folder: str) -> Iterator[str]:
    """The port of a server."""
    command = [sys.executable, REMOTING, "serve", str(number), folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdin and server.stdout
        yield server.stdout.readline().strip()
        server.stdin.close()


if __name__ == "__main__":
    sys.exit(main())

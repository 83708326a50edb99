"""``csready init``: a first, commented csready.toml from what can be found without credentials."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.errors import UsageError

if TYPE_CHECKING:
    from checker.config_file import ConfigFile
    from checker.discovery import Discovery
    from checker.model.facts import Fact
    from checker.model.probes import AnyProbe
    from checker.probers.connections import Connections
    from checker.rendering.first_configuration import Setting


def init(
    domains: Annotated[list[str], typer.Argument(metavar="SIP_DOMAIN", help="The SIP domains of the deployment.")],
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The file to write.")] = Path("csready.toml"),
    config: Annotated[
        Path | None, typer.Option("-c", "--config", help="Take [dns] and [network] from this file, to look through.")
    ] = None,
    deadline: Annotated[float, typer.Option(metavar="SECONDS", help="For looking around.")] = 30,
) -> None:
    """Write a first csready.toml from what can be found.

    \b
    csready init contoso.com fabrikam.com
    csready init contoso.com -o wave1/csready.toml --deadline 60

    It holds what DNS, the sign-in hosts and lyncdiscover say, and examples for all the rest.
    """
    import math
    from datetime import UTC, datetime

    from checker.cli.scanning import progress_on_stderr
    from checker.config import Options, set_up
    from checker.config_file import ConfigFile, read_config_file
    from checker.discovery import discovered
    from checker.rendering.first_configuration import first_configuration

    if deadline <= 0 or not math.isfinite(deadline):
        raise UsageError(f"--deadline {deadline:g}: must be a number above 0", "It is in seconds; the default is 30.")
    if out.exists():
        raise UsageError(f"{out}: is there already", "Name a new file with --out; yours is not overwritten.")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: there is no such folder", "Name a file in a folder that exists.")
    setup = set_up(Options(domains=tuple(domains), config=config, no_users=True))
    file = read_config_file(config) if config else ConfigFile()
    names = setup.target.sip_domains
    facts = _ask(setup.connections, names, deadline, progress_on_stderr(quiet=False))
    found = discovered(names, facts)
    text = first_configuration(found, _dns(file), _network(file, config, out), datetime.now(UTC))
    try:
        with out.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except OSError as exc:
        raise UsageError(f"{out}: {exc.strerror or exc}", "Name a new file that can be written.") from exc
    _tell(found, out)


def _ask(
    connections: "Connections", domains: tuple[str, ...], deadline_s: float, progress: Callable[[str], None]
) -> "Mapping[AnyProbe, Fact]":
    """A fact for each question, by the deadline; what did not come by then timed out."""
    import queue
    import time
    from datetime import UTC, datetime

    from checker.discovery import questions
    from checker.model.facts import Fact, NoAnswer
    from checker.model.undecided import Reason
    from checker.probers.dispatch import Dispatcher

    late = NoAnswer(reason=Reason.TIMED_OUT, code="deadline", detail="no answer when the deadline came")
    facts = {probe: Fact(probe=probe, answer=late, observed_at=datetime.now(UTC)) for probe in questions(domains)}
    dispatcher = Dispatcher(connections)
    until = time.monotonic() + deadline_s
    try:
        for probe in facts:
            dispatcher.send(probe, until)
        for answered in range(len(facts)):
            progress(f"{answered} of {len(facts)} questions answered")
            fact = dispatcher.facts.get(timeout=max(until - time.monotonic(), 0.0))
            facts[fact.probe] = fact
    except queue.Empty:
        pass
    finally:
        dispatcher.close()
        progress("")
    return facts


def _dns(file: "ConfigFile") -> "dict[str, Setting]":
    said = {"external": file.dns.external, "internal": file.dns.internal}
    return {name: addresses for name, addresses in said.items() if addresses}


def _network(file: "ConfigFile", config: Path | None, out: Path) -> "dict[str, Setting | Mapping[str, str]]":
    """As said, but for a path that is relative to another folder, and for a proxy with a login, which is a secret."""
    network = file.network
    kept: dict[str, Setting | Mapping[str, str]] = {}
    if network.here_is:
        kept["here_is"] = network.here_is.value
    if network.ca_bundle and config:
        is_beside = config.parent.resolve() == out.parent.resolve()
        kept["ca_bundle"] = network.ca_bundle if is_beside else str((config.parent / network.ca_bundle).resolve())
    if network.proxy and "@" not in network.proxy:
        kept["proxy"] = network.proxy
    if network.connect_to:
        kept["connect_to"] = network.connect_to
    return kept


def _tell(found: "Discovery", out: Path) -> None:
    """What was found, and what to do next."""
    import sys

    encoding = sys.stdout.encoding or "ascii"
    path = str(out).encode(encoding, "backslashreplace").decode(encoding)
    for title, notes in (
        ("tenant", found.tenant_notes),
        ("federation", found.edge_notes),
        ("web services", found.web_notes),
    ):
        for note in notes:
            print(f"{title:13} {note}")
            title = ""
    print(f"{'written':13} {path}")
    print(f"{'next':13} csready scan -c {path}, at once; then fill in what it names as missing")

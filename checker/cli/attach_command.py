"""``csready attach``: a report onto a ticket, as files and as a comment that is kept up to date."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.boundary import reader_may_leave
from checker.cli.exits import Exit
from checker.cli.options import Colour, Config
from checker.errors import UsageError
from checker.tickets.edition import JiraEdition

if TYPE_CHECKING:
    from collections.abc import Callable

    from checker.model.report import Report
    from checker.probers.network import Network
    from checker.tickets.delivery import Arrived, Wishes
    from checker.tickets.packing import Package
    from checker.tickets.target import Target


def attach(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="A scan's folder, or its report.json.")],
    to: Annotated[
        str, typer.Option("--to", metavar="TICKET", help="jira:MIG-42, snow:CHG0012345, or the URL of a ticket.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print every request that would be sent, and send none.")
    ] = False,
    allow_pii: Annotated[
        bool, typer.Option("--allow-pii", help="Also onto a ticket that anybody can read, with names of people.")
    ] = False,
    as_text: Annotated[
        bool, typer.Option("--as-text", help="As .txt what the system does not take under its own ending.")
    ] = False,
    jira: Annotated[
        JiraEdition | None, typer.Option("--jira", help="Which Jira it is; by default it is asked.")
    ] = None,
    config: Config = None,
    deadline: Annotated[float, typer.Option(metavar="SECONDS", help="For the whole delivery.")] = 60,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing unless it failed.")] = False,
) -> Exit:
    """Put a report on a ticket, and keep its comment up to date.

    \b
    csready attach reports/contoso-20261122T190300Z --to jira:MIG-42 --dry-run
    csready attach reports/contoso-20261122T190300Z --to snow:CHG0012345
    csready attach wave1 --to https://jira.contoso.com/browse/MIG-42

    Running it again is always safe. The account comes from the environment or the keyring, never from an option:
    CSREADY_JIRA_URL, CSREADY_JIRA_USER, CSREADY_JIRA_TOKEN; CSREADY_SERVICENOW_URL, CSREADY_SERVICENOW_USER,
    CSREADY_SERVICENOW_PASSWORD. Exit code 6: the report is fine, and not all of it arrived; attach.json beside it says
    what did.
    """
    import math

    from checker.cli.report_files import read_report, report_file
    from checker.tickets.delivery import Wishes
    from checker.tickets.packing import packed
    from checker.tickets.target import parse_target

    if deadline <= 0 or not math.isfinite(deadline):
        raise UsageError(f"--deadline {deadline:g}: must be a number above 0", "It is in seconds; the default is 60.")
    target = parse_target(to)
    file = report_file(report)
    read = read_report(file)
    _refuse_altered(read, file)
    package, wishes = packed(read, file), Wishes(allow_pii=allow_pii, as_text=as_text, jira=jira)
    if dry_run:
        with reader_may_leave():
            _rehearse(package, target, wishes)
        return Exit.READY
    return _deliver(package, target, wishes, _network(config), deadline, file.parent, quiet=quiet)


def _rehearse(package: "Package", target: "Target", wishes: "Wishes") -> None:
    import os
    from datetime import UTC, datetime

    from checker.credentials import Credentials
    from checker.tickets.delivery import Delivery
    from checker.tickets.rehearsal import Rehearsal
    from checker.tickets.settings import supposed_access

    say = _printer()
    shown = supposed_access(target, Credentials(os.environ))
    rehearsal = Rehearsal(shown.site.base, shown.authorization, say)
    system = target.kind.connect(shown.site, target.ticket, rehearsal, wishes.jira)
    Delivery(package, rehearsal, wishes).run(system, datetime.now(UTC))
    say("Nothing was sent. A ticket that holds some of this already is sent only the rest.")


def _deliver(
    package: "Package",
    target: "Target",
    wishes: "Wishes",
    network: "Network",
    deadline_s: float,
    folder: Path,
    *,
    quiet: bool,
) -> Exit:
    """The receipt is written whatever came of it."""
    import os
    from datetime import UTC, datetime

    from checker.credentials import Credentials, terminal
    from checker.tickets.delivery import Delivery
    from checker.tickets.exchange import LiveExchange
    from checker.tickets.failures import DeliveryFailed
    from checker.tickets.receipt import check_place, keep, receipt
    from checker.tickets.settings import access

    check_place(folder)
    granted = access(target, Credentials(os.environ), terminal())
    now = datetime.now(UTC)
    url = failure = ""
    interruption: KeyboardInterrupt | None = None
    with LiveExchange(granted.site.base, granted.authorization, network, deadline_s) as exchange:
        delivery = Delivery(package, exchange, wishes)
        try:
            system = target.kind.connect(granted.site, target.ticket, exchange, wishes.jira)
            url = system.url
            delivery.run(system, now)
        except DeliveryFailed as exc:
            failure = ". ".join(filter(None, (exc.message, exc.hint.rstrip("."))))
        except KeyboardInterrupt as exc:
            failure, interruption = "interrupted", exc
    arrived = delivery.arrived
    where = {"system": target.kind.title, "site": granted.site.base, "ticket": target.ticket, "url": url}
    kept = keep(folder, receipt(arrived, **where, at=now, report=package.sha256, failure=failure))
    if interruption:
        raise interruption
    if failure:
        _say_what_failed(target.ticket, failure, arrived, kept)
        return Exit.NOT_DELIVERED
    if not quiet:
        with reader_may_leave():
            _say_what_arrived(target.ticket, url, arrived, kept)
    return Exit.READY


def _refuse_altered(report: "Report", file: Path) -> None:
    """A report of an older version has no seal, and may be attached."""
    from checker.model.report import seal_of

    if report.seal and report.seal != seal_of(report):
        raise UsageError(
            f"{file}: was altered after it was written: its seal does not fit",
            "Attach what the scan wrote, or scan again. csready verify tells more.",
        )


def _network(config: Path | None) -> "Network":
    """Trust and proxy of the configuration; nothing else of it matters here."""
    from checker.config import Options, set_up
    from checker.probers.connections import NetworkSettings
    from checker.probers.network import Network

    if config is None:
        return Network(NetworkSettings())
    options = Options(config=config, no_users=True, has_evidence=True, offline=True)
    return Network(set_up(options).connections.network)


def _printer() -> "Callable[[str], None]":
    """Prints what this terminal can show."""
    from checker.cli.delivering import page_settings
    from checker.rendering.hostile_text import in_ascii

    ascii_only = page_settings(Colour.NEVER)["ascii_only"]
    return lambda line: print(in_ascii(line) if ascii_only else line)


def _say_what_arrived(ticket: str, url: str, arrived: "Arrived", receipt: Path) -> None:
    from checker.rendering.hostile_text import plain

    say = _printer()
    say(f"{ticket}  {url}")
    for each in arrived.files:
        say(f"  {each.outcome.value:<14} {plain(each.attached.name)}")
    for left_out in arrived.left_out:
        remedy = f" ({left_out.remedy})" if left_out.remedy else ""
        say(f"  {'not as it is':<14} {plain(str(left_out))}{remedy}")
    if arrived.comment and arrived.comment_outcome:
        say(f"  {arrived.comment_outcome.value:<14} comment {plain(arrived.comment.url)}")
    say(f"Receipt: {receipt}")


def _say_what_failed(ticket: str, failure: str, arrived: "Arrived", receipt: Path) -> None:
    from checker.rendering.hostile_text import plain

    names = ", ".join(plain(each.attached.name) for each in arrived.files)
    for line in (
        f"{ticket}: not all was delivered. {failure}.",
        f"on the ticket so far: {names or 'nothing'} (see {receipt}).",
        "the report is fine. Run the same command again: it sends only what is missing.",
    ):
        print(f"csready: {line}", file=sys.stderr)

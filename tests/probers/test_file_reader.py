"""Questions put to evidence files by a thread that nobody waits for."""

import queue
import threading

from checker.model.answers import Objects
from checker.model.facts import Fact, NoAnswer, Notice
from checker.model.probes import AnyProbe, CmdletProbe, Vantage
from checker.model.undecided import Reason
from checker.probers.file_reader import FileReader
from tests.probers.test_two_sources import FILE, fact

PROVIDERS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsHostingProvider")
POOLS = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsPool")
BROKEN = CmdletProbe(vantage=Vantage.ONPREM, cmdlet="Get-CsSite")


class Shelf:
    """Files that hold one answer, break on one question, and can be held up."""

    notices: tuple[Notice, ...] = ()
    under_way = ""

    def __init__(self) -> None:
        self.may_read = threading.Event()

    def lookup(self, probe: AnyProbe) -> Fact | None:
        self.may_read.wait(10)
        if probe == BROKEN:
            raise ZeroDivisionError("a secret")
        return fact(FILE) if probe == PROVIDERS else None


def test_each_question_is_answered_in_its_turn_and_a_bug_costs_its_own_only() -> None:
    shelf, found = Shelf(), queue.SimpleQueue[Fact | None]()
    reader = FileReader(shelf)
    for probe in (BROKEN, POOLS, PROVIDERS):
        reader.ask(probe, found.put)
    assert found.empty()
    shelf.may_read.set()
    broken, pools, providers = (found.get(timeout=10) for _ in range(3))
    reader.close()
    assert broken is not None and isinstance(broken.answer, NoAnswer) and broken.answer.reason is Reason.BUG
    assert "secret" not in broken.answer.detail
    assert pools is None
    assert providers is not None and isinstance(providers.answer, Objects)


def test_nothing_is_read_once_it_is_closed() -> None:
    shelf, found = Shelf(), queue.SimpleQueue[Fact | None]()
    reader = FileReader(shelf)
    reader.ask(PROVIDERS, found.put)
    reader.ask(PROVIDERS, found.put)
    reader.close()
    shelf.may_read.set()
    reader.join(10)
    assert found.qsize() <= 1

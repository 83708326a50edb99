"""What ends a blocking call from outside, and threads that may be left behind."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from queue import SimpleQueue

import pytest

from checker.lab.sip_server import SipBehaviour, SipServer
from checker.lab.web_server import WebBehaviour, WebReply, WebServer
from checker.model.answers import HttpAnswer
from checker.probers.abandonable import AbandonableThreads, Work
from checker.probers.lifeline import Lifeline, Patience, Stage
from checker.probers.wire import Reply
from tests.probers.asking import outcome


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def test_a_blocking_read_ends_at_the_deadline() -> None:
    begun = time.monotonic()
    with pair() as (near, far), Lifeline(begun + 0.2) as lifeline:
        lifeline.adopt(near)
        assert near.recv(1) == b""
        assert lifeline.expired
        assert lifeline.remaining() == 0
        assert far.recv(1) == b""
    assert 0.15 < time.monotonic() - begun < 1


def test_a_blocking_read_ends_when_another_thread_cuts() -> None:
    begun = time.monotonic()
    with pair() as (near, _), Lifeline(begun + 60) as lifeline:
        lifeline.adopt(near)
        cutter = threading.Timer(0.05, lifeline.cut)
        cutter.start()
        assert near.recv(1) == b""
        cutter.join()
    assert time.monotonic() - begun < 1


def test_nothing_is_adopted_once_time_is_up() -> None:
    with pair() as (near, _), Lifeline(time.monotonic() + 60) as lifeline:
        assert not lifeline.expired
        lifeline.cut()
        lifeline.cut()
        assert lifeline.expired
        with pytest.raises(TimeoutError):
            lifeline.adopt(near)


def run(threads: AbandonableThreads, work: Work, deadline: float, limit_s: float = 60) -> "SimpleQueue[Reply]":
    replies: SimpleQueue[Reply] = SimpleQueue()
    threads.run(work, source="tls sip.contoso.com:5061", limit_s=limit_s, deadline=deadline, deliver=replies.put)
    return replies


def done(lifeline: Lifeline) -> Reply:
    return Reply(HttpAnswer(status=200, url=""), "here")


@pytest.mark.parametrize(("deadline_s", "limit_s"), [(0.2, 60), (60, 0.2)])
def test_the_reply_comes_in_time_though_the_call_never_returns(deadline_s: float, limit_s: float) -> None:
    released = threading.Event()

    def work(lifeline: Lifeline) -> Reply:
        lifeline.stage = Stage.NAME_LOOKUP
        released.wait()
        return done(lifeline)

    begun = time.monotonic()
    with closing(AbandonableThreads()) as threads:
        replies = run(threads, work, begun + deadline_s, limit_s)
        assert outcome(replies.get(timeout=2).answer) == "timed-out name-lookup-timeout"
        assert time.monotonic() - begun < 1
        released.set()
    assert replies.empty()


def test_work_waits_for_a_place_and_takes_that_of_what_was_given_up() -> None:
    released = threading.Event()

    def blocked(lifeline: Lifeline) -> Reply:
        released.wait()
        return done(lifeline)

    begun = time.monotonic()
    with closing(AbandonableThreads(at_once=1)) as threads:
        given_up = run(threads, blocked, begun + 60, limit_s=0.3)
        too_late = run(threads, done, begun + 0.1)
        in_time = run(threads, done, begun + 60)
        assert outcome(too_late.get(timeout=2).answer) == "not-asked queue-timeout"
        assert outcome(given_up.get(timeout=2).answer) == "timed-out name-lookup-timeout"
        assert outcome(in_time.get(timeout=2).answer) == "HttpAnswer"
        released.set()


def test_a_bug_is_told_as_such_and_without_its_message() -> None:
    def work(lifeline: Lifeline) -> Reply:
        raise KeyError("a secret")

    with closing(AbandonableThreads()) as threads:
        reply = run(threads, work, time.monotonic() + 2).get(timeout=2)
    assert outcome(reply.answer) == "bug bug"
    assert "KeyError at" in str(reply.answer)
    assert "a secret" not in str(reply.answer)


def test_nothing_is_delivered_after_closing() -> None:
    threads = AbandonableThreads()
    with pair() as (near, _):
        begun, ended = threading.Event(), threading.Event()

        def work(lifeline: Lifeline) -> Reply:
            lifeline.adopt(near)
            begun.set()
            near.recv(1)
            ended.set()
            return done(lifeline)

        replies = run(threads, work, time.monotonic() + 60)
        assert begun.wait(2)
        threads.close()
        assert ended.wait(2)
        later = run(threads, done, time.monotonic() + 60)
    assert replies.empty()
    assert later.empty()


PROGRAM = """
import queue, sys, time
from checker.model.probes import HttpProbe, TlsProbe, Vantage
from checker.probers.connections import NetworkSettings
from checker.probers.http_wire import HttpWire
from checker.probers.network import Network
from checker.probers.tls_wire import TlsWire
kind, address = sys.argv[1:]
network = Network(NetworkSettings(connect_to={"fe01.contoso.com:80": address}))
probe = HttpProbe(vantage=Vantage.HERE, url="http://fe01.contoso.com/")
if kind == "tls":
    probe = TlsProbe(vantage=Vantage.HERE, server="fe01.contoso.com", port=80)
wire = {"tls": TlsWire, "http": HttpWire}[kind](network)
replies = queue.SimpleQueue()
begun = time.monotonic()
wire.send(probe, begun + 1, replies.put)
print(begun, replies.get().answer.code, flush=True)
"""


@pytest.mark.parametrize(
    ("kind", "server", "code"),
    [
        ("http", WebServer(lambda request: WebReply(200, (), b"", WebBehaviour.DRIP)), "read-timeout"),
        ("tls", SipServer(behaviour=SipBehaviour.DRIP), "handshake-timeout"),
    ],
)
def test_a_dripping_server_does_not_keep_the_program_from_ending(
    kind: str, server: WebServer | SipServer, code: str
) -> None:
    with server:
        program = [sys.executable, "-c", PROGRAM, kind, "{}:{}".format(*server.address)]
        result = subprocess.run(program, capture_output=True, text=True, timeout=30, check=False)
        ended = time.monotonic()
    begun, told = result.stdout.split()
    assert (result.returncode, told, result.stderr) == (0, code, "")
    assert ended - float(begun) < 1 + 1


ABANDONING = """
import queue, time
from checker.probers.abandonable import AbandonableThreads
replies = queue.SimpleQueue()
begun = time.monotonic()
work = lambda lifeline: time.sleep(60)
AbandonableThreads().run(work, source="", limit_s=60, deadline=begun + 0.5, deliver=replies.put)
print(begun, replies.get().answer.code, flush=True)
"""


def test_a_call_that_nothing_can_end_does_not_keep_the_program_from_ending() -> None:
    result = subprocess.run([sys.executable, "-c", ABANDONING], capture_output=True, text=True, timeout=30, check=False)
    begun, told = result.stdout.split()
    assert (result.returncode, told, result.stderr) == (0, "name-lookup-timeout", "")
    assert time.monotonic() - float(begun) < 0.5 + 1


def test_patience_begins_anew_with_each_sign_of_life_and_ends_with_the_deadline() -> None:
    over = threading.Event()
    began = time.monotonic()
    patience = Patience(0.2, began + 0.7, over.set)
    while time.monotonic() < began + 0.5:
        patience.renew()
        assert not over.is_set()
        over.wait(0.05)
    assert patience.until == pytest.approx(began + 0.7, abs=0.1)
    assert over.wait(5)
    assert time.monotonic() >= began + 0.6


def test_patience_that_was_ended_calls_nobody() -> None:
    over = threading.Event()
    patience = Patience(0.05, time.monotonic() + 10, over.set)
    patience.end()
    assert not over.wait(0.2)

"""Ctrl-C, and a deadline, in the middle of a scan whose other side is silent: what is known by then is reported."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from checker.model.report import Report, decode_report
from checker.model.undecided import Reason
from tests.cli.running import csready

CONFIG = """
[deployment]
sip_domains = ["contoso.com"]
[dns]
external = ["{dns}"]
[network]
connect_to = {{ "sipfed.online.lync.com:5061" = "{sipfed}", "*" = "refuse" }}
"""


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[socket.socket]:
    """A listening server that never says a word, in a csready.toml that leads there. DNS is as silent."""
    with ExitStack() as stack:
        sipfed = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        dns = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        dns.bind(("127.0.0.1", 0))
        sipfed.settimeout(30)
        addresses = {name: "{}:{}".format(*s.getsockname()) for name, s in (("sipfed", sipfed), ("dns", dns))}
        (tmp_path / "csready.toml").write_text(CONFIG.format(**addresses), encoding="utf-8")
        yield sipfed


def reported(folder: Path) -> Report:
    return decode_report((folder / "out" / "report.json").read_bytes())


@pytest.mark.skipif(os.name == "nt", reason="a console's Ctrl-C cannot be sent to one process there")
def test_ctrl_c_ends_the_scan_within_two_seconds_with_a_partial_report(silent: socket.socket, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "checker", "scan", "-c", "csready.toml", "--out", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
    ) as process:
        assert process.stdout and process.stderr
        with silent.accept()[0]:  # the scan is under way
            process.send_signal(signal.SIGINT)
            began = time.monotonic()
            printed, complaint = process.communicate(timeout=30)
            took = time.monotonic() - began
    assert (process.returncode, complaint) == (130, b"")
    assert took < 2
    report = reported(tmp_path)
    assert (report.interrupted, report.exit_code) == (True, 130)
    assert {each.code for each in (entry.reason for entry in report.evidence) if each} >= {Reason.TIMED_OUT}
    assert b"interrupted" in printed


def test_a_deadline_ends_the_scan_and_what_was_not_answered_is_unknown(silent: socket.socket, tmp_path: Path) -> None:
    began = time.monotonic()
    done = csready("scan", "-c", "csready.toml", "--out", "out", "--deadline", "0.5", cwd=tmp_path)
    took = time.monotonic() - began
    report = reported(tmp_path)
    assert (done.returncode, report.interrupted, report.verdict.value) == (5, False, "indeterminate")
    assert took < 5  # the interpreter's start and the report are in it
    (sipfed,) = (entry for entry in report.evidence if entry.asked.endswith("TLS sipfed.online.lync.com:5061"))
    assert sipfed.reason and sipfed.reason.code is Reason.TIMED_OUT

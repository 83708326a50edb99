"""What goes to stdout and what does not: JSON alone, colour when wanted, ASCII when needed, a reader that leaves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import csready

SCAN = ("scan", "--lab", "tenant-not-shared", "--out", "out")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("scanned")
    csready(*SCAN, cwd=folder)
    return str(folder / "out" / "snapshot.json")


def test_with_json_stdout_is_the_report_and_nothing_else(tmp_path: Path) -> None:
    done = csready(*SCAN, "--json", "--color", "always", "-v", cwd=tmp_path)
    assert json.loads(done.stdout)["verdict"] == "not-ready"
    assert done.stdout.encode("utf-8") == (tmp_path / "out" / "report.json").read_bytes()
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("option", "environment", "coloured"),
    [
        ((), {}, False),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ((), {"FORCE_COLOR": ""}, False),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_an_option_then_the_environment_then_the_terminal(
    option: tuple[str, ...], environment: dict[str, str], coloured: bool, snapshot: str, tmp_path: Path
) -> None:
    done = csready("assess", snapshot, *option, cwd=tmp_path, **environment)
    assert done.returncode == 3
    assert ("\x1b[" in done.stdout) is coloured


@pytest.mark.parametrize(
    "arguments",
    [SCAN, ("plan", "--lab"), ("explain", "510"), ("explain", "錯誤=(511)"), ("checks",), ("faults",), ("schema",)]
    + [("faults", fault) for fault in ("hms-507", "multiple-federated-edges", "sip-address-missing")]
    + [("checks", "dns.federation-srv"), ("lab", "--list")],
    ids=" ".join,
)  # fmt: skip
def test_where_stdout_is_ascii_it_gets_ascii(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = csready(*arguments, cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert done.returncode in (0, 3, 5), done.stderr
    assert done.stdout.isascii() and "\ufffd" not in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("unbuffered", ["-u", "-B"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("plan", "--lab"), 0), (("checks",), 0), (("schema",), 0), (("faults", "hms-510"), 0), (SCAN, 3)],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_reader_that_leaves_is_no_error(
    arguments: tuple[str, ...], code: int, unbuffered: str, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", unbuffered, "-m", "checker", *arguments],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == code


def test_the_module_is_the_command(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("csready")
    if not command.exists():
        pytest.skip("csready is not installed in this environment")
    installed = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert csready("--version", cwd=tmp_path).stdout == installed.stdout != ""


def test_without_a_command_it_says_what_there_is(tmp_path: Path) -> None:
    done = csready(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == csready("--help", cwd=tmp_path).stdout
    assert all(command in done.stdout for command in ("scan", "plan", "assess", "explain", "checks", "faults", "lab"))

"""No secret appears anywhere: each is planted, and looked for in every output, file, log and error, in any disguise."""

import base64
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote

import pytest

from checker.lab.running import Lab
from checker.lab.scenarios import SCENARIOS
from checker.lab.stalled import Stall, StalledLab
from tests.cli.running import csready

PLANTED = {
    "CSREADY_ONPREM_PASSWORD": "onprem/planted+7Hq?",
    "CSREADY_EDGE_PASSWORD": "edge/planted+9Kz?",
    "CSREADY_WORKSTATION_PASSWORD": "workstation/planted+3Vx?",
    "CSREADY_TENANT_TOKEN": "tenant.planted.5Rw",
    "CSREADY_GRAPH_TOKEN": "graph.planted.1Tb",
    "CSREADY_TENANT_SECRET": "client/planted+6Yn?",
}


def disguises(secret: str) -> Iterator[bytes]:
    """As text, as Windows writes text, in a URL, in JSON, and as any alignment of base64 has it."""
    plain = secret.encode("utf-8")
    yield from (plain, secret.encode("utf-16-le"), quote(secret, safe="").encode())
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        yield whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]


def assert_nowhere(outputs: dict[str, bytes], secrets: dict[str, str]) -> None:
    for variable, secret in secrets.items():
        for disguise in disguises(secret):
            found = [name for name, content in outputs.items() if disguise in content]
            assert not found, f"{variable} is in {found}"


def labs() -> Iterator[tuple[str, AbstractContextManager[Lab | StalledLab]]]:
    for name in ("ready", "onprem-login-refused", "tenant-unreadable"):
        yield name, Lab(SCENARIOS[name].deployment, environment=PLANTED)
    yield "stalled", StalledLab(Stall.DRIPPING_HTTP, environment=PLANTED)


@pytest.mark.parametrize(("name", "lab"), tuple(labs()))
def test_what_was_planted_is_in_no_output(
    name: str, lab: AbstractContextManager[Lab | StalledLab], tmp_path: Path
) -> None:
    with lab as running:
        done = csready(
            *("scan", "-c", str(running.config), "--out", "out", "--log", "scan.log", "-v"),
            *("--deadline", "3" if name == "stalled" else "60"),
            cwd=tmp_path,
            **{**PLANTED, **running.environment},
        )
    assert done.returncode in (0, 3, 5), done.stderr
    outputs = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    outputs |= {"scan.log": (tmp_path / "scan.log").read_bytes()}
    outputs |= {"stdout": done.stdout.encode(), "stderr": done.stderr.encode()}
    assert {"report.json", "snapshot.json", "report.md", "fix.ps1"} <= set(outputs)
    assert_nowhere(outputs, {**PLANTED, **running.environment})


def test_what_is_looked_for_would_be_found() -> None:
    header = b"Authorization: Basic " + base64.b64encode(b"svc:" + PLANTED["CSREADY_ONPREM_PASSWORD"].encode())
    with pytest.raises(AssertionError, match="CSREADY_ONPREM_PASSWORD is in"):
        assert_nowhere({"log": header}, PLANTED)

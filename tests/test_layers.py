"""The import directions: what is pure imports no I/O, and nothing imports what stands above it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import checker

ROOT = Path(checker.__file__).parent
# What does I/O stands in these; everything else is pure.
IMPURE = {
    "cli",
    "config",
    "config_file",
    "credentials",
    "lab",
    "probers",
    "pseudonym_key",
    "tenant_section",
    "tickets",
    "users_file",
    "waiver_file",
    "__main__",
}
IO_MODULES = {
    "asyncio",
    "httpx",
    "pypsrp",
    "requests",
    "socket",
    "ssl",
    "subprocess",
    "time",
    "urllib3",
    "os",
    "pathlib",
}
IO_SUBMODULES = {"dns.query", "dns.resolver", "dns.asyncquery", "dns.asyncresolver"}
PURE = sorted(path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0].removesuffix(".py") not in IMPURE)


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative imports hide the direction"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_is_pure_imports_no_io(path: Path) -> None:
    for name in imported(path):
        parts = name.split(".")
        assert parts[0] not in IO_MODULES, f"{name} does I/O"
        assert not any(name == each or name.startswith(f"{each}.") for each in IO_SUBMODULES), f"{name} does I/O"
        if parts[0] == "checker" and len(parts) > 1:
            assert parts[1] not in IMPURE, f"{name} stands above"


@pytest.mark.parametrize("package", ["model", "readings", "checks"])
def test_the_inner_packages_know_only_what_is_further_in(package: str) -> None:
    allowed = {
        "model": {"model"},
        "readings": {"model", "readings", "sources"},
        "checks": {"model", "readings", "checks", "sources"},
    }[package]
    for path in (ROOT / package).rglob("*.py"):
        for name in imported(path):
            if name.startswith("checker."):
                assert name.split(".")[1] in allowed, f"{path}: {name}"


def test_only_the_lab_and_its_command_know_the_lab() -> None:
    for path in ROOT.rglob("*.py"):
        if path.relative_to(ROOT).parts[0] != "lab" and path.stem not in ("lab_runs", "lab_command"):
            assert not any(name.startswith("checker.lab") for name in imported(path)), path


def test_the_lab_shares_no_parser_with_the_product() -> None:
    for path in (ROOT / "lab").rglob("*.py"):
        assert not any(name.startswith(("checker.probers", "checker.readings")) for name in imported(path)), path

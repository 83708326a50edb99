"""The collector script runs nothing that is not on the list. No PowerShell runs here: the syntax tree is looked at."""

from importlib.resources import files

import pytest

import checker
from checker.model.axes import Cloud
from checker.readings.cloud_names import AUTODISCOVER_PATH, CLOUD_NAMES
from tests.collector.powershell_syntax import assigned, commands, entries, hashtables, parsed, strings, text
from tests.collector.review import READING, SHAPING, WRITING, objections, table

SCRIPT = files("checker").joinpath("collector", "Collect-CsReadiness.ps1").read_bytes()


def test_it_runs_nothing_that_is_not_on_the_list() -> None:
    assert objections(SCRIPT) == []


@pytest.mark.parametrize(
    "planted",
    [
        "Set-CsUser -Identity 'x' -Enabled $false",
        "Get-CsPool | Set-CsUser -Enabled $false",
        "$name = \"$(Set-CsUser -Identity 'x')\"",
        "$name = @{ A = Move-CsUser -Identity 'x' }",
        "Where-Object -FilterScript { Remove-CsUser -Identity 'x' }",
        "iex 'Get-CsPool'",
        "gci -Path 'C:\\'",
        "Invoke-Expression -Command 'Get-CsPool'",
        "& $name",
        "& 'Set-CsUser'",
        "& $row.Cmdlet.Replace('Get', 'Set')",
        ". 'C:\\other.ps1'",
        "& { Get-CsPool }",
        "$block = { Get-CsPool }",
        "[Net.WebClient]::new().DownloadString('http://x')",
        "(New-Object -TypeName 'Net.WebClient').DownloadString('http://x')",
        "[scriptblock]::Create('x')",
        "$PSCmdlet.InvokeCommand.InvokeScript('x')",
        "$name.$path()",
        "Get-CsPool > 'C:\\x'",
        "Invoke-WebRequest $uri",
        "$row = @{ Cmdlet = 'Set-CsUser' }",
        "$row.Cmdlet = 'Set-CsUser'",
        "$Commands += @{ In = 'onprem'; Cmdlet = 'Set-CsUser' }",
        "foreach ($cmdlet in 'Set-CsUser') { }",
        "foreach ($Row in $names) { }",
        "$path, $cmdlet = 'x', 'Set-CsUser'",
        "Get-CsPool -OutVariable 'cmdlet'",
        "Get-CsPool -Ident 'x'",
        "Read-Cmdlet -Cmdlet 'Set-CsUser' -Sets $sets",
        "Start-Process -FilePath 'cmd.exe'",
        "cmd.exe",
        "Add-Type -TypeDefinition 'x'",
        "$env:Path = 'x'",
        "Get-CsPool -Identity $undeclared",
        "class X { }",
        "if (",
    ],
)
def test_the_list_is_looked_at_wherever_a_command_hides(planted: str) -> None:
    assert objections(SCRIPT + f"\n{planted}\n".encode()) != []


@pytest.mark.parametrize(
    ("row", "other"),
    [(b"Cmdlet = 'Get-CsCertificate'", b"Cmdlet = 'Set-CsCertificate'"), (b"Read = 'Read-Dns'", b"Read = 'Clear-Dns'")],
)
def test_the_table_is_held_to_the_list_too(row: bytes, other: bytes) -> None:
    assert row in SCRIPT
    assert objections(SCRIPT.replace(row, other)) != []


def test_the_list_holds_nothing_that_it_does_not_run() -> None:
    run = {command.name for command in commands(parsed(SCRIPT))}
    run |= {cmdlet.rpartition("\\")[2] for row in table(SCRIPT) for cmdlet in row.cmdlets}
    assert run >= READING | WRITING | SHAPING


def test_a_reviewer_can_read_it() -> None:
    assert SCRIPT.count(b"\n") < 300
    assert SCRIPT.isascii() and b"\r" not in SCRIPT and b"\t" not in SCRIPT
    assert max(map(len, SCRIPT.splitlines())) <= 170


def test_it_says_the_version_of_the_program() -> None:
    (version,) = assigned(parsed(SCRIPT), "$Version")
    assert strings(version) == (checker.__version__,)


def test_its_clouds_are_those_of_the_program() -> None:
    table, gcc = assigned(parsed(SCRIPT), "$CloudHosts")
    clouds = {name: strings(hosts) for name, hosts in entries(next(hashtables(table))).items()}
    assert text(gcc) == "$CloudHosts['worldwide']"
    clouds["gcc"] = clouds["worldwide"]
    for cloud in Cloud:
        names = CLOUD_NAMES[cloud]
        wanted = (names.sipfed, names.webdir, names.login, names.graph, names.config_api)
        assert clouds.pop(cloud.value) == tuple(filter(None, wanted))
    assert clouds == {}
    assert f"'{AUTODISCOVER_PATH[1:]}'".encode() in SCRIPT

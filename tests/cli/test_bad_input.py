"""What an operator gets wrong: exit 2 and one sentence on stderr that says where, and what to do instead."""

from pathlib import Path

import pytest

from tests.cli.running import csready


def refused(*arguments: str, cwd: Path, **environment: str) -> str:
    """The sentence."""
    done = csready(*arguments, cwd=cwd, **environment)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    (sentence,) = done.stderr.splitlines()
    assert sentence.startswith("csready: ") and sentence.endswith((".", "?"))
    return sentence.removeprefix("csready: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scan",), "nothing to look at. Name a SIP domain, a configuration with -c, --evidence, or --lab."),
        (("plan",), "nothing to look at."),
        (("scan", "contoso"), "command line: 'contoso' is no SIP domain. Give one like contoso.com"),
        (("plan", "https://contoso.com"), "command line: 'https://contoso.com' is no SIP domain."),
        (("scan", "--lab", "redy"), "redy: the lab has no such scenario. Did you mean ready?"),
        (("lab", "zzzzz"), "zzzzz: the lab has no such scenario. See csready lab --list."),
        (("scan", "--lab", "ready", "extra"), "--lab takes one scenario, not 2."),
        (("scan", "--lab", "-c", "csready.toml"), "-c and --lab exclude each other."),
        (("scan", "--lab", "--only", "dsn.*"), "--only dsn.*: no check has such an id."),
        (("scan", "--lab", "--skip", "dns.sip-hosts"), "--skip dns.sip-hosts: no check has such an id. Did you mean "),
        (("plan", "--lab", "--only", "dns"), "--only dns: no check has such an id."),
        (("scan", "--lab", "--deadline", "0"), "--deadline 0: must be a number above 0."),
        (("scan", "--lab", "--deadline", "-1"), "--deadline -1: must be a number above 0."),
        (("scan", "--lab", "--deadline", "nan"), "--deadline nan: must be a number above 0."),
        (("scan", "--lab", "--deadline", "inf"), "--deadline inf: must be a number above 0."),
        (("scan", "--lab", "--deadline", "abc"), "Invalid value for '--deadline'"),
        (("scan", "--lab", "--format", "pdf"), "--format pdf: is not known. One of terminal, html, md, jira, junit;"),
        (("scan", "--lab", "--phase", "hybird"), "'hybird' is not one of 'prepare', 'hybrid', 'cutover'"),
        (("scan", "--lab", "--color", "pink"), "'pink' is not one of 'auto', 'always', 'never'"),
        (("scan", "--lab", "--users", "nobody.csv"), "nobody.csv: No such file or directory."),
        (("scan", "--lab", "--log", "no/such/folder.log"), "--log no/such/folder.log: No such file or directory."),
        (("scan", "--nope"), "No such option: --nope"),
        (("scna",), "No such command 'scna'"),
        (("explain",), "Missing argument 'CODE'"),
        (("checks", "dns.sip-hots"), "dns.sip-hots: there is no such check. Did you mean dns.sip-host?"),
        (("checks", "nothing.*"), "checks nothing.*: no check has such an id."),
        (("faults", "511"), "511: there is no such fault."),
        (("scan", "-c", "nowhere.toml"), "nowhere.toml: No such file or directory."),
        (("assess", "nowhere.json"), "nowhere.json: No such file or directory. Name the snapshot.json of a scan."),
        (("assess", "."), ".: Is a directory."),
    ],
    ids=" ".join,
)
def test_what_is_wrong_is_named_with_what_to_do(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    assert said in refused(*arguments, cwd=tmp_path)
    assert list(tmp_path.iterdir()) in ([], [tmp_path / "reports"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[deployment\n", "csready.toml: no valid TOML: "),
        (
            '[deployment]\nsip_domain = ["contoso.com"]\n',
            "csready.toml, line 2: [deployment].sip_domain: is not ",
        ),
        (
            '[deployment]\nsip_domains = ["contoso"]\n',
            "csready.toml: [deployment].sip_domains: 'contoso' is no SIP ",
        ),
        ('[onprem]\nurl = "https://a:b@fe01"\nusername = "c"', "csready.toml: [onprem].url carries a login."),
        ('[deployment]\ntarget = "a..b"\nsip_domains = ["a.de"]', "[deployment].target: 'a..b' is no name of a server"),
    ],
)
def test_a_broken_or_misspelt_configuration_is_named_with_line_or_key(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "csready.toml").write_text(text, encoding="utf-8")
    assert said in refused("scan", "-c", "csready.toml", cwd=tmp_path)
    assert said in refused("plan", cwd=tmp_path, CSREADY_CONFIG="csready.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "snapshot.json: is cut off. Name a whole snapshot.json of a scan by this version."),
        (b'{"snapshot_version": "1.0", "tool_ver', "snapshot.json: is cut off."),
        (b"PK\x03\x04", "snapshot.json: cannot be read as a snapshot: "),
        (b'"\xff\xfe"', "snapshot.json: cannot be read as a snapshot: "),
        (b"[]", "snapshot.json: cannot be read as a snapshot: Expected `object`, got `array`."),
        (b"{}", "snapshot.json: cannot be read as a snapshot: Object missing required field"),
        (b"[" * 200_000, "snapshot.json: cannot be read as a snapshot: "),
    ],
    ids=["empty", "cut-off", "zip", "no-utf-8", "array", "no-snapshot", "nested"],
)
def test_what_is_no_whole_snapshot_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "snapshot.json").write_bytes(content)
    assert said in refused("assess", "snapshot.json", cwd=tmp_path)


def test_a_snapshot_of_a_later_format_is_refused(tmp_path: Path) -> None:
    csready("scan", "--lab", "ready", "--out", "out", cwd=tmp_path)
    text = (tmp_path / "out" / "snapshot.json").read_text(encoding="utf-8")
    (tmp_path / "later.json").write_text(
        text.replace('"snapshot_version": "1.', '"snapshot_version": "9.'), encoding="utf-8"
    )
    assert "later.json: snapshot version 9.0, this csready reads 1." in refused("assess", "later.json", cwd=tmp_path)


def test_a_folder_that_cannot_be_written_is_refused_before_the_scan(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    said = refused("scan", "--lab", "--out", "taken/here", "--log", "scan.log", cwd=tmp_path)
    assert said == "--out taken/here: Not a directory. Name a folder that can be written."
    assert (tmp_path / "scan.log").read_text(encoding="utf-8") == ""


def test_an_empty_users_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wave1.csv").write_text("SipAddress\n", encoding="utf-8")
    assert "wave1.csv: names no user." in refused("scan", "--lab", "--users", "wave1.csv", cwd=tmp_path)


def test_the_lab_does_not_overwrite_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "csready.toml").write_text("[deployment]\n", encoding="utf-8")
    assert "csready.toml: is there already" in refused("lab", "--write", "csready.toml", cwd=tmp_path)
    assert (tmp_path / "csready.toml").read_text(encoding="utf-8") == "[deployment]\n"

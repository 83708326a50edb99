from checker.model.checks import Remediation
from checker.model.findings import Finding
from checker.model.verdicts import Verdict


def filled(run: str, **known: str) -> str:
    verdict = Verdict.when(False, expected="", observed="", fill=tuple(known.items()))
    return Finding.filled(Remediation(run=run, where="", role="", verify=""), verdict).run


def test_a_remedy_names_what_the_evidence_knows_and_leaves_the_rest() -> None:
    assert (
        filled("Set-X -Identity {identity} -Y @{Add={y}}", identity="'a'", y="'b'")
        == "Set-X -Identity 'a' -Y @{Add='b'}"
    )
    assert filled("point {name} at {target}", name="'sip'") == "point 'sip' at {target}"


def test_a_value_that_reads_like_a_name_in_braces_stays_within_its_quotes() -> None:
    assert filled("New-X {identity} {old}", identity="'x{old}'", old="'; Stop-Computer #'") == (
        "New-X 'x{old}' '; Stop-Computer #'"
    )

import pytest

from checker.readings.powershell_text import boolean, quoted


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("Office365", "'Office365'"),
        ("", "''"),
        ("O'Neill", "'O''Neill'"),
        ("O\u2019Neill", "'O\u2019\u2019Neill'"),  # a typographic quote ends a PowerShell string as well
        ("\u2018\u201a\u201b", "'\u2018\u2018\u201a\u201a\u201b\u201b'"),
        ('$(Stop-Computer)`n"x"', "'$(Stop-Computer)`n\"x\"'"),  # nothing is expanded between single quotes
        ("a\r\nStop-Computer\x00\u2028b", "'a\ufffd\ufffdStop-Computer\ufffd\ufffdb'"),
        ("M\u00fcller GmbH", "'M\u00fcller GmbH'"),
    ],
)
def test_a_value_stays_one_literal(value: str, literal: str) -> None:
    assert quoted(value) == literal


def test_switches_are_spelled_as_powershell_spells_them() -> None:
    assert (boolean(True), boolean(False)) == ("$true", "$false")

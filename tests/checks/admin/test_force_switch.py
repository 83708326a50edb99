import pytest

from checker.checks.admin.force_switch import CHECK
from checker.model.target import Runbook
from tests.judging import contoso, judged


@pytest.mark.parametrize(("verdict", "force"), [("pass", False), ("warn", True), ("unknown: not-asked", None)])
def test_contacts_and_meetings_are_not_thrown_away(verdict: str, force: bool | None) -> None:
    assert judged(CHECK, contoso(runbook=Runbook(force=force)), {}) == verdict

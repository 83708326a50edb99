"""Errors that are explained and never predicted: each with its cause, its answer, its source, and checks that exist."""

import pytest

from checker.checks import all_checks
from checker.faults import FAULTS
from checker.related_errors import RELATED_ERRORS, RelatedError


@pytest.mark.parametrize("related", RELATED_ERRORS, ids=lambda each: each.id)
def test_each_says_what_where_why_and_what_to_do(related: RelatedError) -> None:
    assert related.title and related.message and related.raised_by and related.cause and related.answer
    assert related.sources
    assert all(text.isascii() for text in (related.title, related.message, related.cause, related.answer))


def test_none_is_a_fault_and_no_check_predicts_one() -> None:
    ids = {each.id for each in RELATED_ERRORS}
    assert len(ids) == len(RELATED_ERRORS)
    assert not ids & {fault.id for fault in FAULTS}
    assert not ids & {fault for check in all_checks() for fault in check.predicts}


def test_the_checks_that_look_at_a_cause_exist() -> None:
    assert {check for each in RELATED_ERRORS for check in each.checks} <= {check.id for check in all_checks()}

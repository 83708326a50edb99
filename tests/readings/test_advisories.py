from checker.readings.advisories import ADVISORIES, MODULE_MINIMUM, against


def test_advisories_are_dated_in_order_and_named_once() -> None:
    assert [each.since for each in ADVISORIES] == sorted(each.since for each in ADVISORIES)
    assert len({each.id for each in ADVISORIES}) == len(ADVISORIES)
    assert MODULE_MINIMUM in ADVISORIES


def test_a_bound_is_exclusive_and_one_of_major_minor() -> None:
    assert against((7, 1)) == ()
    assert [each.id for each in against((7, 2))] == ["teams-module-regression-2025"]
    assert [each.fixed_by for each in against((7, 10))] == [None, (7, 0, 2046, 849)]

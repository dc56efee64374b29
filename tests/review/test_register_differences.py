"""What moved between two registers is told with what was, what is, and by how much."""

import pytest

from helpers.review.register_differences import compare_registers, is_record, name_shown

SHARE = {
    "expression": 'agree("L1")',
    "kind": "share",
    "value": 0.25,
    "count": 10,
    "base": 40,
    "interval": [0.2, 0.3],
    "display": "25%",
    "prose": [],
    "drawn": 3,
}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            {"value": 0.225, "count": 9, "display": "23%"},
            "was 25% (10 of 40); is 23% (9 of 40) (-2.5 percentage points)",
        ),
        ({"interval": [0.1, 0.3]}, "interval was [0.2, 0.3]; is [0.1, 0.3]"),
        ({"drawn": None}, "drawn in another place"),
        (
            {"prose": [{"how": ".words", "claim": "", "display": "around half"}]},
            ".words printed “”; prints “around half”",
        ),
        (
            {"value": None, "count": None, "base": None, "display": "[c]"},
            "was 25% (10 of 40); is [c]",
        ),
    ],
)
def test_a_figure_that_moved_says_how(change: dict, says: str):
    assert list(compare_registers([SHARE], [{**SHARE, **change}])) == [
        ('agree("L1")', f'agree("L1"): {says}')
    ]


def test_a_count_moves_by_a_number():
    count = {**SHARE, "kind": "count", "value": 7.0, "base": None, "display": "7"}
    assert list(compare_registers([count], [{**count, "value": 9.0, "display": "9"}])) == [
        ('agree("L1")', 'agree("L1"): was 7; is 9 (+2)')
    ]


def test_a_figure_that_came_or_went_is_told():
    assert list(compare_registers([SHARE], [])) == [
        ('agree("L1")', 'agree("L1"): was 25% (10 of 40); is no longer there')
    ]
    assert list(compare_registers([], [SHARE])) == [
        ('agree("L1")', 'agree("L1"): was not there; is 25% (10 of 40)')
    ]


def test_equal_registers_do_not_differ_whatever_their_order():
    other = {**SHARE, "expression": 'agree("L2")'}
    assert list(compare_registers([SHARE, other], [other, SHARE])) == []


def test_the_figures_that_moved_are_named_in_their_order_and_counted():
    moved = [f'agree("L{number}")' for number in range(1, 8)]
    assert name_shown(['agree("L3")', 'invited("total")', 'agree("L1")'], moved) == (
        'shows figures that came out otherwise: agree("L1"), agree("L3")'
    )
    assert name_shown(reversed(moved), moved).endswith('agree("L5") and 2 more')
    assert name_shown(['invited("total")'], moved) == ""


WHOLE = {**SHARE, "statistic": "agree", "population": 75, "difference": None}


def test_a_record_is_one_where_it_has_what_a_review_reads():
    assert is_record(WHOLE)


@pytest.mark.parametrize(
    "spoilt",
    [
        None,
        [],
        {},
        {**WHOLE, "display": 7},
        {**WHOLE, "value": "0.25"},
        {**WHOLE, "value": 1e15},  # of what is larger, floats do not hold every whole number
        {**WHOLE, "count": -(10**15)},
        {**WHOLE, "interval": [0.2, float("inf")]},
        {**WHOLE, "value": float("nan")},
        {**WHOLE, "interval": [0.2]},
        {**WHOLE, "prose": None},
        {**WHOLE, "prose": ["around half"]},
        {**WHOLE, "prose": [{"how": ".count"}]},
        {key: value for key, value in WHOLE.items() if key != "base"},
    ],
)
def test_anything_else_is_no_record(spoilt: object):
    assert not is_record(spoilt)

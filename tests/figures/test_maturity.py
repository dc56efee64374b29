"""Levels by the rule in the study file: level 2 from 0.40, level 3 from 0.65, two statements."""

from fractions import Fraction

import pytest
from studies import TINY

from helpers.figures.maturity import computed_level, favourable_shares, theme_score


def cell(agree: int, disagree: int, base: int) -> dict[str, object]:
    return {"agree": agree, "disagree": disagree, "base": base, "suppressed": False}


HIDDEN = {"agree": None, "disagree": None, "base": None, "suppressed": True}


def total(first: dict[str, object], second: dict[str, object]):
    return {("total", "Q1"): first, ("total", "Q2"): second}


def test_disagreeing_with_a_statement_may_speak_well_of_the_council():
    # Q1 asks for agreement: 3 of 10. Q2 is a barrier: those who disagree, 5 of 10
    cells = total(cell(3, 6, 10), cell(1, 5, 10))
    assert favourable_shares(TINY, cells, ["Q1", "Q2"]) == [Fraction(3, 10), Fraction(1, 2)]


@pytest.mark.parametrize(
    ("first", "second", "level"),
    [
        ((0, 100), (0, 100), 1),
        ((29, 100), (50, 100), 1),  # mean 0.395
        ((30, 100), (50, 100), 2),  # mean 0.40, exactly
        ((1, 10), (7, 10), 2),  # mean 0.40, which floats put at 0.39999999999999997
        ((64, 100), (65, 100), 2),  # mean 0.645
        ((60, 100), (70, 100), 3),  # mean 0.65, exactly
        ((9, 10), (4, 10), 3),  # mean 0.65, by respondents of other numbers too
        ((100, 100), (100, 100), 3),
    ],
)
def test_a_level_is_that_of_the_mean_favourable_share(first, second, level):
    cells = total(cell(first[0], 0, first[1]), cell(0, second[0], second[1]))
    assert computed_level(TINY, cells, "leadership") == level


def test_statements_weigh_the_same_however_many_answered():
    # 9 of 10 and 200 of 1000: mean 0.55, level 2; pooled it would be 209 of 1010, level 1
    cells = total(cell(9, 0, 10), cell(0, 200, 1000))
    assert computed_level(TINY, cells, "leadership") == 2


def test_one_statement_alone_gives_no_level():
    assert computed_level(TINY, total(cell(9, 0, 10), HIDDEN), "leadership") is None


def test_no_statement_at_all_gives_no_level():
    assert computed_level(TINY, total(HIDDEN, HIDDEN), "leadership") is None


def test_a_themes_score_is_the_mean_favourable_share():
    cells = total(cell(3, 6, 10), cell(1, 5, 10))
    assert theme_score(TINY, cells, "leadership") == Fraction(2, 5)


def test_a_theme_of_which_a_part_is_hidden_has_no_score():
    assert theme_score(TINY, total(cell(9, 0, 10), HIDDEN), "leadership") is None


def test_a_theme_without_statements_has_no_score():
    assert theme_score(TINY, {}, "another_theme") is None

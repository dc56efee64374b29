"""A cell in which fewer people answered than the study allows keeps no number at all."""

import pandas as pd
import pytest

from helpers.figures.counts import COUNTED
from helpers.figures.disclosure import decide, hide

CELLS = pd.DataFrame(
    # agree, neither, disagree, don't know, base, population
    [(4, 1, 4, 2, 9, 20), (5, 1, 4, 0, 10, 12), (0, 0, 0, 3, 0, 5), (9, 9, 9, 9, 27, 30)],
    columns=COUNTED,
    index=pd.Index(["nine", "ten", "nobody", "many"], name="cell"),
)


@pytest.mark.parametrize("cell", ["nine", "nobody"])
def test_fewer_than_ten_answers_are_hidden(cell):
    decided = decide(CELLS, 10)
    assert decided.loc[cell, "suppressed"]
    assert decided.loc[cell].drop("suppressed").isna().all()


def test_ten_answers_are_shown_unchanged():
    decided = decide(CELLS, 10)
    assert not decided.loc["ten", "suppressed"]
    assert tuple(decided.loc["ten", COUNTED]) == (5, 1, 4, 0, 10, 12)


def test_dont_knows_do_not_make_a_base():
    # 9 gave an answer and 2 do not know: 11 people, still too few answers
    assert decide(CELLS, 10).loc["nine", "suppressed"]


def test_the_threshold_is_the_studys():
    assert list(decide(CELLS, 27)["suppressed"]) == [True, True, True, False]
    assert list(decide(CELLS, 9)["suppressed"]) == [False, False, True, False]


def test_what_is_hidden_elsewhere_is_hidden_here():
    hidden = hide(CELLS, CELLS.index.to_series() == "many")
    assert hidden.loc["many"].drop("suppressed").isna().all()
    assert tuple(hidden.loc["nine", COUNTED]) == (4, 1, 4, 2, 9, 20)


def test_deciding_leaves_what_was_given_as_it_was():
    before = CELLS.copy()
    decide(CELLS, 10)
    assert CELLS.equals(before)

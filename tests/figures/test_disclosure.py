"""A cell that may not be shown keeps no number at all; one in words keeps a word."""

import pandas as pd
import pytest
from studies import TINY, cells_of

from helpers.figures.counts import COUNTED
from helpers.figures.disclosure import decide, withhold, withhold_unlisted

CELLS = pd.DataFrame(
    # agree, neither, disagree, don't know, base, population
    [(4, 0, 0, 2, 4, 20), (1, 1, 3, 0, 5, 12), (7, 0, 2, 1, 9, 5), (9, 9, 9, 9, 27, 30)],
    columns=COUNTED,
    index=pd.MultiIndex.from_tuples(
        [(group, "Q1") for group in ("four", "five", "nine", "many")], names=["group", "question"]
    ),
)
TIERS = pd.Series(["hidden", "words", "words", "shown"], index=CELLS.index)


def test_a_hidden_cell_has_neither_number_nor_word():
    cell = withhold(CELLS, TIERS).loc[("four", "Q1")]
    assert cell[COUNTED].isna().all()
    assert (cell["suppressed"], cell["word"]) == (True, "")


@pytest.mark.parametrize(
    ("group", "word"), [("five", "fewer than half"), ("nine", "more than half")]
)
def test_a_cell_in_words_has_a_word_and_no_number(group, word):
    cell = withhold(CELLS, TIERS).loc[(group, "Q1")]
    assert cell[COUNTED].isna().all()
    assert (cell["suppressed"], cell["word"]) == (True, word)


def test_a_shown_cell_is_unchanged_and_has_no_word():
    cell = withhold(CELLS, TIERS).loc[("many", "Q1")]
    assert tuple(cell[COUNTED]) == (9, 9, 9, 9, 27, 30)
    assert (cell["suppressed"], cell["word"]) == (False, "")


def test_only_what_is_listed_is_shown():
    listed = withhold_unlisted(CELLS, [("many", "Q1")], [("five", "Q1"), ("nine", "Q1")])
    pd.testing.assert_frame_equal(listed, withhold(CELLS, TIERS))


def test_with_another_councils_list_nothing_is_shown():
    decided = withhold_unlisted(CELLS, [("many", "Q2")], [])
    assert decided[COUNTED].isna().all(axis=None)
    assert (decided["word"] == "").all()


def test_deciding_leaves_what_was_given_as_it_was():
    cells = cells_of(TINY, {("a", "staff", "Q1"): (3, 1, 4, 0), ("b", "staff", "Q1"): (9, 9, 9, 0)})
    before = cells.copy()
    decide(TINY, cells)
    assert cells.equals(before)


def test_the_area_is_decided_with_its_councils():
    cells = cells_of(TINY, {("a", "staff", "Q1"): (6, 1, 4, 0), ("b", "staff", "Q1"): (9, 9, 9, 0)})
    decided = decide(TINY, cells)
    assert tuple(decided.loc[("", "total", "Q1"), ["agree", "base"]]) == (15, 38)


def test_dont_knows_do_not_make_a_base():
    # 9 gave an answer and 2 do not know: 11 people, still too few answers for a number
    cells = cells_of(TINY, {("a", "staff", "Q1"): (4, 1, 4, 2), ("b", "staff", "Q1"): (4, 1, 4, 2)})
    assert decide(TINY, cells).loc[("a", "staff", "Q1"), "suppressed"]


def test_without_groups_the_total_is_the_sum_of_its_tools():
    # the 3 councillors would be the total less the staff: one of the two is given up
    study = TINY.model_copy(update={"about": TINY.about.model_copy(update={"groups": {}})})
    answers = {(council, "staff", "Q1"): (20, 20, 20, 0) for council in "ab"}
    answers |= {("a", "councillors", "Q1"): (1, 1, 1, 0), ("b", "councillors", "Q1"): (9, 9, 9, 0)}
    decided = decide(study, cells_of(study, answers))["suppressed"]
    assert decided["a", "councillors", "Q1"]
    assert decided["a", "staff", "Q1"] or decided["a", "total", "Q1"]

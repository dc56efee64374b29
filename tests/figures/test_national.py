"""The national table: decided once, fixed in size, and the same after a journey as text."""

from fractions import Fraction

import pandas as pd
import pytest
from studies import CELLS, REPLIES, SHIPPED, TINY, cells_of

from helpers.figures.counts import CELL
from helpers.figures.national import NUMBERS, NationalTable, decide_national

FOUR = {  # agree, neither, disagree, don't know
    # a: favourable 8 of 10 (Q1: agree) and 6 of 10 (Q2: disagree): 0.7, level 3
    ("a", "staff", "Q1"): (8, 0, 2, 0),
    ("a", "staff", "Q2"): (4, 0, 6, 0),
    # b: favourable 4 of 20 and 10 of 20: 0.35, level 1
    ("b", "staff", "Q1"): (4, 6, 10, 1),
    ("b", "staff", "Q2"): (10, 0, 10, 0),
    # c: 4 people answered Q1 and d 9: no numbers, so no score and no level
    ("c", "staff", "Q1"): (2, 1, 1, 0),
    ("c", "staff", "Q2"): (0, 0, 10, 0),
    ("d", "staff", "Q1"): (7, 1, 1, 0),
    ("d", "staff", "Q2"): (0, 0, 10, 0),
}


@pytest.fixture(scope="module")
def cells():
    return cells_of(TINY, FOUR)


@pytest.fixture(scope="module")
def replies():
    index = pd.MultiIndex.from_tuples([(c, "total") for c in "abcd"], names=CELL[:2])
    people = {"invited": [15, 30, 10, 10], "responses": [10, 21, 10, 10]}
    return pd.DataFrame(people, index=index, dtype="Int64")


@pytest.fixture(scope="module")
def table(cells, replies):
    return decide_national(TINY, cells, replies)


@pytest.fixture(scope="module")
def wales():
    return decide_national(SHIPPED, CELLS, REPLIES)


def with_thresholds(study, **changed):
    thresholds = study.about.thresholds.model_copy(update=changed)
    return study.model_copy(
        update={"about": study.about.model_copy(update={"thresholds": thresholds})}
    )


def test_all_councils_are_pooled_the_hidden_ones_too(table):
    # 8+4+2+7 agree with Q1 of 10+20+4+9 who answered
    assert table.cells.loc[("total", "Q1"), "agree"] == 21
    assert table.cells.loc[("total", "Q1"), "base"] == 43
    assert tuple(table.replies.loc["total"]) == (65, 51)


def test_the_hidden_cells_are_listed_and_those_in_words(table):
    groups = ("total", "officers", "staff")
    assert not {("c", group, "Q1") for group in groups} & (table.shown | table.worded)
    assert ("a", "total", "Q1") in table.shown
    assert table.worded == {("d", group, "Q1") for group in groups}


def test_scores_are_those_of_the_councils_that_are_shown(table):
    assert table.scores == {"leadership": [Fraction(35, 100), Fraction(7, 10)]}


def test_councils_are_counted_by_level_and_those_without_one_apart(table):
    assert table.levels == {"leadership": {0: 2, 1: 1, 3: 1}}


def test_levels_add_up_to_the_councils(wales):
    assert len(wales.levels) == 7
    for characteristic, levels in wales.levels.items():
        assert sum(levels.values()) == 22, characteristic


def test_a_pooled_cell_with_few_answers_is_hidden_too(cells, replies):
    small = cells[cells.index.isin(["c"], level="council")]
    decided = decide_national(TINY, small, replies).cells
    assert decided.loc[("total", "Q1"), "suppressed"]
    assert decided.loc[("total", "Q1"), NUMBERS].isna().all()
    assert decided.loc[("total", "Q1"), "word"] == ""
    assert decided.loc[("total", "Q2"), "base"] == 10


@pytest.mark.parametrize(("most", "dots"), [(4, True), (3, False)])
def test_more_councils_than_dots_are_shown_as_a_distribution(cells, replies, most, dots):
    table = decide_national(with_thresholds(TINY, dots=most), cells, replies)
    assert table.dots is dots
    assert len(table.scores["leadership"]) == (2 if dots else 21)


def test_two_scores_make_a_distribution_from_one_to_the_other(cells, replies):
    points = decide_national(with_thresholds(TINY, dots=2), cells, replies).scores["leadership"]
    # from 35% to 70% in steps of a twentieth of the way
    assert points == [Fraction(35, 100) + Fraction(35, 2000) * step for step in range(21)]


def test_a_study_in_which_no_council_has_a_score_is_decided_all_the_same(cells, replies):
    few = with_thresholds(TINY, dots=2, nothing_below=1000, words_below=1000)
    assert decide_national(few, cells, replies).scores == {"leadership": []}


@pytest.mark.parametrize("which", ["table", "wales"])
def test_a_table_is_the_same_after_a_journey_as_text(request, which):
    table = request.getfixturevalue(which)
    read = NationalTable.from_json(table.to_json(), table.decisions_json())
    pd.testing.assert_frame_equal(read.cells, table.cells, check_like=True)
    pd.testing.assert_frame_equal(read.replies, table.replies, check_like=True)
    assert (read.scores, read.levels) == (table.scores, table.levels)
    assert (read.shown, read.worded, read.dots) == (table.shown, table.worded, table.dots)
    assert read.to_json() == table.to_json()
    assert read.decisions_json() == table.decisions_json()


def test_hidden_numbers_are_not_in_the_text(cells, replies):
    odd = cells.assign(agree=777, population=888)
    text = decide_national(
        with_thresholds(TINY, nothing_below=1000, words_below=1000), odd, replies
    ).to_json()
    assert "777" not in text
    assert "888" not in text


def test_a_councils_slice_tells_nothing_of_another_council(wales):
    own = wales.slice("merthyr-tydfil")
    assert {council for council, _, _ in own.shown | own.worded} == {"merthyr-tydfil"}
    text = own.to_json() + own.decisions_json()
    others = [slug for slug in SHIPPED.councils if slug != "merthyr-tydfil"]
    assert [slug for slug in others if f'"{slug}"' in text] == []
    assert own.scores == wales.scores


@pytest.mark.parametrize(
    ("answer", "moved"),
    [
        ("neither", set()),  # nobody shows how many of the area are undecided
        ("agree", {"Q1, total", "Q1, staff", "scores, leadership"}),
    ],
)
def test_a_place_is_as_it_was_where_no_value_that_is_shown_of_it_moved(
    cells, replies, answer, moved
):
    """One more of council a's staff and so of its total: of those who disagreed, if they agree."""
    here = [("a", group, "Q1") for group in ("staff", "total")]
    other = cells.copy()
    other.loc[here, answer] += 1
    other.loc[here, "disagree"] -= 1
    before, after = (decide_national(TINY, each, replies).digests for each in (cells, other))
    assert before.keys() == after.keys()
    assert {place for place, digest in after.items() if digest != before[place]} == moved


def test_scores_are_in_ascending_order_so_that_places_tell_no_names(wales):
    for theme, scores in wales.scores.items():
        assert scores == sorted(scores), theme
        assert all(0 <= score <= 1 for score in scores)

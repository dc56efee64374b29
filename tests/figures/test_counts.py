"""Counting: five respondents of two councils, worked out on paper."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import TINY

from helpers.figures.counts import COUNTED, count_answers, count_replies, pool

INVITED = pd.DataFrame(
    [
        ("north", "staff", 6),
        ("south", "staff", 2),
        ("north", "councillors", 3),
        ("south", "councillors", 4),
    ],
    columns=["council", "tool", "invited"],
).set_index(["council", "tool"])
STAFF = [
    ("a", "north", "strongly_agree", "agree"),
    ("b", "north", "agree", ""),
    ("c", "north", "dont_know", "disagree"),
    ("d", "north", "", "strongly_disagree"),
    ("e", "south", "neither", "neither"),
]
COUNCILLORS = [("f", "north", "disagree"), ("g", "north", "strongly_disagree")]  # none of south


def answers(staff=STAFF):
    return {
        "staff": pd.DataFrame(staff, columns=["respondent", "council", "Q1", "Q2"]),
        "councillors": pd.DataFrame(COUNCILLORS, columns=["respondent", "council", "Q1"]),
    }


@pytest.fixture(scope="module")
def cells():
    return count_answers(TINY, INVITED, answers())


# agree, neither, disagree, don't know, base, population
EXPECTED = {
    # a and b agree, c does not know, d left it blank: 2 answers; 6 invited less c and d
    ("north", "staff", "Q1"): (2, 0, 0, 1, 2, 4),
    # b left it blank: 6 invited less b
    ("north", "staff", "Q2"): (1, 0, 2, 0, 3, 5),
    ("north", "councillors", "Q1"): (0, 0, 2, 0, 2, 3),
    # both tools: (2+0, 0, 0+2, 1+0, 2+2, 4+3)
    ("north", "total", "Q1"): (2, 0, 2, 1, 4, 7),
    # councillors were not asked: they are in neither base nor population
    ("north", "total", "Q2"): (1, 0, 2, 0, 3, 5),
    ("south", "staff", "Q1"): (0, 1, 0, 0, 1, 2),
    ("south", "staff", "Q2"): (0, 1, 0, 0, 1, 2),
    # nobody replied, four were asked
    ("south", "councillors", "Q1"): (0, 0, 0, 0, 0, 4),
    ("south", "total", "Q1"): (0, 1, 0, 0, 1, 6),
    ("south", "total", "Q2"): (0, 1, 0, 0, 1, 2),
}


@pytest.mark.parametrize("cell", EXPECTED, ids=" ".join)
def test_answers_blanks_and_dont_knows_are_counted_apart(cells, cell):
    assert tuple(cells.loc[cell, COUNTED]) == EXPECTED[cell]


def test_what_nobody_knows_stays_unknown_in_every_sum():
    unknown = pd.DataFrame({"invited": pd.NA}, INVITED.index, dtype="Int64")
    cells, replies = (count(TINY, unknown, answers()) for count in (count_answers, count_replies))
    for counts in (cells["population"], pool(cells)["population"], replies["invited"]):
        assert counts.isna().all()
    assert cells.loc[("north", "total", "Q1"), "base"] == 4
    assert replies.loc[("north", "total"), "responses"] == 6


def test_a_group_is_the_sum_of_its_tools(cells):
    for council in ("north", "south"):
        for group, tool in (("officers", "staff"), ("members", "councillors")):
            assert cells.loc[council, group].equals(cells.loc[council, tool])


def test_there_is_a_cell_for_each_question_that_a_group_was_asked_and_no_other(cells):
    twins = {"staff": "officers", "councillors": "members"}
    more = {(council, twins[g], q) for council, g, q in EXPECTED if g in twins}
    assert set(cells.index) == set(EXPECTED) | more


def test_pooled_every_respondent_counts_once(cells):
    # Q1 in total: north (2, 0, 2, 1, 4, 7) and south (0, 1, 0, 0, 1, 6)
    assert tuple(pool(cells).loc["total", "Q1"][COUNTED]) == (2, 1, 2, 1, 5, 13)
    assert tuple(pool(cells).loc["councillors", "Q1"][COUNTED]) == (0, 0, 2, 0, 2, 7)


@settings(max_examples=30)
@given(rows=st.permutations(STAFF))
def test_the_order_of_rows_does_not_matter(cells, rows):
    assert count_answers(TINY, INVITED, answers(rows)).equals(cells)


@pytest.fixture(scope="module")
def replies():
    return count_replies(TINY, INVITED, answers())


@pytest.mark.parametrize(
    ("council", "group", "invited", "responses"),
    [
        ("north", "officers", 6, 4),  # a respondent who left a question blank has replied
        ("north", "members", 3, 2),
        ("north", "total", 9, 6),
        ("south", "staff", 2, 1),
        ("south", "members", 4, 0),
        ("south", "total", 6, 1),
    ],
)
def test_invited_and_replied_are_counted_by_group(replies, council, group, invited, responses):
    assert tuple(replies.loc[council, group][["invited", "responses"]]) == (invited, responses)


def test_replies_of_the_whole_study_add_up(replies):
    assert tuple(pool(replies).loc["total"][["invited", "responses"]]) == (15, 7)


# ---- Whatever people answered -------------------------------------------------------------------

SCALE = list(TINY.questionnaire.scale)
given_answers = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from([*SCALE, ""]), st.sampled_from([*SCALE, ""])),
    min_size=1,
    max_size=30,
)


def counted(drawn, names):
    """Cells of the tiny study: all of staff, and the same people as councillors."""
    staff = pd.DataFrame(
        [(name, *row) for name, row in zip(names, drawn, strict=True)],
        columns=["respondent", "council", "Q1", "Q2"],
    )
    responses = {"staff": staff, "councillors": staff.drop(columns="Q2")}
    index = pd.MultiIndex.from_product([list("ab"), list(responses)], names=["council", "tool"])
    invited = pd.DataFrame({"invited": 40}, index=index)
    return count_answers(TINY, invited, responses), count_replies(TINY, invited, responses)


@settings(max_examples=30)
@given(given_answers)
def test_the_three_answers_make_the_base_and_the_base_is_of_those_who_replied(drawn):
    cells, replies = counted(drawn, range(len(drawn)))
    assert (cells["agree"] + cells["neither"] + cells["disagree"] == cells["base"]).all()
    assert (cells >= 0).all(axis=None)
    replied = replies["responses"].reindex(cells.index.droplevel("question")).to_numpy()
    assert (cells["base"] + cells["dont_know"] <= replied).all()
    assert (cells["base"] <= cells["population"]).all()


@settings(max_examples=30)
@given(given_answers, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_the_names_of_respondents_matter(drawn, chance):
    shuffled = chance.sample(drawn, len(drawn))
    names = chance.sample(range(1000), len(drawn))
    before, after = counted(drawn, range(len(drawn))), counted(shuffled, names)
    for one, other in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(one, other)

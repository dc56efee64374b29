"""No ring, no secret: what is hidden beyond small cells, and that it is enough."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from studies import TINY, cells_of

from attacker import ANSWERS, BASE, Puzzle
from helpers.figures.disclosure import decide

LARGE = (20, 15, 12, 2)


def hidden(cells: pd.DataFrame, question: str = "Q1") -> set[tuple[str, str]]:
    decided = decide(TINY, cells).xs(question, level="question")
    return set(decided.index[decided["suppressed"]])


def study_of(members: dict[str, tuple[int, int, int, int]]) -> pd.DataFrame:
    """Councils with many officers, and these members."""
    councils = {(name, "councillors", "Q1"): counts for name, counts in members.items()}
    return cells_of(TINY, councils | {(name, "staff", "Q1"): LARGE for name in members})


MEMBERS, OFFICERS = ("councillors", "members"), ("staff", "officers")


def test_where_all_is_large_all_is_shown():
    assert hidden(study_of({"a": LARGE, "b": LARGE})) == set()


def test_officers_are_hidden_where_the_total_would_give_four_members_away():
    cells = study_of({"a": (2, 1, 1, 0), "b": (1, 2, 1, 0), "c": LARGE})
    small = {(council, group) for council in "ab" for group in MEMBERS}
    assert hidden(cells) == small | {(council, group) for council in "ab" for group in OFFICERS}


def test_the_only_small_council_of_22_takes_the_smallest_other_with_it():
    members = {f"c{number:02}": LARGE for number in range(22)}
    members |= {"c05": (2, 1, 1, 0), "c17": (10, 8, 6, 1)}
    assert hidden(study_of(members)) == {
        (council, group) for council in ("c05", "c17") for group in MEMBERS + OFFICERS
    }


def test_a_total_in_which_nobody_disagrees_says_so_of_its_groups_and_is_hidden():
    cells = study_of({"a": (3, 1, 0, 0), "b": (2, 1, 1, 0), "c": LARGE})
    assert ("a", "total") not in hidden(cells)
    none = cells_of(
        TINY,
        {
            ("a", "councillors", "Q1"): (3, 1, 0, 0),
            ("a", "staff", "Q1"): (20, 15, 0, 2),
            ("b", "councillors", "Q1"): (2, 1, 1, 0),
            ("b", "staff", "Q1"): LARGE,
            ("c", "councillors", "Q1"): LARGE,
            ("c", "staff", "Q1"): LARGE,
        },
    )
    assert ("a", "total") in hidden(none)


def test_a_council_alone_is_its_area_and_both_are_hidden():
    cells = study_of({"a": (2, 1, 1, 0)})
    assert {("a", "members"), ("", "members")} <= hidden(cells)


def test_a_council_s_total_goes_before_the_area_s_groups():
    """No other council was asked both, so that the ring leads through two totals or the area.

    Totals of 20 and 20 are (21 + 21) * 100**2 and a little; the area's groups, of 24 and 40,
    (25 + 41) * 100**2.
    """
    cells = cells_of(
        TINY,
        {
            ("a", "staff", "Q1"): (2, 1, 1, 0),
            ("a", "councillors", "Q1"): (8, 6, 6, 0),
            ("b", "staff", "Q1"): (8, 6, 6, 0),
            ("c", "councillors", "Q1"): (8, 6, 6, 0),
        },
    )
    through = {("b", "total"), ("c", "total")} | {("b", part) for part in OFFICERS}
    through |= {("c", part) for part in MEMBERS}
    assert hidden(cells) == through | {("a", part) for part in OFFICERS + MEMBERS}


def test_words_are_withdrawn_before_a_large_council_s_percentages_are_hidden():
    """One of a's members does not know: another must be able to, in d, f or c.

    In d and f, where five answered, the word would tell; the words of either are 6 * 100**2 / 10
    and a little, c's percentages 2 * 151 * 100 and a little: more, but less than ten times that.
    """
    words = {"b": (2, 2, 1, 1), "d": (2, 2, 1, 0), "e": (3, 1, 1, 0), "f": (3, 1, 1, 0)}
    tools = {(name, "staff", "Q1"): words[name] for name in "be"}
    tools |= {(name, "councillors", "Q1"): words[name] for name in "df"}
    tools |= {("a", "staff", "Q1"): LARGE, ("a", "councillors", "Q1"): (2, 1, 1, 1)}
    tools |= {("c", tool, "Q1"): (50, 50, 50, 5) for tool in ("staff", "councillors")}
    decided = decide(TINY, cells_of(TINY, tools)).xs("Q1", level="question")
    without = decided[decided["suppressed"] & (decided["word"] == "")]
    [withdrawn] = {council for council, _ in without.index} - {"a"}
    assert withdrawn in {"d", "f"}


def test_a_group_in_which_nobody_replied_hides_nothing():
    # 0 replies are published; nobody's answer can follow
    cells = study_of({"a": (0, 0, 0, 0), "b": LARGE})
    shown = {cell for cell in hidden(cells) if cell[1] not in MEMBERS + OFFICERS}
    assert shown == set()


def test_the_order_of_rows_changes_nothing():
    members = {
        f"c{number:02}": (number % 7, number % 5, number % 3, number % 2) for number in range(9)
    }
    cells = study_of(members)
    turned = cells.iloc[::-1]
    once, again = decide(TINY, cells).sort_index(), decide(TINY, turned).sort_index()
    pd.testing.assert_frame_equal(once, again, check_like=True)


few = st.tuples(*[st.integers(0, 4)] * 3, st.integers(0, 1))
many = st.tuples(*[st.integers(0, 12)] * 3, st.integers(0, 2))


@settings(max_examples=60)
@given(st.lists(st.tuples(few | many, few | many), min_size=1, max_size=4))
def test_an_attacker_finds_nothing_out_about_any_table(drawn):
    tools = {}
    for council, (staff, councillors) in zip("abcd", drawn, strict=False):
        tools |= {(council, "staff", "Q1"): staff, (council, "councillors", "Q1"): councillors}
    cells = cells_of(TINY, tools)
    decided = decide(TINY, cells).xs("Q1", level="question")
    puzzle, truth, secret = Puzzle(), {}, []
    councils = sorted({council for council, _ in decided.index} - {""})
    every = pd.concat([cells, pd.concat({"": cells.groupby(["group", "question"]).sum()})])
    for (place, group), cell in decided.iterrows():
        counts = every.loc[(place, group, "Q1")]
        truth |= {(place, group, answer): int(counts[answer]) for answer in ANSWERS[:-1]}
        truth[place, group, "blank"] = 0
        puzzle.add_cell((place, group), int(counts["base"] + counts["dont_know"]))
        if not cell["suppressed"]:
            for answer in ANSWERS[:-1]:
                puzzle.know((place, group), {answer: 1}, cell[answer], cell[answer])
            continue
        if cell["word"]:
            puzzle.read_word((place, group), cell["word"], (5, 9))
        if counts["base"] + counts["dont_know"]:
            secret += [(place, group, answer) for answer in BASE]
    for place in [*councils, ""]:
        puzzle.add_sum((place, "total"), [(place, "officers"), (place, "members")])
        puzzle.add_sum((place, "officers"), [(place, "staff")])
        puzzle.add_sum((place, "members"), [(place, "councillors")])
    for group in ("total", *MEMBERS, *OFFICERS):
        puzzle.add_sum(("", group), [(council, group) for council in councils])
    assert puzzle.solved(truth, secret) == set()


def test_a_thousand_councils_are_decided_in_seconds():
    chance = np.random.default_rng(7)
    members = {
        f"c{number:04}": tuple(chance.multinomial(12, [0.4, 0.2, 0.3, 0.1]))
        for number in range(1000)
    }
    decided = decide(TINY, study_of(members))
    assert len(decided) == 5 * 1001

"""What half of the councils show is ranked and spread; what fewer show is not."""

from dataclasses import replace
from fractions import Fraction

import pandas as pd
import pytest
from studies import TINY, cells_of

from helpers.figures.councils import decide_councils
from helpers.figures.national import decide_national
from helpers.figures.ranks import rank_all

COUNCILS = "abcd"
AGREE = dict(zip(COUNCILS, (3, 6, 9, 12), strict=True))  # of 12
CELLS = cells_of(
    TINY,
    {
        (name, "staff", question): (agree, 12 - agree, 0, 0)
        for name, agree in AGREE.items()
        for question in ("Q1", "Q2")
    },
)


def replies_of(*asked: str) -> pd.DataFrame:
    """Twenty people of these councils were invited, and nobody elsewhere."""
    rows = [
        (name, "total", 20 if name in asked else 0, AGREE[name] if name in asked else 0)
        for name in COUNCILS
    ]
    frame = pd.DataFrame(rows, columns=["council", "group", "invited", "responses"])
    return frame.set_index(["council", "group"]).astype("Int64")


@pytest.mark.parametrize(
    ("shown", "ranks"),
    [("abcd", 4), ("ab", 2), ("a", 0)],
    ids=["all", "half", "fewer than half"],
)
def test_half_of_the_councils_are_enough_for_a_rank_and_fewer_are_not(shown: str, ranks: int):
    own = CELLS.query("group == 'total' and question == 'Q1'")
    decided = own.assign(suppressed=[council not in shown for council, *_ in own.index])
    scores = {"leadership": {name: Fraction(AGREE[name], 12) for name in shown}}
    found = rank_all(decided, replies_of(*shown), scores)
    by_measure = {
        "agree": ("total", "Q1"),
        "response_rate": ("total",),
        "theme_score": ("leadership",),
    }
    for measure, asked in by_measure.items():
        keys = [(name, measure, *asked) for name in COUNCILS]
        expected = [(ranks - 1 - place, 0, ranks) for place in range(ranks)]
        assert [found[key] for key in keys if key in found] == expected


@pytest.mark.parametrize(
    ("shown", "shares"),
    [("ab", [Fraction(1, 4), Fraction(1, 2)]), ("a", [])],
    ids=["half", "fewer than half"],
)
def test_half_of_the_councils_are_enough_for_a_distribution(shown: str, shares: list[Fraction]):
    replies = replies_of(*COUNCILS)
    cells = frozenset((name, "total", "Q1") for name in shown)
    national = replace(decide_national(TINY, CELLS, replies), shown=cells)
    table = decide_councils(TINY, CELLS, replies, national)
    assert table.shares["Q1"] == shares
    assert table.shown["Q1"] == len(shown)

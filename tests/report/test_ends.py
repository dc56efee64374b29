"""The highest and the lowest: a tie is never cut, and nothing stands at both ends."""

from fractions import Fraction

import pytest

from helpers.figures.figure import Figure
from helpers.report.content.ends import both_ends, highest, lowest


def figures(*shares: tuple[int, int]) -> dict[str, Figure]:
    return {
        key: Figure("", "agree", "share", Fraction(count, base), "illustrative", "")
        for key, (count, base) in zip("ABCDEFGH", shares, strict=False)
    }


def test_what_is_level_with_the_last_comes_along():
    # 8 of 40, 9 of 41, 10 of 41 twice, 11 of 40: as Torfaen's three lowest
    shown = figures((10, 41), (11, 40), (8, 40), (10, 41), (9, 41))
    assert lowest(shown, 3) == ["C", "E", "A", "D"]
    assert lowest(shown, 2) == ["C", "E"]
    assert highest(shown, 2) == ["B", "A", "D"]
    assert lowest(shown, 0) == []


def test_shares_of_different_bases_are_level_where_they_are_exactly_equal():
    # 1/3 three times; 33 of 100 prints as 33% too, and is less
    assert lowest(figures((14, 42), (13, 39), (33, 100), (12, 36)), 1) == ["C"]
    assert highest(figures((14, 42), (13, 39), (33, 100), (12, 36)), 1) == ["A", "B", "D"]


@pytest.mark.parametrize(
    ("counts", "high", "low"),
    [
        ([1, 2, 3, 4, 5, 6, 7], "GFE", "ABC"),
        ([1, 2, 3, 3, 3, 4], "F", "AB"),  # three each: those that are level would be at both
        ([9, 5, 5, 1], "A", "D"),  # two each, and those in the middle are at neither end
        ([5, 5, 5, 1], "ABC", "D"),  # the highest are level: they stand there alone
        ([9, 1, 1, 1], "A", "BCD"),
        ([5, 5, 5, 5], "", ""),
        ([5], "", ""),
        ([], "", ""),
    ],
)
def test_nothing_stands_at_both_ends(counts: list[int], high: str, low: str):
    found = both_ends(figures(*((count, 10) for count in counts)), 3)
    assert found == (list(high), list(low))

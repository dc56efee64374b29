"""The highest and the lowest of what is shown: no tie is cut, so all that are level come along."""

from collections.abc import Mapping
from fractions import Fraction

from helpers.figures.figure import Figure


def lowest(shown: Mapping[str, Figure], places: int) -> list[str]:
    """Return the keys of so many lowest numbers, lowest first, and of all level with the last."""
    return _first(shown, sorted(shown, key=lambda key: _exact(shown[key])), places)


def highest(shown: Mapping[str, Figure], places: int) -> list[str]:
    """Return the keys of so many highest numbers, highest first, and of all level with the last."""
    order = sorted(shown, key=lambda key: _exact(shown[key]), reverse=True)
    return _first(shown, order, places)


def both_ends(shown: Mapping[str, Figure], places: int) -> tuple[list[str], list[str]]:
    """Return the highest and the lowest, at most half of what is shown at either end but for ties.

    What is level from one end to the other stands at neither, unless that end has nothing else;
    where all are level there are no ends.
    """
    most = min(places, len(shown) // 2)
    high, low = highest(shown, most), lowest(shown, most)
    above = [key for key in high if key not in low]
    below = [key for key in low if key not in high]
    return (above or high, below or low) if above or below else ([], [])


def _first(shown: Mapping[str, Figure], order: list[str], places: int) -> list[str]:
    level = {_exact(shown[key]) for key in order[:places]}
    return [key for key in order if _exact(shown[key]) in level]


def _exact(figure: Figure) -> Fraction:
    return figure.value or Fraction(0)

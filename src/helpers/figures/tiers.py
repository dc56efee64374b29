"""Three tiers of a cell, by its base: percentages, three words, or nothing."""

import numpy as np

from helpers.study.definition import Thresholds

SHOWN, WORDS, HIDDEN = "shown", "words", "hidden"
FEWER, AROUND, MORE = "fewer than half", "around half", "more than half"


def tiers_of(base: np.ndarray, thresholds: Thresholds) -> np.ndarray:
    """Return the tier that each cell has by its own base, whatever stands around it."""
    small = [base < thresholds.nothing_below, base < thresholds.words_below]
    return np.select(small, [HIDDEN, WORDS], SHOWN)


def words_of(agree: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Return the word for each share: "around half" is within one person of half.

    From a base of five, each word stands for at least two counts, and none and all are inside the
    outer words, so that a word tells no count, even to a reader who knows the base. Below five,
    "fewer than half" would mean none.

    >>> words_of(np.array([1, 2, 3, 4]), np.array([5, 5, 5, 5])).tolist()
    ['fewer than half', 'around half', 'around half', 'more than half']
    """
    beyond = 2 * agree - base  # twice as many people as those who agree are more than half
    return np.select([beyond < -2, beyond > 2], [FEWER, MORE], AROUND)

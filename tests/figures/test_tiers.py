"""Three tiers by base; and a word tells no count, to whoever knows all else that is printed."""

from itertools import product

import numpy as np
import pytest
from studies import SHIPPED

from helpers.figures.tiers import AROUND, FEWER, HIDDEN, MORE, SHOWN, WORDS, tiers_of, words_of

LIMITS = SHIPPED.about.thresholds
BASES = range(5, 10)

# Worked by hand: the counts that each word stands for, by base.
STAND_FOR = {
    5: {FEWER: [0, 1], AROUND: [2, 3], MORE: [4, 5]},
    6: {FEWER: [0, 1], AROUND: [2, 3, 4], MORE: [5, 6]},
    7: {FEWER: [0, 1, 2], AROUND: [3, 4], MORE: [5, 6, 7]},
    8: {FEWER: [0, 1, 2], AROUND: [3, 4, 5], MORE: [6, 7, 8]},
    9: {FEWER: [0, 1, 2, 3], AROUND: [4, 5], MORE: [6, 7, 8, 9]},
}


def word(agree: int, base: int) -> str:
    return str(words_of(np.array([agree]), np.array([base]))[0])


def test_the_tier_follows_the_base():
    tiers = tiers_of(np.array([0, 4, 5, 9, 10, 400]), LIMITS)
    assert list(tiers) == [HIDDEN, HIDDEN, WORDS, WORDS, SHOWN, SHOWN]


def test_the_limits_are_the_studys():
    limits = LIMITS.model_copy(update={"nothing_below": 20, "words_below": 30})
    assert list(tiers_of(np.array([19, 20, 29, 30]), limits)) == [HIDDEN, WORDS, WORDS, SHOWN]


@pytest.mark.parametrize("base", BASES)
def test_each_word_stands_for_these_counts(base):
    found = {
        said: [n for n in range(base + 1) if word(n, base) == said] for said in STAND_FOR[base]
    }
    assert found == STAND_FOR[base]


@pytest.mark.parametrize("base", BASES)
def test_no_word_has_one_count_and_none_and_all_are_never_told(base):
    for said in (FEWER, AROUND, MORE):
        assert sum(word(n, base) == said for n in range(base + 1)) >= 2
    assert word(0, base) == word(1, base) == FEWER
    assert word(base, base) == word(base - 1, base) == MORE


@pytest.mark.parametrize("base", BASES)
def test_words_are_true(base):
    for count in range(base + 1):
        assert (word(count, base) != FEWER) or 2 * count < base
        assert (word(count, base) != MORE) or 2 * count > base


@pytest.mark.parametrize("base", BASES)
def test_a_word_leaves_each_of_the_three_answers_two_counts_at_the_least(base):
    # Agree is in words, the others are not printed: even to a reader who knows the base.
    cells = [cell for cell in product(range(base + 1), repeat=3) if sum(cell) == base]
    for said in (FEWER, AROUND, MORE):
        fit = [cell for cell in cells if word(cell[0], base) == said]
        assert all(len({cell[answer] for cell in fit}) >= 2 for answer in range(3))


def test_three_words_for_the_three_answers_would_tell_too_much():
    # 5 people; around half agree, fewer than half do neither, and as many disagree: 3, 1 and 1.
    told = (AROUND, FEWER, FEWER)
    cells = [cell for cell in product(range(6), repeat=3) if sum(cell) == 5]
    fit = [cell for cell in cells if tuple(word(count, 5) for count in cell) == told]
    assert fit == [(3, 1, 1)]


def test_below_five_a_word_would_tell_a_count():
    assert [n for n in range(5) if word(n, 4) == FEWER] == [0]

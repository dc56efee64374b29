"""A sentence's words for a quantity are borne out by its figure, or the sentence is refused."""

from fractions import Fraction

import pytest
from studies import SHIPPED

from helpers.errors import ExpressionError, FalseClaim, FigureHidden
from helpers.figures.claims import bears_out
from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure
from helpers.figures.wording import Wording

WORDS = SHIPPED.quantity_words
ENGLISH = Wording("en", WORDS)
WELSH = Wording("cy", WORDS)


def figure(kind="share", statistic="agree", value=None, **other):
    expression = f'{statistic}("L2")'
    return Figure(expression, statistic, kind, value, "illustrative", "", **other)


def share(count, base, **other):
    return figure(value=Fraction(count, base), count=count, base=base, **other)


def apart(value, low, high):
    said = ENGLISH.points(value)
    return figure("difference", "difference", value, interval=(low, high), said=said)


def says(found, form, wording=ENGLISH):
    return InlineFigure(found, wording).says(form).text


# Worked by hand from the table in data/study/quantity_words.yaml.
TRUE = [
    (6, 12, "around half"),
    (7, 12, "a majority"),
    (5, 12, "a minority"),
    (124, 250, "around half"),  # 49.6%
    (124, 250, "a minority"),
    (124, 250, "fewer than half"),
    (126, 250, "more than half"),  # 50.4%
    (12, 41, "Fewer than  half"),  # as a sentence may begin, or break
    (0, 9, "none"),
    (1, 9, "few"),
    (30, 30, "everyone"),
    (29, 30, "almost all"),
    (3, 4, "most"),
    (1, 3, "around a third"),
    (2, 3, "around two thirds"),
    (11, 30, "more than a third"),
    (12, 30, "a mixed view"),
]
FALSE = [
    (6, 12, "a majority"),
    (6, 12, "a minority"),
    (6, 12, "more than half"),
    (124, 250, "a majority"),
    (0, 30, "few"),
    (0, 30, "a minority"),
    (30, 30, "almost all"),
    (29, 30, "all"),
    (10, 30, "more than a third"),
    (89, 120, "most"),  # 74.2%
    (56, 100, "around half"),
]


@pytest.mark.parametrize(("count", "base", "form"), TRUE)
def test_words_that_are_true_are_printed_as_written(count, base, form):
    assert says(share(count, base), form) == form


@pytest.mark.parametrize(("count", "base", "form"), FALSE)
def test_words_that_are_false_are_refused(count, base, form):
    with pytest.raises(FalseClaim):
        says(share(count, base), form)


def test_a_refusal_gives_the_words_the_number_and_the_words_that_would_be_true():
    with pytest.raises(FalseClaim) as refused:
        says(share(6, 12), "the majority")
    assert refused.value.message == (
        "agree(\"L2\") says 'the majority', but it is 50% (6 of 12); "
        "true would be 'around half', 'a mixed view', 'more than a quarter', 'more than a third'"
    )


def test_welsh_says_the_same_in_its_own_forms():
    assert says(share(6, 12), "thua hanner", WELSH) == "thua hanner"
    with pytest.raises(FalseClaim) as refused:
        says(share(6, 12), "mwyafrif", WELSH)
    assert refused.value.message == (
        "agree(\"L2\") says 'mwyafrif', but it is 50% (6 of 12); "
        "true would be 'tua hanner', 'barn gymysg', 'mwy na chwarter', 'mwy na thraean'"
    )


@pytest.mark.parametrize(
    ("form", "wording", "message"),
    [
        ("around halv", ENGLISH, "agree: no words in 'en' are 'around halv'; expected 'none', "),
        ("around halv", ENGLISH, "; did you mean 'around half'?"),
        ("around half", WELSH, "agree: no words in 'cy' are 'around half'; expected 'neb', "),
        ("higher", ENGLISH, "agree: cannot say 'higher'; expected 'none', "),
    ],
)
def test_words_of_another_language_or_kind_are_refused(form, wording, message):
    with pytest.raises(ExpressionError) as refused:
        says(share(6, 12), form, wording)
    assert message in refused.value.message


@pytest.mark.parametrize(
    ("word", "true"),
    [
        ("fewer than half", "fewer_than_half"),
        ("around half", "around_half"),
        ("more than half", "more_than_half"),
    ],
)
def test_of_few_people_only_the_word_that_is_shown_may_be_said(word, true):
    few = figure(word=word, said=word, base_range=(5, 9))
    assert [key for key in WORDS.claims if bears_out(key, few, ENGLISH)] == [true]
    assert says(few, word) == word
    with pytest.raises(FigureHidden) as refused:
        says(few, "a majority")
    assert refused.value.message == (
        "agree(\"L2\") says 'a majority', which would tell too much of so few people; "
        "expected 'fewer than half', 'around half', 'more than half'"
    )


def test_a_wrong_word_of_few_people_is_false_and_tells_no_number():
    few = figure(word="around half", said="around half", base_range=(5, 9))
    with pytest.raises(FalseClaim) as refused:
        says(few, "more than half")
    assert refused.value.message == (
        "agree(\"L2\") says 'more than half', but it is around half; true would be 'around half'"
    )


@pytest.mark.parametrize(
    ("low", "high", "form"),
    [
        (0.01, 0.3, "higher"),
        (0.01, 0.3, "more likely"),
        (-0.3, -0.01, "lower"),
        (-0.01, 0.3, "not clearly different"),
        (0.0, 0.3, "not clearly different"),
    ],
)
def test_a_difference_is_called_one_only_when_its_interval_leaves_out_zero(low, high, form):
    found = apart(Fraction(1, 10), low, high)
    assert says(found, form) == form
    for other in {"higher", "lower", "not clearly different"} - {form, "higher" * ("more" in form)}:
        with pytest.raises(FalseClaim):
            says(found, other)


def test_a_false_difference_is_told_with_its_interval():
    with pytest.raises(FalseClaim) as refused:
        says(apart(Fraction(-1, 10), -0.37, 0.131), "lower")
    assert refused.value.message == (
        "difference(\"L2\") says 'lower', but it is −10 percentage points "
        "(−37 to +13 percentage points); true would be 'not clearly different'"
    )


# Higher, level with it, and shown in all; by hand.
RANKED = [
    ((0, 0, 22), {"highest", "three_highest", "five_highest"}),
    ((0, 1, 22), {"three_highest", "five_highest"}),  # a tie takes the first place from both
    ((2, 0, 22), {"three_highest", "five_highest"}),
    ((2, 1, 22), {"five_highest"}),
    ((4, 0, 22), {"five_highest"}),
    ((5, 0, 22), set()),
    ((16, 0, 22), set()),
    ((17, 0, 22), {"five_lowest"}),
    ((16, 1, 22), set()),
    ((19, 0, 22), {"three_lowest", "five_lowest"}),
    ((21, 0, 22), {"lowest", "three_lowest", "five_lowest"}),
    ((20, 1, 22), {"three_lowest", "five_lowest"}),
    ((0, 0, 3), {"highest"}),  # of three, all are among the three highest
    ((0, 0, 1), set()),  # alone
]


@pytest.mark.parametrize(("rank", "true"), RANKED)
def test_a_place_is_taken_by_no_tie_and_is_not_everybody_s(rank, true):
    found = share(6, 12, rank=rank)
    ranks = {key for key, claim in WORDS.claims.items() if claim.rank}
    assert {key for key in ranks if bears_out(key, found, ENGLISH)} == true


def test_a_false_rank_is_told_with_the_true_one():
    with pytest.raises(FalseClaim) as refused:
        says(share(1, 20, rank=(18, 1, 22)), "the lowest in Wales")
    assert refused.value.message == (
        "agree(\"L2\") says 'the lowest in Wales', but it is 5% (1 of 20), of 22 shown 18 higher "
        "and 1 level with it; true would be 'few', 'fewer than half', 'a minority', "
        "'fewer than a quarter', 'fewer than a third', 'one of the five lowest'"
    )

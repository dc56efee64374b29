"""What a sentence may print of a figure, in both languages, and what it may not."""

from fractions import Fraction

import pytest
from studies import SHIPPED, TINY

from helpers.errors import ExpressionError, FigureHidden
from helpers.figures.evaluation import check_expression, printed_form
from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.study.quantity_words import QuantityWords

ENGLISH = Names(SHIPPED, Language("en")).wording
WELSH = Names(SHIPPED, Language("cy")).wording
AGREE = Figure(
    'agree("L6")',
    "agree",
    "share",
    Fraction(1200, 4100),
    "illustrative",
    "",
    count=1200,
    base=4100,
    interval=(0.2004, 0.4096),
)
FEW = Figure(
    'agree("L6")',
    "agree",
    "share",
    None,
    "illustrative",
    "",
    word="around half",
    said="around half",
    base_range=(5, 9),
)
APART = Figure(
    'difference("L6")',
    "difference",
    "difference",
    Fraction(-1, 8),
    "illustrative",
    "",
    interval=(-0.3, 0.05),
    said=WELSH.points(Fraction(-1, 8)),
)


@pytest.mark.parametrize(
    ("attribute", "english", "welsh"),
    [
        ("number", "29%", "29%"),
        ("words", "fewer than half", "llai na hanner"),
        ("count", "1,200 of 4,100", "1,200 allan o 4,100"),
        ("base", "4,100", "4,100"),
        ("interval", "20% to 41%", "20% i 41%"),
    ],
)
def test_a_share_is_printed_in_five_ways(attribute, english, welsh):
    assert getattr(InlineFigure(AGREE, ENGLISH), attribute).text == english
    assert getattr(InlineFigure(AGREE, WELSH), attribute).text == welsh


def test_a_difference_is_printed_in_percentage_points():
    # −12.5 rounds away from zero.
    assert repr(InlineFigure(APART, WELSH)) == "−13 pwynt canran"
    assert InlineFigure(APART, WELSH).interval.text == "−30 i +5 pwynt canran"


@pytest.mark.parametrize(
    ("ends", "english", "welsh"),
    [
        ((-0.10, -0.0026), "−10 to −0.3", "−10 i −0.3 pwynt canran"),  # clear
        ((-0.0043, 0.09), "−0.4 to +9", "−0.4 i +9 pwynt canran"),  # not clear
        ((0.0004, 0.22), "+0.04 to +22", "+0.04 i +22 pwynt canran"),
        ((-0.21, -0.0000003), "−21 to −0.00003", "−21 i −0.00003 pwynt canran"),
        ((0.0, 0.005), "0 to +1", "0 i +1 pwynt canran"),  # halves are rounded away from zero
        ((-0.02, 0.02), "−2 to +2", "−2 i +2 bwynt canran"),
        ((-0.02, 0.06), "−2 to +6", "−2 i +6 phwynt canran"),
    ],
)
def test_an_end_near_zero_shows_on_which_side_it_lies(ends, english, welsh):
    assert ENGLISH.apart(ends) == f"{english} percentage points"
    assert WELSH.apart(ends) == welsh


@pytest.mark.parametrize(
    ("points", "english", "welsh"),
    [
        (0, "0 percentage points", "0 pwynt canran"),
        (1, "+1 percentage point", "+1 pwynt canran"),
        (-1, "−1 percentage point", "−1 pwynt canran"),
        (2, "+2 percentage points", "+2 bwynt canran"),
        (-3, "−3 percentage points", "−3 phwynt canran"),
        (6, "+6 percentage points", "+6 phwynt canran"),
        (12, "+12 percentage points", "+12 pwynt canran"),
    ],
)
def test_points_take_the_form_that_their_number_asks_for(points, english, welsh):
    assert ENGLISH.points(Fraction(points, 100)) == english
    assert WELSH.points(Fraction(points, 100)) == welsh


def test_of_few_people_a_sentence_prints_the_word_and_the_range_of_the_base():
    few = InlineFigure(FEW, ENGLISH)
    assert (repr(few), few.words.text, few.base.text) == ("around half", "around half", "5 to 9")


@pytest.mark.parametrize("attribute", ["count", "interval"])
def test_of_few_people_no_number_is_printed(attribute):
    with pytest.raises(FigureHidden) as refused:
        getattr(InlineFigure(FEW, ENGLISH), attribute)
    assert refused.value.message == (
        f'agree("L6") has no .{attribute} to show: too few people answered; '
        "write the sentence without the number"
    )


@pytest.mark.parametrize(
    ("suppressed", "why"),
    [
        (
            True,
            "is hidden: too few people answered, or the answers of so few would follow from it",
        ),
        (False, "could not be computed: there is nothing to compute it from"),
    ],
)
def test_a_figure_without_a_number_fails_rather_than_printing_a_hole(suppressed, why):
    empty = Figure("agree()", "agree", "share", None, "illustrative", "", suppressed=suppressed)
    with pytest.raises(FigureHidden) as refused:
        InlineFigure(empty, ENGLISH)
    assert refused.value.message == f"agree() {why}; write the sentence without the number"


def test_of_a_hidden_group_a_larger_one_is_advised_and_of_the_total_none():
    for group, larger in (("officers", "name a larger group, or "), ("total", "")):
        hidden = Figure("agree()", "agree", "share", None, "illustrative", "", group=group)
        with pytest.raises(FigureHidden) as refused:
            InlineFigure(hidden, ENGLISH)
        assert refused.value.message.endswith(f"; {larger}write the sentence without the number")


def test_it_prints_itself_without_quotes_and_as_text():
    assert repr(InlineFigure(AGREE, ENGLISH).count) == "1,200 of 4,100"
    hostile = Figure('agree("<b>")', "agree", "share", Fraction(1), "illustrative", "", said="<i>")
    page = InlineFigure(hostile, ENGLISH)._repr_html_()
    assert page == '<span title="agree(&quot;&lt;b&gt;&quot;)">&lt;i&gt;</span>'


NOT_SO = {
    'invited("total").words': "invited: has no '.words'; expected none",
    'responses("total").says("most")': "responses: cannot say 'most'; expected none",
    'theme_score("skills").count': "theme_score: has no '.count'; expected 'words'",
    'difference("L2").count': "difference: has no '.count'; expected 'interval'",
    'level("leadership").says("most")': "level: cannot say 'most'; expected none",
    'fact("citizens_surveyed").words': "fact: has no '.words'; expected none",
    'fact("citizens_satisfied").interval': "fact: has no '.interval'; expected 'words'",
    'national("L2").says("the highest in Wales")': "national: cannot say 'the highest in Wales'; ",
    'difference("L2", "officers", "total")': "difference: 'officers' and 'total' have people in "
    "common; expected two groups that have none, or 'rest_of_area'",
    'difference("L4", "officers", "members")': "difference: 'L4' was not asked of 'members'",
    'difference("L2", "officers", "rest")': "difference: unknown other 'rest'; expected 'total', ",
}


@pytest.mark.parametrize(("text", "message"), NOT_SO.items(), ids=NOT_SO)
def test_what_a_measure_cannot_print_is_found_without_its_data(text, message):
    with pytest.raises(ExpressionError) as refused:
        check_expression(text, SHIPPED, "en")
    assert message in refused.value.message


@pytest.mark.parametrize(
    ("english", "welsh", "common"),
    [
        ('agree("L2", "total")', 'agree("L2")', 'agree("L2")'),
        ('agree("L2").count', "agree('L2').count", 'agree("L2").count'),
        (
            'agree("L2").says("a majority")',
            'agree("L2").says("fwyafrif")',
            'agree("L2").says(majority)',
        ),
        (
            'difference("L2", "officers", "members")',
            'difference("L2", other="members", group="officers")',
            'difference("L2", group="officers", other="members")',
        ),
    ],
)
def test_both_languages_say_the_same_in_one_form(english, welsh, common):
    assert check_expression(english, SHIPPED, "en") == common
    assert check_expression(welsh, SHIPPED, "cy") == common


def test_the_register_s_form_keeps_the_words_as_written():
    assert printed_form("agree('L2').says('tua hanner')") == 'agree("L2").says("tua hanner")'


def test_a_study_without_words_for_quantities_says_so():
    bare = TINY.model_copy(update={"quantity_words": QuantityWords()})
    with pytest.raises(ExpressionError) as refused:
        check_expression('agree("Q1").words', bare, "en")
    assert refused.value.message == (
        "agree: this study has no words for quantities; add data/study/quantity_words.yaml"
    )

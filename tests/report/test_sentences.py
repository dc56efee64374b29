"""Sentences are found with their figures, and told as they are read."""

import pytest

from helpers.errors import FalseClaim, FigureHidden
from helpers.report.binding.sentences import Sentence, Weighed, changes, find_sentences

ASKED = (('agree("L1")', (1, 1)), ('agree("L1").says("most")', (1, 9)))


def found(text: str) -> list[tuple[str, list[str]]]:
    return [
        (
            sentence.read(lambda expression: f"<{expression}>"),
            [asked for asked, _ in sentence.figures],
        )
        for sentence in find_sentences(text)
    ]


def test_a_sentence_without_a_figure_is_left_out():
    assert found('None here. Of all, {eval}`agree("L1")` *agree*! And none here.') == [
        ('Of all, <agree("L1")> agree!', ['agree("L1")'])
    ]


def test_a_sentence_runs_over_lines_and_ends_with_its_block():
    text = '- Of all,\n  {eval}`agree("L1")`\n- agree {eval}`agree("L2")` or not\n'
    assert found(text) == [
        ('Of all, <agree("L1")>', ['agree("L1")']),
        ('agree <agree("L2")> or not', ['agree("L2")']),
    ]


def test_each_figure_knows_its_place():
    (sentence,) = find_sentences('Here {eval}`agree("L1")`\nand {eval}`agree("L2")`.')
    assert [place for _, place in sentence.figures] == [(1, 6), (2, 5)]


def test_the_sign_that_stands_for_a_figure_may_stand_in_a_text_too():
    assert found('An object \ufffc and {eval}`agree("L1")`.') == [
        ('An object  and <agree("L1")>.', ['agree("L1")'])
    ]


def weighed(printed: dict, refused: dict) -> Weighed:
    return Weighed("skills", "en", Sentence("", ASKED), (1, 1), printed, refused)


@pytest.mark.parametrize(
    ("printed", "refused", "told"),
    [
        ({'agree("L1")': "47%", 'agree("L1").says("most")': "most"}, {}, []),
        ({'agree("L1")': "41%", 'agree("L1").says("most")': "most"}, {}, ["47% → 41%"]),
        (
            {'agree("L1")': "41%"},
            {'agree("L1").says("most")': FalseClaim("")},
            ["47% → 41%", "'most' no longer holds"],
        ),
        (
            {},
            {'agree("L1")': FigureHidden(""), 'agree("L1").says("most")': FigureHidden("")},
            ["47% is hidden now", "most is hidden now"],
        ),
    ],
)
def test_what_changed_since_the_last_build_is_told(printed, refused, told):
    before = {'agree("L1")': "47%", 'agree("L1").says("most")': "most"}
    assert changes(weighed(printed, refused), before) == told


def test_what_was_not_there_in_the_last_build_has_not_changed():
    assert changes(weighed({'agree("L1")': "41%"}, {}), {}) == []

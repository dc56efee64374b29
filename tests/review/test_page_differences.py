"""Two pages that say otherwise are told apart piece by piece."""

import pytest

from helpers.report.pages.seal import FIELD
from helpers.review.page_differences import (
    STYLES,
    TAGS,
    compare_pages,
    first_line_apart,
    first_tag_apart,
)
from helpers.review.page_reader import read_page

ROW = "figure-a"
PAGE = f"""<h2>Vision</h2><p>One sentence.</p>
<p>Here <a class="figure-link" href="#{ROW}">24%</a> agree, and so on.</p>
<figure id="chart-a"><svg><path d="M 1 2" />
<path data-row="{ROW}" data-value="0.25" d="M 1 5  L 86 5" /></svg></figure>
<table><caption>Figures</caption><tr id="{ROW}" data-value="0.25"><th>Agree</th></tr></table>"""


def compare(old: str, new: str) -> list[tuple[str, tuple[str, ...]]]:
    assert old in PAGE
    return list(compare_pages(read_page(PAGE.replace(old, new)), read_page(PAGE)))


def test_pages_that_say_the_same_do_not_differ():
    assert compare("<p>One", "<p  >One") == []


def test_a_sentence_is_quoted_around_what_differs():
    [(told, rows)] = compare("24%", "34%")
    assert told == (
        "“Vision”: published “Here 34% agree, and so on.”, made again “Here 24% agree, and so on.”"
    )
    assert rows == (ROW,)


def test_words_that_change_no_figure_name_none():
    assert compare("and so on", "and on") == [
        (
            "“Vision”: published “Here 24% agree, and on.”, made again "
            "“Here 24% agree, and so on.”",
            (),
        )
    ]


def test_a_sentence_that_was_added_or_taken_away_is_told():
    assert compare("<p>One sentence.</p>", "") == [
        ("“Vision”: published nothing, made again “One sentence.”", ())
    ]


def test_a_heading_that_was_taken_away_moves_nothing_else():
    assert compare("<h2>Vision</h2>", "") == [
        ("“Vision”: published nothing, made again “Vision”", ())
    ]


def test_a_mark_of_a_chart_is_named_with_its_figure():
    [(told, rows)] = compare("L 86 5", "L 96 5")
    assert told == (
        "“Vision”, chart-a: mark: published “0.25 at M 1 5  L 96 5”, made again "
        "“0.25 at M 1 5  L 86 5”"
    )
    assert rows == (ROW,)


def test_a_shape_that_is_no_figure_s_is_told_by_its_chart():
    assert compare("M 1 2", "M 1 3") == [
        ("chart-a: is drawn otherwise than when it was made again", ())
    ]


def test_a_record_in_the_evidence_is_named_by_what_changed():
    assert compare('id="figure-a" data-value="0.25"', 'id="figure-a" data-value="0.35"') == [
        ("evidence: value of figure-a: published 0.35, made again 0.25", (ROW,))
    ]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        (
            b"<p>\n<b>One</b>",
            "line 2 of its markup: published “<b>One</b>”, made again “<i>One</i>”",
        ),
        (b"<p>", "line 2 of its markup: published nothing, made again “<i>One</i>”"),
        (b"<p>\r\n<i>One</i>", "its text is the same, its bytes are not"),
    ],
)
def test_markup_of_which_all_pieces_are_alike_is_told_by_its_line(markup: bytes, told: str):
    assert first_line_apart(markup, b"<p>\n<i>One</i>") == told


def test_a_seal_is_no_difference_in_markup():
    pages = [f"<head>{FIELD.format(digit * 64)}</head>\n<p>".encode() for digit in "ab"]
    assert first_line_apart(*pages) == ""
    assert first_line_apart(pages[0] + b"<p>", pages[1]).startswith("line 2 of its markup: ")


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (b"<style>p{}</style><p>34%</p>", ""),
        (b"<style>p{}</style><p><svg id='a'><path d='M 1'/></svg></p>", "“<svg id='a'>”"),
        (b"<style>p{display:none}</style><p>24%</p>", "“<style>p{display:none}</style>”"),
        (b"<style>p{}</style><p hidden>24%</p>", "“<p hidden>”"),
        (b"<style>p{}</style><!-- officers: 3 --><p>24%</p>", "“<!-- officers: 3 -->”"),
    ],
)
def test_markup_is_compared_whatever_words_stand_in_it(published: bytes, told: str):
    found = first_tag_apart(published, b"<style>p{}</style><p>24%</p>", TAGS)
    assert told in found
    assert bool(found) == bool(told)


def test_a_chart_and_what_is_marked_by_figures_is_compared_elsewhere():
    pages = b"<p class='hidden'><svg><path d='M 1'/></svg>", b"<p><svg><path d='M 2'/></svg>"
    assert first_tag_apart(*pages, STYLES) == ""
    assert first_tag_apart(pages[0].replace(b" class='hidden'", b""), pages[1], TAGS) == ""


def test_a_long_line_is_quoted_where_it_differs():
    told = first_line_apart(b"x" * 500 + b"<b>", b"x" * 500 + b"<i>")
    assert "xxx<b>”, made again “…xxx" in told
    assert len(told) < 250

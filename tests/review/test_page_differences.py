"""Two pages that say otherwise are told apart piece by piece."""

import pytest

from helpers.review.page_differences import compare_pages, first_line_apart
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


def test_a_long_line_is_quoted_where_it_differs():
    told = first_line_apart(b"x" * 500 + b"<b>", b"x" * 500 + b"<i>")
    assert "xxx<b>”, made again “…xxx" in told
    assert len(told) < 250

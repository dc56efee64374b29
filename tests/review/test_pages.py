"""A page is read back in the pieces that a reviewer would point at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.review.page_reader import reach_of, read_page
from helpers.review.pages import Mark, Printed

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta name="unit" content="torfaen"><style>p { color: red }</style></head><body>
<h2>Vision</h2>
<p>Of those, <a class="figure-link" id="use-1" href="#figure-a">24%</a> agree
and <a href="https://example.org/">more</a>.</p>
<figure class="chart" id="chart-a" data-unit="newport"><figcaption>
<p class="headline">Most</p></figcaption>
<svg><desc id="d">Officers: 24%</desc>
<path data-row="figure-a" data-value="0.25" d="M 1 5  L 86 5  L 86 9  L 1 9  z" />
<use data-row="figure-b" data-value="0.5" href="#m" x="171" y="9" />
<text data-row="figure-a" x="1">24%</text></svg></figure>
<table data-unit="torfaen"><caption>Rates</caption>
<tr><th scope="col">Group</th><th scope="col">Rate</th></tr>
<tr><th scope="row">Officers</th><td data-figure="a"><a class="figure-link" href="#figure-a">24%</a>
</td></tr></table>
<table data-unit="torfaen"><caption>Evidence</caption>
<tr><th scope="col">What</th><th scope="col">Value</th></tr>
<tr id="figure-a" data-figure="a" data-value="0.25"><th scope="row">Agree</th><td>24%</td></tr>
</table></body></html>"""


def pieces(kind: str) -> list[tuple[str, str, str]]:
    page = read_page(PAGE)
    return [(piece.section, piece.name, piece.text) for piece in page.pieces if piece.kind == kind]


def test_it_says_whose_it_is_and_in_which_language():
    page = read_page(PAGE)
    assert (page.council, page.language) == ("torfaen", "en")
    assert page.owners == [
        ("chart-a", "newport"),
        ("table “Rates”", "torfaen"),
        ("table “Evidence”", "torfaen"),
    ]


def test_a_sentence_is_one_piece_with_the_figures_that_it_prints():
    page = read_page(PAGE)
    [piece] = [piece for piece in page.pieces if piece.text.startswith("Of those")]
    assert piece.text == "Of those, 24% agree and more."
    assert piece.printed == (Printed("figure-a", "24%"),)
    assert piece.where == "“Vision”"


def test_where_links_lead_is_a_piece():
    """The same words may lead elsewhere."""
    assert ("Vision", "link", "https://example.org/") in pieces("link")


def test_a_style_sheet_is_no_text():
    assert not [text for _, _, text in pieces("text") if "color" in text]


def test_cells_have_the_names_of_their_row_and_column():
    rate = ("Vision", "table “Rates”, row “Officers”, column “Rate”", "24%")
    assert pieces("table")[3] == rate
    assert pieces("evidence") == [
        ("Vision", "table “Evidence”, row “figure-a”, column “What”", "Agree"),
        ("Vision", "table “Evidence”, row “figure-a”, column “Value”", "24%"),
    ]
    assert read_page(PAGE).evidence == {"figure-a": {"figure": "a", "value": "0.25"}}


def test_a_chart_is_its_words_and_its_marks():
    page = read_page(PAGE)
    marks = [mark for piece in page.pieces for mark in piece.marks]
    assert marks == [Mark("figure-a", 0.25, 86), Mark("figure-b", 0.5, 171)]
    assert ("Vision", "chart-a: alternative text", "Officers: 24%") in pieces("chart")
    assert ("Vision", "chart-a: headline", "Most") in pieces("chart")
    [words] = [piece for piece in page.pieces if piece.name == "chart-a: words"]
    assert words.printed == (Printed("figure-a", "24%"),)


def test_any_other_shape_makes_another_drawing():
    moved = PAGE.replace("L 86 9", "L 87 9")
    assert read_page(PAGE).drawings != read_page(moved).drawings


def test_garbage_is_a_page_that_says_little():
    for text in ("", "<", "<td>a", "</td></table></figure>", "<tr><th>", "<a href='#x'>" * 50):
        assert read_page(text).council == ""


def test_what_was_never_closed_is_read_too():
    opened = PAGE.replace("<p>Of", "<td>Said between<p>Of").replace("</body></html>", "<p>Last")
    said = [piece.text for piece in read_page(opened).pieces]
    assert "Of those, 24% agree and more." in said
    assert {"Said between", "Last"} < set(said)


@pytest.mark.parametrize("junk", ["<![foo[>", "<![foo[ bar ]>", "<![CDATA[x]]>", "<![if IE]>"])
def test_a_declaration_that_no_page_has_is_passed_over(junk: str):
    """As browsers do; some versions of Python raise an error there."""
    assert read_page(PAGE.replace("<p>Of", f"{junk}<p>Of")) == read_page(PAGE)


MARKUP = [
    "<![",
    "[",
    ">",
    "<",
    "!",
    "--",
    "<td",
    "<caption>",
    "</td>",
    "<tr id='r'>",
    "<table>",
    "</p>",
]
MARKUP += [
    "<p>",
    "<a class='figure-link' href='#r'>",
    "</a>",
    "<figure id='f'>",
    "<path d='M'/>",
    "24%",
]


@given(st.lists(st.sampled_from(MARKUP) | st.text(max_size=3)))
def test_whatever_stands_on_a_page_it_is_read(parts: list[str]):
    assert read_page("".join(parts)).council == ""


def test_a_bar_reaches_to_its_right_end():
    assert reach_of("path", {"d": "M 1 68.5  L 174 68.5  L 174 88.5  L 1 88.5  z "}) == 174
    assert reach_of("path", {"d": ""}) is None

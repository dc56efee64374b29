"""What an auditor may write: where inline figures are found, and what never reaches a page."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.report.binding.markdown import (
    Inline,
    find_inline,
    headings,
    render_markdown,
    render_phrase,
)

L1 = '{eval}`agree("L1")`'


def found(text: str) -> list[str]:
    return [inline.expression for inline in find_inline(text)]


def places(text: str) -> list[tuple[int, int]]:
    return [(inline.line, inline.column) for inline in find_inline(text)]


def show(expression: str) -> str:
    return f"<a>{len(expression)}</a>"


def rendered(text: str) -> BeautifulSoup:
    return BeautifulSoup(render_markdown(text, show), "html.parser")


def test_text_in_deep_lists_is_neither_lost_nor_unchecked():
    deep = "- " * 30 + 'so {eval}`agree("L1")` agree'
    assert [inline.expression for inline in find_inline(deep)] == ['agree("L1")']
    assert "so 41% agree" in render_markdown(deep, lambda _: "41%")


def test_inline_figures_are_found_in_reading_order():
    text = 'First {eval}`agree("L2")`, then {eval}`agree("L1")`.\n\n- And {eval}`agree("L2")`\n'
    assert found(text) == ['agree("L2")', 'agree("L1")', 'agree("L2")']


@pytest.mark.parametrize(
    "text",
    [
        f"# Heading {L1}",
        f"- item\n  - deeper {L1}",
        f"> quoted {L1}",
        f"**bold {L1}**",
        f"[linked {L1}](https://example.org)",
        f"| a | b |\n|---|---|\n| x | {L1} |",
        f"<b>{L1}</b>",
    ],
    ids=["heading", "list", "quote", "bold", "link", "table", "what-looks-like-html"],
)
def test_a_figure_is_found_wherever_text_may_stand(text: str):
    assert found(text) == ['agree("L1")']
    assert rendered(text).find("a", string="11")


@pytest.mark.parametrize(
    "text",
    [
        f"`` {L1} ``",
        f"    {L1}",
        f"```\n{L1}\n```",
        f"~~~ text\n{L1}\n~~~",
        '\\{eval}`agree("L1")`',
        '{eval} `agree("L1")`',
        '{evaluate}`agree("L1")`',
        '`agree("L1")`',
        '{eval}`agree("L1")',
    ],
    ids=[
        *["code-span", "indented-code", "fence", "tildes", "escaped", "space-between"],
        *["another-role", "code", "unclosed"],
    ],
)
def test_no_figure_is_found_where_myst_has_none(text: str):
    assert find_inline(text) == []
    assert rendered(text).find("a") is None


def test_a_place_is_line_and_column_from_one():
    assert find_inline(f"{L1}") == [Inline('agree("L1")', 1, 1)]
    assert places(f"One.\n\nTwo {L1} and {L1}\nthree {L1}") == [(3, 5), (3, 29), (4, 7)]
    assert places(f"- a\n  - é {L1}\n> {L1}") == [(2, 7), (3, 3)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"`` {L1} `` then {L1}", (1, 32)),
        (f"    {L1}\n\nAnd {L1}", (3, 5)),
        (f"```\n{L1}\n```\n{L1}", (4, 1)),
        (f"\\{L1} but {L1}", (1, 26)),
    ],
    ids=["code-span", "indented-code", "fence", "escaped"],
)
def test_a_place_is_not_that_of_the_same_words_in_code(text: str, place: tuple[int, int]):
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('One.\n\nTwo {eval}``agree("L1")``', (3, 5)),
        ('One.\n\nTwo {eval}`agree("L1",\ngroup="officers")`', (3, 5)),
    ],
    ids=["two-ticks", "over-two-lines"],
)
def test_a_place_is_right_however_the_figure_is_written(text: str, place: tuple[int, int]):
    assert places(text) == [place]


@given(st.lists(st.sampled_from([L1, "word", "`code`", "\n\n", "\n- ", "**", "é"]), max_size=30))
def test_a_place_leads_back_to_its_figure(parts: list[str]):
    text = " ".join(parts)
    lines = text.split("\n")
    for line, column in places(text):
        assert lines[line - 1][column - 1 :].startswith(L1)


def test_an_expression_is_shown_as_the_caller_says_and_the_rest_as_markdown():
    html = render_markdown(f"Of those, **{L1}** agree.", lambda text: f"[{text}]")
    assert html == '<p>Of those, <strong>[agree("L1")]</strong> agree.</p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "https://www.audit.wales",
        "HTTP://www.audit.wales/x?y=z:1",
        "mailto:info@audit.wales",
        "tel:02920320500",
        "#part-1",
        "report.cy.html",
        "../cardiff/report.en.html#a:b",
    ],
)
def test_a_link_to_a_page_a_mailbox_or_a_telephone_is_a_link(address: str):
    assert rendered(f"[audit]({address})").a["href"].casefold() == address.casefold()


@pytest.mark.parametrize(
    "address",
    ["javascript:x", "vbscript:x", "data:text/html,x", "file:///x", "blob:x", "intent:x", "a+b:x"],
)
def test_a_link_of_any_other_scheme_is_only_words(address: str):
    assert rendered(f"[audit]({address})").find("a") is None


def test_another_role_is_shown_and_not_followed():
    page = rendered("{download}`<b>secret.csv` and {sub}`2`")
    assert [code.text for code in page.find_all("code")] == ["{download}<b>secret.csv", "{sub}2"]
    assert page.find("b") is None


def test_a_table_is_a_table():
    assert rendered("| a | b |\n|---|---|\n| c | d |").td.text == "c"


def test_a_phrase_has_no_paragraph_around_it():
    assert render_phrase("A *clear* vision.", show) == "A <em>clear</em> vision."


def test_headings_are_told_with_their_level():
    text = "## Part 1: Why\n\ntext\n\n### Who replied\n\n    ## code\n\nOutcome\n===\n"
    assert headings(text) == [(2, "Part 1: Why"), (3, "Who replied"), (1, "Outcome")]


def test_a_heading_is_told_as_it_is_read_without_its_markup():
    text = "## The *real* `data` and [more](https://example.org) \\* &amp; so"
    assert headings(text) == [(2, "The real data and more * & so")]

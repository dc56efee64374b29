"""What a table promises to those who hear it and to those who read it on a phone."""

from dataclasses import replace
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup

from helpers.figures.figure import Figure
from helpers.report.content.tables import Html, Table, mark_published, render_table

HOSTILE = '<b onclick="x">&\''
RATE = Figure('agree("L1")', "agree", "share", Fraction(3, 10), "illustrative", "invented")
HIDDEN = Figure('agree("L2")', "agree", "share", None, "illustrative", "", suppressed=True)
TABLE = Table(
    "Agreement by group",
    ["Statement", "Officers", "Comment"],
    [["A clear vision", RATE, "text"], ["An example", HIDDEN, Html("<em>safe</em>")]],
    note="[c] is hidden",
)


def page(table: Table) -> BeautifulSoup:
    return BeautifulSoup(render_table(table), "html.parser")


def test_a_table_has_a_caption_before_its_rows():
    table = page(TABLE).table
    assert table.find(True).name == "caption"
    assert table.caption.text == "Agreement by group"


def test_each_header_has_its_scope_and_none_is_empty():
    headers = page(TABLE).find_all("th")
    assert [header["scope"] for header in headers] == ["col"] * 3 + ["row"] * 2
    assert all(header.text for header in headers)
    assert [row.find(True).name for row in page(TABLE).tbody.find_all("tr")] == ["th", "th"]


def test_a_cell_names_its_column_for_a_phone():
    cells = page(TABLE).find_all("td")
    assert [cell["data-label"] for cell in cells] == ["Officers", "Comment"] * 2


def test_a_figure_leads_to_its_evidence_and_is_printed_as_displayed():
    shown, hidden = page(TABLE).find_all("td", class_="number")
    assert (shown["data-figure"], shown.text) == ('agree("L1")', "30%")
    assert shown.a["href"] == "#figure-agree-L1"
    assert (hidden["data-figure"], hidden.text) == ('agree("L2")', "[c]")


def test_text_is_escaped_everywhere_and_html_is_kept():
    table = Table(HOSTILE, [HOSTILE, HOSTILE], [[HOSTILE, HOSTILE]], note=HOSTILE)
    assert "<b" not in render_table(table)
    found = page(table)
    assert found.td["data-label"] == found.td.text == found.caption.text == HOSTILE
    assert '<td role="cell" data-label="Comment"><em>safe</em></td>' in render_table(TABLE)


def test_roles_are_spelt_out_for_browsers_that_forget_stacked_tables():
    found = page(TABLE)
    assert [found.table["role"], found.tr["role"], found.td["role"]] == ["table", "row", "cell"]


def test_rows_carry_their_marks():
    marks = [{"id": "one", "data-figure": 'agree("L1")'}, {"id": 'it\'s "two"'}]
    table = Table("A caption", ["A"], [["first"], ["second"]], marks=marks)
    assert [row["id"] for row in page(table).tbody.find_all("tr")] == ["one", 'it\'s "two"']
    assert page(table).tbody.tr["data-figure"] == 'agree("L1")'


def test_rows_stand_in_groups_under_what_they_are_about():
    table = Table("A caption", ["A", "B"], [["1", ""], ["2", ""], ["3", ""]], groups={1: "Later <"})
    first, second = page(table).find_all("tbody")
    assert [row.text for row in first.find_all("tr")] == ["1"]
    assert [row.th.text for row in second.find_all("tr")] == ["Later <", "2", "3"]
    assert (second.th["scope"], second.th["colspan"]) == ("rowgroup", "2")


def test_a_note_stands_below_the_table():
    assert render_table(TABLE).endswith('</div>\n<p class="note">[c] is hidden</p>\n')
    assert "note" not in render_table(Table("A caption", ["A"], []))


def test_published_rows_and_columns_are_told_apart_from_others():
    published = replace(RATE, provenance="published")
    mixed = Table(
        "Rates", ["Group", "Here", "All"], [["A", published, RATE], ["B", published, HIDDEN]]
    )
    assert mark_published(mixed, "real").columns == ["Group", "Here (real)", "All"]
    rows = Table("Rates", ["Group", "Here"], [["A & B", published], ["C", RATE]])
    marked = mark_published(rows, "real")
    assert [row[0] for row in marked.rows] == ["A & B (real)", "C"]
    assert ">A &amp; B (real)</th>" in render_table(marked)


@pytest.mark.parametrize("rows", [[["A", RATE]], [["A", replace(RATE, provenance="published")]]])
def test_where_all_numbers_are_of_one_kind_none_is_marked(rows):
    table = Table("Rates", ["Group", "Here"], rows)
    assert mark_published(table, "real") == table


def test_a_column_without_a_name_is_refused():
    with pytest.raises(ValueError, match="table 'Rates': each column, the first too, needs a name"):
        render_table(Table("Rates", ["", "Officers"], []))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="table 'Rates': a row of 1 cells; expected 2"):
        render_table(Table("Rates", ["Group", "Rate"], [["Officers"]]))

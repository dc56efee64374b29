"""The spreadsheet: a sheet for each table, numbers as numbers, and nothing that runs."""

import io
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from downloaded import APART, INVITED, RATE, REPLIES, executed, table
from openpyxl import Workbook, load_workbook

from helpers.figures.figure import Figure
from helpers.report.content.tables import Counted, Table, render_table
from helpers.report.downloads.executed import Executed
from helpers.report.downloads.read_tables import read_tables
from helpers.report.downloads.spreadsheet import spreadsheet
from helpers.study.definition import Study
from helpers.study.reading import read_study

ATTACKS = [
    '=HYPERLINK("http://127.0.0.1")',
    "{=1+1}",
    "+1+1",
    "@SUM(A1)",
    "http://127.0.0.1/",
    "[read](javascript:alert)",
    "[a](b) [c](d)",
    "$$note$$",
    "–",
]


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def texts(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


@pytest.fixture(scope="module")
def workbook(study: Study) -> Workbook:
    return opened(spreadsheet(study, executed("en", REPLIES), ["cy"]))


def test_cover_contents_and_notes_come_before_the_tables(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Figures"]


def test_numbers_are_numbers_shown_as_the_page_shows_them(workbook: Workbook) -> None:
    sheet = workbook["Table 1"]
    [total] = [row for row in sheet.iter_rows() if row[0].value == "Total"]
    assert [cell.value for cell in total] == ["Total", 103, 0.407767, "[c]"]
    assert [cell.number_format for cell in total[1:3]] == ["#,##0", "0%"]
    assert [cell.data_type for cell in total] == ["s", "n", "n", "s"]


@pytest.mark.parametrize(("code", "unit"), [("en", " percentage points"), ("cy", " pwynt canran")])
def test_a_difference_is_a_number_in_percentage_points(study: Study, code: str, unit: str) -> None:
    edition = executed(code, table("Apart", ["Statement", "Difference"], ["L1", ("−15 …", APART)]))
    book = opened(spreadsheet(study, edition, []))
    [_, cell] = list(book.worksheets[3].iter_rows())[-1]
    assert cell.value == -14.7059
    assert cell.number_format == f'"+"0"{unit}";"−"0"{unit}";""0"{unit}"'
    [*_, row] = book.worksheets[-1].iter_rows()
    assert [end.value for end in row[5:7]] == [-20.1, 0]


def test_a_share_with_the_people_behind_it_is_three_numbers_with_a_source(study: Study) -> None:
    rate = Figure(RATE, "response_rate", "share", Fraction(42, 103), "published", "", base=103)
    shown = Table(
        "Rates",
        ["Council", "All"],
        [["Torfaen", Counted(rate, "42 of 103")]],
        parts=["Rate", "Replied", "Invited"],
    )
    [read] = read_tables(render_table(shown), {rate.anchor: RATE})
    sheet = opened(spreadsheet(study, executed("en", read), []))["Table 1"]
    *_, source, heads, row = sheet.iter_rows(values_only=True)
    assert (
        source[0] == "Source: Local government use of data, Wales Audit Office. Published figures."
    )
    assert heads == ("Council", "All: Rate", "All: Replied", "All: Invited")
    assert row == ("Torfaen", 0.407767, 42, 103)


def test_words_stay_words_and_no_cell_is_empty(workbook: Workbook) -> None:
    [members] = [row for row in texts(workbook["Table 1"]) if row[0] == "Elected members"]
    assert members == ["Elected members", "[z]", "not asked", "around half"]


def test_a_sheet_says_whose_it_is_what_marks_mean_and_the_source(workbook: Workbook) -> None:
    above = [row[0] for row in texts(workbook["Table 1"])[:6]]
    assert above == [
        "Replies",
        "Use of data: Torfaen (illustrative data)",
        "The table stands below. The notes say what its marks mean.",
        "[c] means that too few people answered for the number to be shown, or that the answers "
        "of so small a group would follow from it.",
        "[z] means that nothing belongs in the cell.",
        "Source: synthetic data made for this workbook. Some of the numbers are published: the "
        "list of figures at the end tells which.",
    ]


def test_every_sheet_but_the_contents_carries_the_mark_of_illustrative_data(
    workbook: Workbook,
) -> None:
    without = [
        sheet.title
        for sheet in workbook
        if not any("illustrative data" in str(text).lower() for row in texts(sheet) for text in row)
    ]
    assert without == ["Contents"]


def test_each_sheet_has_one_named_table_and_no_merged_cells(workbook: Workbook) -> None:
    assert [len(sheet.tables) for sheet in workbook] == [0, 1, 1, 1, 1]
    assert all(not sheet.merged_cells.ranges for sheet in workbook)


def test_the_contents_lead_to_each_sheet(workbook: Workbook) -> None:
    links = [
        cell.hyperlink.location
        for [cell] in workbook["Contents"].iter_rows(max_col=1)
        if cell.hyperlink
    ]
    assert links == ["'Notes'!A1", "'Table 1'!A1", "'Figures'!A1"]


def test_the_last_sheet_lists_the_register(workbook: Workbook) -> None:
    rows = {row[0]: row[1:] for row in texts(workbook["Figures"])}
    assert rows[RATE][:4] == ["Share of those invited that replied. Total", 0.407767, 42, 103]
    assert rows[RATE][-2:] == ["published", "The report of 2018"]
    assert rows[INVITED][1] == 103
    assert rows['agree("L1", group="members")'][1:4] == ["around half", "[z]", "5 to 9"]


def test_a_welsh_workbook_has_nothing_in_english(study: Study) -> None:
    edition = executed("cy", table("Atebion", ["Grŵp", "Gwahoddwyd"], ["Cyfanswm", "103"]))
    welsh = opened(spreadsheet(study, edition, ["en"]))
    assert welsh.sheetnames == ["Clawr", "Cynnwys", "Nodiadau", "Tabl 1", "Ffigurau"]
    said = {str(text) for sheet in welsh for row in texts(sheet) for text in row}
    assert "Mae'r tabl isod. Mae'r nodiadau'n dweud beth yw ystyr ei farciau." in said
    assert "This document is also available in English" in said
    ours = {"This worksheet", "Sheet name", "Note number", "Table of contents", "Introductory"}
    assert [text for text in said if any(word in text for word in ours)] == []


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_runs_or_becomes_a_link(study: Study, attack: str) -> None:
    given = executed("en", title=attack, notices=[attack], footer=attack)
    hostile = Executed(
        given.facts, given.records, [table(attack, [attack, "Value"], [attack, attack])]
    )
    content = spreadsheet(study, hostile, [])
    workbook = opened(content)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}  # "f" would be a formula
    targets = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert set(targets) <= {None}
    assert all(b"<f>" not in part for part in parts(content))
    assert workbook["Table 1"].cell(workbook["Table 1"].max_row, 2).value in {
        attack,
        attack.replace("](", "] (").replace("$$", "$ $"),
    }


def parts(content: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist() if "sheet" in name]


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        (["Group", "group", "Group"], ["Group", "group (2)", "Group (3)"]),
        (["N (all)", "N (all)", "n (ALL)"], ["N (all)", "N (all) (2)", "n (ALL) (3)"]),
        (["N (2)", "N", "N"], ["N (2)", "N", "N (3)"]),
    ],
)
def test_columns_of_the_same_name_are_told_apart(
    study: Study, names: list[str], apart: list[str]
) -> None:
    edition = executed("en", table("Names", names, ["a", "b", "c"]))
    sheet = opened(spreadsheet(study, edition, []))["Table 1"]
    assert [cell.value for cell in sheet[sheet.max_row - 1]] == apart


def test_the_same_edition_gives_the_same_bytes(study: Study) -> None:
    first, second = (spreadsheet(study, executed("en", REPLIES), ["cy"]) for _ in range(2))
    assert first == second

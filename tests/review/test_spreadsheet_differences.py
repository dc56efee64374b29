"""A cell of a spreadsheet that is not what was made again is named with its figure."""

import io

import pytest
from openpyxl import Workbook

from helpers.report.downloads.executed import Executed
from helpers.report.downloads.read_tables import ReadCell, ReadTable
from helpers.review.spreadsheet_differences import compare_spreadsheets

RATE, INVITED = 'response_rate("total")', 'invited("total")'
TOTAL = [ReadCell("Total"), ReadCell("103", INVITED), ReadCell("41%", RATE)]
EDITION = Executed(
    {},
    [{"expression": RATE}, {"expression": INVITED}],
    [ReadTable("Nothing", ["Group"], []), ReadTable("Replies", ["Group", "", ""], [TOTAL])],
)
# A table without rows has no sheet; above each table there may be any number of lines.
SHEETS = {
    "Cover": [["Use of data"]],
    "Contents": [["Table 1", "Replies"]],
    "Notes": [["[c] means that the number is hidden."]],
    "Table 1": [["Replies"], ["Source"], ["Group", "Invited", "Rate"], ["Total", 103, 0.407767]],
    "Figures": [["Figures"], ["Figure", "Value"], [RATE, 0.407767], [INVITED, 103]],
}


def book(sheet: str = "Cover", cell: str = "A1", value: object = "Use of data") -> bytes:
    """The spreadsheet, with another value in a cell."""
    workbook, written = Workbook(), io.BytesIO()
    workbook.remove(workbook.active)
    for name, rows in SHEETS.items():
        page = workbook.create_sheet(name)
        for row in rows:
            page.append(row)
    workbook[sheet][cell] = value
    workbook.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "was", "figures"),
    [
        ("Table 1", "C4", 0.507767, "0.407767", (RATE,)),
        ("Table 1", "B4", "=1+103", "103", (INVITED,)),
        ("Table 1", "A4", "All", "Total", ()),
        ("Table 1", "C2", "A remark", "", ()),
        ("Figures", "B3", 0.5, "0.407767", (RATE,)),
        ("Notes", "A1", None, "[c] means that the number is hidden.", ()),
    ],
)
def test_a_cell_that_was_altered_is_named(
    sheet: str, cell: str, value: object, was: str, figures: tuple[str, ...]
):
    put = "" if value is None else value
    told = f"sheet “{sheet}”, cell {cell}: published “{put}”, made again “{was}”"
    assert list(compare_spreadsheets(book(sheet, cell, value), book(), EDITION)) == [
        (told, figures)
    ]


def test_the_same_cells_do_not_differ():
    assert list(compare_spreadsheets(book(), book(), EDITION)) == []


@pytest.mark.parametrize("garbage", [b"", b"garbage", b"PK\x03\x04garbage", book()[:-40]])
def test_of_what_is_no_spreadsheet_no_cell_is_named(garbage: bytes):
    assert list(compare_spreadsheets(garbage, book(), EDITION)) == []

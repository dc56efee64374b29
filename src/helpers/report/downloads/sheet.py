"""One sheet of a spreadsheet: its cells, and the table that gptables makes of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from helpers.figures.wording import signed
from helpers.report.downloads.executed import identity
from helpers.report.downloads.read_tables import ReadCell, ReadTable
from helpers.report.languages.meaning import meaning
from helpers.report.languages.names import Names

if TYPE_CHECKING:
    from gptables import GPTable

NOTHING = "[z]"  # the Government Statistical Service's mark for not applicable
FORMATS = {"share": "0%", "count": "#,##0", "level": "0"}
SHOWN_SHARE = "0.0%"
POINT, SHOWN_POINT = "0", "0.0"  # of percentage points
LATIN = re.compile(r"[A-Za-z0-9]")  # a text without any of these gptables takes for an ornament
MARKUP = {"](": "] (", "$$": "$ $"}  # what gptables would make a link or a note of


@dataclass(frozen=True)
class SheetCell:
    """A cell: its text and, where the page shows a number, the number and how it is shown."""

    text: str
    number: float | None = None
    shown: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table with what stands above it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[SheetCell]]
    subtitle: str = ""
    instructions: str = ""
    legend: Sequence[str] = ()
    source: str = ""

    def told(self, **texts: Any) -> "Sheet":
        """Return the sheet with texts above its table."""
        return replace(self, **texts)

    @classmethod
    def of_texts(cls, title: str, columns: Sequence[str], rows: Iterable[Iterable[str]]) -> "Sheet":
        """Return a sheet of nothing but words."""
        return cls(title, columns, [[SheetCell(text or NOTHING) for text in row] for row in rows])


def sheet_of(table: ReadTable, figures: Mapping[str, Mapping[str, Any]], names: Names) -> Sheet:
    """Return a table of the page as a sheet, with the numbers that its figures have."""
    rows = [[_cell_of(cell, figures, names) for cell in row] for row in table.rows]
    return Sheet(table.caption, table.columns, rows)


def _cell_of(cell: ReadCell, figures: Mapping[str, Mapping[str, Any]], names: Names) -> SheetCell:
    if cell.figure not in figures:
        return SheetCell(cell.text or NOTHING)
    record = figures[cell.figure]
    return _whole(record[cell.part]) if cell.part else number_cell(record, names)


def register_sheet(records: Sequence[Mapping[str, Any]], names: Names) -> Sheet:
    """Return the register as a sheet, a figure a row."""
    label = names.language.label
    columns = ["Figure", "What it counts", "Value", "Number", "Base"]
    ends = ["Where the confidence interval starts", "Where the confidence interval ends"]
    rows = [
        [
            SheetCell(record["expression"]),
            SheetCell(meaning(identity(record), names)),
            number_cell(record, names),
            _whole(record["count"]),
            _base(record, names),
            *_interval(record, names),
            SheetCell(names.status(identity(record))),
            SheetCell(record["source"]),
        ]
        for record in records
    ]
    heads = [*map(label, columns), *map(label, ends), label("Status"), label("Source")]
    return Sheet(label("Every figure in this report"), heads, rows)


def number_cell(record: Mapping[str, Any], names: Names) -> SheetCell:
    """Return a figure's cell: a number where the page shows its number, else what it shows."""
    value = record["value"]
    if record["suppressed"] or record["word"] or value is None:
        return SheetCell(record["display"])
    if record["kind"] == "difference":
        return _points(value, POINT, names)
    return SheetCell("", value, FORMATS[record["kind"]])


def _points(difference: float, digits: str, names: Names) -> SheetCell:
    """Return a difference (-1 to 1) in percentage points: no format makes those of a share."""
    printed = signed(Fraction(difference))
    apart = printed != "0" or digits != POINT
    before, _, after = names.wording.points(Fraction(difference)).partition(printed)
    signs = ("+", "−", "") if apart else ("", "", "")
    shown = ";".join(f'"{before}{sign}"{digits}"{after}"' for sign in signs)
    return SheetCell("", round(100 * difference, 4), shown)


def _whole(number: int | None) -> SheetCell:
    return SheetCell(NOTHING) if number is None else SheetCell("", number, FORMATS["count"])


def _base(record: Mapping[str, Any], names: Names) -> SheetCell:
    if record["base_range"]:
        low, high = record["base_range"]
        return SheetCell(names.language.label("{low} to {high}", low=low, high=high))
    return _whole(record["base"])


def _interval(record: Mapping[str, Any], names: Names) -> list[SheetCell]:
    if record["interval"] is None:
        return [SheetCell(NOTHING)] * 2
    if record["kind"] == "difference":
        return [_points(end, SHOWN_POINT, names) for end in record["interval"]]
    return [SheetCell("", end, SHOWN_SHARE) for end in record["interval"]]


def gp_table(sheet: Sheet, name: str) -> "GPTable":
    """Return what gptables writes; a cell that it would refuse is written afterwards."""
    import pandas as pd
    from gptables import GPTable

    rows = [[_given(cell) for cell in row] for row in sheet.rows]
    return GPTable(
        table=pd.DataFrame(rows, columns=_unique(sheet.columns), dtype=object),
        table_name=re.sub(r"\W", "_", name),
        title=inert(sheet.title if LATIN.search(sheet.title) else f"{name}: {sheet.title}"),
        subtitles=[inert(sheet.subtitle)],
        instructions=inert(sheet.instructions),
        legend=list(sheet.legend),
        source=inert(sheet.source) or None,
        index_columns={2: 0},
        additional_formatting=[
            {"cell": {"format": {"num_format": cell.shown}, "cells": (row, column)}}
            for row, cells in enumerate(sheet.rows, start=1)
            for column, cell in enumerate(cells)
            if cell.shown
        ],
    )


def write_exactly(workbook: Any, name: str, sheet: Sheet) -> None:
    """Write the texts that gptables was not given as they are, in the format of their places."""
    worksheet = workbook.get_worksheet_by_name(name)
    above = 3 + len(sheet.legend) + bool(sheet.source)  # title, subtitle and instructions
    for row, cells in enumerate(sheet.rows, start=above + 1):
        for column, cell in enumerate(cells):
            if cell.number is None and _given(cell) != cell.text:
                theme = workbook.theme.data_format if column else workbook.theme.index_2_format
                worksheet.write_string(row, column, cell.text, workbook.add_format(theme))


def inert(text: str) -> str:
    """Return a text of which gptables makes no link and no note."""
    for sign, apart in MARKUP.items():
        text = text.replace(sign, apart)
    return text


def _given(cell: SheetCell) -> object:
    if cell.number is not None:
        return cell.number
    return inert(cell.text) if LATIN.search(cell.text) else NOTHING


def _unique(columns: Sequence[str]) -> list[str]:
    """Return names of columns that Excel can tell apart, whatever their case."""
    found: list[str] = []
    for name in map(inert, columns):
        taken = {other.lower() for other in found}
        numbered = (f"{name} ({number})" for number in count(2))
        found.append(next(one for one in chain([name], numbered) if one.lower() not in taken))
    return found

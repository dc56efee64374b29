"""tables.<edition>.xlsx: all tables of a report, a sheet each, and the register on the last.

Laid out as the Analysis Function asks of spreadsheets: a cover, a list of contents and notes before
the tables; on each sheet one table that begins in column A under its title, marks explained, source
told; no merged and no empty cells.
"""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from helpers.figures.figure import HIDDEN, NOT_ASSESSED
from helpers.report.downloads.executed import Executed, identity
from helpers.report.downloads.sheet import (
    NOTHING,
    Sheet,
    gp_table,
    inert,
    register_sheet,
    sheet_of,
    write_exactly,
)
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.study.definition import Study

NEVER = datetime(2000, 1, 1)  # the same bytes whenever it is made
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
WIDE, NARROW, LONG = 60, 18, 30  # characters
MARKS = {
    HIDDEN: (
        "[c] means that too few people answered for the number to be shown, or that the "
        "answers of so small a group would follow from it."
    ),
    NOT_ASSESSED: "[x] means not assessed: too few statements could be shown.",
    NOTHING: "[z] means that nothing belongs in the cell.",
}


def sheets_name(edition: str) -> str:
    """Return the file name of an edition's spreadsheet."""
    return f"tables.{edition}.xlsx"


def spreadsheet(study: Study, edition: Executed, others: Sequence[str]) -> bytes:
    """Return an edition's tables as XLSX; `others` are the editions beside it.

    No text can run as a formula or become a link. gptables is imported here, as only who makes
    spreadsheets waits for it.
    """
    names = Names(study, Language(edition.language))
    label = names.language.label
    notes, tables = label("Notes"), dict(_tables(names, edition))
    sheets = {notes: _notes(names, edition), **tables}
    written = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of notes, which have a sheet of ours, and of old pandas
        import gptables

        workbook = gptables.produce_workbook(
            written,
            {name: gp_table(sheet, name) for name, sheet in sheets.items()},
            cover=gptables.Cover(inert(edition.title), cover_label=label("Cover")),
            contentsheet_label=label("Contents"),
            contentsheet_options={
                "title": label("Contents"),
                "column_names": [label("Sheet"), label("Table")],
                "instructions": label("Each name leads to its sheet."),
            },
            auto_width=False,
            workbook_options=OPTIONS,
        )
    _write_cover(workbook, names, edition, others)
    for name, sheet in sheets.items():
        write_exactly(workbook, name, sheet)
        _set_widths(workbook.get_worksheet_by_name(name), sheet)
    workbook.get_worksheet_by_name(label("Contents")).set_column(0, 1, WIDE)
    workbook.set_properties({"title": edition.title, "created": NEVER})
    workbook.close()
    return written.getvalue()


def _tables(names: Names, edition: Executed) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets of the report's tables by name, then that of its register."""
    label = names.language.label
    tables = [table for table in edition.tables if table.rows]
    for number, table in enumerate(tables, start=1):
        records = [
            edition.figures[cell.figure]
            for row in table.rows
            for cell in row
            if cell.figure in edition.figures
        ]
        sheet = sheet_of(table, edition.figures, names)
        yield label("Table {number}", number=number), _told(sheet, names, edition, records)
    sheet = register_sheet(edition.records, names)
    yield label("Figures"), _told(sheet, names, edition, edition.records)


def _told(
    sheet: Sheet, names: Names, edition: Executed, records: Sequence[Mapping[str, Any]]
) -> Sheet:
    """Put onto a sheet what its reader must know: whose it is, its marks, its source."""
    label = names.language.label
    shown = {cell.text for row in sheet.rows for cell in row}
    return sheet.told(
        subtitle=edition.title,
        instructions=label("The table stands below. The notes say what its marks mean."),
        legend=[label(MARKS[mark]) for mark in MARKS if mark in shown],
        source=names.source(map(identity, records)) if records else "",
    )


def _notes(names: Names, edition: Executed) -> Sheet:
    label, limits = names.language.label, names.study.about.thresholds
    told = [label(MARKS[mark]) for mark in MARKS]
    if limits.words_below > limits.nothing_below:
        words = "Where {low} to {high} people answered, words stand for the number."
        told.append(label(words, low=limits.nothing_below, high=limits.words_below - 1))
    rows = [[note] for note in [*told, *map(_plain, edition.facts["notices"])]]
    return Sheet.of_texts(label("Notes"), [label("Notes")], rows).told(
        subtitle=edition.title,
        instructions=label("What holds for each sheet."),
    )


def _write_cover(workbook: Any, names: Names, edition: Executed, others: Sequence[str]) -> None:
    """Write the cover's text; gptables would put headings in English between."""
    label = names.language.label
    cover = workbook.get_worksheet_by_name(label("Cover"))
    lines = [
        *edition.facts["notices"],
        label("These are the tables of the report; the last sheet lists its figures."),
        *(Language(code).label("This document is also available in English") for code in others),
        edition.facts["footer"],
    ]
    text = workbook.add_format(workbook.theme.cover_text_format)
    for row, line in enumerate(lines, start=1):
        cover.write_string(row, 0, _plain(line), text)
    cover.set_column(0, 0, WIDE + LONG)


def _plain(html: str) -> str:
    return Markup(html).striptags()


def _set_widths(worksheet: Any, sheet: Sheet) -> None:
    for column in range(len(sheet.columns)):
        longest = max(len(row[column].text) for row in sheet.rows)
        worksheet.set_column(column, column, WIDE if longest > LONG else NARROW)

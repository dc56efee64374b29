"""Read a CSV file cell by cell as text; every row keeps its line."""

import csv
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from helpers.errors import CheckFailed, Problem
from helpers.study.files.textfile import read_text

SEPARATORS = ";\t|"  # what other programs write in place of a comma
WIDEST = 1000  # columns
LARGEST = 500  # megabytes
LONGEST = csv.field_size_limit()  # signs in a cell
CAUSES = {
    "unexpected end of data": "a quotation mark in this row is never closed",
    f"field larger than field limit ({LONGEST})": f"a cell has more than {LONGEST:,} characters; "
    "close its quotation mark, or shorten it",
}


@dataclass(frozen=True)
class Table:
    """A file's header and rows, with the line on which each row begins; blank lines are left out.

    `top` is the header's line. `problems` tells of columns that stand twice, and of rows that are
    left out since they have too few or too many cells.
    """

    top: int
    columns: list[str]
    rows: list[list[str]]
    lines: list[int]
    problems: list[Problem]


def read_csv(workbook: Path, file: str, columns: list[str]) -> Table:
    """Return a file that has these columns, in this order; raises CheckFailed with all problems."""
    table = read_table(workbook, file)
    problems = list(table.problems)
    if table.columns != columns:
        message = f"columns are {', '.join(table.columns)}; expected {', '.join(columns)}"
        problems.append(Problem(file, table.top, 1, message))
    if problems:
        raise CheckFailed(problems)
    return table


def read_table(workbook: Path, file: str) -> Table:
    """Return whatever columns and rows a file has.

    Raises CheckFailed where it is not CSV in UTF-8, with a byte order mark or without.
    """
    text = read_text(
        workbook / file,
        file,
        "CSV in UTF-8",
        needed_by="the study names it",
        megabytes=LARGEST,
        cells=True,
    )
    lines, rows = _rows(file, text)
    columns = rows[0] if rows else []
    if not columns:
        raise CheckFailed([Problem(file, 1, 1, "empty file; expected a line of column names")])
    found = [sign for sign in SEPARATORS if len(columns) == 1 and sign in columns[0]]
    if found:
        message = f"cells are separated by {found[0]!r}; expected ','; save it as CSV with commas"
        raise CheckFailed([Problem(file, lines[0], 1, message)])
    if len(columns) > WIDEST:
        message = f"{len(columns):,} columns; expected at most {WIDEST:,}"
        raise CheckFailed([Problem(file, lines[0], 1, message)])
    problems = [
        Problem(file, lines[0], number + 1, f"column '{name}' stands twice; keep one")
        for number, name in enumerate(columns)
        if name in columns[:number]
    ]
    whole = [len(cells) == len(columns) for cells in rows]
    for line, cells, is_whole in zip(lines, rows, whole, strict=True):
        if not is_whole:
            problems.append(_ragged(file, line, cells, columns))
    return Table(
        lines[0],
        columns,
        [cells for cells, is_whole in zip(rows, whole, strict=True) if is_whole][1:],
        [line for line, is_whole in zip(lines, whole, strict=True) if is_whole][1:],
        problems,
    )


def _rows(file: str, text: str) -> tuple[list[int], list[list[str]]]:
    """Return the line on which each row begins, and its cells.

    Equal cells are one object: answers are many, and of few kinds.
    """
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines, rows, line = [], [], 1
    try:
        for cells in reader:
            if cells:
                lines.append(line)
                rows.append(list(map(sys.intern, cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"not CSV: {CAUSES.get(str(error), error)}"
        raise CheckFailed([Problem(file, line, 1, message)]) from None
    return lines, rows


def _ragged(file: str, line: int, cells: list[str], columns: list[str]) -> Problem:
    many = "few" if len(cells) < len(columns) else "many"
    message = f"row has too {many} cells, {len(cells)}; expected {len(columns)}"
    return Problem(file, line, 1, message, f"with too {many} cells")

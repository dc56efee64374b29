"""Read a CSV file cell by cell as text; every row keeps its line."""

import csv
from pathlib import Path

from helpers.errors import CheckFailed, Problem

Row = tuple[int, list[str]]  # the line on which it ends, and its cells


def read_csv(workbook: Path, file: str, columns: list[str]) -> list[Row]:
    """Return the rows below the header; blank lines are left out.

    Raises CheckFailed where the file is not CSV in UTF-8 (with a byte order mark or without), its
    columns are others, or a row has too few or too many cells.
    """
    try:
        with (workbook / file).open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            rows = [(reader.line_num, cells) for cells in reader if cells]
    except FileNotFoundError:
        raise CheckFailed([Problem(file, 1, 1, "missing file; the study names it")]) from None
    except UnicodeDecodeError:
        raise CheckFailed([Problem(file, 1, 1, "not in UTF-8; save it as UTF-8")]) from None
    except OSError as error:
        raise CheckFailed([Problem(file, 1, 1, f"not readable: {error.strerror}")]) from None
    except csv.Error as error:
        raise CheckFailed([Problem(file, reader.line_num, 1, f"not CSV: {error}")]) from None
    header = rows[0][1] if rows else []
    if header != columns:
        message = f"columns are {', '.join(header)}; expected {', '.join(columns)}"
        raise CheckFailed([Problem(file, 1, 1, message)])
    wrong = [
        Problem(file, line, 1, f"row has too {_many(cells, columns)} cells")
        for line, cells in rows
        if len(cells) != len(columns)
    ]
    if wrong:
        raise CheckFailed(wrong)
    return rows[1:]


def _many(cells: list[str], columns: list[str]) -> str:
    return "few" if len(cells) < len(columns) else "many"

"""Read the first sheet of an XLSX or ODS file, unless it would take more than a machine has.

A file of a few kilobytes may unpack to gigabytes, or have one cell in a far corner: calamine makes
room for all cells before that, and where there is none the whole process ends.
"""

import io
import re
import zipfile
import zlib
from typing import IO, Any

MOST_CELLS = 20_000_000  # 100,000 respondents with 200 columns
LARGEST = 500 * 10**6  # bytes, unpacked
_BLOCK, _LONGEST = 2**20, 64  # bytes that are read at once, and those of a reference at most
_REFERENCE = re.compile(rb"""r\s*=\s*["']\$?([A-Za-z]{1,7})\$?(\d{1,19})["']""")
Sheet = tuple[list[str], list[list[Any]]]  # the names of all sheets, and the cells of the first


def read_sheet(content: bytes) -> Sheet:
    """Return the cells of a file's first sheet; raises ValueError where it is broken or too big."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        _check_parts(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_name(book.sheet_names[0])
        _check_area(sheet.total_height, sheet.total_width)
        return list(book.sheet_names), sheet.to_python(skip_empty_area=False)
    except (
        CalamineError,
        IndexError,
        NotImplementedError,  # packed in a way that Python does not know
        RuntimeError,  # behind a password
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise ValueError(str(error)) from None


def _check_parts(content: bytes) -> None:
    """Raise ValueError for a file that unpacks to too much, or with a cell that is too far out."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise ValueError(f"it unpacks to more than {LARGEST // 10**6} MB")
        for name in parts.infolist():
            with parts.open(name) as part:
                columns, rows = _places(part)
            _check_area(max(map(int, rows)), max(map(_number, columns)))


def _places(part: IO[bytes]) -> tuple[set[bytes], set[bytes]]:
    """Return the columns and rows in which cells say that they stand: in ODS none does."""
    columns, rows, end = {b""}, {b"0"}, b""
    while block := part.read(_BLOCK):
        found = _REFERENCE.findall(end + block)
        columns.update({column for column, _ in found})
        rows.update({row for _, row in found})
        end = block[-_LONGEST:]
    return columns, rows


def _number(column: bytes) -> int:
    """Return the number of a column, from 1.

    >>> _number(b"A"), _number(b"Z"), _number(b"AA"), _number(b"XFD")
    (1, 26, 27, 16384)
    """
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _check_area(rows: int, columns: int) -> None:
    if rows * columns > MOST_CELLS:
        raise ValueError(f"{rows:,} rows of {columns:,} cells; expected one data tool's answers")

"""Read an export, whatever its format, as rows of text."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from helpers.errors import CheckFailed, Problem
from helpers.study.files.csvfile import CAUSES
from helpers.study.importing.sheets import read_sheet
from helpers.study.importing.spss import read_spss

LARGEST = 500  # megabytes; a study's export has a few
WIDEST = 2000  # columns
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SAMPLE, SAMPLE_SIZE = 50, 2**20  # rows, and bytes, by which the delimiter is known

Row = tuple[int, list[str]]  # where it stands in its file, from 1 as a spreadsheet counts


@dataclass(frozen=True)
class Export:
    """An export's rows that hold anything; `labelled`: names and labels of SPSS come first."""

    name: str
    form: str
    sha256: str
    rows: list[Row]
    labelled: bool = False


def read_export(path: Path) -> Export:
    """Read a file by the format that its name ends with; raises CheckFailed."""
    readers: dict[str, Callable[[Path, bytes], Export]] = {
        ".csv": _read_text,
        ".tsv": _read_text,
        ".txt": _read_text,
        ".xlsx": _read_sheet,
        ".ods": _read_sheet,
        ".sav": _read_spss,
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise _refused(path, f"format is not known; expected {', '.join(readers)}")
    try:
        if path.stat().st_size > LARGEST * 10**6:
            raise _refused(path, f"larger than {LARGEST} MB; expected one data tool's answers")
        export = reader(path, path.read_bytes())
    except FileNotFoundError:
        raise _refused(path, "missing file; name the export of a survey tool") from None
    except OSError as error:
        raise _refused(path, f"not readable: {error.strerror}") from None
    if export.rows and len(export.rows[0][1]) > WIDEST:
        raise _refused(path, f"more than {WIDEST:,} columns; expected one data tool's answers")
    if len(export.rows) < 2:
        raise _refused(path, "holds no answers; expected a header and a row a respondent")
    return export


def _read_text(path: Path, content: bytes) -> Export:
    encoding = _encoding(path, content)
    delimiter = _delimiter(content[:SAMPLE_SIZE].decode(encoding, errors="replace"))
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        rows = list(_filled(reader))
    except csv.Error as error:
        raise _refused(path, f"not CSV: {CAUSES.get(str(error), error)}", reader.line_num) from None
    _check_widths(path, rows)
    form = f"CSV in {encoding.upper().removesuffix('-SIG')}, {DELIMITERS[delimiter]}"
    return Export(path.name, form, _digest(content), rows)


def _encoding(path: Path, content: bytes) -> str:
    """Return the encoding: UTF-8 unless the file says or must be another."""
    wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if b"\0" in content and not wide:
        raise _refused(path, "not a text file; expected CSV")
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise _refused(path, "neither UTF-8 nor cp1252; save it as UTF-8")


def _delimiter(sample: str) -> str:
    """Return the sign that cuts most rows of the sample into as many cells as the header.

    csv.Sniffer guesses by letters that recur and is wrong where people write sentences.
    """

    def fit(delimiter: str) -> tuple[bool, int, int]:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, SAMPLE) if cells]
        except csv.Error:
            return False, 0, 0
        width = widths[0] if widths else 0
        return width > 1, widths.count(width), width

    return max(DELIMITERS, key=fit)


def _filled(rows: Iterable[list[str]], first: int = 1) -> Iterator[Row]:
    """Yield the rows that hold anything; equal cells are kept once, which saves memory."""
    once: dict[str, str] = {}
    for number, cells in enumerate(rows, start=first):
        if any(cells):
            yield number, [once.setdefault(cell, cell) for cell in cells]


def _check_widths(path: Path, rows: list[Row]) -> None:
    """Refuse rows of another length than the header: their cells stand in other columns."""
    width = len(rows[0][1]) if rows else 0
    wrong = [(number, len(cells)) for number, cells in rows if len(cells) != width]
    if wrong:
        number, found = wrong[0]
        more = f", and so are {len(wrong) - 1} more rows" if len(wrong) > 1 else ""
        message = f"row of {found} cells{more}; expected {width}, as in the header"
        raise _refused(path, message, number)


def _read_sheet(path: Path, content: bytes) -> Export:
    form = path.suffix[1:].upper()
    try:
        sheets, cells = read_sheet(content)
    except ValueError as error:
        raise _refused(path, f"not a whole {form} file: {error}") from None
    others = f", the first of {sheets} sheets" if sheets > 1 else ""
    rows = list(_filled([_text(cell) for cell in row] for row in cells))
    return Export(path.name, f"{form}{others}", _digest(content), rows)


def _read_spss(path: Path, content: bytes) -> Export:
    try:
        found = read_spss(path)
    except ValueError as error:
        raise _refused(path, f"not a whole SPSS file: {error}") from None
    texts = [
        list(_labelled(cells, found.values.get(name, {}))) for name, cells in found.columns.items()
    ]
    heads = [list(found.columns), [label or "" for label in found.labels]]
    rows = [(0, cells) for cells in heads]
    rows += _filled(map(list, zip(*texts, strict=True)))
    return Export(path.name, "SPSS", _digest(content), rows, labelled=True)


def _labelled(cells: Iterable[Any], labels: dict[Any, str]) -> Iterator[str]:
    known: dict[Any, str] = {}
    for cell in cells:
        if cell != cell:  # a number that is none: no answer
            yield ""
            continue
        if cell not in known:
            known[cell] = labels[cell] if cell in labels else _text(cell)
        yield known[cell]


def _text(cell: Any) -> str:
    """Write a cell as people read it: 1.0 as 1."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _refused(path: Path, message: str, line: int = 1) -> CheckFailed:
    return CheckFailed([Problem(path.name, line, 1, message)])

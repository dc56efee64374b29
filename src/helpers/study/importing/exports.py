"""Read an export, whatever its format, as rows of text."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mode
from typing import Any

from helpers.errors import CheckFailed, Problem
from helpers.study.files.csvfile import CAUSES
from helpers.study.importing.sheets import read_sheet
from helpers.study.importing.spss import read_spss

LARGEST = 500  # megabytes; a study's export has a few
WIDEST = 2000  # columns
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_TOLD = re.compile(r'\ufeff?"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)  # which Excel takes for no row
SHEETS = 5  # that are named
SAMPLE, SAMPLE_SIZE = 50, 2**20  # rows, and bytes, by which the delimiter is known

Row = tuple[int, list[str]]  # where it stands in its file, from 1 as a spreadsheet counts


@dataclass(frozen=True)
class Export:
    """An export's rows that hold anything; `labelled`: names and labels of SPSS come first.

    `unread` says which sheets of a spreadsheet were not read.
    """

    name: str
    form: str
    sha256: str
    rows: list[Row]
    labelled: bool = False
    unread: str = ""


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
        told = "holds no answers; expected a header and a row a respondent"
        raise _refused(path, f"{told}{export.unread}")
    return export


def _read_text(path: Path, content: bytes) -> Export:
    encoding = _encoding(path, content)
    sample = content[:SAMPLE_SIZE].decode(encoding, errors="replace")
    told = _TOLD.match(sample)
    delimiter = told[1] if told else _delimiter(sample)
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        rows = [row for row in _filled(reader, first=0 if told else 1) if row[0]]
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
        wide = [cells for cells in widths if cells > 2]
        if width < 2 and 2 * len(wide) > len(widths):  # a title, it may be, above the header
            return False, wide.count(mode(wide)), mode(wide)
        return width > 1, widths.count(width), width

    by_fit = {delimiter: fit(delimiter) for delimiter in DELIMITERS}
    titled = [sign for sign, (cut, _, width) in by_fit.items() if width > 1 and not cut]
    headed = any(cut for cut, _, _ in by_fit.values())
    return max(titled if titled and not headed else DELIMITERS, key=lambda sign: by_fit[sign])


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
        if len(wrong) == len(rows) - 1 > 1:
            message += f" in row {rows[0][0]}; if that is no header, delete it"
        raise _refused(path, message, number)


def _read_sheet(path: Path, content: bytes) -> Export:
    form = path.suffix[1:].upper()
    try:
        sheets, cells = read_sheet(content)
    except ValueError as error:
        raise _refused(path, f"not a whole {form} file: {error}") from None
    others = f", the first of {len(sheets)} sheets" if len(sheets) > 1 else ""
    rows = list(_filled([_text(cell) for cell in row] for row in cells))
    unread = _unread(sheets)
    return Export(path.name, f"{form}{others}{unread}", _digest(content), rows, unread=unread)


def _unread(sheets: list[str]) -> str:
    """Say which sheet is read and which are not; '' where there is but one."""
    names = ", ".join(f"'{name}'" for name in sheets[1 : SHEETS + 1])
    more = " …" if sheets[SHEETS + 1 :] else ""
    return f"; read is '{sheets[0]}', not read: {names}{more}" if names else ""


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

"""Compare a spreadsheet with the one that was made again, cell by cell.

Somebody may have saved it with another program, or spoilt it: what cannot be read has no cells.
"""

import io
import zlib
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from helpers.report.downloads.executed import Executed
from helpers.run.editions.manifest import SPOILT

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHARED = "xl/sharedStrings.xml"  # some programs write each text into its cell instead
LARGEST = 50_000_000  # bytes of a part, unpacked; ours have a hundredth of it
COLUMNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # no table of ours has more
BEFORE = 3  # sheets that come before those of the report's tables: cover, contents and notes
UNREADABLE = (*SPOILT, BadZipFile, EOFError, RuntimeError, ElementTree.ParseError, zlib.error)
Cells = Mapping[tuple[str, str], str]  # by a sheet's name and a cell's, as in ("Table 3", "B7")


def compare_spreadsheets(
    published: bytes, again: bytes, edition: Executed
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each cell that differs, and the figure that stands there in the edition."""
    ours, theirs = read_cells(published), read_cells(again)
    figures = figures_of(theirs, edition)
    for place in dict.fromkeys([*theirs, *ours]):
        was, now = ours.get(place, ""), theirs.get(place, "")
        if ours and was != now:
            told = f"sheet “{place[0]}”, cell {place[1]}: published “{was}”, made again “{now}”"
            yield told, (figures[place],) if place in figures else ()


def read_cells(content: bytes) -> Cells:
    """Return what stands in each cell, as it is written; nothing where it cannot be read."""
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            shared = _read(parts, SHARED) if SHARED in parts.namelist() else ()
            texts = [_text(item) for item in shared]
            sheets = _read(parts, "xl/workbook.xml").iter(f"{MAIN}sheet")
            return {
                (sheet.attrib["name"], cell.attrib["r"]): _held(cell, texts)
                for number, sheet in enumerate(sheets, start=1)
                for cell in _read(parts, f"xl/worksheets/sheet{number}.xml").iter(f"{MAIN}c")
            }
    except UNREADABLE:
        return {}


def figures_of(cells: Cells, edition: Executed) -> Cells:
    """Return the figure that stands in each cell of an edition's spreadsheet.

    On each sheet the table comes last, in as many rows as on the page. The last sheet is that of
    the register, of which each row is a figure's.
    """
    sheets = list(dict.fromkeys(sheet for sheet, _ in cells))[BEFORE:]
    tables = [[[cell.figure for cell in row] for row in table.rows] for table in edition.tables]
    register = [[record["expression"]] * len(COLUMNS) for record in edition.records]
    found = {}
    for sheet, rows in zip(sheets, [*filter(None, tables), register], strict=False):
        last = max(int(cell.lstrip(COLUMNS)) for other, cell in cells if other == sheet)
        for number, row in enumerate(rows, start=last - len(rows) + 1):
            for column, figure in zip(COLUMNS, row, strict=False):
                found[sheet, f"{column}{number}"] = figure
    return {place: figure for place, figure in found.items() if figure}


def _read(parts: ZipFile, name: str) -> ElementTree.Element:
    if parts.getinfo(name).file_size > LARGEST:
        raise ValueError(name)
    return ElementTree.fromstring(parts.read(name))  # noqa: S314  # expat stops texts that grow


def _held(cell: ElementTree.Element, texts: list[str]) -> str:
    """Return a cell's formula, if it has one, or what stands in it."""
    formula, value = cell.findtext(f"{MAIN}f"), cell.findtext(f"{MAIN}v") or ""
    if formula is not None:
        return f"={formula}"
    return texts[int(value)] if cell.get("t") == "s" else value or _text(cell)


def _text(item: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in item.iter(f"{MAIN}t"))

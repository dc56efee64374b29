"""Hold figures.csv, the open data, against the registers of the editions that it was made of."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from helpers.report.downloads.figures_csv import FIGURES, plain_number, safe
from helpers.review.findings import Finding
from helpers.review.plain_files import read_plain
from helpers.review.register_differences import Record, by_expression
from helpers.review.reperforming import Performed

NUMBERS = ("value", "count", "base", "population")  # columns with the names of a record's fields


def check_figures_csv(folder: Path, editions: Sequence[Performed]) -> Iterator[Finding]:
    """Find rows that are not what the published registers hold of their figure.

    Words of an edition that is not in the file are not sought there.
    """
    registers = {one.edition: by_expression(one.published) for one in editions if one.published}
    file = f"{folder.name}/{FIGURES}"
    for row in _rows(folder / FIGURES):
        expression = row.get("figure") or ""
        known = [register[expression] for register in registers.values() if expression in register]
        if registers and not known:
            yield Finding("sense", file, f"{expression or 'a row'} is in no edition's register")
            continue
        for column, held in _expected(known[0] if known else None, expression, registers):
            if column in row and row[column] != held:
                told = f"{expression}: {column} is “{row[column]}”; the register holds “{held}”"
                yield Finding("sense", file, told, (expression,))


def _expected(
    record: Record | None, expression: str, registers: dict[str, dict[str, Record]]
) -> Iterator[tuple[str, str]]:
    """Yield what each column must hold."""
    if record is None:
        return
    for name in NUMBERS:
        yield name, plain_number(record[name])
    lower, upper = record["interval"] or (None, None)
    yield from (("ci_lower", plain_number(lower)), ("ci_upper", plain_number(upper)))
    for code, register in registers.items():
        if expression in register:
            yield f"display_{code}", safe(register[expression]["display"])


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file; none where it cannot be read, which the seal has told."""
    content = read_plain(path) or b""
    try:
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (ValueError, csv.Error):
        return []

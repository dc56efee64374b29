"""What the data package keeps of imports: which councils of a file came by one."""

from collections.abc import Iterable
from pathlib import Path

from helpers.errors import CheckFailed
from helpers.study.files.csvfile import read_table
from helpers.study.files.yamlfile import Strict


class Import(Strict):
    """What the log keeps of an import that still stands, in whole or in part."""

    source_sha256: str
    mapping_sha256: str | None
    rows_sha256: str | None = None
    councils: list[str]
    rows_kept: int
    date: str


def never_imported(workbook: Path, imports: Iterable[Import], file: str) -> list[str]:
    """Return the councils in a tool's file that no import brought; none where there is no log."""
    brought = {council for entry in imports for council in entry.councils}
    if not brought:
        return []
    try:
        table = read_table(workbook, file)
    except CheckFailed:  # which the check of the data tells
        return []
    at = table.columns.index("council") if "council" in table.columns else None
    found = [] if at is None else [cells[at] for cells in table.rows]
    return [council for council in dict.fromkeys(found) if council not in brought]

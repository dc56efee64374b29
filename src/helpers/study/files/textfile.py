"""Read a text file that anybody may have written; what is wrong with it has its place."""

import os
from pathlib import Path

from helpers.errors import CheckFailed, Problem

MEGABYTE, MEGABYTES = 10**6, 5  # the size of one, and how many a file may have
NEEDED_BY = "the workbook needs it"
LONGEST = 20_000  # characters of one text, some eight pages: all checks of it take a second


def read_text(
    path: Path,
    name: str,
    form: str,
    *,
    needed_by: str = NEEDED_BY,
    megabytes: int = MEGABYTES,
    cells: bool = False,
) -> str:
    """Return the text of a file as `read_content` and `as_text` do."""
    content = read_content(path, name, needed_by=needed_by, megabytes=megabytes)
    return as_text(content, name, form, cells=cells)


def read_content(
    path: Path, name: str, *, needed_by: str = NEEDED_BY, megabytes: int = MEGABYTES
) -> bytes:
    """Return what a file holds, which messages call `name`.

    Raises CheckFailed where it is missing, cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size <= megabytes * MEGABYTE:
                return file.read()
    except FileNotFoundError:
        raise CheckFailed([Problem(name, 1, 1, f"missing file; {needed_by}")]) from None
    except OSError as error:
        raise CheckFailed([Problem(name, 1, 1, f"not readable: {error.strerror}")]) from None
    raise CheckFailed([Problem(name, 1, 1, f"larger than {megabytes} MB; write less")])


def as_text(content: bytes, name: str, form: str, *, cells: bool = False) -> str:
    """Return what a file holds as text, without a byte order mark.

    Messages say what it should be, its `form`, such as YAML in UTF-8. Columns are counted in
    `cells` or in characters. Raises CheckFailed where it is no text in UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        message = f"byte {error.object[error.start]:#04x} is not UTF-8; save the file as {form}"
        raise CheckFailed([_after(before, name, message, cells=cells)]) from None
    before, nul, _ = text.partition("\0")
    if nul:
        message = f"a NUL byte, which no text has; save the file as {form}"
        raise CheckFailed([_after(before, name, message, cells=cells)])
    return text


def _after(before: str, name: str, message: str, *, cells: bool) -> Problem:
    """Return a problem at what comes after the beginning of a file."""
    last = before.rpartition("\n")[2]
    column = last.count(",") if cells else len(last)
    return Problem(name, before.count("\n") + 1, column + 1, message)

"""See that nothing that a workbook reads or writes lies outside of its folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import CheckFailed, Problem
from helpers.study.folder import OUTPUTS

PARTS = ("params", "data", "notebooks", OUTPUTS)
LEADS_OUT = "a link that leads out of the workbook's folder; put what it leads to in its place"
NO_FILE = "neither a file nor a folder, so it cannot be read; remove it"


def check_inside(workbook: Path) -> None:
    """Raise CheckFailed where a symbolic link leads out of the workbook's folder.

    The folder itself may be a link. So too where what would be read is no file, such as a named
    pipe, for which a reader would wait.
    """
    home = os.path.realpath(workbook)
    problems = [
        Problem(Path(path).relative_to(home).as_posix(), 1, 1, message)
        for path, message in _find_wrong(home)
    ]
    if problems:
        raise CheckFailed(problems)


def _find_wrong(home: str) -> Iterator[tuple[str, str]]:
    """Yield each path that may not be there, and why; a folder of many links is seen once."""
    waiting = [entry for entry in os.scandir(home) if entry.name in PARTS]
    seen = set[Path]()
    while waiting:
        entry = waiting.pop()
        path = Path(os.path.realpath(entry.path) if entry.is_symlink() else entry.path)
        if not path.is_relative_to(home):
            yield entry.path, LEADS_OUT
        elif path.is_dir() and path not in seen:
            seen.add(path)
            try:
                waiting += os.scandir(path)
            except OSError as error:
                yield entry.path, f"not readable: {error.strerror}"
        elif path.exists() and not (path.is_file() or path.is_dir()):
            yield entry.path, NO_FILE

"""Find the folder that is the workbook, and see that nothing in it leads out of it."""

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from helpers.errors import CheckFailed, NotAWorkbook, Problem

VARIABLE = "WORKBOOK_FOLDER"
OUTPUTS = "outputs"
NATIONAL = "national"  # where the overview stands in outputs/, so no council's slug
INPUTS = ("params", "data", "notebooks")
CHECKPOINTS = ".ipynb_checkpoints"  # where JupyterLab keeps older notebooks
LEADS_OUT = "a link that leads out of the workbook's folder; put what it leads to in its place"
NO_FILE = "neither a file nor a folder, so it cannot be read; remove it"


def find_workbook(start: Path | None = None) -> Path:
    """Return the workbook that `start` (the working folder) stands in.

    A run says where its folder is by the variable WORKBOOK_FOLDER; elsewhere it is the nearest
    parent that holds params/ and data/, since JupyterLab and nbval start a kernel in the
    notebook's own folder. Raises NotAWorkbook where there is none, and CheckFailed where an input
    leads out of it.
    """
    if start is None and os.environ.get(VARIABLE):
        start = Path(os.environ[VARIABLE])
    begin = (start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents):
        if (folder / "params").is_dir() and (folder / "data").is_dir():
            check_inside(folder)
            return folder
    raise NotAWorkbook(
        f"{begin}: neither this folder nor one above it holds params/ and data/; "
        "go to the workbook's folder or name it with --workbook"
    )


def find_own_workbook(start: Path | None = None) -> Path:
    """Return the workbook as `find_workbook` does, for who writes to its outputs.

    Raises CheckFailed where anything in these leads out of it, too. A verification names that.
    """
    workbook = find_workbook(start)
    check_inside(workbook, [OUTPUTS])
    return workbook


def input_files(workbook: Path) -> Iterator[Path]:
    """Yield each file that anything could be made from, and each link to a folder of such.

    A folder to which several links lead is entered once.
    """
    waiting, entered = [workbook / part for part in INPUTS], set[str]()
    while waiting:
        path = waiting.pop()
        if path.is_file():
            yield path
        elif path.is_dir() and path.name != CHECKPOINTS:
            if path.is_symlink():
                yield path
            if (real := os.path.realpath(path)) not in entered:
                entered.add(real)
                waiting += path.iterdir()


def check_inside(workbook: Path, parts: Iterable[str] = INPUTS) -> None:
    """Raise CheckFailed where a symbolic link in these parts leads out of the workbook's folder.

    The folder itself may be a link. So too where what would be read is no file, such as a named
    pipe, for which a reader would wait.
    """
    home = os.path.realpath(workbook)
    problems = [
        Problem(Path(path).relative_to(home).as_posix(), 1, 1, message)
        for path, message in _find_wrong(home, set(parts))
    ]
    if problems:
        raise CheckFailed(problems)


def _find_wrong(home: str, parts: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield each path that may not be there, and why; a folder of many links is seen once."""
    waiting = [entry for entry in os.scandir(home) if entry.name in parts]
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
                if path.exists():  # a build may be at work
                    yield entry.path, f"not readable: {error.strerror}"
        elif path.exists() and not (path.is_file() or path.is_dir()):
            yield entry.path, NO_FILE

"""Save a working notebook's narrative: from the Lab, from the command, before it is made anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import NotSaved, UsageError, expected
from helpers.run.editing.cells import EDIT, told_of
from helpers.run.editing.lineage import new_opening
from helpers.run.editing.sections import is_scratch, read_edits, read_sections
from helpers.run.editing.working import Working, find_working
from helpers.run.editing.write_back import write_back
from helpers.study.files.folder import OUTPUTS
from helpers.study.parameters import FOLDER, SUFFIX, parameter_files


def save_council(
    workbook: Path, council: str, edition: str | None, tell: Callable[[str], None]
) -> None:
    """Save a council's working notebooks, or one edition's, and tell what was written of each.

    Raises UsageError where there is none, and NotSaved once all that can be saved is.
    """
    councils = [path.stem for path in parameter_files(workbook)]
    if council not in councils:
        raise UsageError(
            f"{FOLDER}/{council}{SUFFIX}: no such parameter file; {expected(council, councils)}"
        )
    name = f"edit.{edition or '*'}.ipynb"
    paths = sorted((workbook / OUTPUTS / council).glob(name))
    found = [find_working(workbook, path.relative_to(workbook).as_posix()) for path in paths]
    all_working = [working for working in found if working]
    if not all_working:
        raise UsageError(
            f"{OUTPUTS}/{council}/{name}: no such working notebook; "
            f"run 'workbook edit {council}' first"
        )
    refused = []
    for working in all_working:
        try:
            themes = save_notebook(working, read_working(working))
            tell(f"{working.name}: {', '.join(themes) or 'nothing was edited'}")
        except NotSaved as error:
            refused.append(error.message)
    if refused:
        raise NotSaved("\n".join(refused))


def save_notebook(working: Working, notebook: NotebookNode) -> list[str]:
    """Write a notebook's narrative back, and return the themes that were written."""
    return write_back(working, read_edits(notebook, working))


def read_working(working: Working) -> NotebookNode:
    """Read a working notebook; raises NotSaved where it is none."""
    try:
        return nbformat.reads(working.notebook.read_text(encoding="utf-8"), as_version=4)
    except OSError as error:
        raise NotSaved(f"{working.name}: not readable: {error.strerror}") from None
    except (
        # what nbformat makes of JSON that is no notebook
        AttributeError,
        KeyError,
        RecursionError,
        TypeError,
        nbformat.reader.NotJSONError,
        nbformat.ValidationError,
        ValueError,
    ) as error:
        told = (str(error) or type(error).__name__).splitlines()[0]
        raise NotSaved(
            f"{working.name}: not a notebook: {told}; move it away and run "
            f"'workbook edit {working.council} --edition {working.edition}'"
        ) from None


def note_saved(notebook: NotebookNode) -> None:
    """Note in a notebook that goes to the disk that its texts are saved.

    The tab that it comes from never sees this note, so whoever opens the notebook next, in
    whatever program, is an opening of its own.
    """
    for section in read_sections(notebook).values():
        first = section.cells[0]
        first.metadata[EDIT] = told_of(first) | {"opened_with": section.text}
    notebook.metadata[EDIT]["opening"] = new_opening()


def clear_the_way(working: Working) -> list[str]:
    """Save what a notebook holds before it is made anew, and return what to tell of it.

    One that could not be saved whole, or has cells of its auditor's own, stays beside.
    """
    if not working.notebook.exists():
        return []
    try:
        notebook = read_working(working)
        told = [f"saved: {theme} in {working.name}" for theme in save_notebook(working, notebook)]
        kept = any(map(is_scratch, notebook.cells))
    except NotSaved as error:
        told, kept = [error.message], True
    if kept:
        name = _keep(working)
        told.append(f"the notebook as it was is kept: {name}")
    return told


def _keep(working: Working) -> str:
    number = 1
    while (path := working.notebook.with_suffix(f".{number}.ipynb")).exists():
        number += 1
    shutil.copy2(working.notebook, path)
    return working.name_of(str(path))

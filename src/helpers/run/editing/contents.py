"""What JupyterLab opens and saves, in force only for `workbook edit`.

A save of a working notebook writes its narrative to params/ first; where that cannot be done the
save is refused, the Lab shows why, and the text stays in the Lab.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from nbformat import NotebookNode
from tornado.web import HTTPError

from helpers.errors import WorkbookError
from helpers.run.editing.cells import EDIT
from helpers.run.editing.opening import open_notebook, read_kept
from helpers.run.editing.saving import note_saved, save_notebook
from helpers.run.editing.working import Working, find_working, write_notebook
from helpers.study.definition import CODE
from helpers.study.files.folder import OUTPUTS
from helpers.study.reading import read_study

REFUSED = 409
STAYS = "your text is still here, in the Lab"
_PUBLISHED = re.compile(rf"{OUTPUTS}/([\w-]+)/report\.({CODE})\.ipynb")


class WorkbookContents(AsyncLargeFileManager):
    """Open working notebooks with today's texts, and save those to params/ first."""

    async def get(self, path: str, content: bool = True, **options: Any) -> dict[str, Any]:
        """Return a file; a working notebook is brought up to date.

        A working notebook's hash is always the same: of two versions the Lab would offer to throw
        one away, though each save joins its text with what somebody else saved meanwhile.
        """
        model: dict[str, Any] = await super().get(path, content=content, **options)
        working = find_working(self._workbook, path.strip("/"))
        if working and options.get("require_hash"):
            model |= {"hash": "", "hash_algorithm": "none"}
        if content and working and model["type"] == "notebook":
            with _refusing("it is not opened"):
                _open(working, model["content"])
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        """Save a file, a working notebook's narrative before the notebook itself."""
        path = path.strip("/")
        if model.get("type") == "notebook":
            working = find_working(self._workbook, path)
            notebook = nbformat.from_dict(model["content"])
            if working:
                with _refusing(STAYS):
                    _save(working, notebook)
                model = model | {"content": notebook}
            else:
                _refuse_others(path, notebook)
        saved: dict[str, Any] = await super().save(model, path)
        return saved

    async def _save_notebook(
        self, os_path: str, nb: NotebookNode, capture_validation_error: Any = None
    ) -> None:
        """Write a notebook to the disk; a working one whole or not at all, if this is killed."""
        inside = os.path.relpath(os_path, self._workbook)
        if find_working(self._workbook, Path(inside).as_posix()):
            write_notebook(Path(os_path), nb, capture_validation_error)
        else:
            await super()._save_notebook(os_path, nb, capture_validation_error)

    @property
    def _workbook(self) -> Path:
        return Path(self.root_dir)


def _open(working: Working, notebook: NotebookNode) -> None:
    open_notebook(notebook, read_kept(working, read_study(working.workbook)))


def _save(working: Working, notebook: NotebookNode) -> None:
    save_notebook(working, notebook)
    note_saved(notebook)
    working.notebook.parent.mkdir(parents=True, exist_ok=True)  # it may have been deleted


@contextmanager
def _refusing(outcome: str) -> Iterator[None]:
    """Say in the Lab why something is not done, and what comes of it."""
    try:
        yield
    except WorkbookError as error:
        raise _refusal(error.message, outcome) from None
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise _refusal(f"this failed in a way that nobody foresaw ({told})", outcome) from error


def _refuse_others(path: str, notebook: NotebookNode) -> None:
    """Refuse what looks like a working notebook, and would never reach a parameter file."""
    if found := _PUBLISHED.fullmatch(path):
        council, edition = found.groups()
        raise _refusal(
            f"{path} is the published report, which is not edited; "
            f"edit outputs/{council}/edit.{edition}.ipynb"
        )
    if EDIT in notebook.metadata:
        raise _refusal(
            f"{path} is a copy of a working notebook, and what is edited in it would be lost; "
            "edit the notebook that 'workbook edit' opened"
        )


def _refusal(message: str, outcome: str = STAYS) -> HTTPError:
    told = " ".join(message.split())
    return HTTPError(REFUSED, f"{told}. {outcome[0].upper()}{outcome[1:]}.", reason="Not done")

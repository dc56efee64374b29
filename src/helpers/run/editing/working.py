"""Where an edition is edited: its working notebook, and the files that belong to it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.study.definition import CODE
from helpers.study.files.folder import OUTPUTS
from helpers.study.files.wholefile import write_together
from helpers.study.parameters import FOLDER, SUFFIX

_NAME = re.compile(rf"{OUTPUTS}/([\w-]+)/edit\.({CODE})\.ipynb")


@dataclass(frozen=True)
class Working:
    """One edition of one council's report, as it is edited."""

    workbook: Path
    council: str
    edition: str

    @property
    def name(self) -> str:
        """The working notebook's path inside the workbook: never the published one's."""
        return f"{OUTPUTS}/{self.council}/edit.{self.edition}.ipynb"

    @property
    def notebook(self) -> Path:
        """The working notebook."""
        return self.workbook / self.name

    @property
    def lineage(self) -> Path:
        """The record of what each opening of the notebook saved last."""
        return self.notebook.with_name(f"edit.{self.edition}.saved.json")

    @property
    def parameters_name(self) -> str:
        """The parameter file's path inside the workbook."""
        return f"{FOLDER}/{self.council}{SUFFIX}"

    @property
    def parameters(self) -> Path:
        """The file in which the narrative is kept."""
        return self.workbook / self.parameters_name

    def name_of(self, path: str) -> str:
        """Return a file's path inside the workbook, for messages; a name where it lies outside."""
        whole = Path(path)
        inside = whole.is_relative_to(self.workbook)
        return whole.relative_to(self.workbook).as_posix() if inside else whole.name


def write_notebook(path: Path, notebook: NotebookNode, mistakes: Any = None) -> None:
    """Write a notebook, whole or not at all; `mistakes` is where nbformat tells of any."""
    content = nbformat.writes(
        notebook, version=nbformat.NO_CONVERT, capture_validation_error=mistakes
    )
    write_together({path: (content + "\n").encode()})


def find_working(workbook: Path, path: str) -> Working | None:
    """Return what is edited at a path inside the workbook, or None where it is something else."""
    found = _NAME.fullmatch(path)
    return Working(workbook, found[1], found[2]) if found else None

"""Read the sections of a working notebook, whatever an editor did to its cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from helpers.errors import NotSaved
from helpers.run.editing.cells import EDIT, digest, is_section, told_of
from helpers.run.editing.working import Working
from helpers.run.editing.write_back import Edit, Edits
from helpers.study.narrative_text import normalise

_LOST = (
    "undo that (Edit > Undo Cell Operation), or keep a copy of your text elsewhere and choose "
    "File > Reload Notebook from Disk"
)


@dataclass
class Section:
    """One section of a notebook: its cells in order."""

    theme: str
    cells: list[NotebookNode] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The section's text, '' where it is the one shown for want of any; cells are joined."""
        parts = (normalise(str(cell.source)) for cell in self.cells)
        text = "\n".join(part for part in parts if part)
        return "" if text == normalise(self._told("default")) else text

    @property
    def opened_with(self) -> str:
        """The section's text in the parameter file when the notebook was opened."""
        return self._told("opened_with")

    @property
    def default(self) -> str:
        """What is shown while nothing is written."""
        return self._told("default")

    def _told(self, key: str) -> str:
        return str(told_of(self.cells[0]).get(key, ""))


def read_edits(notebook: NotebookNode, working: Working) -> Edits:
    """Return what a working notebook's sections say; raises NotSaved where that is not clear."""
    told = told_of(notebook)
    if not _is_whole(told):
        raise NotSaved(
            f"{working.name}: not a working notebook; keep a copy of your text elsewhere, delete "
            f"it and run 'workbook edit {working.council} --edition {working.edition}'"
        )
    if (told["council"], told["edition"]) != (working.council, working.edition):
        raise NotSaved(
            f"{working.name} is the working notebook of {told['council']}, {told['edition']}, "
            "moved here; move it back"
        )
    sections = read_sections(notebook)
    for theme in told["themes"]:
        if theme not in sections:
            raise NotSaved(f"the section '{theme}' is missing; {_LOST}")
    return Edits(
        {theme: Edit(section.text, section.opened_with) for theme, section in sections.items()},
        told["opening"],
        told["themes"],
        told["languages"],
    )


def _is_whole(told: Mapping[str, Any]) -> bool:
    """Say whether a notebook's own metadata are what a working notebook is made with."""
    texts = [told.get(key) for key in ("opening", "council", "edition")]
    for names in (told.get("themes"), told.get("languages")):
        texts += names if isinstance(names, list) else [None]
    return all(isinstance(text, str) for text in texts)


def read_sections(notebook: NotebookNode) -> dict[str, Section]:
    """Return the sections by theme; raises NotSaved for text of which nobody knows where it goes.

    A section is its own cell, the parts into which it was split, and text cells added below. Code
    cells that were added are left alone.
    """
    sections: dict[str, Section] = {}
    runs: dict[str, int] = {}
    for run, theme, cell in _cells_of_sections(notebook):
        if runs.setdefault(theme, run) != run:
            raise NotSaved(f"text of the section '{theme}' stands in two places; {_LOST}")
        sections.setdefault(theme, Section(theme)).cells.append(cell)
    return sections


def _cells_of_sections(notebook: NotebookNode) -> Iterator[tuple[int, str, NotebookNode]]:
    """Yield each cell with the theme it belongs to; cells that stand together have one number."""
    run, theme = 0, ""
    for number, cell in enumerate(notebook.cells, start=1):
        if is_section(cell):
            if cell.metadata["theme"] != theme:
                run, theme = number, str(cell.metadata["theme"])
            yield run, theme, cell
        elif EDIT in cell.metadata:
            theme = ""
            _check_locked(cell)
        elif cell.cell_type != "code" and cell.source.strip():
            if not theme:
                raise NotSaved(
                    f"the text in cell {number} belongs to no section: '{_start(cell)}'; "
                    "move it below the text of its section"
                )
            yield run, theme, cell


def is_scratch(cell: NotebookNode) -> bool:
    """Say whether an auditor added a cell that is no text."""
    ours = is_section(cell) or EDIT in cell.metadata
    return cell.cell_type == "code" and not ours and bool(cell.source.strip())


def _check_locked(cell: NotebookNode) -> None:
    told = told_of(cell)
    if told.get("digest") != digest(cell):
        raise NotSaved(f"cell '{told.get('cell')}' is not edited here, but was changed; {_LOST}")


def _start(cell: NotebookNode) -> str:
    words = " ".join(cell.source.split())
    return words if len(words) <= 40 else f"{words[:40]}…"

"""Bring a working notebook up to date as it is opened: its sections show what is in params/ now."""

from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from helpers.errors import NotSaved, Problem
from helpers.run.editing.cells import EDIT, find_problems, is_note, section_cells, told_of
from helpers.run.editing.lineage import Lineage, new_opening
from helpers.run.editing.merging import is_kept
from helpers.run.editing.sections import Section, read_edits, read_sections
from helpers.run.editing.working import Working
from helpers.study.definition import Study
from helpers.study.files.yamlfile import read_yaml
from helpers.study.narrative_file import read_narrative
from helpers.study.parameters import text_place


@dataclass(frozen=True)
class Kept:
    """An edition's texts as the parameter file holds them, with their problems.

    The themes `elsewhere` have a text in another language only.
    """

    working: Working
    study: Study
    texts: dict[str, str]
    elsewhere: set[str]
    nodes: Any
    lines: list[str]

    def problems(self, theme: str, text: str) -> list[Problem]:
        """Find what must not be evaluated in a text: the one that is kept, or an edited one."""
        if text != self.texts.get(theme):
            return find_problems(text, self.study, self.working.edition, self.working.name, (1, 1))
        first = text_place(self.nodes, self.lines, "narrative", theme, self.working.edition)
        return find_problems(
            text, self.study, self.working.edition, self.working.parameters_name, first
        )


def read_kept(working: Working, study: Study) -> Kept:
    """Read an edition's texts; raises CheckFailed or NotSaved where the file cannot be read."""
    name, content = working.parameters_name, working.parameters.read_bytes()
    written = {section: text for section, text in read_narrative(content, name).items() if text}
    texts = {
        theme: text for (theme, language), text in written.items() if language == working.edition
    }
    elsewhere = {theme for theme, _ in written} - set(texts)
    lines = content.decode("utf-8").splitlines()
    return Kept(working, study, texts, elsewhere, read_yaml(working.parameters, name), lines)


def open_notebook(notebook: NotebookNode, kept: Kept) -> None:
    """Give a notebook that is being opened a name of its own, and today's texts.

    A section that was edited on disk and is in no parameter file yet stays as it was edited. A
    notebook whose sections are not clear is opened as it is: saving it will say why.
    """
    working = kept.working
    try:
        opening = read_edits(notebook, working).opening
        sections = read_sections(notebook)
    except NotSaved:
        notebook.metadata[EDIT] = told_of(notebook) | {"opening": new_opening()}
        return
    lineage = Lineage(working.lineage)
    notebook.cells = [cell for cell in notebook.cells if not is_note(cell)]
    for section in sections.values():
        text, base = _text_to_show(section, kept, lineage, opening)
        _show(notebook, section, text, base, kept)
    notebook.metadata[EDIT]["opening"] = new_opening()


def _text_to_show(section: Section, kept: Kept, lineage: Lineage, opening: str) -> tuple[str, str]:
    """Return the text that a section is opened with, and the one that an edit of it comes from."""
    working, theirs = kept.working, kept.texts.get(section.theme, "")
    base = lineage.base(opening, section.theme, section.opened_with, theirs)
    place = (section.theme, working.edition)
    if section.text in (section.opened_with, base, theirs) or is_kept(
        working.workbook, working.council, place, section.text
    ):
        return theirs, theirs
    return section.text, base


def _show(notebook: NotebookNode, section: Section, text: str, base: str, kept: Kept) -> None:
    """Put a text in the place of a section's cells; one that is the same keeps its figures."""
    told = {"opened_with": base}
    if section.default:
        told["default"] = section.default
    first, *others = section.cells
    shown = (text or section.default).rstrip("\n")
    new = section_cells(first.id, section.theme, shown, told, kept.problems(section.theme, text))
    if new[-1].cell_type == first.cell_type == "markdown" and first.source == shown:
        new[-1].metadata = first.metadata | new[-1].metadata
    at = next(index for index, cell in enumerate(notebook.cells) if cell is first)
    rest = [cell for cell in notebook.cells[at + 1 :] if not any(cell is one for one in others)]
    notebook.cells = [*notebook.cells[:at], *new, *rest]

"""The cells of a working notebook: what may be edited, what may not, what must not be run."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_raw_cell

from helpers.errors import Problem
from helpers.report.binding.markdown import find_inline
from helpers.report.binding.texts import check_text
from helpers.report.notebook.whole import NARRATIVE, NOT_PUBLISHED, has_tag
from helpers.run.editing.working import Working
from helpers.study.definition import Study

EDIT = "workbook_edit"  # the key of our metadata, in a working notebook and in its cells
_ROLE = re.compile(r"\{\s*eval\b")
_HEAD = """\
# Edit: {council}, {edition}

Edit the text under each **What we found** and save (Ctrl-S): it is then in `{parameters}`. Run its
cell (Ctrl-Enter) to see its figures; one that is new shows when you run it a second time. All other
cells are locked.

- Text in a new Markdown cell below a section belongs to that section.
- Code cells that you add are scratch paper: they never reach the report.
- The report itself is made by `workbook build {council}`.
"""
_PROBLEMS = """\
This section cannot be computed as it stands, so nothing of it is run:

{problems}

Mend the text in the next cell, save it, and choose File > Reload Notebook from Disk."""


def digest(cell: NotebookNode) -> str:
    """Return a digest of what a cell says, and whether it is text or code."""
    return hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:16]


def lock(cell: NotebookNode) -> NotebookNode:
    """Return a cell that is not edited here; that it was changed all the same is noticed."""
    cell.metadata |= {"editable": False, "deletable": False}
    cell.metadata[EDIT] = {"cell": cell.id, "digest": digest(cell)}
    if cell.cell_type == "code":
        cell.metadata["jupyter"] = {"source_hidden": True}
    return cell


def head_cell(working: Working) -> NotebookNode:
    """Return the note at the top, which says how to work with the notebook."""
    told = _HEAD.format(
        council=working.council, edition=working.edition, parameters=working.parameters_name
    )
    return lock(new_markdown_cell(told, id="about-editing", metadata={"tags": [NOT_PUBLISHED]}))


def section_cells(
    name: str, theme: str, text: str, told: Mapping[str, str], problems: Sequence[Problem]
) -> list[NotebookNode]:
    """Return the cells in which a section is edited; `name` is the id of its own.

    `told` holds what it was `opened_with` and, where nothing is written, the `default`. A text
    with problems is raw, so that nothing of it is evaluated when all cells are run, and a raw note
    above says what they are.
    """
    given = {
        "tags": [NARRATIVE],
        "theme": theme,
        "deletable": False,
        EDIT: dict(told),
    }
    if not problems:
        return [new_markdown_cell(text, id=name, metadata=given)]
    note = lock(new_raw_cell(_PROBLEMS.format(problems="\n".join(map(str, problems)))))
    note.metadata[EDIT]["note"] = True
    return [note, new_raw_cell(text, id=name, metadata=given)]


def told_of(node: NotebookNode) -> dict[str, Any]:
    """Return our metadata in a notebook or a cell; other programs may have made anything of it."""
    told = node.metadata.get(EDIT)
    return dict(told) if isinstance(told, dict) else {}


def is_section(cell: NotebookNode) -> bool:
    """Say whether a cell holds a section, or a part of one that was split."""
    tagged = isinstance(cell.metadata.get("tags"), list) and has_tag(cell, NARRATIVE)
    return tagged and str(cell.metadata.get("theme")).isidentifier()


def is_note(cell: NotebookNode) -> bool:
    """Say whether a cell tells the problems of the section below it."""
    return bool(told_of(cell).get("note"))


def find_problems(
    text: str, study: Study, language: str, name: str, first: tuple[int, int]
) -> list[Problem]:
    """Find what JupyterLab must not evaluate in a text that starts at a place in a file.

    That is what the study cannot answer, and what nobody checked: the Lab's Markdown has more
    forms than the page's, and finds figures where the page has none, as in a block of code.
    """
    problems = check_text(text, study, language, name, first)
    for role in list(_ROLE.finditer(text))[len(find_inline(text)) :]:
        line = first[0] + text.count("\n", 0, role.start())
        message = "an inline figure in a place where the page has none; write it in plain text"
        problems.append(Problem(name, line, first[1], message))
    return problems

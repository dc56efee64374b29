"""An edition as it stands: its notebook, its page and its register, as far as they can be read.

Somebody may have altered, spoilt or removed any of them: what cannot be read is None or empty, and
the seal tells so.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import NotPublishable, cut
from helpers.figures.figure import anchor
from helpers.report.notebook.template import Template
from helpers.report.notebook.whole import register_of
from helpers.review.page_reader import read_page
from helpers.review.pages import EVIDENCE, LINK, TEXT, Page, Piece
from helpers.review.plain_files import read_plain
from helpers.review.register_differences import Record, is_record
from helpers.run.editions.manifest import SPOILT

QUOTED = 200  # characters of a sentence that a review quotes


@dataclass(frozen=True)
class Edition:
    """Its two files as bytes, and what they say."""

    notebook_file: bytes | None
    page_file: bytes | None
    notebook: NotebookNode | None
    page: Page | None
    register: list[Record]

    @property
    def rows(self) -> dict[str, str]:
        """The expression of each figure by the id of its row in the evidence."""
        return {anchor(record["expression"]): record["expression"] for record in self.register}

    def uses(self) -> dict[str, tuple[str, ...]]:
        """Return where the page uses each figure: the sentence, the table's cell or the chart."""
        found: dict[str, list[str]] = {}
        for piece in self.page.pieces if self.page else ():
            if piece.kind not in (EVIDENCE, LINK):
                for row in piece.rows:
                    found.setdefault(row, []).append(_use(piece))
        return {
            expression: tuple(dict.fromkeys(found.get(row, ())))
            for row, expression in self.rows.items()
        }


def read_edition_files(folder: Path, template: Template, code: str) -> Edition:
    """Return an edition as it stands in a folder, of which no part is a symbolic link."""
    return understand(read_files(folder, template, code))


def read_files(folder: Path, template: Template, code: str) -> dict[str, bytes | None]:
    """Return an edition's files as they stand in such a folder, by name."""
    return {name: read_plain(folder / name) for name in template.names(code)}


def understand(files: Mapping[str, bytes | None]) -> Edition:
    """Return what an edition's files say: the notebook's first, then the page's."""
    notebook_file, page_file = files.values()
    notebook = _read_notebook(notebook_file)
    page = read_page(page_file.decode(errors="replace")) if page_file else None
    return Edition(notebook_file, page_file, notebook, page, _register(notebook))


def register_in(files: Mapping[str, bytes | None]) -> list[Record]:
    """Return the register of an edition's files; empty where it cannot be read."""
    notebook_file, _page = files.values()
    return _register(_read_notebook(notebook_file))


def _read_notebook(content: bytes | None) -> NotebookNode | None:
    """Return a notebook that is one by its format; `nbformat.reads` lets others pass."""
    try:
        notebook = nbformat.v4.reads((content or b"").decode())
        nbformat.validate(notebook)
    except (*SPOILT, nbformat.ValidationError, AssertionError):
        return None
    return notebook if notebook.nbformat == nbformat.v4.nbformat else None


def _register(notebook: NotebookNode | None) -> list[Record]:
    """Return a notebook's register; none where it holds anything but a record a figure."""
    try:
        records = list(register_of(notebook)) if notebook else []
        json.dumps(records, ensure_ascii=False).encode()  # raises where a text is no Unicode
    except (*SPOILT, NotPublishable):
        return []
    once = len({record["expression"] for record in records if is_record(record)}) == len(records)
    return records if once else []


def _use(piece: Piece) -> str:
    if piece.kind != TEXT:
        return piece.where.rsplit(": ", 1)[0] if piece.name.startswith("chart-") else piece.where
    return f"{piece.where}: “{cut(piece.text, QUOTED)}”"

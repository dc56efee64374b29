"""The sections of a page: each heading with the cells below it, and each cell as HTML."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from nbformat import NotebookNode

from helpers.figures.evaluation import figure_of
from helpers.figures.figure import anchor
from helpers.report.binding.links import figure_link
from helpers.report.binding.markdown import headings, render_markdown
from helpers.report.languages.language import Language
from helpers.report.notebook.whole import NARRATIVE, has_tag

LEVELS = (2, 3)  # the headings that a reader is led to: a part, a section
HEADING_ENDS = re.compile(r"(?<=</h[23]>)")


@dataclass(frozen=True)
class Section:
    """A cell with headings, and the cells up to the next; what is before the first has none.

    A heading is its level and its text.
    """

    anchor: str
    headings: list[tuple[int, str]]
    cells: list[NotebookNode]

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.headings[0][1] if self.headings else ""


def sections_of(cells: Iterable[NotebookNode]) -> Iterator[Section]:
    """Yield the sections of a page in order."""
    section = Section("", [], [])
    for cell in cells:
        if found := headings_of(cell):
            yield section
            section = Section(cell.id, found, [])
        section.cells.append(cell)
    yield section


def headings_of(cell: NotebookNode) -> list[tuple[int, str]]:
    """Return level and text of the headings in a cell that a reader is led to."""
    if cell.cell_type != "markdown" or has_tag(cell, NARRATIVE):
        return []
    found = headings(cell.source, printed_by(cell).__getitem__)
    return [(level, text) for level, text in found if level in LEVELS]


def render_cell(cell: NotebookNode, language: Language, others: dict[str, str]) -> str:
    """Return a cell as HTML; below its heading a way to the same in other languages.

    `others` holds the pages of the other editions by language.
    """
    if cell.cell_type == "code":
        return shown_by(cell)
    if cell.cell_type != "markdown":
        return ""
    shown = printed_by(cell)

    def link(expression: str) -> str:
        return figure_link(anchor(figure_of(expression)), shown[expression])

    html = render_markdown(cell.source, link)
    if found := headings_of(cell):
        ways = _ways(found[0][0], cell.id, language, others)
        html = HEADING_ENDS.sub(lambda _: ways, html, count=1)
    kind = "narrative" if has_tag(cell, NARRATIVE) else "text"
    return f'<div class="{kind}" id="{escape(cell.id)}">{html}</div>'


def _ways(level: int, name: str, language: Language, others: dict[str, str]) -> str:
    """Return links to the same section in the other languages, and from a part to the contents."""
    contents = f'<a href="#contents">{escape(language.label("Contents"))}</a>'
    ways = [contents] * (level == min(LEVELS)) + [
        f'<a href="{href}#{escape(name)}" hreflang="{code}" lang="{code}">'
        f"{escape(Language(code).label('This section in English'))}</a>"
        for code, href in others.items()
    ]
    return f'\n<p class="ways">{" ".join(ways)}</p>' if ways else ""


def printed_by(cell: NotebookNode) -> dict[str, str]:
    """Return what each inline expression of a cell prints."""
    return {
        item["expression"]: item["result"]["data"]["text/plain"]
        for item in cell.metadata.get("user_expressions", [])
    }


def shown_by(cell: NotebookNode) -> str:
    """Return the HTML that a code cell showed."""
    return "\n".join(
        output["data"]["text/html"]
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    )

"""The published page of an executed notebook, from the notebook alone."""

from html import escape
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from helpers.errors import NotPublishable
from helpers.figures.evaluation import figure_of
from helpers.figures.figure import anchor
from helpers.report.evidence import figure_link
from helpers.report.frame import render_frame
from helpers.report.language import Language
from helpers.report.markdown import headings, render_markdown
from helpers.report.shown import PAGE
from helpers.report.whole import NARRATIVE, NOT_PUBLISHED, NOTE, check_whole, has_tag

COVER = "cover"  # the id of the cell whose output stands above everything


def publish(notebook: NotebookNode) -> str:
    """Return the page of a notebook; raises NotPublishable unless our engine ran all of it."""
    check_whole(notebook)
    return render_page(notebook)


def render_page(notebook: NotebookNode) -> str:
    """Return the HTML page of an executed notebook that is known to be whole."""
    page, note = _page_facts(notebook), notebook.metadata[NOTE]
    language = Language(page["language"])
    notices = list(page["notices"])
    if note["draft"]:
        notices.append(language.label("Draft: part of the findings is missing in one language."))
    cells = [
        cell for cell in notebook.cells if cell.id != COVER and not has_tag(cell, NOT_PUBLISHED)
    ]
    return render_frame(
        "page.html.j2",
        language,
        title=page["title"],
        alternates=[
            {
                "language": code,
                "href": f"report.{code}.html",
                "text": Language(code).label("This document is also available in English"),
            }
            for code in note["others"]
        ],
        notices=notices,
        cover=Markup("".join(_outputs(cell) for cell in notebook.cells if cell.id == COVER)),
        contents=[
            {"anchor": cell.id, "text": text}
            for cell in cells
            if cell.cell_type == "markdown"
            for level, text in headings(cell.source, _printed(cell).__getitem__)
            if level == 2
        ],
        content=Markup("\n".join(filter(None, map(_render_cell, cells)))),
        footer=page["footer"],
    )


def _page_facts(notebook: NotebookNode) -> dict[str, Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if PAGE in output.get("data", {}):
                return dict(output["data"][PAGE])
    raise NotPublishable("no cell shows report.cover(), which names the page; add it")


def _render_cell(cell: NotebookNode) -> str:
    if cell.cell_type == "code":
        return _outputs(cell)
    if cell.cell_type != "markdown":
        return ""
    shown = _printed(cell)

    def link(expression: str) -> str:
        return figure_link(anchor(figure_of(expression)), shown[expression])

    kind = "narrative" if has_tag(cell, NARRATIVE) else "text"
    return f'<div class="{kind}" id="{escape(cell.id)}">{render_markdown(cell.source, link)}</div>'


def _printed(cell: NotebookNode) -> dict[str, str]:
    """Return what each inline expression of a cell prints."""
    return {
        item["expression"]: item["result"]["data"]["text/plain"]
        for item in cell.metadata.get("user_expressions", [])
    }


def _outputs(cell: NotebookNode) -> str:
    return "\n".join(
        output["data"]["text/html"]
        for output in cell.outputs
        if "text/html" in output.get("data", {})
    )

"""The published page of an executed notebook, from the notebook alone."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from helpers.errors import NotPublishable
from helpers.report.binding.links import Uses
from helpers.report.languages.language import Language
from helpers.report.notebook.reviews import Progress, tell_progress
from helpers.report.notebook.shown import PAGE
from helpers.report.notebook.whole import NOT_PUBLISHED, NOTE, REGISTER, check_whole, has_tag
from helpers.report.pages.frame import render_frame
from helpers.report.pages.sections import Section, render_cell, sections_of, shown_by

COVER = "cover"  # the id of the cell whose output stands above everything
KINDS = {"figure": "chart", "table": "table", "": "text"}  # of cells, by an element that they have


def publish(notebook: NotebookNode) -> str:
    """Return the page of a notebook; raises NotPublishable unless our engine ran all of it."""
    check_whole(notebook)
    return render_page(notebook)


def render_page(notebook: NotebookNode) -> str:
    """Return the HTML page of an executed notebook that is known to be whole."""
    page, note = page_facts(notebook), notebook.metadata[NOTE]
    language = Language(page["language"])
    others = {code: f"{page['stem']}.{code}.html" for code in note["others"]}
    sections = list(sections_of(_published(notebook)))
    return render_frame(
        "page.html.j2",
        language,
        council=page["council"],
        title=page["title"],
        alternates=[
            {
                "language": code,
                "href": href,
                "text": Language(code).label("This document is also available in English"),
            }
            for code, href in others.items()
        ],
        notices=page["notices"],
        cover=Markup("".join(shown_by(cell) for cell in notebook.cells if cell.id == COVER)),
        contents=_contents(sections),
        content=Markup(_content(sections, language, others)),
        footer=page["footer"],
    )


def page_facts(notebook: NotebookNode) -> dict[str, Any]:
    """Return what the cover cell says of the page, its language and title, and all notices.

    The downloads take them from here too, so that none goes without a notice of the page.
    """
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if PAGE in output.get("data", {}):
                said = dict(output["data"][PAGE])
                return said | {"notices": [*said["notices"], *_of_texts(notebook, said)]}
    raise NotPublishable("no cell shows report.cover(), which names the page; add it")


def _of_texts(notebook: NotebookNode, said: dict[str, Any]) -> list[str]:
    """Say of an edition's texts that nobody reviewed the translation, or that some are missing."""
    note, language = notebook.metadata[NOTE], Language(said["language"])
    notices = tell_progress(Progress(*note["review"]), language)
    if note["draft"]:
        notices.append(language.label("Draft: part of the findings is missing in one language."))
    return notices


def _published(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (
        cell for cell in notebook.cells if cell.id != COVER and not has_tag(cell, NOT_PUBLISHED)
    )


def _contents(sections: list[Section]) -> list[dict[str, Any]]:
    """Return the parts of the page, each with its sections."""
    parts: list[dict[str, Any]] = []
    for section in sections:
        for level, text in section.headings:
            entry = {"anchor": section.anchor, "text": text, "sections": []}
            (parts if level == 2 or not parts else parts[-1]["sections"]).append(entry)
    return parts


def _content(sections: list[Section], language: Language, others: dict[str, str]) -> str:
    """Return the HTML of all cells, with links from the evidence back to what uses each figure."""
    uses, parts = Uses(), []
    for section in sections:
        for cell in section.cells:
            html = render_cell(cell, language, others)
            if has_tag(cell, REGISTER):
                html = uses.lead_back(html)
            elif html:
                html = uses.mark(html, section.name, language.label(KINDS[_element(html)]))
            parts.append(html)
    return "\n".join(filter(None, parts))


def _element(html: str) -> str:
    return next(tag for tag in KINDS if f"<{tag}" in html)

"""Prepare a template for one edition: narrative in its cells, translations, inline expressions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from nbformat import NotebookNode

from helpers.report.language import Language, read_catalogue, translate
from helpers.report.markdown import find_inline
from helpers.report.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.report.whole import (
    INLINE,
    NARRATIVE,
    NOT_PUBLISHED,
    NOTE,
    has_tag,
    tagged,
)
from helpers.study.definition import Study

CATALOGUES = "notebooks/locale"


@dataclass(frozen=True)
class Edition:
    """What a template is prepared for; `narrative` is theme to language to Markdown.

    `languages` are the study's, the template's own first; `made` those in which this council has
    a report; `may_name` the councils that the narrative may name.
    """

    code: str
    languages: list[str]
    made: list[str]
    narrative: Mapping[str, Mapping[str, str]]
    may_name: Collection[str] = ()
    template: Template = COUNCIL_REPORT


def overview_edition(study: Study, code: str) -> Edition:
    """Return what the overview's template is prepared for: nobody's narrative."""
    languages = study.about.languages
    return Edition(code, languages, languages, {}, template=NATIONAL_OVERVIEW)


def is_draft(narrative: Mapping[str, Mapping[str, str]], editions: list[str]) -> bool:
    """Say whether a theme's narrative is there in some language, and in an edition's is not."""
    return any(
        any(map(str.strip, texts.values()))
        and not all(texts.get(code, "").strip() for code in editions)
        for texts in narrative.values()
    )


def prepare_notebook(notebook: NotebookNode, edition: Edition, workbook: Path) -> None:
    """Put this edition's words in the template's Markdown cells and collect their expressions."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _words(cell, edition, workbook)
    collect_inline(notebook)
    draft = is_draft(edition.narrative, edition.made)
    others = [code for code in edition.made if code != edition.code]
    notebook.metadata[NOTE] = {"edition": edition.code, "others": others, "draft": draft}


def collect_inline(notebook: NotebookNode) -> None:
    """List the inline expressions of all sentences in the cell that is there for them."""
    listed = "".join(
        f"    {inline.expression!r},\n"
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for inline in find_inline(cell.source)
    )
    tagged(notebook, INLINE).source = f"inline = [\n{listed}]" if listed else "inline = []"


def _words(cell: NotebookNode, edition: Edition, workbook: Path) -> str:
    if has_narrative(cell, edition.narrative):
        texts = edition.narrative[cell.metadata["theme"]]
        missing = Language(edition.code).label("The findings on this theme are not yet written.")
        return texts.get(edition.code, "").strip() or f"*{missing}*"
    return translated(cell, edition.code, edition.languages[0], workbook)


def has_narrative(cell: NotebookNode, narrative: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether an auditor has written, in any language, what stands in place of a cell."""
    texts = narrative.get(cell.metadata.get("theme", ""), {})
    return has_tag(cell, NARRATIVE) and any(map(str.strip, texts.values()))


def is_default_text(cell: NotebookNode, narrative: Mapping[str, Mapping[str, str]]) -> bool:
    """Say whether a cell holds the template's own findings on a theme."""
    return has_tag(cell, NARRATIVE) and not has_narrative(cell, narrative)


def tell_too_few(cell: NotebookNode, code: str) -> None:
    """Put a notice in place of the template's own findings, of which a figure is hidden."""
    few = Language(code).label("Too few people answered for results to be shown")
    cell.source = f"*{few}.*"
    cell.metadata.pop("user_expressions", None)


def translated(cell: NotebookNode, code: str, source: str, workbook: Path) -> str:
    """Return a template cell's text in a language; the template is written in the first."""
    if code == source or has_tag(cell, NOT_PUBLISHED):
        return str(cell.source)
    return translate(catalogue_of(workbook, code), cell.source, cell.id)


def catalogue_of(workbook: Path, code: str) -> Catalog:
    """Return the template's catalogue for a language."""
    return read_catalogue(workbook / CATALOGUES / f"{code}.po")

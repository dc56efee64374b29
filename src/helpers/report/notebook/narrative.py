"""Prepare a template for one edition: narrative in its cells, translations, inline expressions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from helpers.report.binding.markdown import find_inline
from helpers.report.languages.language import Language, translate
from helpers.report.notebook.reviews import Progress, measure_progress
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.report.notebook.translations import (
    Translated,
    catalogue_of,
    cells_in,
    labels_in,
    parameters_in,
    published_texts,
    study_in,
)
from helpers.report.notebook.whole import (
    INLINE,
    NARRATIVE,
    NOT_PUBLISHED,
    NOTE,
    has_tag,
    tagged,
)
from helpers.study.definition import Study
from helpers.study.parameters import FOLDER, SUFFIX, Parameters


@dataclass(frozen=True)
class Edition:
    """What a template is prepared for; `narrative` is theme to language to Markdown.

    `languages` are the study's, the template's own first; `made` those in which this council has
    a report; `may_name` the councils that the narrative may name; `translated` the texts that come
    from the study and the parameters in translation.
    """

    code: str
    languages: list[str]
    made: list[str]
    narrative: Mapping[str, Mapping[str, str]]
    may_name: Collection[str] = ()
    template: Template = COUNCIL_REPORT
    translated: Collection[Translated] = ()


def edition_of(study: Study, parameters: Parameters, code: str) -> Edition:
    """Return what a template is prepared for: the council of these parameters in a language."""
    about, file = study.about, f"{FOLDER}/{parameters.council}{SUFFIX}"
    translated = [*study_in(study, code), *parameters_in(study, parameters, file, code)]
    return Edition(
        code,
        about.languages,
        parameters.editions,
        parameters.narrative,
        parameters.may_name,
        translated=translated if code != about.languages[0] else (),
    )


def overview_edition(study: Study, code: str) -> Edition:
    """Return what the overview's template is prepared for: nobody's narrative."""
    languages = study.about.languages
    translated = list(study_in(study, code)) if code != languages[0] else ()
    return Edition(
        code, languages, languages, {}, template=NATIONAL_OVERVIEW, translated=translated
    )


def is_draft(narrative: Mapping[str, Mapping[str, str]], editions: list[str]) -> bool:
    """Say whether a theme's narrative is there in some language, and in an edition's is not."""
    return any(
        any(map(str.strip, texts.values()))
        and not all(texts.get(code, "").strip() for code in editions)
        for texts in narrative.values()
    )


def prepare_notebook(notebook: NotebookNode, edition: Edition, workbook: Path) -> None:
    """Put this edition's words in the template's Markdown cells and collect their expressions."""
    progress = _review(notebook, edition, workbook)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _words(cell, edition, workbook)
    collect_inline(notebook)
    draft = is_draft(edition.narrative, edition.made)
    others = [code for code in edition.made if code != edition.code]
    notebook.metadata[NOTE] = {
        "edition": edition.code,
        "others": others,
        "draft": draft,
        "review": list(progress),
    }


def _review(notebook: NotebookNode, edition: Edition, workbook: Path) -> Progress:
    """Return how far the review of the translations that an edition uses has come."""
    code = edition.code
    if code == edition.languages[0]:
        return Progress(0, 0)
    replaced = {cell.id for cell in notebook.cells if has_narrative(cell, edition.narrative)}
    texts = published_texts(notebook)
    shown = {cell: text for cell, text in texts.items() if cell not in replaced}
    used = (*labels_in(code), *cells_in(shown, workbook, code), *edition.translated)
    return measure_progress(used, workbook, code)


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
    few = Language(code).together_hidden()
    cell.source = f"*{few}.*"
    cell.metadata.pop("user_expressions", None)


def translated(cell: NotebookNode, code: str, source: str, workbook: Path) -> str:
    """Return a template cell's text in a language; the template is written in the first."""
    if code == source or has_tag(cell, NOT_PUBLISHED):
        return str(cell.source)
    return translate(catalogue_of(workbook, code), cell.source, cell.id)

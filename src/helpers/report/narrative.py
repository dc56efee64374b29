"""Prepare a template for one edition: narrative in its cells, translations, inline expressions."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from nbformat import NotebookNode

from helpers.errors import ExpressionError, NotPublishable, Problem, WorkbookError, expected
from helpers.figures.measures import check_expression
from helpers.report.language import Language, read_catalogue, translate
from helpers.report.markdown import find_inline, headings
from helpers.report.whole import (
    INLINE,
    NARRATIVE,
    NOT_PUBLISHED,
    NOTE,
    PARAMETERS,
    REGISTER,
    has_tag,
    tagged,
)
from helpers.study.definition import Study
from helpers.study.parameters import ParameterFile
from helpers.study.reading import study_file
from helpers.study.yamlfile import place, read_yaml

TEMPLATE = "notebooks/council_report.ipynb"
CATALOGUES = "notebooks/locale"
LOWEST_HEADING = 4  # a narrative stands under its theme's heading of the third level


@dataclass(frozen=True)
class Edition:
    """What a template is prepared for; `narrative` is theme to language to Markdown.

    `languages` are the study's, the template's own first; `made` those in which this council has
    a report.
    """

    code: str
    languages: list[str]
    made: list[str]
    narrative: Mapping[str, Mapping[str, str]]


def is_draft(narrative: Mapping[str, Mapping[str, str]], editions: list[str]) -> bool:
    """Say whether a theme's narrative is there in one edition's language and not in another's."""
    written = [
        [bool(texts.get(code, "").strip()) for code in editions] for texts in narrative.values()
    ]
    return any(any(found) and not all(found) for found in written)


def prepare_notebook(notebook: NotebookNode, edition: Edition, workbook: Path) -> None:
    """Put this edition's words in the template's Markdown cells and collect their expressions."""
    expressions = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _words(cell, edition, workbook)
            expressions += [inline.expression for inline in find_inline(cell.source)]
    listed = "".join(f"    {expression!r},\n" for expression in expressions)
    tagged(notebook, INLINE).source = f"inline = [\n{listed}]" if listed else "inline = []"
    draft = is_draft(edition.narrative, edition.made)
    others = [code for code in edition.made if code != edition.code]
    notebook.metadata[NOTE] = {"edition": edition.code, "others": others, "draft": draft}


def _words(cell: NotebookNode, edition: Edition, workbook: Path) -> str:
    texts = edition.narrative.get(cell.metadata.get("theme", ""), {})
    if has_tag(cell, NARRATIVE) and any(map(str.strip, texts.values())):
        missing = Language(edition.code).label("The findings on this theme are not yet written.")
        return texts.get(edition.code, "").strip() or f"*{missing}*"
    return translated(cell, edition.code, edition.languages[0], workbook)


def translated(cell: NotebookNode, code: str, source: str, workbook: Path) -> str:
    """Return a template cell's text in a language; the template is written in the first."""
    if code == source or has_tag(cell, NOT_PUBLISHED):
        return str(cell.source)
    return translate(catalogue_of(workbook, code), cell.source, cell.id)


def catalogue_of(workbook: Path, code: str) -> Catalog:
    """Return the template's catalogue for a language."""
    return read_catalogue(workbook / CATALOGUES / f"{code}.po")


def check_template(notebook: NotebookNode, study: Study, workbook: Path) -> list[Problem]:
    """Find what would go wrong in every edition: tags, themes, expressions, translations."""
    problems = [Problem(TEMPLATE, 1, 1, message) for message in _wrong_tags(notebook, study)]
    for cell in notebook.cells:
        here = f"{TEMPLATE}#{cell.id}"
        theme = cell.metadata.get("theme")
        if theme is not None and theme not in list(study.about.themes):
            message = f"unknown theme '{theme}'; {expected(theme, study.about.themes)}"
            problems.append(Problem(here, 1, 1, message))
        if cell.cell_type == "markdown":
            problems += check_text(cell.source, study, here)
            problems += _check_translations(cell, study, workbook)
    return problems


def _wrong_tags(notebook: NotebookNode, study: Study) -> Iterator[str]:
    for tag in (PARAMETERS, INLINE, REGISTER):
        try:
            tagged(notebook, tag)
        except NotPublishable as error:
            yield error.message
    cells = [cell for cell in notebook.cells if has_tag(cell, NARRATIVE)]
    themes = Counter(str(cell.metadata.get("theme")) for cell in cells)
    for theme in study.about.themes:
        if themes[theme] != 1:
            yield (
                f"{themes[theme]} cells tagged '{NARRATIVE}' have the theme '{theme}'; "
                "expected exactly one"
            )


def _check_translations(cell: NotebookNode, study: Study, workbook: Path) -> Iterator[Problem]:
    source, *others = study.about.languages
    for code in others:
        file = f"{CATALOGUES}/{code}.po"
        try:
            text = translated(cell, code, source, workbook)
            yield from check_text(text, study, f"{file}#{cell.id}")
        except WorkbookError as error:
            yield Problem(file, 1, 1, error.message)


def check_text(
    text: str, study: Study, name: str, first: tuple[int, int] = (1, 1)
) -> list[Problem]:
    """Find inline expressions that the study cannot answer; `first` is where the text starts."""
    problems = []
    for inline in find_inline(text):
        try:
            check_expression(inline.expression, study)
        except ExpressionError as error:
            line = first[0] + inline.line - 1
            problems.append(Problem(name, line, first[1] + inline.column - 1, error.message))
    return problems


def check_study_texts(study: Study, workbook: Path) -> Iterator[Problem]:
    """Find inline expressions in the study's own texts that it cannot answer.

    A problem is told at the text that it stands in.
    """
    parts = {
        "study": study.about,
        "questionnaire": study.questionnaire,
        "maturity": study.maturity,
        "good_practice": study.good_practice,
    }
    for name, part in parts.items():
        file = study_file(name)
        for where, text in _texts(part.model_dump()):
            found = check_text(text, study, file)
            if found:
                line, column = place(read_yaml(workbook / file, file), where)
                yield from (Problem(file, line, column, problem.message) for problem in found)


def _texts(
    node: object, where: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict | list):
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, child in items:
            yield from _texts(child, (*where, key))


def check_narratives(file: ParameterFile, study: Study) -> Iterator[Problem]:
    """Find what is wrong in a parameter file's narrative, at its place in the file."""
    for theme, texts in file.parameters.narrative.items():
        for code, text in texts.items():
            first = file.narrative_place(theme, code)
            yield from check_text(text, study, file.name, first)
            if any(level < LOWEST_HEADING for level, _ in headings(text)):
                message = "a heading above the section's own; expected '####' or more"
                yield Problem(file.name, *first, message)

"""Check every text before anything runs: template, translations, study, narrative, judgements."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbformat import NotebookNode

from helpers.errors import CheckFailed, NotPublishable, Problem, WorkbookError, expected
from helpers.report.binding.markdown import headings
from helpers.report.binding.texts import check_names, check_prose, check_text, other_figures
from helpers.report.notebook.catalogues import check_cells
from helpers.report.notebook.narrative import Edition, has_narrative, translated
from helpers.report.notebook.template import COUNCIL_REPORT, Template
from helpers.report.notebook.translations import CATALOGUES
from helpers.report.notebook.whole import (
    INLINE,
    NARRATIVE,
    NOT_PUBLISHED,
    PARAMETERS,
    REGISTER,
    has_tag,
    tagged,
)
from helpers.study.definition import Study
from helpers.study.files.yamlfile import place, read_yaml
from helpers.study.loose_ends import texts_of
from helpers.study.parameters import ParameterFile
from helpers.study.reading import study_file

LOWEST_HEADING = 4  # a narrative stands under its theme's heading of the third level


def check_template(
    notebook: NotebookNode, study: Study, workbook: Path, template: Template = COUNCIL_REPORT
) -> list[Problem]:
    """Find what would go wrong in every edition: tags, themes, texts, translations."""
    file, first = template.path, study.about.languages[0]
    wrong = [*_wrong_kernel(notebook), *_wrong_tags(notebook)]
    wrong += _wrong_narratives(notebook, study) if template == COUNCIL_REPORT else []
    problems = [Problem(file, 1, 1, message) for message in wrong]
    for cell in notebook.cells:
        here = f"{file}#{cell.id}"
        theme = cell.metadata.get("theme")
        if theme is not None and theme not in list(study.about.themes):
            message = f"unknown theme '{theme}'; {expected(theme, study.about.themes)}"
            problems.append(Problem(here, 1, 1, message))
        if cell.cell_type == "markdown":
            problems += check_text(cell.source, study, first, here, speaker=template.speaker)
        if cell.cell_type == "markdown" and not has_tag(cell, NOT_PUBLISHED):
            problems += check_prose(cell.source, study, first, here)
            problems += _check_translations(cell, study, workbook, template)
    return [*problems, *check_cells(notebook, study, workbook)]


def _wrong_kernel(notebook: NotebookNode) -> Iterator[str]:
    kernel = notebook.metadata.get("kernelspec", {})
    language = kernel.get("language") or notebook.metadata.get("language_info", {}).get("name")
    if not kernel.get("name") or not language:
        yield (
            "the notebook names no kernel; expected 'kernelspec' in its metadata, with the name "
            "'python3' and the language 'python': save it in JupyterLab with the kernel Python 3"
        )


def _wrong_tags(notebook: NotebookNode) -> Iterator[str]:
    for tag in (PARAMETERS, INLINE, REGISTER):
        try:
            tagged(notebook, tag)
        except NotPublishable as error:
            yield error.message


def _wrong_narratives(notebook: NotebookNode, study: Study) -> Iterator[str]:
    cells = [cell for cell in notebook.cells if has_tag(cell, NARRATIVE)]
    themes = Counter(str(cell.metadata.get("theme")) for cell in cells)
    for theme in study.about.themes:
        if themes[theme] != 1:
            yield (
                f"{themes[theme]} cells tagged '{NARRATIVE}' have the theme '{theme}'; "
                f'expected exactly one, with "theme": "{theme}" in the cell\'s metadata, '
                "beside its tags"
            )


def _check_translations(
    cell: NotebookNode, study: Study, workbook: Path, template: Template
) -> Iterator[Problem]:
    source, *others = study.about.languages
    for code in others:
        here = f"{CATALOGUES}/{code}.po#{cell.id}"
        try:
            text = translated(cell, code, source, workbook)
        except WorkbookError:
            continue  # check_cells tells of it
        yield from check_text(text, study, code, here, speaker=template.speaker)
        yield from check_prose(text, study, code, here)
        for message in other_figures({source: cell.source, code: text}, study, template.speaker):
            yield Problem(here, 1, 1, message)


def check_prepared(
    notebook: NotebookNode, study: Study, language: str, template: Template = COUNCIL_REPORT
) -> None:
    """Raise CheckFailed unless the study can answer every inline expression of a notebook.

    A kernel evaluates them as code: nothing outside the grammar may reach it.
    """
    problems = [
        problem
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for problem in check_text(
            cell.source,
            study,
            language,
            f"{template.path}#{cell.id}",
            speaker=template.speaker,
        )
    ]
    if problems:
        raise CheckFailed(problems)


def check_words(notebook: NotebookNode, study: Study, edition: Edition) -> None:
    """Raise CheckFailed where the prepared words of an edition hold what no figure backs.

    `workbook check` finds the same at its place in the file; papermill's command has no check.
    """
    problems: list[Problem] = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not has_tag(cell, NOT_PUBLISHED):
            here = f"{edition.template.path}#{cell.id}"
            problems += check_prose(cell.source, study, edition.code, here)
            if has_narrative(cell, edition.narrative):
                problems += check_names(cell.source, study, edition.may_name, here)
    if problems:
        raise CheckFailed(problems)


def check_study_texts(study: Study, workbook: Path) -> Iterator[Problem]:
    """Find in the study's own texts what it cannot answer, and what no figure backs.

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
        found = [
            told
            for where, texts, ours in texts_of(part, type(part))
            for told in _check_languages(texts, where, study, ours=ours)
        ]
        nodes = read_yaml(workbook / file, file) if found else None
        for at, message in found:
            yield Problem(file, *place(nodes, at), message)


Where = tuple[int | str, ...]


def _check_languages(
    texts: Mapping[str, str], where: Where, study: Study, *, ours: bool = True
) -> Iterator[tuple[Where, str]]:
    """Find what is wrong in one text in all its languages, told at the text that holds it.

    A text that is not `ours` may hold numbers: they were asked, or are somebody's name.
    """
    for code, text in texts.items():
        for problem in check_text(text, study, code, ""):
            yield (*where, code), problem.message
        for problem in check_prose(text, study, code, "") if ours else ():
            yield (*where, code), problem.message
    for message in other_figures(texts, study):
        yield where, message


def check_narratives(file: ParameterFile, study: Study) -> Iterator[Problem]:
    """Find what is wrong in a parameter file's narrative, at its place in the file."""
    for theme, texts in file.parameters.narrative.items():
        for code, text in texts.items():
            first = file.text_place("narrative", theme, code)
            yield from check_text(text, study, code, file.name, first)
            yield from check_prose(text, study, code, file.name, first)
            yield from check_names(text, study, file.parameters.may_name, file.name, first)
            if any(level < LOWEST_HEADING for level, _ in headings(text)):
                message = "a heading above the section's own; expected '####' or more"
                yield Problem(file.name, *first, message)
        for message in other_figures(texts, study):
            yield Problem(file.name, *place(file.nodes, ("narrative", theme)), message)


def check_judgements(file: ParameterFile, study: Study) -> Iterator[Problem]:
    """Find what is wrong in the reasons that an auditor gives for a level."""
    for key, judgement in file.parameters.judgements.items():
        where = ("judgements", key, "reason")
        for at, message in _check_languages(judgement.reason, where, study):
            yield Problem(file.name, *place(file.nodes, at), message)
        for code, text in judgement.reason.items():
            for problem in check_names(text, study, file.parameters.may_name, file.name):
                at = place(file.nodes, (*where, code))
                yield Problem(file.name, *at, problem.message)

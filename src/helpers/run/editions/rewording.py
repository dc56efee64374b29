"""Reword: make an edition of which only the auditors' words changed, without a kernel.

An edition is a pure function of its bundle and the code, and no code cell sees narrative, the
record of reviews or the code that only makes pages. Where the manifest of the edition that stands
in outputs/ tells of the same inputs and code but for these, and the template is given the same of
the council's parameter file, what the code cells showed stands too. Only the sentences and the
register are computed anew, with the measures that were decided here.
"""

import json
from collections.abc import Container, Iterator, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.errors import FigureHidden, WorkbookError
from helpers.figures.evaluation import AnyMeasures, evaluate, print_expression
from helpers.figures.register import drawn_by
from helpers.report.binding.markdown import find_inline
from helpers.report.content.evidence import show_register
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.notebook.checks import check_prepared, check_words
from helpers.report.notebook.narrative import (
    Edition,
    collect_inline,
    edition_of,
    is_default_text,
    overview_edition,
    prepare_notebook,
    tell_too_few,
)
from helpers.report.notebook.reviews import REVIEWED
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.whole import INJECTED, NOTE, REGISTER, assigned, register_of, tagged
from helpers.report.pages.page import publish
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, Made, pack
from helpers.run.editions.manifest import SPOILT, provenance_of
from helpers.run.editions.standing import read_edition
from helpers.study.files.folder import OUTPUTS

# The code that neither a code cell runs nor what prepares it: it makes the pages of notebooks that
# stand, and what lies beside them.
PAGES_ONLY = ("report/pages/", "report/downloads/")


def reword(decided: Decided, bundle: Bundle) -> Made | None:
    """Return the edition with the standing edition's charts and tables; None where it must run."""
    try:
        notebook = _standing(decided, bundle)
        if notebook is None:
            return None
        _replace_words(notebook, decided, bundle)
        return pack(bundle, notebook, publish(notebook))
    except (*SPOILT, WorkbookError):  # a run does without the last edition, and tells what is wrong
        return None


def _standing(decided: Decided, bundle: Bundle) -> NotebookNode | None:
    """Return the last edition's notebook, if all but the words of this one must be as there."""
    folder = decided.checked.workbook / OUTPUTS / bundle.council
    found = read_edition(folder, bundle.template, bundle.edition)
    if found is None:
        return None
    words = {REVIEWED}  # which only the page's notice depends on
    if bundle.template == COUNCIL_REPORT:
        words.add(decided.checked.parameters[bundle.council].name)
    now = provenance_of(bundle, found.digests, found.manifest.learnt)
    if _as_cells_know(found.manifest.hashed, words) != _as_cells_know(now, words):
        return None
    content = found.files[bundle.template.names(bundle.edition)[0]]
    notebook = nbformat.reads(content.decode(), as_version=4)
    was_given, given = assigned(tagged(notebook, INJECTED)), _given(decided, bundle)
    return notebook if json.dumps(was_given) == json.dumps(given) else None  # in the same order


def _as_cells_know(hashed: Mapping[str, Any], words: Container[str]) -> dict[str, Any]:
    """Return what an edition was made from without what no code cell reads or runs."""
    inputs = {name: found for name, found in hashed["inputs"].items() if name not in words}
    code = {
        name: found for name, found in hashed["code"].items() if not name.startswith(PAGES_ONLY)
    }
    return {**hashed, "inputs": inputs, "code": code}


def _given(decided: Decided, bundle: Bundle) -> dict[str, Any]:
    """Return the parameters that the template is given."""
    if bundle.template != COUNCIL_REPORT:
        return {"edition": bundle.edition}
    parameters = decided.checked.parameters[bundle.council].parameters
    return parameters.for_template(decided.checked.study, bundle.edition)


def _edition(decided: Decided, bundle: Bundle) -> tuple[Edition, AnyMeasures]:
    """Return what the template is prepared for, and the measures of its sentences."""
    checked, code = decided.checked, bundle.edition
    if bundle.template != COUNCIL_REPORT:
        return overview_edition(checked.study, code), decided.overview[code]
    edition = edition_of(checked.study, checked.parameters[bundle.council].parameters, code)
    return edition, decided.measures(bundle.council)[code]


def _replace_words(notebook: NotebookNode, decided: Decided, bundle: Bundle) -> None:
    """Put the words of today into the last edition's notebook, as a run does."""
    checked = decided.checked
    edition, shared = _edition(decided, bundle)
    measures = shared.apart()
    prepared = nbformat.reads(bundle.files[bundle.template.path].decode(), as_version=4)
    prepare_notebook(prepared, edition, checked.workbook)
    check_prepared(prepared, checked.study, edition.code, edition.template)
    check_words(prepared, checked.study, edition)
    words = {cell.id: cell.source for cell in _texts(prepared)}
    for cell in _texts(notebook):
        cell.source = words[cell.id]
        _evaluate(cell, edition, measures)
    collect_inline(notebook)
    notebook.metadata[NOTE] = prepared.metadata[NOTE]
    _register_anew(notebook, measures.fresh(), Names(checked.study, Language(edition.code)))


def _texts(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if cell.cell_type == "markdown")


def _evaluate(cell: NotebookNode, edition: Edition, measures: AnyMeasures) -> None:
    """Store each inline figure as the kernel's answer would be stored."""
    cell.metadata.pop("user_expressions", None)
    asked = [inline.expression for inline in find_inline(cell.source)]
    try:
        stored = [_stored(expression, measures.fresh()) for expression in asked]
    except FigureHidden:
        if not is_default_text(cell, edition.narrative):
            raise
        tell_too_few(cell, edition.code)
        return
    if stored:
        cell.metadata["user_expressions"] = stored


def _stored(expression: str, measures: AnyMeasures) -> dict[str, Any]:
    printed = print_expression(expression, measures)
    data = {"text/plain": repr(printed), "text/html": printed._repr_html_()}
    return {"expression": expression, "result": {"status": "ok", "data": data, "metadata": {}}}


def _register_anew(notebook: NotebookNode, measures: AnyMeasures, names: Names) -> None:
    """Replace what the register cell showed; `measures` are none that anything has used."""
    for expression in drawn_by(register_of(notebook)):
        evaluate(expression, measures)
    inline = [
        stored["expression"]
        for cell in _texts(notebook)
        for stored in cell.metadata.get("user_expressions", [])
    ]
    [output] = tagged(notebook, REGISTER).outputs
    output["data"] = show_register(measures, inline, names)._repr_mimebundle_()

"""See that an executed notebook is whole: all of it ran, and every sentence has its figures."""

import ast
from typing import Any

from nbformat import NotebookNode

from helpers.errors import NotPublishable, RunFailed
from helpers.figures.evaluation import printed_form
from helpers.figures.register import printed_by, read_register
from helpers.report.binding.markdown import find_inline
from helpers.report.notebook.shown import READ

PARAMETERS, NARRATIVE, INLINE, REGISTER = "parameters", "narrative", "inline", "register"
INJECTED = "injected-parameters"  # papermill's tag
NOT_PUBLISHED = "not-published"  # words for those who work with the notebook
NOTE = "workbook"  # the key of our own notebook metadata


def tagged(notebook: NotebookNode, tag: str) -> NotebookNode:
    """Return the one cell with the tag; raises NotPublishable where there is not exactly one."""
    cells = [cell for cell in notebook.cells if has_tag(cell, tag)]
    if len(cells) != 1:
        raise NotPublishable(f"{len(cells)} cells are tagged '{tag}'; expected exactly one")
    return cells[0]


def has_tag(cell: NotebookNode, tag: str) -> bool:
    """Say whether a cell has the tag."""
    return tag in cell.metadata.get("tags", [])


def assigned(cell: NotebookNode) -> dict[str, Any]:
    """Return the plain values that a code cell gives to names."""
    return {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in ast.parse(cell.source).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def check_ran(notebook: NotebookNode) -> None:
    """Raise RunFailed unless every code cell ran and none of them failed.

    `raise SystemExit(0)` in a cell counts as success for papermill, and the rest never runs.
    """
    for cell in notebook.cells:
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        for output in cell.outputs:
            if output.output_type == "error":
                raise RunFailed(f"cell '{cell.id}': {output.ename}: {output.evalue}")
        if cell.execution_count is None:
            raise RunFailed(f"cell '{cell.id}': did not run; a cell before it ended the notebook")


def check_whole(notebook: NotebookNode) -> None:
    """Raise NotPublishable unless the workbook's engine ran the notebook to its end."""
    if NOTE not in notebook.metadata:
        raise NotPublishable(
            "the notebook was not run by the workbook's engine, so its sentences hold no figures; "
            "run it with `papermill --engine workbook` or `workbook build`"
        )
    try:
        check_ran(notebook)
    except RunFailed as error:
        raise NotPublishable(error.message) from None
    known = printed_by(register_of(notebook))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            _check_sentences(cell, known)


def register_of(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Return the records that the register cell printed."""
    for output in tagged(notebook, REGISTER).outputs:
        if "data" in output:
            return read_register(output.data["text/plain"])
    raise NotPublishable("the register cell printed nothing; run the notebook to its end")


def read_of(notebook: NotebookNode) -> list[str]:
    """Return the places of the national table that the notebook's figures were read from."""
    found = [output.data for output in tagged(notebook, REGISTER).outputs if "data" in output]
    return [place for data in found for place in data.get(READ, [])]


def _check_sentences(cell: NotebookNode, known: dict[str, str]) -> None:
    written = [inline.expression for inline in find_inline(cell.source)]
    stored = cell.metadata.get("user_expressions", [])
    if [item["expression"] for item in stored] != written:
        raise NotPublishable(
            f"cell '{cell.id}': its text has changed since its figures were computed; run it again"
        )
    for item in stored:
        if item["result"]["status"] != "ok":
            raise NotPublishable(f"cell '{cell.id}': {item['expression']} was not computed")
        shown = item["result"]["data"]["text/plain"]
        if known.get(printed_form(item["expression"])) != shown:
            raise NotPublishable(
                f"cell '{cell.id}': {item['expression']} prints {shown}, which the register "
                "does not hold; run the notebook again"
            )

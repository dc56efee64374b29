"""A notebook that did not run to its end, or was changed since, is never published."""

import json
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from helpers.errors import NotPublishable
from helpers.report.notebook.whole import check_whole, register_of


@pytest.fixture(scope="module")
def whole(built: Path) -> NotebookNode:
    return nbformat.read(built / "outputs/torfaen/report.en.ipynb", as_version=4)


@pytest.fixture
def notebook(whole: NotebookNode) -> NotebookNode:
    """An executed notebook for one test to spoil."""
    return deepcopy(whole)


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def stored(notebook: NotebookNode, name: str, index: int = 0) -> NotebookNode:
    return cell(notebook, name).metadata["user_expressions"][index]


def refusal(notebook: NotebookNode) -> str:
    with pytest.raises(NotPublishable) as caught:
        check_whole(notebook)
    return caught.value.message


def test_a_notebook_that_ran_to_its_end_is_whole(notebook: NotebookNode):
    check_whole(notebook)


def test_a_notebook_that_was_run_without_the_engine_is_refused(notebook: NotebookNode):
    del notebook.metadata["workbook"]
    assert refusal(notebook) == (
        "the notebook was not run by the workbook's engine, so its sentences hold no figures; "
        "run it with `papermill --engine workbook` or `workbook build`"
    )


def test_the_template_itself_is_refused(shipped: Path):
    template = nbformat.read(shipped / "notebooks/council_report.ipynb", as_version=4)
    assert "was not run by the workbook's engine" in refusal(template)


def test_a_cell_that_did_not_run_is_refused_by_name(notebook: NotebookNode):
    cell(notebook, "skills-chart").execution_count = None
    assert refusal(notebook) == (
        "cell 'skills-chart': did not run; a cell before it ended the notebook"
    )


def test_a_cell_that_failed_is_refused_with_its_error(notebook: NotebookNode):
    error = new_output("error", ename="KeyError", evalue="'L9'", traceback=[])
    cell(notebook, "skills-chart").outputs.append(error)
    assert refusal(notebook) == "cell 'skills-chart': KeyError: 'L9'"


def test_an_empty_cell_need_not_have_run(notebook: NotebookNode):
    notebook.cells.insert(3, new_code_cell("  \n", id="empty"))
    check_whole(notebook)


def test_a_cell_added_after_the_run_is_refused(notebook: NotebookNode):
    notebook.cells.append(new_code_cell("1 + 1", id="added"))
    assert refusal(notebook).startswith("cell 'added': did not run")


CHANGED = (
    "cell 'leadership-narrative': its text has changed since its figures were computed; "
    "run it again"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{eval}`agree("L1")`', '{eval}`agree("L2")`'),
        ('{eval}`agree("L1")`', "29%"),
        ("A clear vision", 'A {eval}`agree("L1")` clear vision'),
        ('{eval}`agree("L1")`', '`{eval}`agree("L1")` `'),
    ],
    ids=["another-figure", "typed-number", "one-more-figure", "hidden-in-code"],
)
def test_a_sentence_whose_figures_changed_since_the_run_is_refused(
    notebook: NotebookNode, old: str, new: str
):
    narrative = cell(notebook, "leadership-narrative")
    assert old in narrative.source
    narrative.source = narrative.source.replace(old, new, 1)
    assert refusal(notebook) == CHANGED


def test_figures_that_changed_places_are_refused(notebook: NotebookNode):
    cell(notebook, "leadership-narrative").metadata["user_expressions"].reverse()
    assert refusal(notebook) == CHANGED


def test_a_sentence_that_was_never_evaluated_is_refused(notebook: NotebookNode):
    del cell(notebook, "leadership-narrative").metadata["user_expressions"]
    assert refusal(notebook) == CHANGED


def test_a_figure_that_could_not_be_computed_is_refused(notebook: NotebookNode):
    stored(notebook, "responses", 1)["result"] = {
        "status": "error",
        "ename": "NameError",
        "evalue": "invited",
        "traceback": [],
    }
    assert refusal(notebook) == "cell 'responses': invited(\"total\") was not computed"


def test_a_printed_value_that_the_register_does_not_hold_is_refused(notebook: NotebookNode):
    stored(notebook, "responses")["result"]["data"]["text/plain"] = "43"
    assert refusal(notebook) == (
        "cell 'responses': responses(\"total\") prints 43, which the register does not hold; "
        "run the notebook again"
    )


def test_a_printed_value_of_another_figure_is_refused(notebook: NotebookNode):
    stored(notebook, "responses")["result"]["data"]["text/plain"] = "103"  # that of those invited
    assert refusal(notebook).startswith("cell 'responses': responses(\"total\") prints 103, ")


def test_a_sentence_is_checked_by_what_it_asks_and_not_by_how_that_is_written(
    notebook: NotebookNode,
):
    written, same = 'agree("L1")', "agree( question='L1', group='total' )"
    narrative = cell(notebook, "leadership-narrative")
    narrative.source = narrative.source.replace(written, same)
    stored(notebook, "leadership-narrative")["expression"] = same
    check_whole(notebook)


def test_a_notebook_whose_register_was_cleared_is_refused(notebook: NotebookNode):
    cell(notebook, "register").outputs = []
    assert refusal(notebook) == ("the register cell printed nothing; run the notebook to its end")


@pytest.mark.parametrize("names", [[], ["contacts", "register"]], ids=["none", "two"])
def test_a_notebook_without_exactly_one_register_is_refused(
    notebook: NotebookNode, names: list[str]
):
    for each in notebook.cells:
        each.metadata["tags"] = ["register"] if each.id in names else []
    assert refusal(notebook) == (f"{len(names)} cells are tagged 'register'; expected exactly one")


def test_the_register_is_read_as_it_was_printed(notebook: NotebookNode):
    printed = cell(notebook, "register").outputs[0].data["text/plain"]
    assert register_of(notebook) == json.loads(printed)
    values = {record["expression"]: record["display"] for record in register_of(notebook)}
    assert values['response_rate("total")'] == "41%"
    assert values['fact("citizens_surveyed")'] == "750"

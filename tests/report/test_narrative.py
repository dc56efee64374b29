"""From the template to one edition's notebook: whose words stand where, and what is refused."""

import ast
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.errors import NotPublishable
from helpers.report.notebook.checks import check_template
from helpers.report.notebook.narrative import (
    Edition,
    is_draft,
    prepare_notebook,
)
from helpers.study.definition import Study
from helpers.study.reading import read_study

ENGLISH = 'Our own words: {eval}`agree("S2", group="officers")` agree.'
WELSH = 'Ein geiriau ni: mae {eval}`agree("S2", group="officers")` yn cytuno.'
BOTH = {"skills": {"en": f"\n{ENGLISH}\n", "cy": WELSH}}
THEMES = ["leadership", "data_protection", "skills", "decisions"]


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


@pytest.fixture
def template(shipped: Path) -> NotebookNode:
    return nbformat.read(shipped / "notebooks" / "council_report.ipynb", as_version=4)


def edition(code: str, narrative: Mapping[str, Mapping[str, str]], made: str = "en cy") -> Edition:
    return Edition(code, ["en", "cy"], made.split(), narrative)


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def narratives(notebook: NotebookNode) -> dict[str, str]:
    return {theme: cell(notebook, f"{theme}-narrative").source for theme in THEMES}


def collected(notebook: NotebookNode) -> list[str]:
    return ast.literal_eval(cell(notebook, "inline").source.removeprefix("inline = "))


def without(part: str, notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if part not in cell.metadata.get("tags", [])]


@pytest.mark.parametrize(("code", "text"), [("en", ENGLISH), ("cy", WELSH)])
def test_a_narrative_stands_in_its_own_theme_s_cell_and_nowhere_else(
    template: NotebookNode, shipped: Path, code: str, text: str
):
    prepare_notebook(template, edition(code, BOTH), shipped)
    assert narratives(template)["skills"] == text
    assert [cell.id for cell in template.cells if text in cell.source] == ["skills-narrative"]


def test_without_a_narrative_the_template_s_own_text_stays(template: NotebookNode, shipped: Path):
    before = narratives(template)
    prepare_notebook(template, edition("en", BOTH), shipped)
    after = narratives(template)
    assert {theme: after[theme] for theme in THEMES if theme != "skills"} == {
        theme: before[theme] for theme in THEMES if theme != "skills"
    }
    assert before["skills"] != after["skills"]


def test_the_template_s_own_text_is_in_the_edition_s_language(
    template: NotebookNode, shipped: Path
):
    prepare_notebook(template, edition("cy", {}), shipped)
    assert cell(template, "part-1").source.startswith("## Rhan 1: ")
    assert narratives(template)["skills"].startswith("Nid yw data'n ddefnyddiol ond i bobl")
    assert cell(template, "skills-found").source == "#### Yr hyn a ganfuom"


def test_words_for_those_who_work_with_the_notebook_need_no_translation(
    template: NotebookNode, study: Study, shipped: Path
):
    (apart,) = [c for c in template.cells if "not-published" in c.metadata.get("tags", [])]
    apart.source = "# Other words"
    assert check_template(template, study, shipped) == []
    prepare_notebook(template, edition("cy", {}), shipped)
    assert apart.source == "# Other words"


@pytest.mark.parametrize("missing", [{}, {"cy": ""}, {"cy": " \n"}], ids=["none", "empty", "blank"])
def test_a_narrative_in_one_language_gives_the_other_a_notice_and_both_a_draft(
    template: NotebookNode, shipped: Path, missing: dict[str, str]
):
    narrative = {"skills": {"en": ENGLISH} | missing}
    welsh = deepcopy(template)
    prepare_notebook(template, edition("en", narrative), shipped)
    prepare_notebook(welsh, edition("cy", narrative), shipped)
    assert narratives(template)["skills"] == ENGLISH
    assert narratives(welsh)["skills"] == (
        "*Nid yw'r canfyddiadau ar y thema hon wedi'u hysgrifennu eto.*"
    )
    assert template.metadata["workbook"]["draft"] is True
    assert welsh.metadata["workbook"]["draft"] is True


def test_a_narrative_that_is_blank_in_every_language_is_none(template: NotebookNode, shipped: Path):
    before = narratives(template)
    prepare_notebook(template, edition("en", {"skills": {"en": "", "cy": " \n"}}), shipped)
    assert narratives(template) == before
    assert template.metadata["workbook"]["draft"] is False


def test_an_edition_with_both_languages_is_no_draft_and_knows_its_twin(
    template: NotebookNode, shipped: Path
):
    prepare_notebook(template, edition("cy", BOTH), shipped)
    note = dict(template.metadata["workbook"])
    assert note.pop("review")  # tests/report/test_reviews.py says what
    assert note == {"edition": "cy", "others": ["en"], "draft": False}


def test_the_study_s_first_language_has_nothing_to_review(template: NotebookNode, shipped: Path):
    prepare_notebook(template, edition("en", BOTH), shipped)
    assert template.metadata["workbook"]["review"] == [0, 0]


def test_an_edition_made_alone_names_no_twin(template: NotebookNode, shipped: Path):
    prepare_notebook(template, edition("en", BOTH, made="en"), shipped)
    assert template.metadata["workbook"]["others"] == []


@pytest.mark.parametrize(
    ("narrative", "editions", "draft"),
    [
        ({}, "en cy", False),
        (BOTH, "en cy", False),
        ({"skills": {"cy": WELSH}}, "en cy", True),
        ({"skills": {"en": ENGLISH, "cy": "\n"}}, "en cy", True),
        (BOTH | {"decisions": {"en": ENGLISH}}, "en cy", True),
        ({"skills": {"en": ENGLISH}}, "en", False),
        ({"skills": {"cy": WELSH}}, "en", True),
        ({"skills": {"en": "", "cy": " "}}, "en cy", False),
    ],
    ids=[
        "none",
        "both",
        "welsh-only",
        "blank",
        "one-of-two-themes",
        "one-edition",
        "another-edition",
        "empty",
    ],
)
def test_a_draft_lacks_in_one_edition_what_another_has(
    narrative: dict[str, dict[str, str]], editions: str, draft: bool
):
    assert is_draft(narrative, editions.split()) is draft


def small(*texts: str) -> NotebookNode:
    words = [new_markdown_cell(text, id=f"text-{index}") for index, text in enumerate(texts)]
    inline = new_code_cell("inline = []", id="inline", metadata={"tags": ["inline"]})
    return new_notebook(cells=[*words, inline])


def test_expressions_are_collected_in_the_order_in_which_they_are_read(shipped: Path):
    notebook = small(
        '{eval}`agree("L2")` and {eval}`agree("L1")`',
        '`` {eval}`agree("L3")` `` is code',
        '| a | b |\n|---|---|\n| {eval}`invited("total")` | {eval}`agree("L2")` |',
    )
    prepare_notebook(notebook, edition("en", {}), shipped)
    assert collected(notebook) == ['agree("L2")', 'agree("L1")', 'invited("total")', 'agree("L2")']


def test_expressions_are_collected_from_the_narrative_and_not_from_what_it_replaces(
    template: NotebookNode, shipped: Path
):
    prepare_notebook(template, edition("en", BOTH), shipped)
    expressions = collected(template)
    assert 'agree("S2", group="officers")' in expressions
    assert 'national("S1")' not in expressions
    assert 'national("L1")' in expressions


def test_the_collected_cell_is_only_a_list_whatever_is_written(shipped: Path):
    hostile = "x']; import os  # \\"
    notebook = small(f"{{eval}}`{hostile}`")
    prepare_notebook(notebook, edition("en", {}), shipped)
    assert collected(notebook) == [hostile]


def test_a_notebook_without_figures_collects_an_empty_list(shipped: Path):
    notebook = small("No figure.")
    prepare_notebook(notebook, edition("en", {}), shipped)
    assert cell(notebook, "inline").source == "inline = []"


def test_a_template_without_a_cell_for_the_expressions_is_refused(
    template: NotebookNode, shipped: Path
):
    template.cells = without("inline", template)
    with pytest.raises(NotPublishable) as caught:
        prepare_notebook(template, edition("en", {}), shipped)
    assert caught.value.message == "0 cells are tagged 'inline'; expected exactly one"

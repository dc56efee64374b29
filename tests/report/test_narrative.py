"""From the template to one edition's notebook: whose words stand where, and what is refused."""

import ast
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.errors import NotPublishable
from helpers.report.narrative import (
    Edition,
    check_narratives,
    check_study_texts,
    check_template,
    check_text,
    is_draft,
    prepare_notebook,
)
from helpers.study.definition import Study
from helpers.study.parameters import read_parameter_file
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


def problems(notebook: NotebookNode, study: Study, workbook: Path) -> list[str]:
    return [str(problem) for problem in check_template(notebook, study, workbook)]


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
    assert problems(template, study, shipped) == []
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
    assert template.metadata["workbook"] == {"edition": "cy", "others": ["en"], "draft": False}


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
        ({"skills": {"en": "", "cy": " "}}, "en cy", False),
    ],
    ids=["none", "both", "welsh-only", "blank", "one-of-two-themes", "one-edition", "empty"],
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


def test_the_shipped_template_and_study_have_no_problems(
    template: NotebookNode, study: Study, shipped: Path
):
    assert problems(template, study, shipped) == []
    assert list(check_study_texts(study, shipped)) == []


@pytest.mark.parametrize("tag", ["parameters", "inline", "register"])
def test_a_template_without_one_of_its_tags_is_a_problem(
    template: NotebookNode, study: Study, shipped: Path, tag: str
):
    template.cells = without(tag, template)
    assert problems(template, study, shipped) == [
        f"notebooks/council_report.ipynb:1:1: 0 cells are tagged '{tag}'; expected exactly one"
    ]


def test_a_tag_on_two_cells_is_a_problem(template: NotebookNode, study: Study, shipped: Path):
    cell(template, "contacts").metadata["tags"] = ["register"]
    assert problems(template, study, shipped) == [
        "notebooks/council_report.ipynb:1:1: 2 cells are tagged 'register'; expected exactly one"
    ]


def test_an_unknown_theme_is_a_problem_with_the_nearest_right_one(
    template: NotebookNode, study: Study, shipped: Path
):
    cell(template, "skills-narrative").metadata["theme"] = "skill"
    assert (
        "notebooks/council_report.ipynb#skills-narrative:1:1: unknown theme 'skill'; expected "
        "'leadership', 'data_protection', 'skills', 'decisions'; did you mean 'skills'?"
    ) in problems(template, study, shipped)


def test_a_theme_whose_narrative_has_no_cell_is_a_problem(
    template: NotebookNode, study: Study, shipped: Path
):
    template.cells = [cell for cell in template.cells if cell.id != "skills-narrative"]
    assert any("'skills'" in problem for problem in problems(template, study, shipped))


def test_a_changed_english_text_is_a_problem_that_names_the_cell(
    template: NotebookNode, study: Study, shipped: Path
):
    cell(template, "part-3").source += " One more sentence."
    assert problems(template, study, shipped) == [
        "notebooks/locale/cy.po:1:1: cell 'part-3' has no translation of its present text; add it"
    ]


def test_a_fuzzy_translation_is_a_problem_that_names_the_cell(
    template: NotebookNode, study: Study, spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(spoiled / "notebooks/locale/cy.po", 'msgctxt "part-1"', '#, fuzzy\nmsgctxt "part-1"')
    assert problems(template, study, spoiled) == [
        "notebooks/locale/cy.po:1:1: cell 'part-1' has no translation of its present text; add it"
    ]


def test_a_figure_that_the_study_cannot_answer_is_a_problem_at_its_place(
    template: NotebookNode, study: Study, shipped: Path
):
    cell(template, "skills-found").source = '#### What we found\n\n- {eval}`agree("Z9")`'
    first, second = problems(template, study, shipped)
    assert first.startswith(
        "notebooks/council_report.ipynb#skills-found:3:3: agree: unknown question 'Z9'; expected "
    )
    assert "cell 'skills-found'" in second


def test_a_wrong_figure_in_a_translation_is_a_problem_of_the_catalogue(
    template: NotebookNode, study: Study, spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(
        spoiled / "notebooks/locale/cy.po",
        'buddsoddi yn sgiliau data ei staff yw {eval}`agree(\\"S3\\")`',
        'buddsoddi yn sgiliau data ei staff yw {eval}`cytuno(\\"S3\\")`',
    )
    (problem,) = problems(template, study, spoiled)
    assert problem.startswith("notebooks/locale/cy.po#skills-narrative:1:")
    assert "unknown measure 'cytuno'; expected 'agree', " in problem


def test_a_group_that_was_not_asked_is_a_problem(study: Study):
    text = 'Members: {eval}`agree("L4", group="members")`'
    (problem,) = check_text(text, study, "a.md", (10, 5))
    assert (problem.file, problem.line, problem.column) == ("a.md", 10, 14)
    assert problem.message.startswith("agree: 'L4' was not asked of 'members'; it was asked of ")


def test_a_wrong_figure_in_the_study_s_texts_is_a_problem_that_says_where(
    spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(spoiled / "data/study/good_practice.yaml", 'fact("camden_usual")', 'fact("camden")')
    (problem,) = check_study_texts(read_study(spoiled), spoiled)
    assert problem.file == "data/study/good_practice.yaml"
    line = (spoiled / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("en:")
    assert problem.message.startswith("fact: unknown fact 'camden'; expected ")


def test_a_heading_above_the_section_s_own_is_a_problem(spoiled: Path):
    path = spoiled / "params" / "cardiff.yaml"
    told = "narrative:\n  skills:\n    en: |\n      ## Mine\n    cy: |\n      #### Fy un i\n"
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")
    study = read_study(spoiled)
    (problem,) = check_narratives(read_parameter_file(path, study), study)
    assert problem.message == "a heading above the section's own; expected '####' or more"
    line = path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :] == "## Mine"


HEAD = "council: cardiff\nreport_date: 2018-12-06\neditions: [en, cy]\nnarrative:\n  skills:\n"


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("    en: |\n      One.\n\n      Two {WRONG}\n", 9, 11),
        ("    en: |  # for now\n      Two {WRONG}\n", 7, 11),
        ("    en: |-\n      One.\n      Two {WRONG}\n", 8, 11),
        ("    en: |-\n      Two {WRONG}\n", 7, 11),
        ("    en: Two {WRONG}\n", 6, 13),
        ("    cy: Dau\n    en: |\n      Two {WRONG}\n", 8, 11),
    ],
    ids=["block", "comment", "stripped", "stripped-one-line", "plain", "second-language"],
)
def test_a_wrong_figure_in_a_narrative_is_a_problem_at_its_place_in_the_file(
    study: Study, tmp_path: Path, body: str, line: int, column: int
):
    path = tmp_path / "cardiff.yaml"
    path.write_text(HEAD + body.replace("{WRONG}", '{eval}`agre("S1")`'), encoding="utf-8")
    (problem,) = check_narratives(read_parameter_file(path, study), study)
    assert (problem.file, problem.line, problem.column) == ("params/cardiff.yaml", line, column)
    assert problem.message.startswith("unknown measure 'agre'; expected 'agree', ")
    assert problem.message.endswith("did you mean 'agree'?")


def test_every_wrong_figure_of_a_narrative_is_named(study: Study, tmp_path: Path):
    path = tmp_path / "cardiff.yaml"
    texts = '    en: |\n      {eval}`agre("S1")` {eval}`agree("S1")`\n    cy: "{eval}`x`"\n'
    path.write_text(HEAD + texts, encoding="utf-8")
    found = check_narratives(read_parameter_file(path, study), study)
    assert [problem.line for problem in found] == [7, 8]

"""Every text is checked before anything runs, and each problem stands at its place."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from helpers.errors import CheckFailed
from helpers.report.binding.texts import check_text
from helpers.report.notebook.checks import (
    check_judgements,
    check_narratives,
    check_prepared,
    check_study_texts,
    check_template,
)
from helpers.study.definition import Study
from helpers.study.parameters import read_parameter_file
from helpers.study.reading import read_study


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


@pytest.fixture
def template(shipped: Path) -> NotebookNode:
    return nbformat.read(shipped / "notebooks" / "council_report.ipynb", as_version=4)


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def without(part: str, notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if part not in cell.metadata.get("tags", [])]


def problems(notebook: NotebookNode, study: Study, workbook: Path) -> list[str]:
    return [str(problem) for problem in check_template(notebook, study, workbook)]


def test_the_shipped_template_and_study_have_no_problems(
    template: NotebookNode, study: Study, shipped: Path
):
    assert problems(template, study, shipped) == []
    assert list(check_study_texts(study, shipped)) == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda metadata: metadata.pop("kernelspec"),
        lambda metadata: metadata.kernelspec.pop("name"),
        lambda metadata: (metadata.kernelspec.pop("language"), metadata.pop("language_info")),
    ],
)
def test_a_template_without_a_kernel_is_a_problem(
    template: NotebookNode, study: Study, shipped: Path, edit: Callable[[NotebookNode], object]
):
    edit(template.metadata)
    assert problems(template, study, shipped) == [
        "notebooks/council_report.ipynb:1:1: the notebook names no kernel; expected 'kernelspec' "
        "in its metadata, with the name 'python3' and the language 'python': save it in JupyterLab "
        "with the kernel Python 3"
    ]


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
    line = line_after('msgctxt "part-3"', shipped)
    assert problems(template, study, shipped) == [
        f"notebooks/locale/cy.po:{line}:1: cell 'part-3' is translated from an older text; "
        "translate its present one"
    ]


def line_after(text: str, workbook: Path) -> int:
    """The line of the catalogue after the one on which a text stands."""
    lines = (workbook / "notebooks/locale/cy.po").read_text(encoding="utf-8").splitlines()
    return lines.index(text) + 2


def test_a_cell_without_an_entry_is_a_problem_that_names_the_cell(
    template: NotebookNode, study: Study, shipped: Path
):
    cell(template, "part-3").id = "part-4"
    assert problems(template, study, shipped) == [
        "notebooks/locale/cy.po:1:1: cell 'part-4' has no translation; add it"
    ]


def test_a_fuzzy_translation_is_a_problem_that_names_the_cell(
    template: NotebookNode, study: Study, spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(spoiled / "notebooks/locale/cy.po", 'msgctxt "part-1"', '#, fuzzy\nmsgctxt "part-1"')
    line = line_after('msgctxt "part-1"', spoiled)
    assert problems(template, study, spoiled) == [
        f"notebooks/locale/cy.po:{line}:1: cell 'part-1' is marked fuzzy; "
        "confirm its translation and take the mark away"
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
    (problem,) = check_text(text, study, "en", "a.md", (10, 5))
    assert (problem.file, problem.line, problem.column) == ("a.md", 10, 14)
    assert problem.message.startswith("agree: 'L4' was not asked of 'members'; it was asked of ")


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("```{note}\nx\n```", "```{note}", "directive"),
        ("~~~ {note} Title", "~~~ {note}", "directive"),
        (":::{iframe} javascript:x", ":::{iframe}", "directive"),
        (":::: {card}", ":::: {card}", "directive"),
        (":::", ":::", "directive"),
        ("{download}`a.txt`", "{download}", "role"),
        ("{eval #id}`x`", "{eval #id}", "role"),
        ("{\nkbd}`x`", "{\nkbd}", "role"),
        ("{{ council }}", "{{", "substitution"),
        ("<button data-x=y>", "<button", "HTML"),
        ("</div>", "</div", "HTML"),
        ("<!-- x -->", "<!--", "HTML"),
        ("<?x", "<?x", "HTML"),
        ("<a@b.c onclick=x>", "<a", "HTML"),
        ("![a](b.png)", "![", "picture"),
    ],
)
def test_what_only_jupyterlab_would_act_on_is_a_problem(
    study: Study, text: str, found: str, kind: str
):
    (problem,) = check_text(f"One line.\n\n- and {text}", study, "en", "a.md", (10, 5))
    assert (problem.file, problem.line, problem.column) == ("a.md", 12, 11)
    told = f"'{found}': the page has no {kind}; write it in plain Markdown"
    assert problem.message == told


NO_FIGURE = (
    "'{eval}' without a figure; expected the figure directly after it, without a space and not in "
    'code, such as {eval}`agree("L1")`'
)
AS_CODE = '`agree("L2")` is code and prints no number; put {eval} directly before it'


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ('so {eval} `agree("L2")` agree', 1, 4, NO_FIGURE),
        ('so {eval}\n`agree("L2")` agree', 1, 4, NO_FIGURE),
        ('> {eval}\n> `agree("L2")` agree', 1, 3, NO_FIGURE),
        ("and {eval}`` agree", 1, 5, NO_FIGURE),
        ('so {eval}agree("L2")', 1, 4, NO_FIGURE),
        ('so {eval}`agree("L2")', 1, 4, NO_FIGURE),
        ('\\{eval}`agree("L2")`', 1, 2, NO_FIGURE),
        ('`` {eval}`agree("L2")` ``', 1, 4, NO_FIGURE),
        ('```\n{eval}`agree("L2")`\n```', 2, 1, NO_FIGURE),
        ('    {eval}`agree("L2")`', 1, 5, NO_FIGURE),
        ('so {Eval} `agree("L2")`', 1, 4, NO_FIGURE.replace("eval", "Eval", 1)),
        ("a\n\n- {eval}` ` agree", 3, 3, "an inline figure without a measure; write one between "),
        ('a\n\n- so `agree("L2")` agree', 3, 6, AS_CODE),
        ('{eval}`agree("L1")` and `agree("L2")`', 1, 25, AS_CODE),
        ("and `agree(L2).count`", 1, 5, "`agree(L2).count` is code and prints no number; put "),
    ],
)
def test_a_mistyped_figure_is_a_problem_and_not_published_as_it_is_written(
    study: Study, text: str, line: int, column: int, message: str
):
    (problem,) = check_text(text, study, "en", "a.md")
    assert (problem.line, problem.column) == (line, column)
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "They `agree`, and (`disagreed (so)`) {evaluate} an evaluation.",
        "See <https://example.org/a?b#c>, <http://x.org> or <a.b+c@d-e.org>.",
        "Fewer than 5 < 6 & 7 > 3 <- or {this}, {that} `code`! [A link](https://x.org).",
        '```\nplain\n```\n\n{eval}`agree("L1")` agree: "so", they said! :: +++ % $5',
    ],
)
def test_plain_markdown_is_no_problem(study: Study, text: str):
    assert check_text(text, study, "en", "a.md") == []


def test_a_wrong_figure_in_the_study_s_texts_is_a_problem_that_says_where(
    spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(spoiled / "data/study/good_practice.yaml", 'fact("camden_usual")', 'fact("camden")')
    (problem,) = check_study_texts(read_study(spoiled), spoiled)
    assert problem.file == "data/study/good_practice.yaml"
    line = (spoiled / problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith("en:")
    assert problem.message.startswith("fact: unknown fact 'camden'; expected ")


@pytest.mark.parametrize("mark", ["#", "##", "###"])
def test_a_heading_above_the_section_s_own_is_a_problem(spoiled: Path, mark: str):
    path = spoiled / "params" / "cardiff.yaml"
    told = f"narrative:\n  skills:\n    en: |\n      {mark} Mine\n    cy: |\n      #### Fy un i\n"
    path.write_text(path.read_text(encoding="utf-8") + told, encoding="utf-8")
    study = read_study(spoiled)
    (problem,) = check_narratives(read_parameter_file(path, study), study)
    assert problem.message == "a heading above the section's own; expected '####' or more"
    line = path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line[problem.column - 1 :] == f"{mark} Mine"


HEAD = "council: cardiff\nreport_date: 2018-12-06\neditions: [en, cy]\nnarrative:\n  skills:\n"


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("    en: |\n      One.\n\n      Now {WRONG}\n", 9, 11),
        ("    en: |  # for now\n      Now {WRONG}\n", 7, 11),
        ("    en: |-\n      One.\n      Now {WRONG}\n", 8, 11),
        ("    en: |-\n      Now {WRONG}\n", 7, 11),
        ("    en: Now {WRONG}\n", 6, 13),
        ("    cy: Yma\n    en: |\n      Now {WRONG}\n", 8, 11),
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


@pytest.mark.parametrize(
    ("welsh", "missing"),
    [
        ('mae {eval}`agree("S2")` yn cytuno', "but not in 'cy'"),
        ('mae {eval}`agree("S1")` a {eval}`agree("S2")` yn cytuno', "but not in 'en'"),
        ("mae rhai yn cytuno", "but not in 'cy'"),
    ],
    ids=["another", "one-more", "none"],
)
def test_english_and_welsh_of_a_theme_use_the_same_figures(
    study: Study, tmp_path: Path, welsh: str, missing: str
):
    path = tmp_path / "cardiff.yaml"
    texts = f"    en: '{{eval}}`agree(\"S1\")` agree'\n    cy: '{welsh}'\n"
    path.write_text(HEAD + texts, encoding="utf-8")
    found = list(check_narratives(read_parameter_file(path, study), study))
    assert any(missing in problem.message for problem in found)
    assert {(problem.line, problem.column) for problem in found} == {(5, 3)}


def test_the_same_figure_written_otherwise_is_the_same(study: Study, tmp_path: Path):
    path = tmp_path / "cardiff.yaml"
    texts = (
        '    en: \'{eval}`agree("S1", group="total")`\'\n    cy: \'{eval}`agree(question="S1")`\'\n'
    )
    path.write_text(HEAD + texts, encoding="utf-8")
    assert list(check_narratives(read_parameter_file(path, study), study)) == []


def test_a_narrative_in_one_language_only_is_a_draft_and_no_problem(study: Study, tmp_path: Path):
    path = tmp_path / "cardiff.yaml"
    path.write_text(HEAD + "    en: '{eval}`agree(\"S1\")`'\n    cy: ''\n", encoding="utf-8")
    assert list(check_narratives(read_parameter_file(path, study), study)) == []


def test_a_translation_of_the_template_uses_the_same_figures(
    template: NotebookNode, study: Study, spoiled: Path, edit: Callable[[Path, str, str], None]
):
    edit(
        spoiled / "notebooks/locale/cy.po",
        'mae {eval}`agree(\\"S4\\")` yn cytuno',
        'mae {eval}`agree(\\"S5\\")` yn cytuno',
    )
    said = "notebooks/locale/cy.po#skills-narrative:1:1: "
    assert problems(template, study, spoiled) == [
        f"""{said}agree("S5") stands in 'cy' but not in 'en'; use the same figures in each""",
        f"""{said}agree("S4") stands in 'en' but not in 'cy'; use the same figures in each""",
    ]


def test_a_study_text_uses_the_same_figures_in_each_language(
    spoiled: Path, edit: Callable[[Path, str, str], None]
):
    path = spoiled / "data/study/good_practice.yaml"
    edit(path, '{eval}`fact("camden_usual")` for the usual check', "a share for the usual check")
    (problem,) = check_study_texts(read_study(spoiled), spoiled)
    assert problem.message == (
        """fact("camden_usual") stands in 'cy' but not in 'en'; use the same figures in each"""
    )
    line = path.read_text(encoding="utf-8").splitlines()[problem.line - 1]
    assert line.strip() == "text:"


JUDGED = """council: cardiff
report_date: 2018-12-06
editions: [en, cy]
judgements:
  leadership:
    level: 2
    reason:
      en: 'Only {eval}`agre("L1")` agree.'
      cy: 'Dim ond {eval}`agree("L1")` sy''n cytuno.'
"""


def test_the_reason_for_a_level_is_checked_like_a_narrative(study: Study, tmp_path: Path):
    path = tmp_path / "cardiff.yaml"
    path.write_text(JUDGED, encoding="utf-8")
    (problem,) = check_judgements(read_parameter_file(path, study), study)
    assert (problem.file, problem.line, problem.column) == ("params/cardiff.yaml", 8, 7)
    assert problem.message.startswith("unknown measure 'agre'; expected 'agree', ")
    path.write_text(JUDGED.replace("agre(", "agree(").replace("L1", "L2", 1), encoding="utf-8")
    found = check_judgements(read_parameter_file(path, study), study)
    assert [problem.message for problem in found] == [
        """agree("L1") stands in 'cy' but not in 'en'; use the same figures in each""",
        """agree("L2") stands in 'en' but not in 'cy'; use the same figures in each""",
    ]


@pytest.mark.parametrize(
    "hostile", ['__import__("os").system("true")', "report.study", 'agree("S1").__class__', "1"]
)
def test_nothing_outside_the_grammar_reaches_a_kernel(
    template: NotebookNode, study: Study, hostile: str
):
    cell(template, "skills-narrative").source = f"One: {{eval}}`{hostile}`"
    with pytest.raises(CheckFailed) as caught:
        check_prepared(template, study, "en")
    assert caught.value.message.startswith("notebooks/council_report.ipynb#skills-narrative:1:6: ")


# ---- Numbers, words for quantities and names that stand unbound -------------------------------

WAY_OUT = (
    "; if it counts nobody, say it otherwise, or have the phrase listed under 'unbound' "
    "in data/study/quantity_words.yaml"
)
TYPED = """'41%' is typed; expected an inline figure, such as {eval}`agree("L1")`""" + WAY_OUT
LOOSE = """'{form}' is not bound to a figure; write {{eval}}`….says("{form}")`""" + WAY_OUT
NAMED = "names '{name}', another council; list 'cardiff' under 'mentions', or leave the name out"
TORFAEN = HEAD.replace("cardiff", "torfaen")


def narrative_problems(tmp_path: Path, study: Study, written: str) -> list[str]:
    path = tmp_path / "torfaen.yaml"
    path.write_text(written, encoding="utf-8")
    return [str(found) for found in check_narratives(read_parameter_file(path, study), study)]


def test_a_number_or_a_loose_word_in_a_narrative_is_a_problem_at_its_place(
    study: Study, tmp_path: Path
):
    english = (
        "    en: |\n      All is well.\n\n      - Here 4**1**% agree, around\n        *half*.\n"
    )
    welsh = "    cy: Mae tua hanner yn cytuno\n"
    told = sorted(narrative_problems(tmp_path, study, TORFAEN + english + welsh))
    assert told == [
        "params/torfaen.yaml:11:13: " + LOOSE.format(form="tua hanner"),
        "params/torfaen.yaml:7:7: 'All' is not bound to a figure; write {eval}`….says(\"all\")`"
        + WAY_OUT,
        "params/torfaen.yaml:9:14: " + TYPED,
        "params/torfaen.yaml:9:29: " + LOOSE.format(form="around half"),
    ]


def test_another_council_s_name_in_a_narrative_is_a_problem_unless_it_is_listed(
    study: Study, tmp_path: Path
):
    texts = "    en: Torfaen, as Cardiff\n    cy: Fel Gaerdydd, yn Nhor-faen\n"
    assert narrative_problems(tmp_path, study, TORFAEN + texts) == [
        "params/torfaen.yaml:6:21: " + NAMED.format(name="Cardiff"),
        "params/torfaen.yaml:7:13: " + NAMED.format(name="Gaerdydd"),
    ]
    listed = TORFAEN.replace("narrative:", "mentions: [cardiff]\nnarrative:") + texts
    assert narrative_problems(tmp_path, study, listed) == []


def test_a_reason_holds_no_number_and_no_other_council(study: Study, tmp_path: Path):
    path = tmp_path / "cardiff.yaml"
    reasons = {"'Only {eval}`agre(\"L1\")` agree.'": "41% agree", "Dim ond": "Mwy na hanner:"}
    text = JUDGED
    for old, new in reasons.items():
        text = text.replace(old, new)
    text = text.replace('{eval}`agree("L1")`', "Powys")
    path.write_text(text, encoding="utf-8")
    found = check_judgements(read_parameter_file(path, study), study)
    assert [str(problem) for problem in found] == [
        "params/cardiff.yaml:8:7: " + TYPED,
        "params/cardiff.yaml:9:7: 'Mwy na hanner' is not bound to a figure; "
        'write {eval}`….says("mwy na hanner")`' + WAY_OUT,
        "params/cardiff.yaml:9:7: "
        "names 'Powys', another council; list 'powys' under 'mentions', or leave the name out",
    ]


def test_a_number_in_the_template_or_its_translation_is_a_problem_of_its_cell(
    template: NotebookNode,
    study: Study,
    spoiled: Path,
    edit: Callable[[Path, str, str], None],
):
    heading, welsh = "#### What we found", "#### Yr hyn a ganfuom"
    cell(template, "skills-found").source = f"{heading}: 41%"
    path = spoiled / "notebooks/locale/cy.po"
    cell_of = 'msgctxt "skills-found"\n'
    edit(path, f'{cell_of}msgid "{heading}"', f'{cell_of}msgid "{heading}: 41%"')
    edit(path, f'{heading}: 41%"\nmsgstr "{welsh}', f'{heading}: 41%"\nmsgstr "{welsh}: tua hanner')
    assert problems(template, study, spoiled) == [
        f"notebooks/council_report.ipynb#skills-found:1:{len(heading) + 3}: {TYPED}",
        f"notebooks/locale/cy.po#skills-found:1:{len(welsh) + 3}: "
        + LOOSE.format(form="tua hanner"),
    ]


def test_what_is_not_published_may_hold_numbers(
    template: NotebookNode, study: Study, shipped: Path
):
    cell(template, "about-this-notebook").source += " It takes 41 seconds."
    assert problems(template, study, shipped) == []


STUDY_TEXTS = {
    "a fact's meaning": ("study", "people across Wales who took part", "Most people who took part"),
    "an introduction": ("study", "Good decisions rest on", "Most decisions rest on"),
    "a recommendation": ("study", "en: Publish more open data.", "en: Publish most data."),
    "a barrier": ("study", "en: Sharing data is felt", "en: Sharing most data is felt"),
    "an acknowledgement": ("study", "The published facts,", "Most facts,"),
    "a welcome": ("study", "en: We welcome correspondence", "en: We welcome most letters"),
    "a title of a theme": ("study", "en: Skills and capacity", "en: Most skills"),
    "a good practice": (
        "good_practice",
        "The aim is for the council",
        "Most aim is for the council",
    ),
    "a level": ("maturity", "Leaders prefer to play safe", "Most leaders prefer to play safe"),
}


@pytest.mark.parametrize(("file", "old", "new"), STUDY_TEXTS.values(), ids=list(STUDY_TEXTS))
def test_a_loose_word_in_what_the_study_says_is_a_problem(
    spoiled: Path, edit: Callable[[Path, str, str], None], file: str, old: str, new: str
):
    edit(spoiled / f"data/study/{file}.yaml", old, new)
    (problem,) = check_study_texts(read_study(spoiled), spoiled)
    assert problem.file == f"data/study/{file}.yaml"
    written = "Most" if "Most" in new else "most"
    told = f"'{written}' is not bound to a figure; write {{eval}}`….says(\"most\")`"
    assert problem.message == told + WAY_OUT


GIVEN = {
    "what was asked": (
        "questionnaire",
        "en: Data protection law gives us",
        "en: Most law gives us",
    ),
    "a tool's name": ("questionnaire", "{en: Data analysts,", "{en: Most of 41 analysts,"),
    "a study's title": ("study", "en: Local government use", "en: Most 41 use"),
    "an office": ("study", "en: Wales Audit Office", "en: Office 41"),
    "a group's name": ("study", "{en: Officers,", "{en: Most officers,"),
    "a publication": ("study", "en: The maturity of local", "en: The 41 of local"),
}


@pytest.mark.parametrize(("file", "old", "new"), GIVEN.values(), ids=list(GIVEN))
def test_what_was_asked_and_names_stay_as_they_were_given(
    spoiled: Path, edit: Callable[[Path, str, str], None], file: str, old: str, new: str
):
    edit(spoiled / f"data/study/{file}.yaml", old, new)
    assert list(check_study_texts(read_study(spoiled), spoiled)) == []

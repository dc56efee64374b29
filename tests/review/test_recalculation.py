"""A second route to each figure, and a second judgement of what is shown, agree with the first."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from tiny import OPEN, SHIPPED, TEXT, TINY, all_of, write

from conftest import check_workbook
from helpers.report.notebook.whole import register_of
from helpers.review.recalculating import decisions_of, judgements_of
from helpers.review.recalculation.comparison import compare
from helpers.review.recalculation.disclosure import Decision
from helpers.review.recalculation.recalculate import Recalculation, recalculate
from helpers.run.deciding import Decided, decide
from helpers.study.definition import Council
from helpers.study.files.folder import NATIONAL

A = {  # 40 of 68 agree with Q1; one does not know, one left a blank
    ("agree", "disagree"): 17,
    ("strongly_agree", "agree"): 23,
    ("disagree", "neither"): 28,
    ("dont_know", "dont_know"): 1,
    ("", ""): 1,
}
B = {("strongly_agree", "strongly_agree"): 300, ("strongly_disagree", "disagree"): 500}
C = {("agree", "agree"): 1, ("disagree", "disagree"): 7, ("disagree", "agree"): 2}
INVITED = {"a": 77, "b": 900, "c": 10}
ANSWERS = {"a": A, "b": B, "c": C}
TWO = {"a": A, "b": B}
TEN = {(answer, answer): 10 for answer in ("agree", "neither", "disagree")}  # of each answer
FOUR = {("agree", "agree"): 2, ("neither", "disagree"): 1, ("disagree", "neither"): 1}


@pytest.fixture(scope="module")
def decided(shipped: Path) -> Decided:
    return decide(check_workbook(shipped))


@pytest.fixture(scope="module")
def again(shipped: Path, decided: Decided) -> Recalculation:
    given = judgements_of(decided), list(decisions_of(decided))
    return recalculate(shipped, decided.checked.study, *given)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Recalculation:
    """Three councils of which all is shown."""
    workbook = write(tmp_path_factory.mktemp("three") / "w", INVITED, ANSWERS)
    return recalculate(workbook, TINY, {"a": {"leadership": 3}}, all_of(TINY, "shown"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Recalculation:
    """The first two alone: b is all the rest of the area to a."""
    workbook = write(tmp_path_factory.mktemp("two") / "w", {"a": 77, "b": 900}, TWO)
    return recalculate(workbook, TINY, {}, all_of(TINY, "shown"))


# ---- Worked by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "invited", "replied", "rate"),  # published in the report on Torfaen
    [("officers", 59, 30, 0.51), ("members", 44, 12, 0.27), ("total", 103, 42, 0.41)],
)
def test_torfaen_is_as_published(again, group, invited, replied, rate):
    figure = again.figures["torfaen", f'response_rate("{group}")']
    assert (figure.count, figure.base, round(figure.value, 2)) == (replied, invited, rate)
    assert again.figures["torfaen", f'invited("{group}")'].value == invited
    assert again.figures["torfaen", f'responses("{group}")'].value == replied


def test_a_share_has_wilsons_interval_for_a_finite_population(two):
    """77 invited less the two who replied outside the base are 75, of whom 40 of 68 agree."""
    figure = two.figures["a", 'agree("Q1")']
    assert (figure.count, figure.base, figure.population) == (40, 68, 75)
    assert figure.interval == pytest.approx((0.5519, 0.6237), abs=0.00005)


def test_those_who_do_not_know_are_a_share_of_those_who_answered_or_said_so(two):
    figure = two.figures["a", 'dont_know("Q1")']
    assert (figure.count, figure.base, figure.population) == (1, 69, 76)


def test_the_rest_of_the_area_and_the_difference_from_it(two):
    """40 of 68 of 75 and 300 of 800 of 900: 0.588 less 0.375; Newcombe's method 10."""
    rest = two.figures["a", 'rest_of_area("Q1")']
    assert (rest.count, rest.base, rest.population) == (300, 800, 900)
    difference = two.figures["a", 'difference("Q1")']
    assert difference.value == pytest.approx(40 / 68 - 300 / 800)
    assert difference.interval == rest.difference == pytest.approx((0.175, 0.250), abs=0.0005)


def test_the_area_pools_all_respondents(three):
    figure = three.figures["c", 'national("Q1")']
    assert (figure.count, figure.base, figure.population) == (341, 878, 985)


def test_where_everybody_answered_the_share_is_known(three):
    assert three.figures["c", 'agree("Q1")'].interval == (0.1, 0.1)


def test_scores_levels_and_places(three):
    """A: (40 + 17) / 136 = 0.419118. B: (3/8 + 5/8) / 2. C: (1/10 + 7/10) / 2, exactly 40%."""
    scores = [three.figures[council, 'theme_score("leadership")'].value for council in "abc"]
    assert scores == pytest.approx([57 / 136, 0.5, 0.4])
    computed = [three.figures[council, 'level("leadership")'].computed for council in "abc"]
    assert computed == [2, 2, 2]
    assert three.figures["a", 'level("leadership")'].value == 3  # an auditor says so
    places = {"lowest": 0.4, "lower_quartile": (0.4 + 57 / 136) / 2, "highest": 0.5}
    for place, value in places.items():
        figure = three.figures["b", f'area_score("leadership", place="{place}")']
        assert figure.value == pytest.approx(value)
    assert three.figures["b", 'area_score("leadership")'].value == pytest.approx(57 / 136)
    assert three.figures[NATIONAL, 'councils_at_level("leadership", level=2)'].value == 3


def test_ranks_tell_how_many_are_higher_and_how_many_are_ranked(three):
    ranks = [three.figures[council, 'agree("Q1")'].rank for council in "abc"]
    assert ranks == [(0, 0, 3), (1, 0, 3), (2, 0, 3)]
    assert three.figures["a", 'neither("Q1")'].rank is None


def test_what_less_than_half_of_the_councils_show_is_neither_ranked_nor_spread(tmp_path):
    decisions = all_of(TINY, "hidden", a="shown")
    figures = recalculate(write(tmp_path / "w", INVITED, ANSWERS), TINY, {}, decisions).figures
    assert figures["a", 'agree("Q1")'].rank is None
    assert figures[NATIONAL, 'councils_shown("Q1")'].value == 1
    assert figures[NATIONAL, 'area_agree("Q1")'].suppressed
    assert figures["b", 'agree("Q1")'].suppressed
    assert figures["b", 'level("leadership")'].value is None
    assert figures["b", 'theme_score("leadership")'].suppressed
    assert figures["a", 'rest_of_area("Q1")'].suppressed  # the area's own cell is hidden


def test_nobody_knows_how_many_an_open_survey_invited(tmp_path):
    workbook = write(tmp_path / "w", {}, TWO)
    figures = recalculate(workbook, OPEN, {}, all_of(OPEN, "shown")).figures
    figure = figures["a", 'agree("Q1")']
    assert figure.population is None
    assert figure.interval == pytest.approx((0.4696, 0.6974), abs=0.00005)  # Wilson's own
    assert figures["a", 'responses("total")'].value == 70
    assert not [name for _, name in figures if "rate" in name or "invited" in name]


WORDS = {  # docs/method.md, "Small groups": those who agree of a base, up to which it is each word
    5: (1, 3),
    6: (1, 4),
    7: (2, 4),
    8: (2, 5),
    9: (3, 5),
}


def test_words_are_those_of_the_table(tmp_path):
    cells = [(base, agree) for base in WORDS for agree in range(base + 1)]
    answers = {
        f"c{base}-{agree}": {("agree", ""): agree, ("disagree", ""): base - agree}
        for base, agree in cells
    }
    councils = {slug: Council(slug=slug, name=TEXT, official_name=TEXT) for slug in answers}
    study = TINY.model_copy(update={"councils": councils})
    workbook = write(tmp_path / "w", dict.fromkeys(answers, 20), answers)
    figures = recalculate(workbook, study, {}, all_of(study, "words")).figures
    for base, agree in cells:
        fewer, around = WORDS[base]
        figure = figures[f"c{base}-{agree}", 'agree("Q1")']
        word = "fewer" if agree <= fewer else "around" if agree <= around else "more"
        assert figure.word.split()[0] == word
        assert (figure.value, figure.base_range) == (None, (5, 9))


# ---- Every figure of every register -------------------------------------------------------------


def test_every_figure_of_every_report_agrees(outputs, again):
    registers = sorted(outputs.glob("*/*.ipynb"))
    assert len(registers) == 2 * (len(SHIPPED.councils) + 1)
    wrong = [
        (path.parent.name, record["expression"], str(found))
        for path in registers
        for record in register_of(nbformat.read(path, 4))
        for found in compare(record, again.figures[path.parent.name, record["expression"]])
    ]
    assert wrong == []


def test_every_figure_that_a_sentence_could_ask_for_agrees(decided, again):
    """Not only what the shipped reports use: every question, group and pair of groups."""
    for council in ("torfaen", "blaenau-gwent"):
        measures = decided.measures(council)["en"]
        for (document, expression), figure in again.figures.items():
            if document == council:
                record = called(measures, expression).record()
                assert (record["expression"], compare(record, figure)) == (expression, [])


def called(measures, expression):
    """Ask the measures for a figure by its canonical name."""
    name, arguments = expression.rstrip(")").split("(")
    first, *others = arguments.split(", ")
    named = dict(other.split("=") for other in others)
    plain = {key: int(text) if text.isdigit() else text.strip('"') for key, text in named.items()}
    return getattr(measures, name)(first.strip('"'), **plain)


def test_a_name_that_the_method_does_not_know_is_no_figure(again):
    with pytest.raises(KeyError):
        again.figures["torfaen", 'agree("L4", group="members")']  # who were not asked
    with pytest.raises(KeyError):
        again.figures["atlantis", 'agree("L1")']


@pytest.fixture(scope="module")
def record(decided: Decided) -> dict:
    return decided.measures("torfaen")["en"].rest_of_area("L1").record() | {"rank": None}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("value", 0.5),
        ("count", 1),
        ("base", 1),
        ("population", 1),
        ("interval", [0.1, 0.2]),
        ("interval", None),
        ("suppressed", True),
        ("word", "around half"),
        ("base_range", [5, 9]),
        ("difference", [0.1, 0.2]),
        ("rank", [0, 0, 22]),
        ("computed", 1),
        ("kind", "count"),
        ("question", "L2"),
        ("group", "officers"),
        ("statistic", "agree"),
        ("display", "1%"),
    ],
)
def test_a_wrong_value_is_named(again, record, field, wrong):
    figure = again.figures["torfaen", 'rest_of_area("L1")']
    assert compare(record, figure) == []
    (found,) = compare(record | {field: wrong}, figure)
    assert (found.field, found.recorded) == (field, wrong)
    assert str(found).startswith(f"{field} is {wrong!r}; recalculated ")


def test_the_register_may_round_a_share_by_less_than_a_millionth(again, record):
    figure = again.figures["torfaen", 'rest_of_area("L1")']
    assert compare(record | {"value": record["value"] + 0.0000004}, figure) == []
    assert compare(record | {"value": record["value"] + 0.000002}, figure) != []


@pytest.mark.parametrize(
    ("expression", "field", "number"),
    [
        ('agree("L1", group="officers")', "value", 0.5),
        ('agree("L1", group="officers")', "base", 3),
        ('agree("L1", group="officers")', "display", "50%"),
        ('agree("L1", group="members")', "count", 5),
        ('agree("L1", group="members")', "display", "more than half (5)"),
    ],
)
def test_what_is_hidden_or_a_word_holds_no_number(decided, again, expression, field, number):
    """Of Blaenau Gwent's officers nothing is shown, of its members a word."""
    record = called(decided.measures("blaenau-gwent")["en"], expression).record()
    figure = again.figures["blaenau-gwent", expression]
    assert compare(record, figure) == []
    assert [found.field for found in compare(record | {field: number}, figure)] == [field]


def test_half_a_point_is_rounded_up(two):
    """17 of 68 is 25%; of 200, 25 is 12.5%."""
    figure = replace(two.figures["a", 'agree("Q1")'], count=25, base=200, value=0.125)
    fields = {name: getattr(figure, name) for name in figure.__slots__}
    assert compare(fields | {"display": "13%"}, figure) == []
    assert [found.field for found in compare(fields | {"display": "12%"}, figure)] == ["display"]


@pytest.mark.parametrize(
    ("points", "agrees"),
    [("+21", True), ("+22", False), ("+20", False), ("\N{MINUS SIGN}21", False)],
)
def test_a_difference_is_printed_within_half_a_point(two, points, agrees):
    """21.4 points: 22 is 0.6 away."""
    figure = replace(two.figures["a", 'difference("Q1")'], value=0.214)
    fields = {name: getattr(figure, name) for name in figure.__slots__}
    found = compare(fields | {"display": f"{points} percentage points"}, figure)
    assert [one.field for one in found] == ([] if agrees else ["display"])


def test_a_folder_may_have_brackets_in_its_name(tmp_path):
    workbook = write(tmp_path / "w[1]*", INVITED, ANSWERS)
    assert len(recalculate(workbook, TINY, {}, all_of(TINY, "shown")).figures) > 0


# ---- What is shown ------------------------------------------------------------------------------


def test_the_shipped_decisions_are_safe(again):
    assert again.unsafe == []


@pytest.fixture
def judged(shipped: Path, decided: Decided):
    """Judge the shipped decisions, but for those that a test takes otherwise."""

    def judge(*otherwise: Decision) -> list[str]:
        given = {cell[:3]: cell for cell in (*decisions_of(decided), *otherwise)}
        unsafe = recalculate(shipped, decided.checked.study, {}, given.values()).unsafe
        return [str(found) for found in unsafe]

    return judge


def test_a_larger_cell_that_protects_a_small_one_may_not_be_shown(judged, decided):
    tiers = {cell[:3]: cell.tier for cell in decisions_of(decided)}
    large = decided.cells.index[decided.cells["base"] >= 10]
    cell = next(cell for cell in large if tiers[cell] == "hidden")
    assert any(
        "no ring of withheld cells holds it" in found for found in judged(Decision(*cell, "shown"))
    )


def test_a_base_must_allow_what_is_shown(judged, decided):
    four = next(iter(decided.cells.index[decided.cells["base"] == 4]))
    nine = next(iter(decided.cells.index[decided.cells["base"] == 9]))
    large = next(iter(decided.national.shown))
    found = judged(Decision(*four, "words"), Decision(*nine, "shown"), Decision(*large, "words"))
    for (council, group, question), message in [
        (four, "words, though fewer than 5 people answered"),
        (nine, "shown, though fewer than 10 people answered"),
        (large, "in words, though 10 or more people answered"),
    ]:
        assert f"{council}, {group}, {question}: {message}" in found


def test_what_nobody_decided_and_what_does_not_exist_are_found(shipped, decided):
    first, *others = decisions_of(decided)
    nowhere = Decision("atlantis", "total", "L1", "shown")
    study = decided.checked.study
    found = [str(one) for one in recalculate(shipped, study, {}, [*others, nowhere]).unsafe]
    assert "atlantis, total, L1: decided, but there is no such cell" in found
    name = ", ".join(first[:3])
    assert f"{name}: undecided; expected 'shown', 'words' or 'hidden'" in found


def test_where_all_is_large_nothing_may_be_hidden(tmp_path):
    workbook = write(tmp_path / "w", dict.fromkeys("abc", 40), dict.fromkeys("abc", TEN))
    found = recalculate(workbook, TINY, {}, all_of(TINY, "shown", a="hidden", b="hidden")).unsafe
    assert {one.council for one in found} == {"a", "b"}
    assert {one.message for one in found} == {"hidden, but no small cell is near that explains it"}


def test_a_lone_hidden_council_follows_from_the_area_and_two_do_not(tmp_path):
    """The area less the two others tells how many of four agree; not so if b is hidden too."""
    answers = {"a": TEN, "b": TEN, "c": FOUR}
    workbook = write(tmp_path / "w", dict.fromkeys("abc", 40), answers)
    lone = recalculate(workbook, TINY, {}, all_of(TINY, "shown", c="hidden")).unsafe
    assert {(one.council, one.question) for one in lone} == {("c", "Q1"), ("c", "Q2")}
    assert (
        recalculate(workbook, TINY, {}, all_of(TINY, "shown", b="hidden", c="hidden")).unsafe == []
    )


def test_a_don_t_know_follows_where_no_other_cell_can_take_it(tmp_path):
    """In b, of whom a word is said, five answered: one who had not known would leave four.

    Its three opinions can change with c's: of five, two or three who agree are around half.
    """
    five = {("agree", "agree"): 2, ("neither", "neither"): 2, ("disagree", "disagree"): 1}
    answers = {"a": TEN, "b": five, "c": FOUR | {("dont_know", "dont_know"): 1}}
    workbook = write(tmp_path / "w", dict.fromkeys("abc", 40), answers)
    found = recalculate(workbook, TINY, {}, all_of(TINY, "shown", b="words", c="hidden")).unsafe
    told = "'dont_know' is not known to be safe: no ring of withheld cells holds it"
    assert {(one.council, one.message) for one in found} == {("c", told)}
    assert {one.question for one in found} == {"Q1", "Q2"}
    hidden = all_of(TINY, "shown", b="hidden", c="hidden")
    assert recalculate(workbook, TINY, {}, hidden).unsafe == []


def test_a_question_that_all_left_blank_holds_no_opinion(tmp_path):
    blank = {"a": A, "b": B, "c": {("", ""): 4}}
    workbook = write(tmp_path / "w", INVITED, blank)
    assert recalculate(workbook, TINY, {}, all_of(TINY, "shown", c="hidden")).unsafe == []


def test_an_open_survey_of_one_tool_is_judged_too(tmp_path):
    workbook = write(tmp_path / "w", {}, {"a": A, "b": B, "c": {("agree", "neither"): 4}})
    assert recalculate(workbook, OPEN, {}, all_of(OPEN, "shown", c="hidden")).unsafe != []

"""Every measure of Torfaen is what the data files say, counted here again in plain Python."""

import csv
import statistics
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from studies import CELLS, REPLIES, SHIPPED, TINY, WORKBOOK

from helpers.errors import ExpressionError, FigureHidden
from helpers.figures.counts import COUNTED
from helpers.figures.estimates import difference_interval, interval
from helpers.figures.evaluation import (
    check_expression,
    evaluate,
    figure_of,
    print_expression,
)
from helpers.figures.measures import Measures
from helpers.figures.national import NationalTable, decide_national
from helpers.figures.vocabulary import spoken_by
from helpers.figures.wording import Wording
from helpers.study.provenance import read_provenance

DATA = Path(__file__).parents[2] / "data"
OFFICERS = [
    "management_team",
    "service_managers",
    "performance_officers",
    "information_officers",
    "data_analysts",
]
GROUPS = {
    "total": [*OFFICERS, "elected_members"],
    "officers": OFFICERS,
    "members": ["elected_members"],
    **{tool: [tool] for tool in [*OFFICERS, "elected_members"]},
}
SAYS = {"agree": {"strongly_agree", "agree"}, "disagree": {"strongly_disagree", "disagree"}}
SAYS |= {"neither": {"neither"}}
ANSWERED = set().union(*SAYS.values())
BARRIER = "P2"  # the one statement that speaks well of a council when people disagree
CHARACTERISTICS = {
    "leadership": ["L1", "L2", "L3"],
    "corporate_standards": ["L4", "L5"],
    "customer_data": ["L6", "L7"],
    "data_protection": ["P1", "P2", "P3", "P4"],
    "data_analytics": ["S1", "S2", "S3", "S6"],
    "data_driven_decisions": ["D1", "D2", "D3", "D6"],
    "open_data": ["D4", "D5"],
}
THEMES = {"leadership": "L", "data_protection": "P", "skills": "S", "decisions": "D"}


def rows(path):
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INVITED = rows("invitations.csv")
ANSWERS = {tool: rows(f"responses/{tool}.csv") for tool in GROUPS["total"]}
COUNCILS = [row["slug"] for row in rows("councils.csv")]
QUESTIONS = [name for name in ANSWERS["management_team"][0] if name[1:].isdigit()]
ASKED = [
    (question, group)
    for question in QUESTIONS
    for group, tools in GROUPS.items()
    if any(question in ANSWERS[tool][0] for tool in tools)
]


def invited(tools, councils):
    told = [row for row in INVITED if row["tool"] in tools and row["council"] in councils]
    return sum(int(row["invited"]) for row in told)


def replied(tools, councils):
    return sum(row["council"] in councils for tool in tools for row in ANSWERS[tool])


def given(question, group, councils):
    """All answers of the councils' respondents in a group, and how many were asked."""
    tools = [tool for tool in GROUPS[group] if question in ANSWERS[tool][0]]
    found = [row[question] for tool in tools for row in ANSWERS[tool] if row["council"] in councils]
    return found, invited(tools, councils)


def counts(question, group, councils, says):
    """Count, base and population of a kind of answer."""
    found, asked = given(question, group, councils)
    base = sum(answer in ANSWERED for answer in found)
    return sum(answer in says for answer in found), base, asked - (len(found) - base)


def favourable(question, council):
    says = SAYS["disagree" if question == BARRIER else "agree"]
    count, base, _ = counts(question, "total", [council], says)
    return Fraction(count, base)


def mean(shares):
    return sum(shares) / len(shares)


def level(characteristic, council):
    value = mean([favourable(question, council) for question in CHARACTERISTICS[characteristic]])
    return 1 if value < Fraction("0.40") else 2 if value < Fraction("0.65") else 3


@pytest.fixture(scope="module")
def make(shipped):
    given = {"cells": CELLS, "replies": REPLIES, "provenance": read_provenance(shipped)}
    given |= {"national": decide_national(SHIPPED, CELLS, REPLIES), "judgements": {}}
    return lambda council, **other: Measures(SHIPPED, council, **given | other)


@pytest.fixture(scope="module")
def torfaen(make):
    return make("torfaen")


def assert_no_numbers(figure):
    numbers = (figure.value, figure.count, figure.base, figure.population, figure.interval)
    assert numbers == (None, None, None, None, None)
    assert figure.difference is None


def assert_hidden(figure):
    assert figure.suppressed
    assert_no_numbers(figure)
    assert figure.display == repr(figure) == "[c]"
    record = figure.record()
    assert not any(type(value) in (int, float, list) for value in record.values())


def assert_in_words(figure, count, base):
    assert_no_numbers(figure)
    assert not figure.suppressed
    assert (figure.base_range, 5 <= base <= 9) == ((5, 9), True)
    assert figure.display == repr(figure) == figure.word
    half = {"fewer than half": -1, "around half": 0, "more than half": 1}[figure.word]
    away = abs(count - Fraction(base, 2)) > 1  # around half is within one person of half
    assert half == (0 if not away else 1 if 2 * count > base else -1)


@pytest.mark.parametrize("answer", SAYS)
def test_shares_are_those_of_the_files(torfaen, answer):
    shown = 0
    for question, group in ASKED:
        figure = getattr(torfaen, answer)(question, group)
        count, base, population = counts(question, group, ["torfaen"], SAYS[answer])
        if figure.word:
            assert answer == "agree"
            assert_in_words(figure, count, base)
            continue
        if figure.suppressed or base < 10:
            assert_hidden(figure)
            continue
        shown += 1
        assert (figure.count, figure.base, figure.population) == (count, base, population)
        assert figure.value == Fraction(count, base)
        assert figure.interval == interval(count, base, population)
    assert shown >= 25 + 25 + 16  # the total, officers and members at the least
    assert len(ASKED) == 25 * 2 + 16 + 25 * 5 + 16


def test_those_who_do_not_know_are_a_share_of_those_who_said_something(torfaen):
    for question, group in ASKED:
        figure = torfaen.dont_know(question, group)
        _, base, population = counts(question, group, ["torfaen"], set())
        if figure.suppressed or base < 10:
            assert_hidden(figure)
            continue
        found, _ = given(question, group, ["torfaen"])
        unsure = found.count("dont_know")
        assert (figure.count, figure.base) == (unsure, base + unsure)
        assert figure.population == population + unsure
        assert figure.value == Fraction(unsure, base + unsure)


def test_agree_neither_and_disagree_make_a_whole(torfaen):
    for question, group in ASKED:
        three = [getattr(torfaen, answer)(question, group) for answer in SAYS]
        shares = [figure.value for figure in three]
        assert shares == [None] * 3 or sum(shares) == 1


def test_all_respondents_of_wales_are_pooled(torfaen):
    for question, group in ASKED:
        figure = torfaen.national(question, group)
        wanted = counts(question, group, COUNCILS, SAYS["agree"])
        assert (figure.count, figure.base, figure.population) == wanted
        assert figure.value == Fraction(*wanted[:2])


@pytest.mark.parametrize(
    ("group", "sent", "came_back", "rate"),
    [("officers", 59, 30, "51%"), ("members", 44, 12, "27%"), ("total", 103, 42, "41%")],
)
def test_torfaens_replies_read_as_published(torfaen, group, sent, came_back, rate):
    assert (torfaen.invited(group).value, torfaen.responses(group).value) == (sent, came_back)
    figure = torfaen.response_rate(group)
    assert (figure.count, figure.base, figure.display) == (came_back, sent, rate)


@pytest.mark.parametrize("group", GROUPS)
def test_replies_are_those_of_the_files(torfaen, group):
    own, wales = (GROUPS[group], ["torfaen"]), (GROUPS[group], COUNCILS)
    assert torfaen.invited(group).value == invited(*own)
    assert torfaen.responses(group).value == replied(*own)
    assert torfaen.response_rate(group).value == Fraction(replied(*own), invited(*own))
    assert torfaen.national_response_rate(group).value == Fraction(replied(*wales), invited(*wales))


@pytest.mark.parametrize(("theme", "letter"), THEMES.items())
def test_a_themes_score_is_the_mean_of_its_statements(torfaen, theme, letter):
    shares = [favourable(code, "torfaen") for code in QUESTIONS if code.startswith(letter)]
    assert torfaen.theme_score(theme).value == mean(shares)


def test_places_among_all_councils_are_those_of_their_scores(torfaen):
    codes = [code for code in QUESTIONS if code.startswith("S")]
    scores = [mean([favourable(code, council) for code in codes]) for council in COUNCILS]
    quarters = statistics.quantiles(scores, n=4, method="inclusive")
    assert torfaen.area_score("skills", "lowest").value == min(scores)
    assert torfaen.area_score("skills", "lower_quartile").value == quarters[0]
    assert torfaen.area_score("skills").value == statistics.median(scores)
    assert torfaen.area_score("skills", place="upper_quartile").value == quarters[2]
    assert torfaen.area_score("skills", "highest").value == max(scores)


@pytest.mark.parametrize(
    "question", [question for question in QUESTIONS if (question, "members") in ASKED]
)
def test_a_difference_is_of_two_groups_counted_apart(torfaen, question):
    groups = ("officers", "members")
    (a, m, _), (b, n, _) = sizes = [
        counts(question, group, ["torfaen"], SAYS["agree"]) for group in groups
    ]
    figure = torfaen.difference(question, *groups)
    assert min(m, n) >= 10
    assert figure.value == Fraction(a, m) - Fraction(b, n)
    assert figure.interval == difference_interval(*sizes)


def test_a_difference_reads_as_signed_percentage_points(torfaen):
    # 8 of 30 officers and 4 of 11 members agree: 26.67 − 36.36 = −9.70.
    assert counts("L6", "officers", ["torfaen"], SAYS["agree"])[:2] == (8, 30)
    assert counts("L6", "members", ["torfaen"], SAYS["agree"])[:2] == (4, 11)
    assert torfaen.difference("L6", "officers", "members").display == "−10 percentage points"
    assert torfaen.difference("L6", "members", "officers").display == "+10 percentage points"


@pytest.mark.parametrize(("question", "group"), ASKED)
def test_a_difference_from_the_rest_is_from_the_other_councils_respondents(
    torfaen, question, group
):
    figure, rest = torfaen.difference(question, group), torfaen.rest_of_area(question, group)
    assert figure.suppressed == rest.suppressed
    if figure.suppressed:
        assert_no_numbers(figure)
        return
    assert figure.value == torfaen.agree(question, group).value - rest.value
    assert figure.interval == rest.difference


def test_a_difference_from_a_hidden_group_is_hidden(torfaen):
    for groups in (("data_analysts", "members"), ("members", "data_analysts")):
        assert_hidden(torfaen.difference("L2", *groups))


def ranked(own, all_shown):
    values = [value for value in all_shown if value is not None]
    if len(values) < 11:  # of 22
        return None
    return sum(value > own for value in values), values.count(own) - 1, len(values)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("group", ["total", "officers", "management_team"])
def test_agreement_is_ranked_among_the_councils_that_show_it(make, question, group):
    figures = {council: make(council).agree(question, group) for council in COUNCILS}
    shown = [figure.value for figure in figures.values()]
    for council, figure in figures.items():
        if figure.value is None:
            assert figure.rank is None
            continue
        count, base, _ = counts(question, group, [council], SAYS["agree"])
        assert figure.rank == ranked(Fraction(count, base), shown)


def test_response_rates_and_theme_scores_are_ranked_among_all(make):
    rates = {
        council: Fraction(replied(OFFICERS, [council]), invited(OFFICERS, [council]))
        for council in COUNCILS
    }
    scores = {council: make(council).theme_score("skills") for council in COUNCILS}
    for council in COUNCILS:
        rate = make(council).response_rate("officers")
        assert rate.rank == ranked(rates[council], list(rates.values()))
        score = scores[council]
        if score.value is not None:
            values = [figure.value for figure in scores.values()]
            assert score.rank == ranked(score.value, values)


def test_other_figures_have_no_rank(torfaen):
    for figure in (torfaen.national("L2"), torfaen.disagree("L2"), torfaen.invited("total")):
        assert figure.rank is None


@pytest.mark.parametrize("characteristic", CHARACTERISTICS)
def test_levels_are_those_of_the_rule(torfaen, characteristic):
    figure = torfaen.level(characteristic)
    assert figure.value == figure.computed == level(characteristic, "torfaen")
    held = [level(characteristic, council) for council in COUNCILS]
    for number in (1, 2, 3):
        counted = torfaen.councils_at_level(characteristic, number)
        assert counted.display == str(held.count(number))


def test_a_judgement_overrules_a_level_and_the_computed_one_stays(make):
    figure = make("torfaen", judgements={"leadership": 3}).level("leadership")
    assert (figure.display, figure.computed) == ("3", level("leadership", "torfaen"))
    assert figure.computed != 3


@pytest.mark.parametrize(
    ("fact", "shown"),
    [("citizens_surveyed", "750"), ("citizens_satisfied", "36%"), ("citizens_told", "12%")],
)
def test_facts_read_as_published(torfaen, fact, shown):
    figure = torfaen.fact(fact)
    assert (figure.display, figure.provenance) == (shown, "published")
    assert figure.source.startswith("Local government use of data: Torfaen")


def test_every_measure_is_tested_here():
    tested = {*SAYS, "dont_know", "national", "rest_of_area", "invited", "responses", "fact"}
    tested |= {"response_rate", "national_response_rate", "theme_score", "area_score"}
    tested |= {"level", "councils_at_level", "difference"}
    assert set(spoken_by(Measures)) == tested


def test_a_figure_that_is_shown_knows_what_it_is(torfaen):
    figure = torfaen.agree("L4", "officers")
    assert figure.expression == 'agree("L4", group="officers")'
    assert figure.anchor == "figure-agree-L4-group-officers"
    assert (figure.statistic, figure.question, figure.group) == ("agree", "L4", "officers")


def test_a_sentence_with_a_hidden_figure_is_refused(torfaen):
    expression = 'agree("L2", group="data_analysts")'  # three people replied
    assert_hidden(evaluate(expression, torfaen))
    with pytest.raises(
        FigureHidden, match=r"is hidden: too few people .* would follow from it; name a larger"
    ):
        print_expression(expression, torfaen)


def test_a_sentence_may_say_a_figure_that_is_shown(torfaen):
    count, base, _ = counts("L2", "total", ["torfaen"], SAYS["agree"])
    assert print_expression('agree("L2")', torfaen).figure.value == Fraction(count, base)


def test_four_answers_are_hidden_nine_are_in_words_and_ten_shown(torfaen):
    sizes = {(q, g): counts(q, g, ["torfaen"], set())[1] for q, g in ASKED}
    four, nine, ten = (
        torfaen.agree(*next(cell for cell, base in sizes.items() if base == wanted))
        for wanted in (4, 9, 10)
    )
    assert (four.display, nine.display, ten.display) == ("[c]", nine.word, f"{ten.count}0%")


def test_the_word_is_said_in_the_language_of_the_edition(make):
    welsh = Wording("cy", SHIPPED.quantity_words, {"fewer than half": "llai na hanner"}.get)
    said = make("torfaen", wording=welsh)
    figure = said.agree("L1", "service_managers")
    assert figure.word == "fewer than half"
    assert figure.display == figure.record()["display"] == "llai na hanner"


def test_a_sentence_may_say_a_word(torfaen):
    printed = print_expression('agree("L1", group="service_managers")', torfaen)
    assert printed.text == "fewer than half"


@pytest.mark.parametrize("measure", ["neither", "disagree", "dont_know", "rest_of_area"])
def test_nothing_but_agreement_is_put_in_words(torfaen, measure):
    assert_hidden(getattr(torfaen, measure)("L1", "service_managers"))


def test_the_rest_of_the_area_is_everybody_else(torfaen):
    others = [council for council in COUNCILS if council != "torfaen"]
    for question, group in ASKED:
        figure = torfaen.rest_of_area(question, group)
        own = torfaen.agree(question, group)
        if own.value is None:
            assert_hidden(figure)
            continue
        wanted = counts(question, group, others, SAYS["agree"])
        assert (figure.count, figure.base, figure.population) == wanted
        here = (own.count, own.base, own.population)
        assert figure.difference == difference_interval(here, wanted)


def test_a_council_that_is_the_whole_area_has_no_rest(make):
    alone = CELLS.xs("torfaen", level="council", drop_level=False)
    table = decide_national(SHIPPED, alone, REPLIES.xs("torfaen", drop_level=False))
    figure = make("torfaen", cells=alone, national=table).rest_of_area("L1")
    assert (figure.value, figure.difference, figure.display) == (None, None, "[x]")


def test_a_council_in_which_few_members_replied_shows_nothing_of_them(make):
    merthyr = make("merthyr-tydfil")  # four members replied
    assert replied(GROUPS["members"], ["merthyr-tydfil"]) == 4
    for question in ("L1", "D6"):
        assert_hidden(merthyr.agree(question, "members"))
        assert_hidden(merthyr.dont_know(question, "members"))
    assert merthyr.responses("members").display == "4"  # how many replied is always shown


def test_measures_do_not_even_hold_what_is_hidden(make):
    hidden = [cell for cell in make("merthyr-tydfil").cells.values() if cell["suppressed"]]
    assert hidden
    for cell in hidden:
        assert all(pd.isna(cell[name]) for name in COUNTED)
        assert set(cell) == {*COUNTED, "suppressed", "word"}


def test_what_the_national_table_hides_no_council_shows(make):
    thresholds = SHIPPED.about.thresholds.model_copy(
        update={"nothing_below": 10_000, "words_below": 10_000}
    )
    about = SHIPPED.about.model_copy(update={"thresholds": thresholds})
    none = decide_national(SHIPPED.model_copy(update={"about": about}), CELLS, REPLIES)
    strict = make("torfaen", national=none.slice("torfaen"))
    assert_hidden(strict.agree("L1"))
    assert_hidden(strict.national("L1"))
    assert_hidden(strict.theme_score("skills"))
    assert (strict.level("leadership").display, strict.level("leadership").computed) == (
        "[x]",
        None,
    )


@pytest.mark.parametrize("group", ["officers", "members", "total"])
def test_torfaens_groups_were_published(torfaen, group):
    for measure in ("invited", "responses", "response_rate"):
        figure = getattr(torfaen, measure)(group)
        assert figure.provenance == "published"
        assert figure.source.startswith("Local government use of data: Torfaen")


def test_all_other_numbers_are_illustrative(make, torfaen):
    cardiff = make("cardiff")
    figures = [
        torfaen.invited("management_team"),
        torfaen.response_rate("elected_members"),
        torfaen.national_response_rate("total"),
        torfaen.agree("L1"),
        torfaen.dont_know("L1"),
        torfaen.national("L1"),
        torfaen.theme_score("skills"),
        torfaen.level("leadership"),
        torfaen.councils_at_level("leadership", 1),
        torfaen.agree("L1", "data_analysts"),
        cardiff.responses("officers"),
        cardiff.response_rate("total"),
        cardiff.agree("L1"),
    ]
    assert {figure.provenance for figure in figures} == {"illustrative"}
    assert all(figure.source.startswith("Synthetic") for figure in figures)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('agre("L1")', "unknown measure 'agre'; expected 'agree', "),
        ('agre("L1")', "did you mean 'agree'?"),
        ('_share("agree", "L1", "total")', "unknown measure '_share'"),
        ('fresh("x")', "unknown measure 'fresh'"),
        ('agree("L11")', "agree: unknown question 'L11'; expected 'L1', "),
        ('national("L2", group="oficers")', "unknown group 'oficers'; expected 'total', "),
        ('national("L2", group="oficers")', "did you mean 'officers'?"),
        ('theme_score("skill")', "theme_score: unknown theme 'skill'; expected "),
        ('level("opendata")', "did you mean 'open_data'?"),
        ('fact("citizens_surveyd")', "did you mean 'citizens_surveyed'?"),
        ('councils_at_level("open_data", level=4)', "unknown level '4'; expected '1', '2', '3'"),
        (
            'agree("L4", group="members")',
            "agree: 'L4' was not asked of 'members'; it was asked of ",
        ),
        ('dont_know("S2", "elected_members")', "'S2' was not asked of 'elected_members'"),
        ("response_rate()", "missing a required argument: 'group'"),
    ],
)
def test_unknown_names_are_explained(torfaen, expression, message):
    for ask in (
        lambda: check_expression(expression, torfaen.study, "en"),
        lambda: evaluate(expression, torfaen),
    ):
        with pytest.raises(ExpressionError) as refused:
            ask()
        assert message in refused.value.message


def test_a_measure_called_in_code_checks_its_names_too(torfaen):
    with pytest.raises(ExpressionError, match="unknown question 'L11'"):
        torfaen.agree("L11")


def test_text_where_a_number_belongs_is_not_offered_as_itself(torfaen):
    with pytest.raises(ExpressionError) as refused:
        evaluate('councils_at_level("open_data", "3")', torfaen)
    assert "did you mean '3'" not in refused.value.message


@pytest.mark.parametrize("expression", ["agree()", 'agree("L1", "total", "x")', 'agree(q="L1")'])
def test_the_canonical_form_of_a_wrong_call_is_an_explained_mistake(expression):
    with pytest.raises(ExpressionError, match="expected agree"):
        figure_of(expression)


def test_the_canonical_form_needs_no_study():
    assert figure_of("agree('L1', 'officers')") == 'agree("L1", group="officers")'


def test_a_response_rate_of_nobody_invited_is_not_available(make):
    replies = REPLIES.copy()
    replies.loc[("torfaen", "data_analysts")] = 0
    figure = make("torfaen", replies=replies).response_rate("data_analysts")
    assert (figure.value, figure.display) == (None, "[x]")


@pytest.mark.parametrize(("others", "shown"), [((2, 2), False), ((4, 5), False), ((5, 5), True)])
def test_the_rest_of_the_area_is_hidden_where_it_is_few(others, shown):
    base = {"a": 40, "b": others[0], "c": others[1]}
    index = pd.MultiIndex.from_tuples(
        [(council, "total", "Q1") for council in base], names=["council", "group", "question"]
    )
    counts = [(1, 0, people - 1, 0, people, 2 * people) for people in base.values()]
    cells = pd.DataFrame(counts, columns=COUNTED, index=index)
    area = cells.groupby(["group", "question"]).sum()
    national = NationalTable(
        cells=area.assign(suppressed=False, word=""),
        replies=pd.DataFrame({"invited": [0], "responses": [0]}, index=["total"]),
        scores={},
        levels={},
        ranks={},
        shown=frozenset({("a", "total", "Q1")}),
        worded=frozenset(),
        dots=True,
    )
    replies = pd.DataFrame(
        {"invited": [0], "responses": [0]},
        index=pd.MultiIndex.from_tuples([("a", "total")], names=["council", "group"]),
    )
    known = {"provenance": read_provenance(WORKBOOK), "judgements": {}}
    a = Measures(TINY, "a", cells=cells, replies=replies, national=national, **known)
    figure = a.rest_of_area("Q1")
    assert (figure.suppressed, figure.base) == (not shown, sum(others) if shown else None)


@pytest.mark.parametrize(
    ("expression", "places"),
    [
        ('national("L1")', {"L1, total"}),
        ('national("L2", group="officers")', {"L2, officers"}),
        ('national_response_rate("officers")', {"replies, officers"}),
        ('area_score("skills")', {"scores, skills"}),
        ('councils_at_level("open_data", level=2)', {"levels, open_data"}),
        ('rest_of_area("L1", group="officers")', {"L1, officers"}),
        ('difference("L1")', {"L1, total"}),
        ('difference("L1", group="officers", other="members")', set()),  # this council's own
        ('agree("L1")', set()),  # nor do ranks, which stand among the decisions on each council
        ('response_rate("total")', set()),
        ('theme_score("skills")', set()),
        ('level("open_data")', set()),
    ],
)
def test_each_place_of_the_national_table_that_is_read_is_noted(torfaen, expression, places):
    """By them a build knows which editions a changed table makes out of date."""
    apart = torfaen.apart()
    evaluate(expression, apart)
    assert apart.read == {"dots"} | places
    assert places <= torfaen.national_table.digests.keys()


def test_what_charts_and_a_register_read_counts_too(torfaen):
    apart = torfaen.apart()
    apart.scores("skills")
    evaluate('national("L1")', apart.fresh())
    assert apart.read == {"dots", "scores, skills", "L1, total"}
    assert torfaen.apart().read == {"dots"}

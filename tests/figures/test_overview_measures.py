"""The overview's measures are what the data files say, counted here again in plain Python."""

import csv
import statistics
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from math import hypot, sqrt
from pathlib import Path

import pytest
from studies import CELLS, REPLIES, SHIPPED, TINY, cells_of

from helpers.errors import ExpressionError
from helpers.figures.councils import CouncilsTable, decide_councils
from helpers.figures.counts import COUNTED, pool
from helpers.figures.evaluation import check_expression, evaluate
from helpers.figures.measures import Measures
from helpers.figures.national import decide_national
from helpers.figures.overview import OverviewMeasures
from helpers.figures.vocabulary import spoken_by
from helpers.study.provenance import read_provenance

DATA = Path(__file__).parents[2] / "data"
MEMBERS = ["elected_members"]
OFFICERS = [
    "management_team",
    "service_managers",
    "performance_officers",
    "information_officers",
    "data_analysts",
]
GROUPS = {"officers": OFFICERS, "members": MEMBERS, "total": OFFICERS + MEMBERS}
AGREE = {"agree", "strongly_agree"}
ANSWERED = AGREE | {"neither", "disagree", "strongly_disagree"}


def rows(path):
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INVITED = Counter()
for told in rows("invitations.csv"):
    INVITED[told["council"], told["tool"]] += int(told["invited"])
ANSWERS = {tool: rows(f"responses/{tool}.csv") for tool in GROUPS["total"]}
COUNCILS = [row["slug"] for row in rows("councils.csv")]


def people(council, group):
    """Who replied and who was invited."""
    tools = GROUPS[group]
    replied = sum(row["council"] == council for tool in tools for row in ANSWERS[tool])
    return replied, sum(INVITED[council, tool] for tool in tools)


def answers(question, group, council=None):
    """Who agrees, who answered, and how many could have."""
    tools = [tool for tool in GROUPS[group] if question in ANSWERS[tool][0]]
    given = [
        row[question]
        for tool in tools
        for row in ANSWERS[tool]
        if council in (None, row["council"])
    ]
    asked = sum(
        number
        for (slug, tool), number in INVITED.items()
        if tool in tools and council in (None, slug)
    )
    base = sum(answer in ANSWERED for answer in given)
    return sum(answer in AGREE for answer in given), base, asked - (len(given) - base)


def overview_of(study, cells, replies, provenance):
    national = decide_national(study, cells, replies)
    councils = decide_councils(study, cells, replies, national)
    return OverviewMeasures(study, national=national, councils=councils, provenance=provenance)


@pytest.fixture(scope="module")
def overview(shipped):
    return overview_of(SHIPPED, CELLS, REPLIES, read_provenance(shipped))


# ---- The whole is the sum of its councils -------------------------------------------------------


def test_invited_and_responses_of_the_area_are_the_sums_of_the_councils(overview):
    for group in GROUPS:
        replied, asked = (
            sum(found) for found in zip(*(people(c, group) for c in COUNCILS), strict=True)
        )
        assert overview.national_invited(group).value == asked
        assert overview.national_responses(group).value == replied
        assert overview.national_response_rate(group).value == Fraction(replied, asked)
        assert asked == sum(overview.council_invited(c, group).value for c in COUNCILS)
        assert replied == sum(overview.council_responses(c, group).value for c in COUNCILS)


def test_every_national_count_is_the_sum_of_the_councils_undecided_counts():
    """On the internal table, in which nothing is hidden yet; the files are counted apart."""
    area = pool(CELLS)
    sums = CELLS.groupby(level=["group", "question"]).sum()
    assert len(area) == len(sums) == CELLS.index.droplevel("council").nunique()
    assert (area[COUNTED] == sums[COUNTED]).all(axis=None)
    for group in GROUPS:
        for question in area.loc[group].index:
            counted = tuple(area.loc[(group, question), ["agree", "base", "population"]])
            assert counted == answers(question, group), (group, question)


def test_every_national_figure_that_is_shown_is_that_sum(overview):
    seen = 0
    for question in SHIPPED.questionnaire.statements:
        for group in GROUPS:
            if SHIPPED.asked(question, group) and not overview.national(question, group).hidden:
                figure = overview.national(question, group)
                parts = [answers(question, group, council) for council in COUNCILS]
                summed = tuple(map(sum, zip(*parts, strict=True)))
                assert (figure.count, figure.base, figure.population) == summed
                seen += 1
    assert seen > 50


# ---- Councils side by side ----------------------------------------------------------------------


def test_each_council_s_replies_are_those_of_the_files(overview):
    assert overview.councils == COUNCILS
    for council in COUNCILS:
        for group in GROUPS:
            rate = overview.council_response_rate(council, group)
            assert (rate.count, rate.base) == people(council, group)


def test_torfaen_s_replies_are_the_published_ones(overview):
    found = [
        (
            overview.council_invited("torfaen", group).display,
            overview.council_responses("torfaen", group).display,
            overview.council_response_rate("torfaen", group).display,
            overview.council_response_rate("torfaen", group).provenance,
        )
        for group in GROUPS
    ]
    assert found == [
        ("59", "30", "51%", "published"),
        ("44", "12", "27%", "published"),
        ("103", "42", "41%", "published"),
    ]
    assert overview.council_response_rate("cardiff").provenance == "illustrative"


def test_places_among_the_councils_are_those_of_another_implementation(overview):
    for group in GROUPS:
        rates = sorted(Fraction(*people(council, group)) for council in COUNCILS)
        assert_places(lambda place, g=group: overview.area_rate(g, place), rates)
    for question in SHIPPED.questionnaire.statements:
        shares = sorted(Fraction(*answers(question, "total", c)[:2]) for c in COUNCILS)
        assert overview.councils_shown(question).value == 22  # each total is of ten or more
        assert_places(lambda place, q=question: overview.area_agree(q, place), shares)


def assert_places(find, values):
    first, median, third = statistics.quantiles(values, n=4, method="inclusive")
    assert find("lowest").value == values[0]
    assert find("lower_quartile").value == first
    assert find("median").value == median == statistics.median(values)
    assert find("upper_quartile").value == third
    assert find("highest").value == values[-1]


def wilson(count, base, population):
    """Wilson's interval on the effective base, written down apart from ours."""
    n, p, z = base * (population - 1) / (population - base), count / base, 1.959964
    middle = (count / base + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + (z / (2 * n)) ** 2) / (1 + z * z / n)
    return middle - half, middle + half


def test_officers_less_members_is_the_difference_of_the_files_shares(overview):
    for question in ("L1", "S1", "S4"):
        here, there = answers(question, "officers"), answers(question, "members")
        p, q = Fraction(*here[:2]), Fraction(*there[:2])
        (p_low, p_high), (q_low, q_high) = wilson(*here), wilson(*there)
        figure = overview.national_difference(question, "officers", "members")
        assert figure.value == p - q
        assert figure.interval == pytest.approx(
            (
                float(p - q) - hypot(float(p) - p_low, q_high - float(q)),
                float(p - q) + hypot(p_high - float(p), float(q) - q_low),
            ),
            abs=1e-5,
        )
    # Counted with awk: 239 of 768 officers (31.1%) and 167 of 362 members (46.1%) agree with S1.
    assert (answers("S1", "officers")[:2], answers("S1", "members")[:2]) == ((239, 768), (167, 362))
    assert overview.national_difference("S1", "officers", "members").display == (
        "−15 percentage points"
    )


# ---- What is not shown --------------------------------------------------------------------------


def tiny(sizes):
    """Councils a, b …, of each of which so many members of staff and ten councillors answered."""
    cells = {}
    for council, base in zip("abcdef", sizes, strict=False):
        for question in ("Q1", "Q2"):
            cells[council, "staff", question] = (base // 2, 0, base - base // 2, 0)
        cells[council, "councillors", "Q1"] = (4, 2, 4, 0)
    return cells_of(TINY, cells)


def tiny_overview(sizes, shipped):
    cells = tiny(sizes)
    replies = (
        cells.groupby(level=["council", "group"])[["base", "population"]]
        .max()
        .rename(columns={"population": "invited", "base": "responses"})[["invited", "responses"]]
        .astype("Int64")
    )
    return overview_of(TINY, cells, replies, read_provenance(shipped))


def test_a_council_that_is_hidden_is_in_no_distribution(shipped):
    overview = tiny_overview([20, 30, 40, 50, 4, 3], shipped)
    table = overview.councils_table
    hidden = [c for c in "abcdef" if (c, "total", "Q2") not in overview.national_table.shown]
    assert set(hidden) >= {"e", "f"}
    assert table.shown["Q2"] == len(table.shares["Q2"]) == 6 - len(hidden) >= 3
    assert overview.area_agree("Q2", "lowest").value == Fraction(1, 2)  # e has 2 of 4, f 1 of 3


def test_where_less_than_half_of_the_councils_are_shown_there_is_no_distribution(shipped):
    overview = tiny_overview([20, 30, 4, 4, 3, 3], shipped)
    figure = overview.area_agree("Q2")
    assert overview.councils_shown("Q2").value < 3
    assert figure.suppressed
    assert (figure.value, figure.display) == (None, "[c]")
    assert overview.councils_table.shares["Q2"] == []


def test_no_share_stands_in_the_table_but_of_councils_that_show_it(overview):
    shown = overview.national_table.shown
    for question, shares in overview.councils_table.shares.items():
        own = [
            Fraction(*answers(question, "total", council)[:2])
            for council in COUNCILS
            if (council, "total", question) in shown
        ]
        assert shares == sorted(own)


def test_a_hidden_difference_holds_no_number(shipped):
    cells = cells_of(
        TINY,
        {
            ("a", "staff", "Q1"): (9, 1, 10, 0),
            ("a", "staff", "Q2"): (9, 1, 10, 0),
            ("a", "councillors", "Q1"): (1, 1, 1, 0),
        },
    )
    overview = overview_of(TINY, cells, REPLIES.iloc[:0], read_provenance(shipped))
    figure = overview.national_difference("Q1", "officers", "members")
    assert figure.suppressed
    assert (figure.value, figure.interval, figure.display) == (None, None, "[c]")


def test_more_councils_than_dots_give_a_distribution_of_fixed_size(shipped):
    few = TINY.about.thresholds.model_copy(update={"dots": 3})
    study = TINY.model_copy(update={"about": TINY.about.model_copy(update={"thresholds": few})})
    cells = tiny([20, 30, 40, 50, 60, 70])
    replies = REPLIES.iloc[:0]
    national = decide_national(study, cells, replies)
    table = decide_councils(study, cells, replies, national)
    assert len(table.shares["Q1"]) == 21
    assert table.shown["Q1"] == 6


def test_the_table_is_read_as_it_was_written(overview):
    table = overview.councils_table
    again = CouncilsTable.from_json(table.to_json())
    assert again.to_json() == table.to_json()
    assert (again.rates, again.shares, again.shown) == (table.rates, table.shares, table.shown)
    assert again.replies.loc[("torfaen", "total")].tolist() == [103, 42]


# ---- What sentences may ask for -----------------------------------------------------------------


OF_THE_OVERVIEW = sorted(set(spoken_by(OverviewMeasures)) - set(spoken_by(Measures)))


@pytest.mark.parametrize("measure", OF_THE_OVERVIEW)
def test_no_council_s_report_can_print_another_council_s_numbers(measure):
    with pytest.raises(ExpressionError, match=f"unknown measure '{measure}'; expected "):
        check_expression(f'{measure}("cardiff")', SHIPPED, "en")


def test_the_overview_alone_speaks_of_councils_side_by_side():
    assert OF_THE_OVERVIEW == [
        "area_agree",
        "area_rate",
        "council_invited",
        "council_response_rate",
        "council_responses",
        "councils_shown",
        "national_difference",
        "national_invited",
        "national_responses",
    ]


def test_the_overview_speaks_of_no_council_s_answers(overview):
    with pytest.raises(ExpressionError, match="unknown measure 'agree'; expected "):
        evaluate('agree("L1")', overview)
    assert "agree" not in spoken_by(OverviewMeasures)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        (
            'council_invited("cardif")',
            "council_invited: unknown council 'cardif'; expected .*; did you mean 'cardiff'",
        ),
        (
            'national_difference("L1", group="officers", than="total")',
            "national_difference: 'officers' and 'total' have people in common; expected two "
            "groups that have none$",
        ),
        (
            'national_difference("L4", group="officers", than="members")',
            "national_difference: 'L4' was not asked of 'members'",
        ),
        ('area_agree("L1", place="middle")', "area_agree: unknown place 'middle'; expected "),
    ],
)
def test_what_cannot_be_answered_is_refused(overview, expression, message):
    with pytest.raises(ExpressionError, match=message):
        evaluate(expression, overview)


@pytest.mark.parametrize(
    ("expression", "places"),
    [
        ('national("L1")', {"L1, total"}),
        ('national("L2", group="officers")', {"L2, officers"}),
        ('national_response_rate("officers")', {"replies, officers"}),
        ('area_score("skills")', {"scores, skills"}),
        ('councils_at_level("open_data", level=2)', {"levels, open_data"}),
        ('national_invited("members")', {"replies, members"}),
        ('national_responses("total")', {"replies, total"}),
        (
            'national_difference("L1", group="officers", than="members")',
            {"L1, officers", "L1, members"},
        ),
        ('council_responses("torfaen")', set()),  # of the councils' table, and not of the nation's
        ('area_agree("L1")', set()),
        ('area_rate("total")', set()),
        ('fact("citizens_surveyed")', set()),
    ],
)
def test_each_place_of_the_national_table_that_is_read_is_noted(overview, expression, places):
    """By them a build knows which editions a changed table makes out of date."""
    apart = overview.apart()
    evaluate(expression, apart)
    assert apart.read == {"dots"} | places
    assert places <= overview.national_table.digests.keys()


def test_an_open_survey_has_no_rates():
    open_survey = SHIPPED.about.model_copy(update={"population_known": False})
    study = SHIPPED.model_copy(update={"about": open_survey})
    with pytest.raises(ExpressionError, match="this study does not know how many were invited"):
        check_expression('area_rate("total")', study, "en", OverviewMeasures)


def test_a_council_of_which_the_data_does_not_tell_is_refused(shipped):
    overview = tiny_overview([20, 30], shipped)
    with pytest.raises(ExpressionError, match="does not tell who was asked at 'cardiff'"):
        overview.council_invited("cardiff")


def test_where_no_council_shows_a_total_nothing_is_spread(shipped: Path):
    """Not even an empty list of totals has the group's name in it."""
    cells, replies = CELLS, REPLIES
    national = replace(decide_national(SHIPPED, cells, replies), shown=frozenset())
    table = decide_councils(SHIPPED, cells, replies, national)
    assert set(table.shown.values()) == {0}
    assert set(map(len, table.shares.values())) == {0}

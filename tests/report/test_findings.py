"""What we found: tables and charts of one council, with nothing that may not be shown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from helpers.errors import CheckFailed
from helpers.figures.figure import Figure
from helpers.report.content import headlines
from helpers.report.content.council_report import CouncilReport
from helpers.report.languages.language import Language
from helpers.report.notebook.shown import Shown
from helpers.report.opening import open_report

JUDGED = {
    "open_data": {
        "level": 3,
        "reason": {"en": "We saw <it> on site.", "cy": "Fe'i gwelwyd ar y safle."},
    }
}
THEMES = ["leadership", "data_protection", "skills", "decisions"]


@pytest.fixture
def open_council(
    decided_workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., CouncilReport]:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(decided_workbook))

    def opened(council: str, edition: str = "en", **more: object) -> CouncilReport:
        return open_report(council, edition, "", **more)

    return opened


@pytest.fixture
def silent(open_council) -> CouncilReport:
    """A council of which no answer may be shown."""
    report = open_council("torfaen", judgements=JUDGED)
    cells = report.measures.cells
    report.measures.cells = {key: {**cell, "suppressed": True} for key, cell in cells.items()}
    return report


def table(shown: Shown) -> Tag:
    return BeautifulSoup(shown.html, "html.parser").table


def drawn(shown: Shown) -> list[str]:
    return [text.text for text in BeautifulSoup(shown.html, "html.parser").svg.find_all("text")]


def headline(shown: Shown) -> str:
    return BeautifulSoup(shown.html, "html.parser").find(class_="headline").text


def source(shown: Shown) -> str:
    return BeautifulSoup(shown.html, "html.parser").find(class_=["note", "source"]).text


def lines(shown: Shown) -> dict[str, dict[str, str]]:
    """A table's cells by what the row is about and by column."""
    heads = [head.text for head in table(shown).thead.find_all("th")][1:]
    return {
        row.th.text: dict(zip(heads, [cell.text for cell in row.find_all("td")], strict=True))
        for row in table(shown).tbody.find_all("tr")
    }


def everything(report: CouncilReport) -> Iterator[Shown]:
    yield report.response_table()
    yield report.response_chart()
    yield report.comparison_chart()
    for theme in THEMES:
        yield report.agreement_chart(theme)
        yield report.statement_table(theme)
    yield report.maturity_chart()
    yield report.maturity_table()
    yield report.good_practice()


def share(percent: float | None) -> Figure:
    value = None if percent is None else Fraction(str(percent)) / 100
    hidden = percent is None
    return Figure("", "theme_score", "share", value, "illustrative", "", suppressed=hidden)


# ---- Opening ----------------------------------------------------------------------------------


def test_an_unknown_council_is_refused_with_the_nearest(open_council):
    with pytest.raises(CheckFailed) as caught:
        open_council("torfan")
    assert caught.value.message.startswith("parameters:1:1: unknown council 'torfan'; expected ")
    assert caught.value.message.endswith("did you mean 'torfaen'?")


def test_an_unknown_edition_is_refused(open_council):
    with pytest.raises(CheckFailed) as caught:
        open_council("torfaen", "fr")
    assert caught.value.message == "parameters:1:1: unknown edition 'fr'; expected 'en', 'cy'"


# ---- Replies ----------------------------------------------------------------------------------


def test_the_responses_of_torfaen_read_as_they_were_published(open_council):
    columns = ["Number invited", "Responses received", "Percentage responded"]
    published = {
        "Officers": ["59", "30", "51%"],
        "Elected members": ["44", "12", "27%"],
        "Total": ["103", "42", "41%"],
    }
    shown = open_council("torfaen").response_table()
    assert lines(shown) == {
        group: dict(zip(columns, numbers, strict=True)) for group, numbers in published.items()
    }
    assert source(shown).endswith("Published figures.")


def test_counts_that_were_not_published_say_so(open_council):
    shown = open_council("merthyr-tydfil").response_table()
    assert source(shown).endswith("Illustrative data: these are not real answers.")


def test_a_chart_of_both_kinds_says_that_it_mixes_them(open_council):
    shown = open_council("torfaen", "cy").response_chart()
    assert "Cyhoeddwyd rhai o'r niferoedd" in source(shown)
    assert headline(shown) == "Ymatebodd 41% o'r rhai a wahoddwyd"


# ---- Judgements -------------------------------------------------------------------------------


def test_an_auditor_s_level_stands_beside_the_computed_one_and_its_reason(open_council):
    computed = lines(open_council("torfaen").maturity_table())["Open data"]["Level"]
    row = lines(open_council("torfaen", judgements=JUDGED).maturity_table())["Open data"]
    assert computed != "3"
    assert row["Level"] == "3"
    assert row["Auditors' judgement"] == f"Computed: {computed}. We saw <it> on site."


def test_a_judgement_s_reason_is_given_in_the_edition_s_language(open_council):
    computed = lines(open_council("torfaen", "cy").maturity_table())["Data agored"]["Lefel"]
    row = lines(open_council("torfaen", "cy", judgements=JUDGED).maturity_table())["Data agored"]
    assert row["Barn yr archwilwyr"] == f"Wedi'i gyfrifo: {computed}. Fe'i gwelwyd ar y safle."


def test_a_judged_level_is_described_as_that_level(open_council, shipped: Path):
    report = open_council("torfaen", judgements=JUDGED)
    row = lines(report.maturity_table())["Open data"]
    level_3 = report.study.maturity.levels["open_data"][3]["en"]
    assert row["What this level looks like"] == level_3.strip()


def test_only_what_was_judged_has_a_judgement(open_council):
    rows = lines(open_council("torfaen", judgements=JUDGED).maturity_table())
    judged = {name for name, row in rows.items() if row["Auditors' judgement"]}
    assert judged == {"Open data"}
    assert len(rows) == 7


def test_without_judgements_there_is_no_column_for_them(open_council):
    assert "[x]" not in source(open_council("torfaen").maturity_table())
    rows = lines(open_council("torfaen").maturity_table())
    assert list(rows["Open data"]) == ["Level", "What this level looks like"]


def test_the_chart_shows_the_judged_level_and_counts_councils_as_computed(open_council):
    plain = lines(open_council("torfaen").maturity_chart())
    judged = open_council("torfaen", judgements=JUDGED).maturity_chart()
    assert plain["Open data"]["Torfaen"] == "1"
    told = "Open data (auditors' judgement; computed: 1)"
    assert lines(judged)[told] == plain["Open data"] | {"Torfaen": "3"}
    assert headline(judged) == f"Highest level reached, 3: {told}"
    assert table(judged).caption.text == "Councils at each level, as computed"


def test_a_judgement_is_marked_where_all_are_at_one_level(silent: CouncilReport, monkeypatch):
    level = replace(share(0), kind="level", suppressed=False, value=Fraction(3), computed=3)
    monkeypatch.setattr(
        silent.measures,
        "level",
        lambda key: replace(level, computed=None) if key == "open_data" else level,
    )
    told = headline(silent.maturity_chart())
    assert told.startswith("Highest level reached, 3: Leadership; ")
    assert "Open data (auditors' judgement; computed: [x])" in told


def test_one_level_that_could_not_be_assessed_is_enough_to_explain_the_mark(
    open_council, monkeypatch: pytest.MonkeyPatch
):
    report = open_council("torfaen")
    level = report.measures.level
    unknown = replace(level("open_data"), value=None, computed=None)
    monkeypatch.setattr(
        report.measures, "level", lambda key: unknown if key == "open_data" else level(key)
    )
    assert source(report.maturity_table()).startswith("[x] means not assessed: ")


def test_a_level_that_could_not_be_computed_says_so_beside_the_judgement(silent: CouncilReport):
    rows = lines(silent.maturity_table())
    assert source(silent.maturity_table()).startswith("[x] means not assessed: ")
    assert rows["Open data"]["Level"] == "3"
    assert rows["Open data"]["Auditors' judgement"] == "Computed: [x]. We saw <it> on site."
    assert rows["Leadership"]["Level"] == "[x]"
    assert rows["Leadership"]["What this level looks like"] == ""


# ---- Good practice ----------------------------------------------------------------------------


def cases(shown: Shown) -> list[str]:
    page = BeautifulSoup(shown.html, "html.parser")
    return [heading.text.split(":")[0] for heading in page.find_all("h3")]


def test_chosen_cases_are_shown_in_the_chosen_order(open_council):
    report = open_council("torfaen", good_practice=["london", "camden"])
    assert cases(report.good_practice()) == ["London Fire Brigade", "Camden"]


def test_choosing_no_case_shows_none(open_council):
    assert cases(open_council("torfaen", good_practice=[]).good_practice()) == []


@pytest.mark.parametrize(
    ("scores", "shown"),
    [
        ([50, 20, 30, 90], "Carmarthenshire Flintshire Conwy Leeds"),
        ([29.4, 60, 29.6, 29.5], "Camden Carmarthenshire Conwy Leeds London"),
        ([50, None, 60, 55], "Camden Carmarthenshire Conwy Leeds London"),
        ([None, None, 60, None], "Flintshire Leeds"),
        ([None] * 4, "Camden Carmarthenshire Flintshire Conwy Leeds London"),
    ],
    ids=["two-weakest", "before-rounding", "hidden-is-not-weak", "one-is-shown", "none-is-shown"],
)
def test_cases_that_nobody_chose_serve_the_two_weakest_themes(
    open_council, monkeypatch: pytest.MonkeyPatch, scores: list[float | None], shown: str
):
    report = open_council("torfaen")
    of_theme = dict(zip(THEMES, map(share, scores), strict=True))
    monkeypatch.setattr(report.measures, "theme_score", of_theme.__getitem__)
    found = cases(report.good_practice())
    assert [name.split()[0] for name in found] == shown.split()


def test_a_case_names_its_themes_and_its_source(open_council):
    shown = open_council("torfaen", good_practice=["camden"]).good_practice()
    assert source(shown) == (
        "Themes: Vision, leadership and culture; Evidence-based decisions. "
        "Source: Local government use of data: Torfaen County Borough Council, Auditor General for "
        "Wales, 6 December 2018."
    )


def test_a_case_s_numbers_lead_to_the_evidence(open_council):
    shown = open_council("torfaen", good_practice=["camden"]).good_practice()
    links = BeautifulSoup(shown.html, "html.parser").find_all("a", class_="figure-link")
    assert {link["href"]: link.text for link in links} == {
        "#figure-fact-camden_validated": "80%",
        "#figure-fact-camden_usual": "50%",
    }


# ---- What is hidden, and what was not asked ---------------------------------------------------

VISION = "The council has a clear vision for how it uses data."
TOGETHER_HIDDEN = (
    "Results of everyone who answered, taken together, cannot be shown: too few people answered, "
    "or the answers of so small a group would follow from them"
)
AUDIT = "A data audit has established what data the council holds, who holds it and what it is for."


def test_four_members_replied_in_merthyr_tydfil_so_no_answer_of_theirs_is_shown(open_council):
    report = open_council("merthyr-tydfil")
    assert lines(report.response_table())["Elected members"]["Responses received"] == "4"
    for theme in THEMES:
        rows = lines(report.statement_table(theme))
        assert {row["Elected members who agree"] for row in rows.values()} <= {"[c]", "not asked"}
        assert all(row["Total who agree"].endswith("%") for row in rows.values())
        for row in rows.values():  # with the total, officers would give the members away
            asked = row["Elected members who agree"] != "not asked"
            assert (row["Officers who agree"] == "[c]") == asked


def test_a_hidden_group_is_marked_in_table_chart_and_description(open_council):
    shown = open_council("merthyr-tydfil").agreement_chart("leadership")
    page = BeautifulSoup(shown.html, "html.parser")
    assert lines(shown)[VISION]["Elected members"] == "[c]"
    # L1, L2, L3 and L6, of officers too; members were not asked the rest
    assert drawn(shown).count("[c]") == 2 * 4
    assert "Elected members: [c]" in page.desc.text
    assert "Elected members:" not in page.find(class_="subtitle").text  # no base is told


def test_a_hidden_group_has_no_bar(open_council):
    orange, third = "fill: #f46a25", "fill: #801650"
    assert open_council("torfaen").agreement_chart("leadership").html.count(orange) == 1 + 4
    shown = open_council("merthyr-tydfil").agreement_chart("leadership").html
    assert shown.count("fill: #28a197") == 1  # members, of three: the key's alone
    assert shown.count(third) == 1 + 7  # the total stands in for them, in the key and each row


def test_the_mark_of_what_is_hidden_is_explained_below_the_table(open_council):
    shown = open_council("merthyr-tydfil").statement_table("skills")
    assert source(shown).startswith(
        "Where 5 to 9 people answered, words stand for the number. [c] means that too few people "
        "answered for the number to be shown, or that the answers of so small a group would follow "
        "from it. "
    )
    assert "[c]" not in source(open_council("torfaen").statement_table("skills"))


@pytest.mark.parametrize(("code", "words"), [("en", "not asked"), ("cy", "heb ei ofyn")])
def test_a_group_that_was_not_asked_is_said_in_words(open_council, code: str, words: str):
    report = open_council("torfaen", code)
    audit = report.names.statement("L4")
    members = report.names.group("members")
    chart = report.agreement_chart("leadership")
    assert lines(chart)[audit][members] == words
    assert drawn(chart).count(words) == 3  # L4, L5 and L7
    (column,) = [name for name in lines(report.statement_table("leadership"))[audit]
                 if members in name]  # fmt: skip
    assert lines(report.statement_table("leadership"))[audit][column] == words
    assert f"{members}: {words}" in BeautifulSoup(chart.html, "html.parser").desc.text


def test_a_council_of_which_nothing_may_be_shown_still_has_a_report(silent: CouncilReport):
    del silent.judgements["open_data"]
    silent.measures.judgements = {}
    parts = list(everything(silent))
    headlines = [headline(part) for part in parts if "<figure" in part.html]
    assert headlines == ["41% of those invited replied", *[TOGETHER_HIDDEN] * 5,
                         "No characteristic could be assessed"]  # fmt: skip
    for theme in THEMES:
        for row in lines(silent.statement_table(theme)).values():
            assert {row["Total who agree"], row["Total who disagree"]} == {"[c]"}
            assert row["Wales who agree"].endswith("%")


def test_a_headline_does_not_deny_the_group_that_is_shown_below_it(open_council):
    """All who replied may agree: then the total, of which a small group would follow, is hidden."""
    report = open_council("torfaen")
    for (group, question), cell in report.measures.cells.items():
        if group == "total":
            report.measures.cells[group, question] = {**cell, "suppressed": True}
    shown = report.agreement_chart("leadership")
    assert lines(shown)[VISION]["Elected members"].endswith("%")
    assert headline(shown) == TOGETHER_HIDDEN


# ---- Headlines --------------------------------------------------------------------------------


def answers(report: CouncilReport, counts: dict[str, tuple[int, int]]) -> None:
    """Let 20 people have answered each question; agree and disagree are given."""
    for question, (agree, disagree) in counts.items():
        numbers = {"agree": agree, "disagree": disagree, "base": 20, "population": 40}
        cell = report.measures.cells["total", question]
        report.measures.cells["total", question] = {**cell, **numbers}


def test_a_headline_takes_disagreement_with_a_problem_for_good_news(open_council):
    report = open_council("torfaen")
    others = {f"P{number}": (8, 8) for number in (1, 3, 4, 5)}
    answers(report, {**others, "P2": (1, 19), "P6": (5, 15)})
    names = report.names
    assert headline(report.agreement_chart("data_protection")) == (
        f"Most favourable: “{names.statement('P2').rstrip('.')}” (95% disagree). "
        f"Least favourable: “{names.statement('P6').rstrip('.')}” (25%)."
    )


def test_a_headline_names_all_that_are_level(open_council):
    report = open_council("torfaen")
    names = {key: report.names.statement(key).rstrip(".") for key in ("D1", "D2", "D3")}
    answers(report, {f"D{number}": (9, 1) for number in range(4, 7)})
    answers(report, {"D1": (18, 1), "D2": (4, 8), "D3": (4, 8)})
    assert headline(report.agreement_chart("decisions")) == (
        f"Most favourable: “{names['D1']}” (90%). "
        f"Least favourable: “{names['D2']}” (20%); “{names['D3']}” (20%)."
    )
    assert suggested(report, "decisions") == ["D2", "D3"]
    answers(report, {f"D{number}": (4, 8) for number in range(1, 7)})
    assert headline(report.agreement_chart("decisions")) == "The same share for each: 20%."
    assert len(suggested(report, "decisions")) == 6


@pytest.mark.parametrize("said", [headlines.best_and_worst, headlines.most_and_least])
def test_what_alone_is_shown_is_neither_the_best_nor_the_worst(open_council, said: Callable):
    report = open_council("torfaen")
    only = {"D1": replace(report.measures.agree("D1"), value=Fraction(7, 10))}
    told = said(only, report.names.statement, report.language)
    assert told == f"“{report.names.statement('D1').rstrip('.')}” (70%)."


def test_a_hidden_statement_is_neither_the_best_nor_the_worst(open_council):
    report = open_council("torfaen")
    answers(report, {f"D{number}": (10 + number, 1) for number in range(1, 7)})
    for question in ("D1", "D6"):
        cell = report.measures.cells["total", question]
        report.measures.cells["total", question] = {**cell, "suppressed": True}
    told = headline(report.agreement_chart("decisions"))
    assert "(75%)" in told  # D5, 15 of 20
    assert "(60%)" in told  # D2, 12 of 20


def test_levels_that_share_the_top_are_all_named(open_council, monkeypatch):
    report = open_council("torfaen")
    levels = dict.fromkeys(report.study.about.characteristics, 1)
    levels |= {"customer_data": 2, "open_data": 2}
    plain = replace(share(0), kind="level", suppressed=False)
    monkeypatch.setattr(
        report.measures,
        "level",
        lambda key: replace(plain, value=Fraction(levels[key]), computed=levels[key]),
    )
    assert headline(report.maturity_chart()) == (
        "Highest level reached, 2: Integrated customer data; Open data"
    )


@pytest.mark.parametrize("council", ["torfaen", "merthyr-tydfil"])
def test_a_description_says_what_the_table_shows(open_council, council: str):
    report = open_council(council)
    for shown in everything(report):
        if "<figure" not in shown.html:
            continue
        told = BeautifulSoup(shown.html, "html.parser").desc.text
        for head, row in lines(shown).items():
            assert head.rstrip(".") in told
            assert all(f"{column}: {cell}" in told for column, cell in row.items())


# ---- What may stand in the way ------------------------------------------------------------------


def suggested(report: CouncilReport, theme: str) -> list[str]:
    """The statements that the answers suggest as barriers, by code."""
    _, *found = BeautifulSoup(report.theme_barriers(theme).html, "html.parser").find_all("ul")
    links = [item.a["href"] for listed in found for item in listed.find_all("li")]
    return [link.removeprefix("#figure-agree-") for link in links]


def test_what_more_than_half_answer_favourably_is_no_barrier(open_council):
    report = open_council("torfaen")
    answers(report, {f"L{number}": (19, 1) for number in range(3, 8)})
    answers(report, {"L1": (10, 5), "L2": (11, 5)})  # 11 of 20 is more than half, 10 is not
    assert suggested(report, "leadership") == ["L1"]


def test_to_disagree_with_a_problem_is_no_barrier(open_council):
    report = open_council("torfaen")
    answers(report, {f"P{number}": (19, 1) for number in (1, 3, 4, 5, 6)})
    answers(report, {"P2": (1, 19)})
    assert suggested(report, "data_protection") == []
    assert "Suggested by" not in report.theme_barriers("data_protection").html
    answers(report, {"P2": (8, 8)})
    assert suggested(report, "data_protection") == ["P2"]
    answers(report, {"P2": (0, 8)})  # nobody agrees; 456 of 1,127 in the study (40%) do
    assert suggested(report, "data_protection") == []


def test_what_is_clearly_better_here_than_elsewhere_is_no_barrier(open_council):
    """With S1, 406 of 1,130 in the study agree (36%); here 10 of 20, who are all who were asked."""
    report = open_council("torfaen")
    questions = report.study.statements_of(theme="skills")
    answers(report, dict.fromkeys(questions, (19, 1)))
    answers(report, {"S1": (10, 5)})
    assert suggested(report, "skills") == ["S1"]  # 20 of 40 replied: that may be chance
    report.measures.cells["total", "S1"]["population"] = 20
    assert suggested(report, "skills") == []


# ---- Small groups in words, and the rest of the area --------------------------------------------


@pytest.mark.parametrize(("code", "word"), [("en", "more than half"), ("cy", "mwy na hanner")])
def test_nine_members_are_told_in_words(open_council, code: str, word: str):
    report = open_council("blaenau-gwent", code)
    members, words = report.names.group("members"), set()
    for theme in THEMES:
        shown = report.agreement_chart(theme)
        words |= {row[members] for row in lines(shown).values()}
        assert f"{members}:" not in BeautifulSoup(shown.html, "html.parser").find(
            class_="subtitle").text  # fmt: skip
    assert word in words
    assert not [said for said in words if "%" in said]


@pytest.mark.parametrize(
    ("ends", "said"),
    [((0.01, 0.2), "higher"), ((-0.2, -0.01), "lower"), ((-0.1, 0.1), "not clearly different"),
     ((0.0, 0.2), "not clearly different"), (None, "30%")],
)  # fmt: skip
def test_a_council_stands_apart_only_where_the_interval_leaves_out_0(ends, said: str):
    rest = replace(share(30), suppressed=False, difference=ends)
    assert headlines.compared(rest, Language("en")) == said


def test_the_comparison_is_with_the_rest_of_the_area(open_council):
    report = open_council("torfaen")
    row = lines(report.statement_table("leadership"))[VISION]
    figure = report.measures.rest_of_area("L1")
    # 29% here; 43% of 1,000 people and more elsewhere
    assert (row["Compared with the rest of Wales"], figure.difference[1] < 0) == ("lower", True)


def test_what_is_hidden_is_compared_with_nothing(silent: CouncilReport):
    for row in lines(silent.statement_table("skills")).values():
        assert row["Compared with the rest of Wales"] == "[c]"

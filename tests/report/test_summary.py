"""The figures to know first: who replied, the levels, what is answered best and worst."""

from copy import copy
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from helpers.report.content.council_report import CouncilReport
from helpers.report.opening import open_report

MOST = 3  # data/study/study.yaml: key_statements


@pytest.fixture(params=["en", "cy"])
def report(decided_workbook: Path, monkeypatch: pytest.MonkeyPatch, request) -> CouncilReport:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(decided_workbook))
    return open_report("torfaen", request.param, "")


def parts(report: CouncilReport) -> BeautifulSoup:
    return BeautifulSoup(report.key_figures().html, "html.parser")


def favourable(folder: Path, council: str) -> pd.Series:
    """The share of favourable answers by statement, by pandas straight from data/."""
    statements = YAML(typ="safe").load(folder / "data/study/questionnaire.yaml")["statements"]
    files = [pd.read_csv(file) for file in (folder / "data/responses").glob("*.csv")]
    answers = pd.concat(
        file[file["council"] == council].melt(["respondent", "council"], var_name="question")
        for file in files
    )
    answers = answers[answers["value"].notna() & (answers["value"] != "dont_know")]
    sides = answers["question"].map(lambda code: statements[code].get("favourable", "agree"))
    good = [
        value in (side, f"strongly_{side}")
        for value, side in zip(answers["value"], sides, strict=True)
    ]
    return answers.assign(good=good).groupby("question")["good"].mean()


def test_it_starts_with_who_replied_as_published(report: CouncilReport):
    # The table of the report of 6 December 2018: 42 of 103, 30 of 59, 12 of 44.
    tiles = parts(report).select(".tiles li")
    assert [tile.select_one(".big").text for tile in tiles] == ["41%", "51%", "27%"]
    counts = [("42", "103"), ("30", "59"), ("12", "44")]
    for tile, (replied, invited) in zip(tiles, counts, strict=True):
        said = {"en": f"{replied} of {invited}", "cy": f"{replied} allan o {invited}"}
        assert said[report.language.code] in tile.text


def test_a_group_stands_beside_the_same_group_of_all_councils(report: CouncilReport):
    links = [tile.select("a")[1] for tile in parts(report).select(".tiles li")]
    assert [link["href"] for link in links] == [
        f"#figure-national_response_rate-{group}" for group in ("total", "officers", "members")
    ]


def test_published_rates_beside_others_are_told_under_the_tiles(report: CouncilReport):
    note = parts(report).select_one(".tiles + .note").text
    some = {"en": "Some of the numbers are published", "cy": "Cyhoeddwyd rhai o'r niferoedd"}
    assert some[report.language.code] in note


def test_each_characteristic_has_its_level(report: CouncilReport):
    rows = parts(report).select(".levels li")
    assert len(rows) == 7
    assert {row.a.text for row in rows} <= {"1", "2", "3"}
    words = {"en": "Level 1", "cy": "Lefel 1"}[report.language.code]
    assert rows[0].select_one(".level").text == words


def test_a_level_that_auditors_overruled_is_marked(report: CouncilReport):
    computed = report.measures.level("open_data").computed
    report.measures.judgements = {"open_data": 3}
    open_data = list(report.study.about.characteristics).index("open_data")
    rows = parts(report).select(".levels li")
    said = {
        "en": f"Open data (auditors' judgement; computed: {computed}) Level 3",
        "cy": f"Data agored (barn yr archwilwyr; wedi'i gyfrifo: {computed}) Lefel 3",
    }
    assert rows[open_data].text == said[report.language.code]
    assert [row.text for row in rows if "(" in row.text] == [rows[open_data].text]


def test_the_best_and_the_worst_answers_are_those_of_the_data(report: CouncilReport, shipped: Path):
    shares = favourable(shipped, "torfaen").sort_values()
    best, worst = parts(report).select("ol")
    shown = [
        [link["href"].split("-")[2] for link in listed.select("a")] for listed in (best, worst)
    ]
    assert [list(shares[found]) for found in shown] == [
        list(shares[::-1][:MOST]),
        list(shares[: MOST + 1]),
    ]
    # S1 and L2 are level: with each, 10 of 41 agree
    assert shown[1][-2:] == ["L2", "S1"]


def test_where_all_are_level_no_statement_stands_out(report: CouncilReport):
    for key, cell in report.measures.cells.items():
        report.measures.cells[key] = {**cell, "agree": 12, "disagree": 12, "base": 24}
    page = parts(report)
    assert page.select("ol") == []
    said = {"en": "No statement stands out.", "cy": "Nid oes gosodiad yn sefyll allan."}
    assert page.find("p", string=said[report.language.code])


def test_a_share_that_disagrees_says_so(report: CouncilReport):
    (line,) = [line for line in parts(report).select("ol li") if "disagree-P2" in str(line)]
    assert {"en": "disagree: “", "cy": "yn anghytuno: “"}[report.language.code] in line.text


def test_every_number_leads_to_its_evidence(report: CouncilReport):
    links = parts(report).select("a")
    assert len(links) > 7  # there is a level of each characteristic alone
    register = BeautifulSoup(report.register([]).html, "html.parser")
    for link in links:
        row = register.find(id=link["href"].removeprefix("#"))
        assert row.td.text == link.text


def test_where_nothing_may_be_shown_it_says_so_and_lists_no_statement(report: CouncilReport):
    cells = report.measures.cells
    report.measures.cells = {key: {**cell, "suppressed": True} for key, cell in cells.items()}
    page = parts(report)
    assert page.select("ol") == []
    few = {"en": "too few people answered", "cy": "rhy ychydig o bobl"}[report.language.code]
    assert few in page.text
    assert {link.text for link in page.select(".levels a")} == {"[x]"}
    assert "41%" in page.text  # who replied is always shown


def test_a_statement_is_never_both_best_and_worst(report: CouncilReport):
    shown = ("L1", "L2", "L3")
    cells = report.measures.cells
    report.measures.cells = {
        key: {**cell, "suppressed": key[1] not in shown} for key, cell in cells.items()
    }
    best, worst = parts(report).select("ol")
    assert len(best.select("li")) == len(worst.select("li")) == 1
    assert best.a["href"] != worst.a["href"]


def test_where_nobody_knows_how_many_were_asked_only_replies_are_counted(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = shipped / "tests" / "rse_2017"
    monkeypatch.setenv("WORKBOOK_FOLDER", str(folder))
    report = open_report("government", "en", "")
    replies = pd.read_csv(folder / "data/responses/survey.csv")["council"].eq("government").sum()
    page = parts(report)
    assert page.h3.text == "Who replied"
    assert page.select_one(".tiles .big").text == str(replies)
    assert page.select(".levels") == []


def test_what_to_do_next_says_whose_recommendations_these_are(report: CouncilReport):
    steps = BeautifulSoup(report.next_steps("skills").html, "html.parser")
    assert (
        steps.p.text
        == {
            "en": "The national study recommends to each council:",
            "cy": "Argymhellion yr astudiaeth genedlaethol i bob cyngor:",
        }[report.language.code]
    )
    assert steps.p.find_next_sibling().name == "ul"


def test_the_contacts_have_the_textphone_of_the_published_report(report: CouncilReport):
    said = [
        address.text
        for address in BeautifulSoup(report.contacts().html, "html.parser").find_all("address")
    ]
    for text, name in zip(said, ["Textphone", "Ffôn testun"], strict=True):  # in either edition
        assert f"{name}: 029 2032 0660" in text


def test_an_office_without_a_textphone_names_none(report: CouncilReport):
    about = report.study.about
    contact = about.contact.model_copy(update={"textphone": ""})
    other = about.model_copy(update={"contact": contact})
    without = copy(report)
    object.__setattr__(without, "study", report.study.model_copy(update={"about": other}))
    assert "extphone" not in without.contacts().html

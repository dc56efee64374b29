"""Each number leads to its evidence, and the evidence says in words what was counted."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from helpers.figures.evaluation import evaluate
from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.figures.register import Entry, make_register
from helpers.figures.vocabulary import MEASURES
from helpers.report.evidence import figure_link, meaning, render_evidence
from helpers.report.language import Language
from helpers.report.names import Names
from helpers.report.opening import measures_of
from helpers.report.whole import register_of
from helpers.study.definition import Study
from helpers.study.reading import read_study

EDITIONS = [("torfaen", "en"), ("torfaen", "cy"), ("merthyr-tydfil", "en")]

# What an example of each measure counts. Worked by hand from data/study/.
MEANINGS = {
    'agree("L4", group="officers")': (
        "Agree or strongly agree, of those who answered. Officers: “A data audit has established "
        "what data the council holds, who holds it and what it is for.”",
        "Cytuno neu gytuno'n gryf, o'r rhai a atebodd. Swyddogion: “Mae archwiliad data wedi "
        "cadarnhau pa ddata sydd gan y cyngor, pwy sy'n ei gadw ac at ba ddiben.”",
    ),
    'neither("L1")': (
        "Neither agree nor disagree, of those who answered. Total: “The council has a clear "
        "vision for how it uses data.”",
        "Ddim yn cytuno nac yn anghytuno, o'r rhai a atebodd. Cyfanswm: “Mae gan y cyngor "
        "weledigaeth glir ar gyfer y ffordd y mae'n defnyddio data.”",
    ),
    'disagree("L1", group="members")': (
        "Disagree or strongly disagree, of those who answered. Elected members: “The council has "
        "a clear vision for how it uses data.”",
        "Anghytuno neu anghytuno'n gryf, o'r rhai a atebodd. Aelodau etholedig: “Mae gan y cyngor "
        "weledigaeth glir ar gyfer y ffordd y mae'n defnyddio data.”",
    ),
    'dont_know("L1")': (
        "Don't know, of those who answered or said so. Total: “The council has a clear vision for "
        "how it uses data.”",
        "Ddim yn gwybod, o'r rhai a atebodd neu a ddywedodd hynny. Cyfanswm: “Mae gan y cyngor "
        "weledigaeth glir ar gyfer y ffordd y mae'n defnyddio data.”",
    ),
    'national("L1", group="management_team")': (
        "Agree or strongly agree, of the study's respondents who answered. Corporate "
        "management team: “The council has a clear vision for how it uses data.”",
        "Cytuno neu gytuno'n gryf, o ymatebwyr yr astudiaeth a atebodd. Tîm rheoli "
        "corfforaethol: “Mae gan y cyngor weledigaeth glir ar gyfer y ffordd y mae'n defnyddio "
        "data.”",
    ),
    'invited("officers")': ("People invited. Officers", "Pobl a wahoddwyd. Swyddogion"),
    'responses("total")': ("People who replied. Total", "Pobl a ymatebodd. Cyfanswm"),
    'rest_of_area("L1")': (
        "Agree or strongly agree, of the study's other respondents who answered. Total: "
        "“The council has a clear vision for how it uses data.”",
        "Cytuno neu gytuno'n gryf, o ymatebwyr eraill yr astudiaeth a atebodd. Cyfanswm: "
        "“Mae gan y cyngor weledigaeth glir ar gyfer y ffordd y mae'n defnyddio data.”",
    ),
    'response_rate("members")': (
        "Share of those invited that replied. Elected members",
        "Cyfran y rhai a wahoddwyd a ymatebodd. Aelodau etholedig",
    ),
    'national_response_rate("total")': (
        "Share of those invited that replied, whole study. Total",
        "Cyfran y rhai a wahoddwyd a ymatebodd, yr astudiaeth gyfan. Cyfanswm",
    ),
    'theme_score("skills")': (
        "Average over the theme's statements of the share of favourable answers. "
        "Skills and capacity",
        "Cyfartaledd cyfran yr atebion ffafriol dros osodiadau'r thema. Sgiliau a chapasiti",
    ),
    'level("open_data")': ("Maturity level. Open data", "Lefel aeddfedrwydd. Data agored"),
    'area_score("skills", place="lower_quartile")': (
        "Where theme scores lie. Skills and capacity: Lower quartile (Wales)",
        "Lle mae sgoriau'r themâu. Sgiliau a chapasiti: Chwartel isaf (Cymru)",
    ),
    'difference("L1", group="officers", other="members")': (
        "Difference between the shares that agree, of those who answered. Officers, less Elected "
        "members: “The council has a clear vision for how it uses data.”",
        "Y gwahaniaeth rhwng y cyfrannau sy'n cytuno, o'r rhai a atebodd. Swyddogion, llai Aelodau "
        "etholedig: “Mae gan y cyngor weledigaeth glir ar gyfer y ffordd y mae'n defnyddio data.”",
    ),
    'councils_at_level("open_data", level=2)': (
        "How many have this level, as computed. Open data, Level 2",
        "Faint sydd ar y lefel hon, fel y'i cyfrifwyd. Data agored, Lefel 2",
    ),
    'fact("citizens_surveyed")': (
        "people across Wales who took part in the citizens' survey",
        "pobl ledled Cymru a gymerodd ran yn yr arolwg o ddinasyddion",
    ),
}


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


@pytest.fixture(scope="module")
def torfaen(shipped: Path, study: Study) -> Measures:
    return measures_of(shipped, study, "torfaen", {})


@pytest.fixture(scope="module")
def merthyr(shipped: Path, study: Study) -> Measures:
    return measures_of(shipped, study, "merthyr-tydfil", {})


def rows(figures: list[Figure], study: Study, code: str = "en") -> list[dict[str, str]]:
    table = BeautifulSoup(
        render_evidence(list(map(Entry, figures)), Names(study, Language(code))), "html.parser"
    )
    heads = [head.text for head in table.thead.find_all("th")]
    return [
        dict(zip(heads, [cell.text for cell in row.find_all(["th", "td"])], strict=True))
        for row in table.tbody.find_all("tr")
    ]


def row(expression: str, measures: Measures) -> dict[str, str]:
    (found,) = rows([evaluate(expression, measures)], measures.study)
    return found


# ---- Words ------------------------------------------------------------------------------------


def test_every_measure_has_an_example_here():
    assert {expression.split("(")[0] for expression in MEANINGS} == set(MEASURES)


@pytest.mark.parametrize("code", ["en", "cy"])
@pytest.mark.parametrize("expression", MEANINGS, ids=lambda text: text.split("(")[0])
def test_a_figure_s_meaning_is_said_in_words(
    expression: str, code: str, study: Study, torfaen: Measures
):
    figure = evaluate(expression, torfaen)
    assert meaning(figure, Names(study, Language(code))) == MEANINGS[expression][code == "cy"]


# ---- Numbers ----------------------------------------------------------------------------------


def test_a_row_says_count_base_and_status(torfaen: Measures):
    assert row('response_rate("officers")', torfaen) == {
        "Figure": 'response_rate("officers")',
        "Value": "51%",
        "What it counts": "Share of those invited that replied. Officers",
        "Number": "30",
        "Base": "59",
        "95% interval": "",
        "Status": "published",
    }


def test_a_share_of_answers_is_illustrative_and_has_an_interval(torfaen: Measures):
    shown = row('agree("L1")', torfaen)
    assert shown["Status"] == "illustrative"
    assert int(shown["Number"]) < int(shown["Base"]) <= 42  # of those who replied
    low, high = map(int, re.fullmatch(r"(\d+)% to (\d+)%", shown["95% interval"]).groups())
    assert low <= int(shown["Value"].rstrip("%")) <= high


def test_an_interval_s_ends_are_whole_percentages(study: Study, torfaen: Measures):
    figure = replace(evaluate('agree("L1")', torfaen), interval=(0.5519, 0.6251))
    assert rows([figure], study)[0]["95% interval"] == "55% to 63%"
    assert rows([figure], study, "cy")[0]["Cyfwng 95%"] == "55% i 63%"


def test_counts_are_published_only_where_they_were(torfaen: Measures, merthyr: Measures):
    assert row('invited("members")', torfaen)["Status"] == "published"
    assert row('invited("management_team")', torfaen)["Status"] == "illustrative"
    assert row('invited("members")', merthyr)["Status"] == "illustrative"
    assert row('fact("councils")', merthyr)["Status"].startswith("published: Local government use")


def test_a_hidden_figure_s_row_tells_nothing_of_it(merthyr: Measures):
    shown = row('agree("L1", group="members")', merthyr)
    assert shown["Value"] == "[c]"
    assert [shown[column] for column in ("Number", "Base", "95% interval")] == ["", "", ""]


def test_a_figure_in_words_has_a_word_and_a_range_for_its_base(study: Study, torfaen: Measures):
    expression = 'agree("L1", group="service_managers")'  # nine people replied
    assert row(expression, torfaen) | {"What it counts": ""} == {
        "Figure": expression,
        "Value": torfaen.agree("L1", "service_managers").word,
        "What it counts": "",
        "Number": "",
        "Base": "5 to 9",
        "95% interval": "",
        "Status": "illustrative",
    }
    assert row(expression, torfaen)["Value"] in ("fewer than half", "around half", "more than half")


def test_an_expression_is_shown_as_text(study: Study, torfaen: Measures):
    hostile = replace(evaluate('agree("L1")', torfaen), expression='agree("<b>")')
    assert "<b>" not in render_evidence([Entry(hostile)], Names(study, Language("en")))
    assert rows([hostile], study)[0]["Figure"] == 'agree("<b>")'


def test_a_row_carries_the_id_that_a_printed_figure_links_to(study: Study, torfaen: Measures):
    figures = [evaluate(text, torfaen) for text in ('agree("L4", group="officers")', 'agree("L4")')]
    page = BeautifulSoup(
        render_evidence(list(map(Entry, figures)), Names(study, Language("en"))), "html.parser"
    )
    ids = [row["id"] for row in page.tbody.find_all("tr")]
    assert ids == ["figure-agree-L4-group-officers", "figure-agree-L4"]


def test_a_printed_figure_links_to_its_row():
    assert figure_link("figure-agree-L1", "29% <") == (
        '<a class="figure-link" href="#figure-agree-L1">29% &lt;</a>'
    )


# ---- Built pages ------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=EDITIONS, ids="-".join)
def edition(built: Path, request: pytest.FixtureRequest) -> tuple[BeautifulSoup, list[dict]]:
    """A published page with the register of its notebook."""
    council, code = request.param
    folder = built / "outputs" / council
    page = (folder / f"report.{code}.html").read_text(encoding="utf-8")
    notebook = nbformat.read(folder / f"report.{code}.ipynb", as_version=4)
    return BeautifulSoup(page, "html.parser"), register_of(notebook)


def evidence(page: BeautifulSoup) -> Iterator[tuple[str, str, Tag]]:
    """Expression, value and row of each line of the evidence table."""
    for line in page.find(class_="evidence").tbody.find_all("tr"):
        yield line.th.text, line.find("td", class_="number").text, line


def test_each_figure_of_the_register_has_one_row(edition):
    page, register = edition
    assert [(expression, value) for expression, value, _ in evidence(page)] == [
        (record["expression"], record["display"]) for record in register
    ]
    assert len(register) > 100


def test_each_row_has_an_anchor_of_its_own(edition):
    anchors = {expression: line["id"] for expression, _, line in evidence(edition[0])}
    assert len(set(anchors.values())) == len(anchors)
    assert anchors['agree("L4", group="officers")'] == "figure-agree-L4-group-officers"
    assert anchors['councils_at_level("open_data", level=2)'] == (
        "figure-councils_at_level-open_data-level-2"
    )


def test_each_number_in_a_sentence_leads_to_a_row_with_the_same_number(edition):
    page, _ = edition
    rows = {line["id"]: (value, line.text) for _, value, line in evidence(page)}
    links = page.find_all("a", class_="figure-link")
    assert len(links) > 20
    for link in links:
        value, told = rows[link["href"].removeprefix("#")]
        in_text = re.search(r"(?:In the text|Yn y testun): (.*?)\.", told)
        assert link.text in [value, *(in_text[1].split("; ") if in_text else [])]


def test_each_number_in_a_table_has_a_row_with_the_same_number(edition):
    page, _ = edition
    values = {expression: value for expression, value, _ in evidence(page)}
    cells = page.find_all("td", {"data-figure": True})
    assert len(cells) > 200
    assert [cell for cell in cells if values[cell["data-figure"]] != cell.text] == []


def test_no_row_is_without_its_meaning_or_status(edition):
    for _, _, line in evidence(edition[0]):
        _figure, _value, counted, *_numbers, status = line.find_all(["th", "td"])
        assert len(counted.text) > 10
        assert status.text.split(":")[0] in (
            "published",
            "illustrative",
            "cyhoeddedig",
            "enghreifftiol",
        )


def test_a_hidden_figure_is_in_the_register_without_a_number(built: Path):
    notebook = nbformat.read(built / "outputs/merthyr-tydfil/report.en.ipynb", as_version=4)
    hidden = [record for record in register_of(notebook) if record["suppressed"]]
    assert hidden
    for record in hidden:
        numbers = ("value", "count", "base", "population", "interval", "computed")
        assert [record[name] for name in numbers] == [None] * 6, json.dumps(record)


def test_a_difference_from_the_rest_says_so(study: Study, torfaen: Measures):
    figure = evaluate('difference("L1", "officers")', torfaen)
    assert ". Officers, less the rest of Wales: “" in rows([figure], study)[0]["What it counts"]


def test_a_row_says_how_else_sentences_print_its_figure(study: Study, torfaen: Measures):
    torfaen = torfaen.fresh()
    inline = ['agree("L6")', 'agree("L6").count', 'agree("L6").says("a minority")']
    entries = make_register(torfaen, [*inline, *inline])
    page = BeautifulSoup(render_evidence(entries, Names(study, Language("en"))), "html.parser")
    (row,) = page.tbody.find_all("tr")
    # 12 of the 41 people of Torfaen who answered agree.
    assert row.find_all("td")[1].text.endswith(" In the text: 12 of 41; a minority.")

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
from helpers.figures.vocabulary import spoken_by
from helpers.report.binding.links import Uses, figure_link
from helpers.report.content.evidence import render_evidence
from helpers.report.languages.language import Language
from helpers.report.languages.meaning import meaning
from helpers.report.languages.names import Names
from helpers.report.notebook.whole import register_of
from helpers.report.opening import measures_of
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
        for row in table.select("tr[id]")
    ]


def row(expression: str, measures: Measures) -> dict[str, str]:
    (found,) = rows([evaluate(expression, measures)], measures.study)
    return found


# ---- Words ------------------------------------------------------------------------------------


def test_every_measure_has_an_example_here():
    assert {expression.split("(")[0] for expression in MEANINGS} == set(spoken_by(Measures))


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
        "What it counts": (
            'Share of those invited that replied. Officers response_rate("officers")'
        ),
        "Value": "51%",
        "People": "30 of 59",
        "95% interval": "",
        "Wales": "",  # nothing stands beside it where it stands alone
        "Used in": "",
        "Status": "published",
    }


def test_a_share_of_answers_is_illustrative_and_has_an_interval(torfaen: Measures):
    shown = row('agree("L1")', torfaen)
    assert shown["Status"] == "illustrative"
    count, base = map(int, shown["People"].split(" of "))
    assert count < base <= 42  # of those who replied
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
    assert [shown[column] for column in ("People", "95% interval")] == ["", ""]


def test_a_figure_in_words_has_a_word_and_a_range_for_its_base(study: Study, torfaen: Measures):
    expression = 'agree("L1", group="service_managers")'  # nine people replied
    assert row(expression, torfaen) | {"What it counts": ""} == {
        "What it counts": "",
        "Value": torfaen.agree("L1", "service_managers").word,
        "People": "5 to 9",
        "95% interval": "",
        "Wales": "",
        "Used in": "",
        "Status": "illustrative",
    }
    assert row(expression, torfaen)["Value"] in ("fewer than half", "around half", "more than half")


def test_an_expression_is_shown_as_text(study: Study, torfaen: Measures):
    hostile = replace(evaluate('agree("L1")', torfaen), expression='agree("<b>")')
    assert "<b>" not in render_evidence([Entry(hostile)], Names(study, Language("en")))
    assert rows([hostile], study)[0]["What it counts"].endswith('Total agree("<b>")')


def test_a_row_carries_the_id_that_a_printed_figure_links_to(study: Study, torfaen: Measures):
    figures = [evaluate(text, torfaen) for text in ('agree("L4", group="officers")', 'agree("L4")')]
    page = BeautifulSoup(
        render_evidence(list(map(Entry, figures)), Names(study, Language("en"))), "html.parser"
    )
    ids = [row["id"] for row in page.select("tr[id]")]
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
    """Expression, value and row of each line of the evidence tables."""
    for line in page.select(".evidence tr[id]"):
        yield line["data-figure"], line.td.text, line


def test_each_figure_of_the_register_has_one_row(edition):
    page, register = edition
    assert sorted((expression, value) for expression, value, _ in evidence(page)) == sorted(
        (record["expression"], record["display"]) for record in register
    )
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
    rows = {expression: line["id"] for expression, _, line in evidence(page)}
    assert all(cell.a["href"] == f"#{rows[cell['data-figure']]}" for cell in cells)


def test_no_row_is_without_its_meaning_or_status(edition):
    for _, _, line in evidence(edition[0]):
        counted, *_numbers, status = line.find_all(["th", "td"])
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
    assert ". Officers, less the rest of Wales " in rows([figure], study)[0]["What it counts"]


def test_a_row_says_how_else_sentences_print_its_figure(study: Study, torfaen: Measures):
    torfaen = torfaen.fresh()
    inline = ['agree("L6")', 'agree("L6").count', 'agree("L6").says("a minority")']
    entries = make_register(torfaen, [*inline, *inline])
    page = BeautifulSoup(render_evidence(entries, Names(study, Language("en"))), "html.parser")
    row, beside = page.select("tr[id]")
    # 12 of the 41 people of Torfaen who answered agree.
    assert row.th.text.endswith(' In the text: 12 of 41; a minority. agree("L6")')
    assert "In the text" not in beside.th.text


# ---- The register, for a program to read ---------------------------------------------------------


def test_a_row_s_attributes_are_the_figure_s_record(edition):
    page, register = edition
    rows = {expression: line for expression, _, line in evidence(page)}
    for record in register:
        row = rows[record["expression"]]
        lower, upper = record["interval"] or (None, None)
        told = {
            "data-question": record["question"] or None,
            "data-group": record["group"] or None,
            "data-value": record["value"],
            "data-count": record["count"],
            "data-base": record["base"],
            "data-ci-lower": lower,
            "data-ci-upper": upper,
            "data-suppressed": "true" if record["suppressed"] else None,
            "data-provenance": record["provenance"],
        }
        assert {name: row.get(name) for name in told} == {
            name: None if value is None else str(value) for name, value in told.items()
        }


def test_a_row_in_words_has_no_number_among_its_attributes(study: Study, torfaen: Measures):
    figure = evaluate('agree("L1", group="service_managers")', torfaen)
    page = BeautifulSoup(
        render_evidence([Entry(figure)], Names(study, Language("en"))), "html.parser"
    )
    row = page.select_one("tr[id]")
    assert row["data-base-range"] == "5 to 9"
    assert not {"data-value", "data-count", "data-base", "data-ci-lower"} & set(row.attrs)


# ---- Wales, and the ways there and back ----------------------------------------------------------


def test_a_row_says_how_all_councils_together_compare(study: Study, torfaen: Measures):
    measures = torfaen.fresh()
    measures.agree("L1", "officers")
    page = BeautifulSoup(
        render_evidence(make_register(measures, []), Names(study, Language("en"))), "html.parser"
    )
    row, beside = page.select("tr[id]")
    other = row.find("td", {"data-label": "Wales"}).a
    assert (other["href"], other.text) == (f"#{beside['id']}", beside.td.text)
    assert beside["data-figure"] == 'national("L1", group="officers")'


def test_figures_stand_under_what_was_asked(study: Study, torfaen: Measures):
    figures = [evaluate(text, torfaen) for text in ('agree("L2")', 'agree("L1")', 'disagree("L2")')]
    page = BeautifulSoup(
        render_evidence(list(map(Entry, figures)), Names(study, Language("en"))), "html.parser"
    )
    bodies = [[row.th.text for row in body.find_all("tr")] for body in page.select("tbody")]
    assert [[text.split()[-1] for text in body] for body in bodies] == [
        ["(L1)", 'agree("L1")'],
        ["(L2)", 'agree("L2")', 'disagree("L2")'],
    ]


def test_each_use_of_a_figure_leads_to_its_row_and_back(edition):
    page, _ = edition
    there = {link["id"]: link["href"] for link in page.select("main a[id^=use-]")}
    back = {
        link["href"].removeprefix("#"): f"#{link.find_parent('tr')['id']}"
        for link in page.select("a.use-link")
    }
    assert back == there
    assert len(there) > 300
    outside = [
        link for link in page.select("a.figure-link") if not link.find_parent(class_="evidence")
    ]
    assert all(link.get("id") in there for link in outside)


def test_a_link_back_says_in_which_section_and_in_what():
    uses = Uses()
    marked = uses.mark(f"<p>{figure_link('figure-a', '1')}</p>", "One <b>", "text")
    uses.mark(f"<table>{figure_link('figure-a', '1')}</table>", "One <b>", "table")
    assert marked == '<p><a class="figure-link" id="use-1" href="#figure-a">1</a></p>'
    assert uses.lead_back('<tr id="figure-a"><td><span></span></td></tr>') == (
        '<tr id="figure-a"><td>One &lt;b&gt;: <a class="use-link" href="#use-1">text</a>, '
        '<a class="use-link" href="#use-2">table</a></td></tr>'
    )


def test_a_level_says_which_statements_it_rests_on_and_where_levels_start(
    study: Study, torfaen: Measures
):
    measures = torfaen.fresh()
    measures.level("data_protection")
    measures.agree("P1")
    measures.disagree("P2")  # disagreeing speaks well of the council
    page = BeautifulSoup(
        render_evidence(make_register(measures, []), Names(study, Language("en"))), "html.parser"
    )
    told = page.find(id="figure-level-data_protection").th
    # data/study/questionnaire.yaml; study.yaml: level_2_from 0.40, level_3_from 0.65.
    assert "Level 2 from 40%. Level 3 from 65%." in told.text
    links = {link.text: link["href"] for link in told.find_all("a")}
    assert links == {"P1": "#figure-agree-P1", "P2": "#figure-disagree-P2"}
    assert "answers to P1, P2, P3" in told.text

"""What a published page promises: whole, of one file, without script, and hard to attack."""

import re
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets.config import Config

from helpers.errors import NotPublishable
from helpers.report.downloads.executed import read_executed
from helpers.report.pages.publishing import CouncilReportExporter

CODES = ("en", "cy")
every_edition = pytest.mark.parametrize("code", CODES)
LEAVES_THE_PAGE = ("src", "srcset", "href", "xlink:href", "poster", "data", "action", "background")


@pytest.fixture(scope="module")
def executed(built: Path) -> dict[str, NotebookNode]:
    folder = built / "outputs/torfaen"
    return {code: nbformat.read(folder / f"report.{code}.ipynb", as_version=4) for code in CODES}


@pytest.fixture
def notebook(executed: dict[str, NotebookNode]) -> NotebookNode:
    """An executed English notebook for one test to spoil."""
    return deepcopy(executed["en"])


@pytest.fixture(scope="module")
def pages(built: Path) -> dict[str, str]:
    folder = built / "outputs/torfaen"
    return {code: (folder / f"report.{code}.html").read_text(encoding="utf-8") for code in CODES}


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def publish(notebook: NotebookNode) -> str:
    page, _resources = CouncilReportExporter().from_notebook_node(notebook)
    return page


def refusal(notebook: NotebookNode) -> str:
    with pytest.raises(NotPublishable) as caught:
        publish(notebook)
    return caught.value.message


def read(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


# ---- What is refused --------------------------------------------------------------------------


def test_a_notebook_that_was_run_without_the_engine_is_refused(notebook: NotebookNode):
    del notebook.metadata["workbook"]
    assert "was not run by the workbook's engine" in refusal(notebook)


def test_the_template_itself_is_refused(shipped: Path):
    template = shipped / "notebooks/council_report.ipynb"
    with pytest.raises(NotPublishable, match="was not run by the workbook's engine"):
        CouncilReportExporter().from_filename(str(template))


def test_a_cell_that_did_not_run_is_refused(notebook: NotebookNode):
    cell(notebook, "contacts").execution_count = None
    assert refusal(notebook).startswith("cell 'contacts': did not run")


def test_an_error_among_the_outputs_is_refused(notebook: NotebookNode):
    error = new_output("error", ename="ValueError", evalue="no such share", traceback=[])
    cell(notebook, "skills-chart").outputs = [error]
    assert refusal(notebook) == "cell 'skills-chart': ValueError: no such share"


def test_a_text_that_changed_since_its_figures_were_computed_is_refused(notebook: NotebookNode):
    cell(notebook, "skills-narrative").source += ' And {eval}`agree("S4")`.'
    assert refusal(notebook).startswith("cell 'skills-narrative': its text has changed since")


def test_a_printed_value_that_is_not_in_the_register_is_refused(notebook: NotebookNode):
    printed = cell(notebook, "how-made").metadata["user_expressions"][1]["result"]["data"]
    assert printed["text/plain"] == "22"
    printed["text/plain"] = "23"
    assert refusal(notebook).startswith("cell 'how-made': fact(\"councils\") prints 23, ")


def test_a_notebook_without_a_cover_is_refused(notebook: NotebookNode):
    notebook.cells = [cell for cell in notebook.cells if cell.id != "cover"]
    assert refusal(notebook) == "no cell shows report.cover(), which names the page; add it"


def test_publishing_leaves_the_notebook_as_it_was(notebook: NotebookNode):
    before = deepcopy(notebook)
    publish(notebook)
    assert notebook == before


# ---- One notebook, one page -------------------------------------------------------------------


@every_edition
def test_the_same_notebook_gives_the_same_bytes_each_time(
    executed: dict[str, NotebookNode], code: str
):
    assert publish(executed[code]) == publish(deepcopy(executed[code]))


@every_edition
def test_the_page_that_was_built_comes_from_its_notebook_alone(
    executed: dict[str, NotebookNode], pages: dict[str, str], code: str
):
    assert publish(executed[code]) == pages[code]


def test_what_somebody_has_set_for_other_pages_changes_none(
    executed: dict[str, NotebookNode], pages: dict[str, str]
):
    setting = Config({"RegexRemovePreprocessor": {"enabled": True, "patterns": ["."]}})
    page, _ = CouncilReportExporter(config=setting).from_notebook_node(executed["en"])
    assert page == pages["en"]


def test_jupyter_nbconvert_finds_the_exporter_by_its_name():
    assert get_exporter("council_report") is CouncilReportExporter


# ---- What a page is ---------------------------------------------------------------------------


@every_edition
def test_a_page_has_no_script_of_any_kind(pages: dict[str, str], code: str):
    page = read(pages[code])
    assert "<script" not in pages[code].lower()
    assert page.find_all(["script", "iframe", "object", "embed", "form", "base"]) == []
    attributes = {name for element in page.find_all(True) for name in element.attrs}
    assert [name for name in attributes if name.lower().startswith("on")] == []


def requests(page: BeautifulSoup) -> list[str]:
    """What a browser would ask of anyone while it shows the page."""
    asked = [
        element[name]
        for element in page.find_all(lambda element: element.name != "a")
        for name in LEAVES_THE_PAGE
        if re.match(r"(\w+:)?//", element.get(name, ""))
    ]
    styles = [style.text for style in page.find_all("style")]
    styles += [element["style"] for element in page.find_all(style=True)]
    return asked + [found for text in styles for found in re.findall(r"url\((?!#)|@import", text)]


@every_edition
def test_a_page_asks_nothing_of_anyone(pages: dict[str, str], code: str):
    assert requests(read(pages[code])) == []


def test_what_would_be_a_request_is_seen_as_one():
    page = read(
        '<img src="https://a.b/c.png"><link href="//a.b"><style>@import "x"; b{c:url(x)}</style>'
        '<a href="https://a.b">fine</a><use href="#own"/><p style="clip-path: url(#own)">'
    )
    assert len(requests(page)) == 4


@every_edition
def test_a_page_forbids_itself_scripts_and_requests(pages: dict[str, str], code: str):
    (policy,) = read(pages[code]).find_all("meta", {"http-equiv": "Content-Security-Policy"})
    rules = dict(rule.strip().split(" ", 1) for rule in policy["content"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": "'unsafe-inline'",
    }


@every_edition
def test_a_page_says_its_language_first(pages: dict[str, str], code: str):
    assert pages[code].startswith(f'<!DOCTYPE html>\n<html lang="{code}">')


@pytest.mark.parametrize(
    ("code", "council"),
    [
        ("en", "Torfaen County Borough Council"),
        ("cy", "Cyngor Bwrdeistref Sirol Torfaen"),
    ],
)
def test_a_page_has_one_first_heading_which_names_the_council(
    pages: dict[str, str], code: str, council: str
):
    assert [heading.text for heading in read(pages[code]).find_all("h1")] == [council]


@every_edition
def test_headings_never_skip_a_level(pages: dict[str, str], code: str):
    levels = [
        int(heading.name[1]) for heading in read(pages[code]).find_all(re.compile("^h[1-6]$"))
    ]
    assert levels[0] == 1
    assert len(levels) > 20
    assert [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1] == []


@every_edition
def test_the_first_link_skips_to_the_content(pages: dict[str, str], code: str):
    page = read(pages[code])
    assert page.body.find("a")["href"] == "#main"
    assert page.find(id="main").name == "main"


@every_edition
def test_no_id_is_used_twice(pages: dict[str, str], code: str):
    ids = [element["id"] for element in read(pages[code]).find_all(id=True)]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@every_edition
def test_every_link_inside_the_page_leads_somewhere(pages: dict[str, str], code: str):
    page = read(pages[code])
    inside = {link["href"][1:] for link in page.find_all("a", href=re.compile("^#"))}
    assert len(inside) > 20
    assert inside - {element["id"] for element in page.find_all(id=True)} == set()


@every_edition
def test_the_contents_list_every_part_as_its_heading_reads(pages: dict[str, str], code: str):
    page = read(pages[code])
    listed = [link.text for link in page.nav.find_all("a")]
    parts = page.select(".text > :is(h2, h3)")
    assert listed == [heading.text for heading in parts]
    assert len(page.select("nav > ol > li")) == len(page.find(class_="content").find_all("h2"))
    for link in page.nav.find_all("a"):
        assert page.find(id=link["href"][1:]).find(["h2", "h3"]).text == link.text


def test_the_contents_show_a_heading_s_words_and_figures_and_no_markup(notebook: NotebookNode):
    how = cell(notebook, "how-made")
    how.source = how.source.replace(
        "## How this report was made\n\nThis report",
        '## How *this* report was made\n\n## Replies: {eval}`responses("total")`\n\nThis report',
    )
    replies = cell(notebook, "responses").metadata["user_expressions"][0]
    how.metadata["user_expressions"].insert(0, deepcopy(replies))
    listed = [link.text for link in read(publish(notebook)).nav.find_all("a")]
    assert listed[1:3] == ["How this report was made", "Replies: 42"]


@every_edition
def test_the_title_and_a_banner_say_that_the_data_is_illustrative(pages: dict[str, str], code: str):
    mark, banner = {
        "en": ("(illustrative data)", "Illustrative data. "),
        "cy": ("(data enghreifftiol)", "Data enghreifftiol. "),
    }[code]
    page = read(pages[code])
    assert page.title.text.endswith(mark)
    assert page.find(class_="notice").text.startswith(banner)


def test_a_draft_says_so_at_its_top(notebook: NotebookNode):
    notebook.metadata["workbook"]["draft"] = True
    notices = [notice.text for notice in read(publish(notebook)).find_all(class_="notice")]
    assert notices[-1] == "Draft: part of the findings is missing in one language."


@every_edition
def test_what_is_taken_away_has_every_notice_of_the_page(
    executed: dict[str, NotebookNode], code: str
):
    notebook = deepcopy(executed[code])
    notebook.metadata["workbook"]["draft"] = True
    notices = [notice.text for notice in read(publish(notebook)).find_all(class_="notice")]
    taken = read_executed(nbformat.writes(notebook).encode())
    assert taken.facts["notices"] == notices
    assert len(notices) == {"en": 2, "cy": 3}[code]  # the Welsh is not reviewed yet


def test_a_page_that_is_no_draft_does_not_speak_of_drafts(pages: dict[str, str]):
    assert "Draft:" not in pages["en"]


@every_edition
def test_a_page_leads_to_the_other_language_in_that_language(pages: dict[str, str], code: str):
    other, words = {
        "en": ("cy", "Mae'r ddogfen hon hefyd ar gael yn Gymraeg"),
        "cy": ("en", "This document is also available in English"),
    }[code]
    (link,) = read(pages[code]).header.find_all("a")
    assert (link["href"], link["lang"], link.text) == (f"report.{other}.html", other, words)


def test_an_edition_without_a_twin_offers_none(notebook: NotebookNode):
    notebook.metadata["workbook"]["others"] = []
    page = read(publish(notebook))
    assert page.header.find("a") is None
    assert page.find("link") is None


@every_edition
def test_no_code_is_shown(pages: dict[str, str], code: str):
    assert "open_report" not in pages[code]
    assert "inline = [" not in pages[code]


@every_edition
def test_words_for_those_who_work_with_the_notebook_are_not_published(
    executed: dict[str, NotebookNode], pages: dict[str, str], code: str
):
    (apart,) = [
        cell for cell in executed[code].cells if "not-published" in cell.metadata.get("tags", [])
    ]
    assert "This cell is not published." in apart.source
    assert "This cell is not published." not in pages[code]
    assert f'id="{apart.id}"' not in pages[code]


@every_edition
def test_every_chart_has_its_numbers_beside_it(pages: dict[str, str], code: str):
    charts = read(pages[code]).find_all("figure")
    assert len(charts) == 7  # replies, comparison, one a theme, maturity
    for chart in charts:
        drawn = {text.text for text in chart.svg.find_all("text")}
        rows = [row.find_all("td", class_="number") for row in chart.tbody.find_all("tr")]
        if "maturity" in chart.svg["aria-labelledby"]:
            rows = [cells[1:] for cells in rows]  # this council's own level is outlined
        if "agreement" in chart.svg["aria-labelledby"]:
            rows = [cells[:-1] for cells in rows]  # the total, which the headline names
        if "comparison" in chart.svg["aria-labelledby"]:
            rows = [cells[:1] for cells in rows]  # the rest is drawn as dots without numbers
        numbers = {cell.text for cells in rows for cell in cells}
        assert numbers
        assert numbers - drawn == set()


# ---- Hostile words around the cells ----------------------------------------------------------


@pytest.mark.parametrize("place", ["title", "notices", "footer"])
def test_hostile_words_of_the_study_are_shown_as_words(notebook: NotebookNode, place: str):
    words = '"}</style></title><script>alert(1)</script>\\22 \n}'
    (output,) = cell(notebook, "cover").outputs
    facts = output.data["application/vnd.audit-workbook.page+json"]
    facts[place] = [words] if place == "notices" else words
    text = publish(notebook)
    assert "<script" not in text
    page = read(text)
    assert len(page.find_all("style")) == 1
    shown = {"title": page.title, "notices": page.find(class_="notice"), "footer": page.footer}
    assert "<script>alert(1)</script>" in shown[place].text


def test_the_running_head_of_printed_pages_stays_one_string(notebook: NotebookNode):
    (output,) = cell(notebook, "cover").outputs
    facts = output.data["application/vnd.audit-workbook.page+json"]
    facts["title"] = 'A "bad" \\ title\nover <two> lines; } body { display: none'
    rule = re.search(r"@page \{ @top-left \{ content: (.*) \} \}\n", publish(notebook))[1]
    assert rule.count('"') == 2
    assert rule.startswith('"')
    assert rule.endswith('"')
    assert "\\" not in rule
    assert "<" not in rule


# ---- Whose page it is ---------------------------------------------------------------------------


@every_edition
def test_the_cover_of_made_up_answers_is_signed_by_nobody(pages: dict[str, str], code: str):
    cover = [line.text for line in read(pages[code]).find(class_="cover").find_all("p")]
    assert (
        cover[1:]
        == {
            "en": [
                "The study: Wales Audit Office, 6 December 2018",
                "Illustrative data: these are not real answers.",
            ],
            "cy": [
                "Yr astudiaeth: Swyddfa Archwilio Cymru, 6 Rhagfyr 2018",
                "Data enghreifftiol: nid atebion go iawn yw'r rhain.",
            ],
        }[code]
    )

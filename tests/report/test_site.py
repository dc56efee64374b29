"""The index of all reports: one row a council, in each language, with what is there."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from helpers.report.notebook.reviews import Progress
from helpers.report.opening import measures_of
from helpers.report.pages.entries import Entry, Listed, Numbers
from helpers.report.pages.site import index_name, render_index
from helpers.study.definition import Study
from helpers.study.reading import read_study

LANGUAGES = ["en", "cy"]
JANUARY, MARCH = date(2026, 1, 31), date(2026, 3, 1)
EDITIONS = {
    "torfaen": (
        Listed("en", MARCH, current=True, reviewed=True),
        Listed("cy", MARCH, current=True, reviewed=True),
    ),
    "isle-of-anglesey": (Listed("cy", JANUARY, current=False, reviewed=False),),
    "merthyr-tydfil": (),
}
FILES = {
    "torfaen": ["figures.csv", "tables.en.xlsx", "tables.cy.xlsx", "report.cy.pdf", "secret.txt"],
    "isle-of-anglesey": ["report.cy.ipynb"],
    "merthyr-tydfil": [],
}
DRAFTS = {"isle-of-anglesey", "merthyr-tydfil"}


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


@pytest.fixture(scope="module")
def entries(shipped: Path, study: Study) -> list[Entry]:
    return [
        Entry(
            council,
            editions,
            FILES[council],
            council in DRAFTS,
            Numbers.of(measures_of(shipped, study, council, {})),
        )
        for council, editions in EDITIONS.items()
    ]


@pytest.fixture(scope="module", params=LANGUAGES)
def code(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def page(study: Study, entries: list[Entry], code: str) -> BeautifulSoup:
    review = Progress(9, 10) if code == "cy" else Progress(0, 0)
    return BeautifulSoup(render_index(study, code, iter(entries), review), "html.parser")


def rows(page: BeautifulSoup) -> list[Tag]:
    return page.tbody.find_all("tr")


def test_the_index_of_the_first_language_is_the_one_that_a_folder_opens_with():
    assert [index_name(code, LANGUAGES) for code in LANGUAGES] == ["index.html", "index.cy.html"]
    assert index_name("en", ["cy", "en"]) == "index.en.html"


def test_each_council_has_a_row_with_its_name_replies_and_rate(page: BeautifulSoup, code: str):
    names = {
        "en": ["Torfaen", "Isle of Anglesey", "Merthyr Tydfil"],
        "cy": ["Tor-faen", "Ynys Môn", "Merthyr Tudful"],
    }[code]
    assert [row.th.contents[0].strip() for row in rows(page)] == names
    torfaen = [cell.contents[0].strip() for cell in rows(page)[0].find_all("td", class_="number")]
    assert torfaen[:2] == ["42", "41%"]  # as published


def test_a_row_leads_to_each_edition_that_was_made_in_its_own_language(page: BeautifulSoup):
    links = [
        [
            (link["href"], link["lang"], link["hreflang"], link.text)
            for link in row.find(class_="reports").find_all("a")
        ]
        for row in rows(page)
    ]
    assert links == [
        [
            ("torfaen/report.en.html", "en", "en", "English"),
            ("torfaen/report.cy.html", "cy", "cy", "Cymraeg"),
        ],
        [("isle-of-anglesey/report.cy.html", "cy", "cy", "Cymraeg")],
        [],
    ]


def test_a_row_says_when_editions_were_made_and_what_is_wrong_with_them(
    page: BeautifulSoup, code: str
):
    march, january, old, unread = {
        "en": (
            "Made: 1 March 2026",
            "Made: 31 January 2026",
            "out of date",
            "translation not reviewed",
        ),
        "cy": (
            "Lluniwyd: 1 Mawrth 2026",
            "Lluniwyd: 31 Ionawr 2026",
            "wedi dyddio",
            "cyfieithiad heb ei adolygu",
        ),
    }[code]
    said = [[made.text for made in row.find_all(class_="made")] for row in rows(page)]
    assert said == [[march], [f"{january} {old} {unread}"], []]


def test_only_an_edition_whose_translation_awaits_review_says_so(
    study: Study, entries: list[Entry], code: str
):
    editions = (
        Listed("en", MARCH, current=True, reviewed=True),
        Listed("cy", MARCH, current=True, reviewed=False),
    )
    entry = replace(entries[0], editions=editions)
    page = BeautifulSoup(render_index(study, code, [entry], Progress(0, 0)), "html.parser")
    (row,) = rows(page)
    tags = [
        [tag.text for tag in edition.find_all(class_="tag")]
        for edition in row.find(class_="reports").find_all("p")
    ]
    unread = {"en": "translation not reviewed", "cy": "cyfieithiad heb ei adolygu"}[code]
    assert tags == [[], [unread]]


def test_a_row_leads_to_the_downloads_that_are_there(page: BeautifulSoup, code: str):
    links = [
        [(link["href"], link.text) for link in row.find(class_="links").find_all("a")]
        for row in rows(page)
    ]
    assert (
        links
        == {
            "en": [
                [
                    ("torfaen/figures.csv", "Figures (CSV)"),
                    ("torfaen/tables.en.xlsx", "Tables (XLSX)"),
                ],
                [],
                [],
            ],
            "cy": [
                [
                    ("torfaen/figures.csv", "Ffigurau (CSV)"),
                    ("torfaen/tables.cy.xlsx", "Tablau (XLSX)"),
                    ("torfaen/report.cy.pdf", "PDF"),
                ],
                [("isle-of-anglesey/report.cy.ipynb", "Llyfr nodiadau")],
                [],
            ],
        }[code]
    )


def test_a_row_counts_the_characteristics_at_each_level(
    page: BeautifulSoup, study: Study, entries: list[Entry]
):
    """The seven characteristics of the study are told apart one by one in each report."""
    for row, entry in zip(rows(page), entries, strict=True):
        counts = [int(cell.text) for cell in row.find_all("td", class_="level-count")]
        levels = [level.value for level in entry.numbers.levels]
        assert counts == [levels.count(level) for level in (1, 2, 3)]
        assert sum(counts) == 7


def test_the_page_begins_with_how_many_replied(page: BeautifulSoup, code: str):
    said = page.find(class_="cover").find_all("p")[1].text
    # awk over data/invitations.csv and data/responses/*.csv: 2,686 invited, 1,211 replied
    assert (
        said
        == {
            "en": "Councils on this list: 3. Wales: 1,211 of the 2,686 people invited replied, "
            "a response rate of 45%.",
            "cy": "Cynghorau ar y rhestr hon: 3. Cymru: ymatebodd 1,211 o'r 2,686 o bobl "
            "a wahoddwyd, cyfradd ymateb o 45%.",
        }[code]
    )


def test_the_last_row_is_of_all_together(page: BeautifulSoup, code: str):
    (row,) = page.tfoot.find_all("tr")
    assert row.th.text == {"en": "Wales", "cy": "Cymru"}[code]
    shown = [cell.contents[0].strip() for cell in row.find_all("td", class_="number")]
    assert shown == ["1,211", "45%"]


def test_the_overview_is_led_to_where_it_stands_and_says_how_fresh_it_is(
    study: Study, entries: list[Entry], code: str
):
    overview = (
        Listed("en", MARCH, current=True, reviewed=True),
        Listed("cy", JANUARY, current=False, reviewed=True),
    )
    text = render_index(study, code, entries, Progress(0, 0), overview)
    said = BeautifulSoup(text, "html.parser").find_all(class_="overview")
    assert [(line.a["href"], line.a["lang"]) for line in said] == [
        ("national/overview.en.html", "en"),
        ("national/overview.cy.html", "cy"),
    ]
    assert [line.text for line in said] == {
        "en": [
            "Overview: Wales – English Made: 1 March 2026",
            "Overview: Wales – Cymraeg Made: 31 January 2026 out of date",
        ],
        "cy": [
            "Trosolwg: Cymru – English Lluniwyd: 1 Mawrth 2026",
            "Trosolwg: Cymru – Cymraeg Lluniwyd: 31 Ionawr 2026 wedi dyddio",
        ],
    }[code]


def test_no_overview_is_led_to_where_none_stands(page: BeautifulSoup):
    assert page.find_all(class_="overview") == []
    assert page.find(class_="cover").find_all("a") == []


def test_a_council_without_a_report_says_so_and_a_draft_is_marked(page: BeautifulSoup, code: str):
    words = {"en": ["", "draft", "not built"], "cy": ["", "drafft", "heb ei lunio"]}[code]
    tags = [row.th.find(class_="tag") for row in rows(page)]
    assert [tag.text if tag else "" for tag in tags] == words


def test_a_row_says_whether_its_numbers_are_published(page: BeautifulSoup, code: str):
    published, illustrative = {
        "en": ("published", "illustrative"),
        "cy": ("cyhoeddedig", "enghreifftiol"),
    }[code]
    shown = [row.find(class_="status").text for row in rows(page)]
    assert shown == [published, illustrative, illustrative]


def test_what_the_columns_of_levels_count_is_said_before_the_table(page: BeautifulSoup, code: str):
    said = {
        "en": "The columns of levels tell how many characteristics of maturity are at each",
        "cy": "Mae colofnau'r lefelau'n dweud faint o nodweddion aeddfedrwydd sydd ar bob un",
    }[code]
    note = page.table.find_previous("p").text
    assert note.startswith(said)
    assert {"en": "as auditors judged it", "cy": "yn ôl barn yr archwilwyr"}[code] in note
    assert not page.table.find_next("p", class_="note")


def test_the_columns_are_named_in_the_page_s_language(page: BeautifulSoup, code: str):
    heads = {
        "en": "Council, Reports, Replies, Response rate, "
        "At level 1, At level 2, At level 3, Downloads",
        "cy": "Cyngor, Adroddiadau, Ymatebion, Cyfradd ymateb, "
        "Ar lefel 1, Ar lefel 2, Ar lefel 3, Lawrlwythiadau",
    }[code]
    assert ", ".join(head.text for head in page.thead.find_all("th")) == heads
    assert page.caption.text == {"en": "All reports", "cy": "Yr holl adroddiadau"}[code]


def test_the_page_is_one_of_ours_and_names_the_study_once(page: BeautifulSoup, code: str):
    title = {"en": "Local government use of data", "cy": "Defnydd llywodraeth leol o ddata"}[code]
    assert page.html["lang"] == code
    assert [heading.text for heading in page.find_all("h1")] == [title]
    assert page.find("a")["href"] == "#main"
    assert page.find_all("script") == []


def test_the_title_and_a_banner_say_that_the_data_is_illustrative(page: BeautifulSoup, code: str):
    mark = {"en": "(illustrative data)", "cy": "(data enghreifftiol)"}[code]
    start = {"en": "Illustrative data. Apart", "cy": "Data enghreifftiol. Ac eithrio"}[code]
    assert page.title.text.endswith(mark)
    assert page.find(class_="notice").text.startswith(start)


def test_a_translation_that_nobody_reviewed_says_so(page: BeautifulSoup, code: str):
    assert len(page.find_all(class_="notice")) == {"en": 1, "cy": 2}[code]


def test_the_index_leads_to_its_twin_in_the_other_language(page: BeautifulSoup, code: str):
    (link,) = page.header.find_all("a")
    assert (link["href"], link["lang"], link.text) == {
        "en": ("index.cy.html", "cy", "Mae'r ddogfen hon hefyd ar gael yn Gymraeg"),
        "cy": ("index.html", "en", "This document is also available in English"),
    }[code]


def test_an_index_of_nothing_is_still_a_page(study: Study):
    page = BeautifulSoup(render_index(study, "en", [], Progress(0, 0)), "html.parser")
    assert rows(page) == []
    assert page.title.text == "Local government use of data"


def test_a_council_s_name_is_only_text(study: Study, entries: list[Entry]):
    torfaen = study.councils["torfaen"]
    named = torfaen.model_copy(update={"name": {"en": "<script>x</script>", "cy": "x"}})
    hostile = study.model_copy(update={"councils": study.councils | {"torfaen": named}})
    page = render_index(hostile, "en", entries, Progress(0, 0))
    assert "<script" not in page
    assert "&lt;script&gt;x" in page


def test_every_link_of_the_built_index_leads_to_a_file(built: Path):
    outputs = built / "outputs"
    for name in ("index.html", "index.cy.html"):
        page = BeautifulSoup((outputs / name).read_text(encoding="utf-8"), "html.parser")
        links = [link["href"] for link in page.main.find_all("a")]
        assert sum(link.endswith(".html") for link in links if "national" not in link) == 44
        assert [link for link in links if not (outputs / link).is_file()] == []

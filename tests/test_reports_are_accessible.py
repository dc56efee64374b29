"""Each page opens without a network, fits a phone, works by keyboard and breaks no rule of axe.

    pytest tests/test_reports_are_accessible.py --outputs outputs

looks at every page of a folder; without the option, at a sample of those that the tests build.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from page_checks import SIGHTS, complaints, violations

pytestmark = pytest.mark.browser

SAMPLE = [
    "torfaen/report.en.html",
    "torfaen/report.cy.html",
    "national/overview.cy.html",
    "index.html",
    "index.cy.html",
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Look at a sample of pages, at all of a folder's where one is given; `report` is no index."""
    folder = metafunc.config.getoption("outputs")
    found = sorted(folder.rglob("*.html")) if folder else []
    pages = [file.relative_to(folder).as_posix() for file in found] or SAMPLE
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", pages)
    if "report" in metafunc.fixturenames:
        metafunc.parametrize("report", [page for page in pages if "/report." in page])


class Opened:
    """A page in a tab without a network, with what it asked for and complained of."""

    def __init__(self, browser, file: Path, width: int) -> None:
        self.file = file
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.context = browser.new_context(
            offline=True, viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        self.tab = self.context.new_page()
        self.tab.route("**/*", self._only_files)
        self.tab.on("console", lambda message: self.complaints.append(message.text))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.goto(file.as_uri(), wait_until="load")

    def _only_files(self, route) -> None:
        self.requests.append(route.request.url)
        if route.request.url.startswith("file://"):
            route.continue_()
        else:
            route.abort()


@pytest.fixture
def open_page(browser, outputs: Path) -> Iterator:
    opened: list[Opened] = []

    def open_at(name: str, width: int = 1280) -> Opened:
        opened.append(Opened(browser, outputs / name, width))
        return opened[-1]

    yield open_at
    for page in opened:
        page.context.close()


def test_a_page_asks_for_nothing_but_itself_and_complains_of_nothing(open_page, name: str):
    page = open_page(name)
    assert page.requests == [page.file.as_uri()]
    assert page.complaints == []


def test_a_request_and_a_complaint_would_be_noticed(open_page, tmp_path: Path, browser):
    file = tmp_path / "bad.html"
    file.write_text('<title>x</title><img src="https://example.org/x.png"><script>x()</script>')
    page = Opened(browser, file, 1280)
    page.context.close()
    assert "https://example.org/x.png" in page.requests
    assert any("x is not defined" in complaint for complaint in page.complaints)


def test_the_first_heading_is_there_to_be_seen(open_page, name: str):
    heading = open_page(name, 320).tab.locator("h1")
    assert heading.count() == 1
    assert heading.is_visible()
    assert heading.inner_text().strip()


def test_every_chart_is_heard_as_one_image_with_its_message_and_its_numbers(open_page, report: str):
    figures = open_page(report).tab.locator("figure")
    assert figures.count() == 7
    for figure in figures.all():
        message = figure.locator(".headline").inner_text().strip()
        assert len(message) > 10
        assert figure.get_by_role("img").count() == 1
        assert figure.get_by_role("img", name=message).count() == 1
        assert figure.get_by_role("img", name=first_number(figure)).count() == 1


def first_number(figure) -> str:
    """A column's name with its number, as the chart's own table has them in its first row."""
    cell = figure.locator("tbody td.number").first
    return f"{cell.get_attribute('data-label')}: {cell.text_content()}"


def test_a_chart_s_numbers_open_by_keyboard(open_page, report: str):
    tab = open_page(report).tab
    details = tab.locator("figure details").first
    table = details.locator("table")
    assert not table.is_visible()
    details.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert table.is_visible()


def test_the_first_tab_finds_the_skip_link_and_enter_goes_to_the_content(open_page, name: str):
    tab = open_page(name).tab
    link = tab.locator("a.skip")
    assert not on_screen(link)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert on_screen(link)
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#main"
    assert not on_screen(link)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")


def on_screen(link) -> bool:
    box = link.bounding_box()
    return bool(box) and box["y"] + box["height"] > 0 and box["x"] + box["width"] > 0


def test_what_has_the_focus_is_seen_to_have_it(open_page, name: str):
    tab = open_page(name).tab
    for _ in range(4):
        tab.keyboard.press("Tab")
        style = "const style = getComputedStyle(document.activeElement);"
        outline = tab.evaluate(
            f"() => {{ {style} return [style.outlineStyle, style.outlineWidth] }}"
        )
        assert outline[0] != "none"
        assert float(outline[1].removesuffix("px")) >= 2


def test_axe_finds_no_violation(open_page, name: str):
    pytest.importorskip("axe_playwright_python", reason="no axe: install the extra 'test'")
    found = violations(open_page(name).tab)
    assert [(rule["id"], len(rule["nodes"])) for rule in found] == []


# ---- What axe cannot check: page_checks.js -------------------------------------------------------


def test_nothing_is_complained_of_that_axe_cannot_check(open_page, name: str):
    assert complaints(open_page(name).tab) == {}


GOOD = """<!DOCTYPE html><html lang="en"><title>A good page</title>
<style>svg { background: #fff; forced-color-adjust: none } main { max-width: 18rem }
nav a { display: block; padding: .5rem } summary { padding: .5rem 0 }</style>
<a href="#main">Skip to main content</a>
<main id="main"><h1>Use of data</h1>
<nav><a href="#data">The data</a></nav>
<h2>What was found</h2>
<p>What they said stands in <a href="#data">a table</a> below, with the base of each.</p>
<p lang="cy">Mae'r adroddiad hwn wedi ei ysgrifennu gan y bobl sydd yn gweithio yno.</p>
<p><a href="report.cy.html" hreflang="cy" lang="cy">Darllenwch yn Gymraeg</a></p>
<figure><svg role="img" aria-label="Few of the officers agree with it" width="200" height="60">
<text x="0" y="15">Officers</text><rect y="20" width="90" height="18" fill="#12436D"/>
<text x="95" y="35">41%</text></svg>
<details><summary>Data of this chart</summary>
<table id="data"><caption>Who agrees</caption>
<thead><tr><th scope="col">Group</th><th scope="col">Agree</th></tr></thead>
<tbody><tr><th scope="row">Officers</th><td>41%</td></tr></tbody></table></details></figure>
</main>"""
LINK = '<a href="#data">a table</a>'
SPOILT = {
    "images have a message": ('aria-label="Few of the officers agree with it"', 'alt="chart 1"'),
    "tables have a caption and scopes": ('<th scope="row">Officers</th>', "<td>Officers</td>"),
    "the first link skips to main": ('href="#main"', 'href="#data"'),
    "headings are in order": ("<h2>What was found</h2>", "<h4>What was found</h4>"),
    "links in text are told by more than colour": (
        LINK,
        LINK.replace("href", 'style="text-decoration: none" href'),
    ),
    "the lines under links stand out": (
        LINK,
        LINK.replace("href", 'style="text-decoration-color: #BFBFBF" href'),
    ),
    "charts are told by more than colour": ("<td>41%</td>", "<th scope='row'>41%</th>"),
    "marks of charts stand out": ('fill="#12436D"', 'fill="#BFBFBF"'),
    "words of another language say so": ('<p lang="cy">', "<p>"),
    "links to the other language say so": (' hreflang="cy" lang="cy"', ' hreflang="cy"'),
    "what has the focus is in view": (
        "</main>",
        "</main><div style='position: fixed; inset: 0; background: red'></div>",
    ),
    "nothing moves": ("nav a {", "nav a { transition: color 1s;"),
    "what is read next stands next": (
        "main { max-width: 18rem }",
        "main { display: flex; flex-direction: column } h1 { order: 9 }",
    ),
    "targets are large enough": (
        "</nav>",
        '<a href="#data" style="padding: 0; font-size: 8px">Again</a></nav>',
    ),
    "nothing is wider than the screen": ("<p>What", '<p style="width: 100rem">What'),
    "nothing is scrolled sideways": (
        "<p>What",
        '<div style="overflow: auto"><p style="width: 100rem">Long</p></div><p>What',
    ),
    "no table is scrolled sideways": (
        "<p>What",
        '<div class="table" style="overflow: auto"><p style="width: 100rem">Long</p></div><p>What',
    ),
    "no text is cut off": ("<p>What", '<p style="height: 1rem; overflow: hidden">What'),
    "no word of a chart is cut off": ('<text x="95"', '<text style="font-size: 90rem" x="95"'),
    "charts are read in the reader's colours": ("svg { background: #fff;", "svg {"),
}


@pytest.fixture
def complain(browser, tmp_path: Path) -> Iterator:
    tab = browser.new_page()

    def of(page: str) -> dict[str, list[str]]:
        (tmp_path / "page.html").write_text(page, encoding="utf-8")
        tab.goto((tmp_path / "page.html").as_uri())
        return complaints(tab)

    yield of
    tab.close()


def test_a_good_page_is_not_complained_of(complain):
    assert complain(GOOD) == {}


@pytest.mark.parametrize(("check", "spoil"), SPOILT.items(), ids=SPOILT)
def test_a_spoilt_page_is_complained_of(complain, check: str, spoil: tuple[str, str]):
    assert GOOD.count(spoil[0]) == 1
    assert any(name.startswith(check) for name in complain(GOOD.replace(*spoil)))


def test_every_check_has_been_seen_to_complain():
    assert {check for sight in SIGHTS for check in sight.checks} == set(SPOILT)

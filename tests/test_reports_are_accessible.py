"""Each page opens without a network, fits a phone, works by keyboard and breaks no rule of axe."""

from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PAGES = ["torfaen/report.en.html", "torfaen/report.cy.html", "index.html"]
WIDTHS = [320, 360, 1280]  # 320 is what 1280 becomes at four times the size: WCAG 1.4.10
every_page = pytest.mark.parametrize("name", PAGES)


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
def open_page(browser, built: Path) -> Iterator:
    opened: list[Opened] = []

    def open_at(name: str, width: int = 1280) -> Opened:
        opened.append(Opened(browser, built / "outputs" / name, width))
        return opened[-1]

    yield open_at
    for page in opened:
        page.context.close()


@every_page
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


@pytest.mark.parametrize("width", WIDTHS)
@every_page
def test_a_page_is_never_wider_than_the_screen(open_page, name: str, width: int):
    tab = open_page(name, width).tab
    assert tab.evaluate("innerWidth") == width
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@every_page
def test_no_text_of_a_page_is_cut_off(open_page, name: str, width: int):
    """What stands beyond the right edge could not be scrolled to."""
    cut = open_page(name, width).tab.evaluate(
        """() => [...document.querySelectorAll(
               "main :is(p, li, th, td, h1, h2, h3, h4, caption, svg, a)")]
           .filter(element => element.checkVisibility() && !element.closest("thead"))
           .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
           .map(element => element.tagName + " " + element.textContent.slice(0, 40))"""
    )
    assert cut == []


@every_page
def test_the_first_heading_is_there_to_be_seen(open_page, name: str):
    heading = open_page(name, 320).tab.locator("h1")
    assert heading.count() == 1
    assert heading.is_visible()
    assert heading.inner_text().strip()


@pytest.mark.parametrize("name", PAGES[:2])
def test_every_chart_is_heard_as_one_image_with_its_message_and_its_numbers(open_page, name: str):
    figures = open_page(name).tab.locator("figure")
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


@pytest.mark.parametrize("name", PAGES[:2])
def test_a_chart_s_numbers_open_by_keyboard(open_page, name: str):
    tab = open_page(name).tab
    details = tab.locator("figure details").first
    table = details.locator("table")
    assert not table.is_visible()
    details.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert table.is_visible()


@every_page
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


@pytest.mark.parametrize("name", PAGES)
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


@every_page
def test_axe_finds_no_violation(open_page, name: str):
    sync_playwright = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="no axe: install the extra 'test'"
    )
    tab = open_page(name).tab
    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    results = sync_playwright.Axe().run(tab)
    assert len(results.response["passes"]) > 15
    assert [(rule["id"], len(rule["nodes"])) for rule in results.response["violations"]] == []

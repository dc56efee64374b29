"""A walk through a report by Tab, Enter and nothing else, as somebody without a mouse takes it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

FIGURE = 'a.figure-link[href^="#figure-"]'
FOCUSED = "document.activeElement"
SEEN = """element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const found = document.elementFromPoint(left + width / 2, top + height / 2);
    return element.checkVisibility() && top >= 0 && top + height <= innerHeight + 1
        && found !== null && (element.contains(found) || found.contains(element));
}"""
MOST = 200  # how often a reader may have to press Tab; more is no way to get about


class Walk:
    """A tab in which only the keys Tab, Shift and Enter are pressed."""

    def __init__(self, browser, file: Path) -> None:
        self.tab = browser.new_page(viewport={"width": 1280, "height": 800})
        self.tab.goto(file.as_uri())

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until what has the focus is of a kind; see that it can be seen then."""
        for _ in range(MOST):
            self.tab.keyboard.press(key)
            if self.tab.evaluate(f"selector => {FOCUSED}.matches(selector)", selector):
                assert self.tab.evaluate(f"({SEEN})({FOCUSED})"), f"{selector} is out of sight"
                return
        pytest.fail(f"{MOST} times {key} did not lead to {selector}")

    def enter(self, selector: str, key: str = "Tab") -> str:
        """Go to the next link of a kind and follow it; return the part of the page it names."""
        self.tab_to(selector, key)
        self.tab.keyboard.press("Enter")
        return self.place

    @property
    def place(self) -> str:
        return self.tab.evaluate("location.hash.slice(1)")

    def is_shown(self, name: str) -> bool:
        """Say whether the part of the page of this id is the target, and on the screen."""
        target = self.tab.locator(f'[id="{name}"]')
        return (
            target.count() == 1
            and target.evaluate("element => element.matches(':target')")
            and target.evaluate(
                """element => { const { top, bottom, height } = element.getBoundingClientRect();
                    return height > 0 && bottom > 0 && top < innerHeight }"""
            )
        )

    def way_back_to(self, sentence: str) -> str:
        """Return where the link of the target's row leads that leads to a sentence."""
        links = self.tab.locator(f'[id="{self.place}"] a.use-link')
        places = links.evaluate_all("links => links.map(link => link.hash.slice(1))")
        for place in places:
            around = "element => (element.closest('p, li') ?? element).textContent"
            if sentence in self.tab.locator(f'[id="{place}"]').evaluate(around):
                return place
        return pytest.fail(f"none of {places} leads back to “{sentence}”")

    def leave(self, selector: str) -> str:
        """Go to the next link of a kind and follow it to another page; return its address."""
        self.tab_to(selector)
        address = self.tab.evaluate(f"{FOCUSED}.href")
        self.tab.keyboard.press("Enter")
        self.tab.wait_for_url(address)
        return address


@pytest.fixture
def walk(browser, built: Path) -> Iterator[Callable[[str], Walk]]:
    walks: list[Walk] = []

    def begin(edition: str) -> Walk:
        walks.append(Walk(browser, built / f"outputs/torfaen/report.{edition}.html"))
        return walks[-1]

    yield begin
    for one in walks:
        one.tab.close()


every_edition = pytest.mark.parametrize("edition", ["en", "cy"])


@every_edition
def test_the_first_key_skips_to_the_content(walk, edition: str):
    reader = walk(edition)
    assert reader.enter("a") == "main"
    reader.tab_to("main a")


@every_edition
def test_the_contents_lead_to_a_part_and_tab_goes_on_from_there(walk, edition: str):
    reader = walk(edition)
    part = reader.enter('nav a[href="#part-2"]')
    assert reader.is_shown(part)
    reader.tab_to("main a:not(nav a), main summary")
    after = f"document.getElementById('{part}').compareDocumentPosition({FOCUSED})"
    assert reader.tab.evaluate(f"Boolean({after} & Node.DOCUMENT_POSITION_FOLLOWING)")


@every_edition
def test_a_figure_in_a_sentence_leads_to_its_evidence_and_the_evidence_back(walk, edition: str):
    reader = walk(edition)
    reader.enter('nav a[href="#part-2"]')
    reader.tab_to(f"main p {FIGURE}")
    sentence = reader.tab.evaluate(f"{FOCUSED}.closest('p').textContent")
    value = reader.tab.evaluate(f"{FOCUSED}.textContent")
    reader.tab.keyboard.press("Enter")
    assert reader.place.startswith("figure-")
    assert reader.is_shown(reader.place)
    assert value in reader.tab.locator(f'[id="{reader.place}"]').inner_text()
    back = reader.way_back_to(sentence)
    assert reader.is_shown(reader.enter(f'[id="{reader.place}"] a.use-link[href="#{back}"]'))


@every_edition
def test_a_chart_s_numbers_open_and_close(walk, edition: str):
    reader = walk(edition)
    reader.enter('nav a[href="#part-2"]')
    reader.tab_to("figure summary")
    table = reader.tab.locator("figure:has(summary:focus) table")
    assert not table.is_visible()
    reader.tab.keyboard.press("Enter")
    assert table.is_visible()
    reader.tab.keyboard.press("Enter")
    assert not table.is_visible()


@pytest.mark.parametrize(("edition", "other"), [("en", "cy"), ("cy", "en")])
def test_the_other_language_opens_at_the_same_section(walk, edition: str, other: str):
    reader = walk(edition)
    reader.enter('nav a[href="#part-2"]')
    address = reader.leave(f'main a[hreflang="{other}"][href*="#"]')
    assert address.endswith(f"report.{other}.html#{reader.place}")
    assert reader.tab.locator("html").get_attribute("lang") == other
    assert reader.is_shown(reader.place)


@pytest.mark.parametrize(("edition", "other"), [("en", "cy"), ("cy", "en")])
def test_the_first_links_offer_the_other_language(walk, edition: str, other: str):
    reader = walk(edition)
    assert reader.leave(f'header a[hreflang="{other}"]').endswith(f"report.{other}.html")
    assert reader.tab.locator("html").get_attribute("lang") == other

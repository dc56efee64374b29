"""Look at a page as axe cannot: a list of complaints for each check that it does not pass.

The checks are in `page_checks.js`. Each runs where it can find something: at the sizes of desks,
of a tablet and of a phone, at 320 px (what 1280 become at four times the size, WCAG 1.4.10), with
the spacing of text that a reader may choose (1.4.12), and with the colours that a reader chose.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

CHECKS = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
CUT = ["nothing is wider than the screen", "no text is cut off"]
TABLES = ["no table is scrolled sideways"]
WHOLE = [*CUT, "nothing is scrolled sideways", "no word of a chart is cut off"]
LAYOUT = ["what is read next stands next", "targets are large enough", *WHOLE]
ONCE = [
    "images have a message",
    "tables have a caption and scopes",
    "the first link skips to main",
    "headings are in order",
    "links in text are told by more than colour",
    "the lines under links stand out",
    "charts are told by more than colour",
    "marks of charts stand out",
    "words of another language say so",
    "links to the other language say so",
    "what has the focus is in view",
    "nothing moves",
]


class Sight(NamedTuple):
    """How a page is looked at, and what is looked for."""

    name: str
    width: int
    checks: list[str]
    spacing: str = "/* as the page has it */"
    forced_colors: str = "none"


SIGHTS = [
    Sight("on a desk", 1280, [*ONCE, *LAYOUT, *TABLES]),
    Sight("on a small desk", 1024, TABLES),
    Sight("on a tablet", 768, TABLES),
    Sight("on a phone", 375, [*LAYOUT, "what has the focus is in view"]),
    Sight("at four times the size", 320, WHOLE),
    Sight("with text apart, on a desk", 1280, CUT, SPACING),
    Sight("with text apart, on a phone", 375, CUT, SPACING),
    Sight(
        "in the reader's colours",
        1280,
        ["charts are read in the reader's colours"],
        forced_colors="active",
    ),
]


def complaints(tab: Any) -> dict[str, list[str]]:
    """Return what each check complains of, by its name and how the page was looked at."""
    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    return {f"{check}, {sight}": found for sight, check, found in _look(tab) if found}


def violations(tab: Any) -> list[dict[str, Any]]:
    """Return the rules of axe that a page breaks, each with its impact and the nodes that do."""
    from axe_playwright_python.sync_playwright import Axe

    tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    response = Axe().run(tab).response
    assert len(response["passes"]) > 10, "axe did not look at the page"
    return response["violations"]


def _look(tab: Any) -> Iterator[tuple[str, str, list[str]]]:
    for sight in SIGHTS:
        tab.set_viewport_size({"width": sight.width, "height": 800})
        tab.emulate_media(
            forced_colors=sight.forced_colors,
            color_scheme="light" if sight.forced_colors == "none" else "dark",
        )
        spacing = tab.add_style_tag(content=sight.spacing)
        for check, found in tab.evaluate(_SCRIPT, sight.checks).items():
            yield sight.name, check, found
        spacing.evaluate("sheet => sheet.remove()")


_SCRIPT = f"""names => {{
    const checks = {CHECKS};
    return Object.fromEntries(names.map(name => {{
        scrollTo(0, 0);
        document.querySelectorAll("nav").forEach(list => list.scrollTo(0, 0));
        return [name, checks[name]()];
    }}));
}}"""

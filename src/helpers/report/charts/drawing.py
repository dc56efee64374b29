"""Drawings on a page: fit words to a width, make SVG safe to stand among others, frame a chart.

Knows no matplotlib, so that a page can be put together without it.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from html import escape
from math import hypot
from unicodedata import east_asian_width, normalize
from xml.etree import ElementTree

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
WIDTH, LEFT, PLOT = 400, 1, 340  # a drawing; where the scale of shares starts; how long it is
DRAWN = "drawn "  # starts the id of what is drawn of a figure, until the drawing is put in a page
PLACE = re.compile(r"-?\d+\.\d{3,}")  # finer than a reader sees, or a figure is rounded to
STROKES = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # as matplotlib's style sheet
WIDTHS = {"!'(),-./:;I[]fijlrt|\u2019 ": 0.35, "%MWmw—…": 0.9}  # of a letter, by its height


def text_width(text: str, size: float) -> float:
    """Return about how wide a line is, in the units of `size`.

    The reader's font is not known: the widths are those of DejaVu Sans and Verdana, the widest
    in use, so that a line fits in any.

    >>> text_width("ill", 10) < text_width("www", 10)
    True
    """
    return sum(_em(letter) for letter in normalize("NFC", text)) * size


def _em(letter: str) -> float:
    for letters, width in WIDTHS.items():
        if letter in letters:
            return width
    if east_asian_width(letter) in "WF":
        return 1
    return 0.7 if letter.isupper() else 0.6


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the text in lines no wider than `width`; a longer word has a line to itself.

    >>> wrap("Services share their data", 100, 10)
    ['Services share', 'their data']
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return ["".join(filter(str.isprintable, line)) for line in lines]


def swarm(
    places: Sequence[float],
    size: float,
    room: float,
    marks: Sequence[float] = (),
    mark_size: float = 0,
) -> list[float]:
    """Return how far each dot moves aside, so that it hides no other dot and no mark.

    All in one unit: the places along a line, how wide a dot is, how far it may move, and the
    marks on the line with their width. Where the room is full, dots overlap as little as they can.

    >>> swarm([10, 10, 30, 10], size=4, room=5)
    [0, 4, 0, -4]
    >>> swarm([10], size=4, room=9, marks=[10], mark_size=8)
    [6]
    """
    steps = sorted(range(-int(room), int(room) + 1), key=lambda step: (abs(step), -step))
    taken = [(mark, 0.0, (size + mark_size) / 2) for mark in marks]
    aside: list[float] = []
    for place in places:
        near = [(place - x, y, apart) for x, y, apart in taken if abs(place - x) < apart]
        aside.append(max(steps, key=partial(_spare, near)))  # the first of those that are free
        taken.append((place, aside[-1], size))
    return aside


def _spare(near: Sequence[tuple[float, float, float]], step: float) -> float:
    """Return how far a dot reaches into its nearest neighbour: 0 if it is free, else less."""
    return min([0, *(hypot(x, step - y) - apart for x, y, apart in near)])


def inline_svg(drawn: str, name: str, title: str, description: str) -> str:
    """Return matplotlib's SVG file as an element that may stand beside others in a page.

    Every id starts with `name`; the page's font applies, and its style sheet may set another
    width; title and description are what a screen reader says. No style sheet of the drawing
    stays, as it would rule the page.
    """
    svg = ElementTree.fromstring(drawn)  # noqa: S314  # our own drawing, not a visitor's file
    for sheet in (f"{{{SVG}}}metadata", f"{{{SVG}}}defs[{{{SVG}}}style]"):
        for unwanted in svg.findall(sheet):
            svg.remove(unwanted)
    named = set(re.findall(r"#([^)\"]+)", drawn))  # of what other parts of the drawing refer to
    for element in svg.iter():
        _say_what_is_drawn(element)
        if element.get("id") not in named:
            element.attrib.pop("id", None)
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
        element.attrib = {
            key.removeprefix(f"{{{XLINK}}}"): _renamed(key, _shortened(key, value), name)
            for key, value in element.attrib.items()
        }
        if element.tag == "text":
            _use_page_font(element)
    svg.attrib = {
        "xmlns": SVG,
        "width": svg.attrib["viewBox"].split()[2],  # where no style sheet is
        "viewBox": svg.attrib["viewBox"],
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
        "style": "overflow: visible",  # half of a mark at 0% stands outside
        **STROKES,
    }
    for tag, text in (("desc", description), ("title", title)):
        said = ElementTree.Element(tag, id=f"{name}-{tag}")
        said.text = "".join(filter(str.isprintable, " ".join(text.split())))
        svg.insert(0, said)
    _tidy(svg)
    ElementTree.indent(svg, "")
    return ElementTree.tostring(svg, encoding="unicode")


def place_of(share: float) -> float:
    """Return where a share (0 to 1) stands across a drawing, in its units."""
    return LEFT + PLOT * share


def drawn_id(row: str, value: Fraction | None = None) -> str:
    """Return the id for what is drawn of a figure: its row in the evidence, the value drawn.

    In the page these stand in `data-row` and `data-value`, so that a reviewer's program can hold
    the drawing against the register.
    """
    return DRAWN + row + ("" if value is None else f" {round(float(value), 6)}")


def _say_what_is_drawn(element: ElementTree.Element) -> None:
    said = element.get("id", "")
    if said.startswith(DRAWN):
        row, *value = said.removeprefix(DRAWN).split()
        element.set("data-row", row)
        element.attrib.update(zip(["data-value"], value, strict=False))


def _shortened(key: str, value: str) -> str:
    """Return where something is drawn to a hundredth of a unit: a page has thousands of places."""
    if key not in ("d", "x", "y"):
        return value
    return PLACE.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)


def _tidy(parent: ElementTree.Element) -> None:
    """Take out groups that say nothing, and let one say once what all of its parts look like.

    What a group of one part says, the part says itself.
    """
    for child in list(parent):
        _tidy(child)
        if child.tag == "g" and len(child) == 1:
            child[0].attrib = {**child.attrib, **child[0].attrib}
            child.attrib = {}
        if child.tag == "g" and not child.attrib:
            place = list(parent).index(child)
            parent[place : place + 1] = list(child)
    drawn = [child for child in parent if child.tag != "defs"]
    styles = {child.get("style") for child in drawn}
    if parent.tag == "g" and len(drawn) > len(styles) == 1 and None not in styles:
        for child in drawn:
            parent.attrib["style"] = child.attrib.pop("style")


def _renamed(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if value.startswith("#"):
        return f"#{name}-{value[1:]}"
    return value.replace("url(#", f"url(#{name}-")


def _use_page_font(text: ElementTree.Element) -> None:
    styles = text.attrib["style"].split("; ")
    text.attrib["style"] = "; ".join(kept for kept in styles if not kept.startswith("font-family"))
    del text.attrib["transform"]  # always a turn by nothing


def render_figure(
    chart_svg: str,
    *,
    name: str,
    council: str,
    headline: str,
    subtitle: str,
    source: str,
    table_html: str,
    table_label: str,
) -> str:
    """Return a chart with its message above it, and its source and its numbers below it.

    It carries whose numbers it shows, as a table does.
    """
    return (
        f'<figure class="chart" id="{escape(name)}" data-unit="{escape(council)}">\n'
        f'<figcaption><p class="headline">{escape(headline)}</p>'
        f'<p class="subtitle">{escape(subtitle)}</p></figcaption>\n'
        f"{chart_svg}\n"
        f'<p class="source">{escape(source)}</p>\n'
        f"<details><summary>{escape(table_label)}</summary>\n{table_html}</details>\n"
        "</figure>\n"
    )

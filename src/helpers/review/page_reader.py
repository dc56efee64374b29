"""Read a published page back, element by element."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from helpers.review.pages import CHART, EVIDENCE, LINK, TABLE, TEXT, Mark, Page, Piece, Printed

TEXTS = {"p", "li", "h1", "h2", "h3", "h4", "dt", "dd", "address", "summary", "caption", "th", "td"}
TEXTS |= {"title", "desc", "text", "div", "section", "footer"}  # the last hold text of their own
WORDS = {"table", "thead", "tbody", "tr", "th", "td", "caption", "a", "text", "title", "desc", "p"}
SHAPES = {"path", "use"}
NAMED = {"title": "title", "desc": "alternative text", "text": "words"}  # in a chart
HEADS = ("h1", "h2", "h3")
# Browsers pass over it as over a comment; html.parser does in some versions of Python, and raises
# AssertionError in others.
DECLARATION = re.compile(r"<!\[[^>]*>?")


def read_page(html: str) -> Page:
    """Return what a page that `report.page` made says, or what became of it since."""
    reader = _Reader()
    reader.feed(DECLARATION.sub(" ", html))
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Follows the elements of a page; the innermost that holds text gets the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.section, self.open, self.link = "", list[_Text](), ""
        self.caption, self.chart, self.head, self.row, self.columns = "", "", "", "", list[str]()
        self.shapes: list[str] = []
        self.cells, self.owner = 0, ""  # of the row and of the table that are open
        self.heard = True  # whether text is a reader's: style sheets are not

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.heard = tag != "style"
        opener = getattr(self, f"_open_{tag}", None)
        if opener:
            opener(given)
        if self.chart and tag not in WORDS:
            self._draw(tag, given)
        if tag in TEXTS:
            self.open.append(_Text(tag, given))
        elif tag == "a":
            self.link = given.get("href", "") if given.get("class") == "figure-link" else ""
            self._follow(given.get("href", ""))

    def handle_data(self, data: str) -> None:
        if not self.open and self.heard and data.strip():  # in no element that we write it in
            self._add(TEXT, "", " ".join(data.split()))
        elif self.open and self.heard:
            self.open[-1].words.append(data)
            if self.link:
                printed = Printed(self.link.removeprefix("#"), data)
                self.open[-1].printed.append(printed)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.link = ""
        if tag == "style":
            self.heard = True
        if any(text.tag == tag for text in self.open):
            while self._keep_last() != tag:
                pass
        closer = getattr(self, f"_close_{tag}", None)
        if closer:
            closer()

    def close(self) -> None:
        super().close()
        while self.open:
            self._keep_last()

    def _keep_last(self) -> str:
        """Keep the innermost element that is open, whether it was closed or not; return its tag."""
        text = self.open.pop()
        self._keep(text)
        return text.tag

    def _open_html(self, given: Mapping[str, str]) -> None:
        self.page.language = given.get("lang", "")

    def _open_meta(self, given: Mapping[str, str]) -> None:
        if given.get("name") == "unit":
            self.page.council = given.get("content", "")

    def _open_figure(self, given: Mapping[str, str]) -> None:
        self.chart, self.shapes = given.get("id", ""), []
        self.page.owners.append((self.chart, given.get("data-unit", "")))

    def _close_tr(self) -> None:
        self.row = ""

    def _close_figure(self) -> None:
        drawn = hashlib.sha256("\n".join(self.shapes).encode()).hexdigest()
        self.page.drawings[self.chart], self.chart = drawn, ""

    def _open_table(self, given: Mapping[str, str]) -> None:
        self.caption, self.columns, self.owner = "", [], given.get("data-unit", "")

    def _open_tr(self, given: Mapping[str, str]) -> None:
        self.row, self.head = given.get("id", ""), ""
        self.cells = 0
        if self.row:
            self.page.evidence[self.row] = {
                name.removeprefix("data-"): value
                for name, value in given.items()
                if name.startswith("data-")
            }

    def _follow(self, address: str) -> None:
        """Keep where a link leads: other words in front of the same address are seen as text."""
        if address and not self.link and not address.startswith("#use-"):
            self._add(LINK, "link", address)

    def _draw(self, tag: str, given: Mapping[str, str]) -> None:
        self.shapes.append(f"{tag} {sorted(given.items())}")
        if tag in SHAPES and "data-value" in given:
            row, value = given.get("data-row", ""), given["data-value"]
            mark = Mark(row, _number(value), reach_of(tag, given))
            place = given.get("d") or f"{given.get('x')}, {given.get('y')}"
            self._add(CHART, f"{self.chart}: mark", f"{value} at {place}", marks=(mark,))

    def _keep(self, text: "_Text") -> None:
        said = " ".join("".join(text.words).split())
        if text.tag in HEADS:
            self.section = said or self.section
        if text.tag == "caption":
            self.caption = said
            self.page.owners.append((f"table “{said}”", self.owner))
        if text.tag in ("th", "td"):
            self._keep_cell(text, said)
        elif said:
            self._add(*self._kind_of(text), said, tuple(self._printed(text)))

    def _keep_cell(self, text: "_Text", said: str) -> None:
        if text.given.get("scope") == "col":
            self.columns.append(said)
        elif not self.cells:
            self.head = said
        column = self.columns[self.cells] if self.cells < len(self.columns) else ""
        self.cells += text.given.get("scope") != "col"
        place = f"row “{self.row or self.head}”, column “{column}”"
        kind = EVIDENCE if self.row else TABLE
        self._add(kind, f"table “{self.caption}”, {place}", said, tuple(self._printed(text)))

    def _kind_of(self, text: "_Text") -> tuple[str, str]:
        if not self.chart:
            return TEXT, ""
        return CHART, f"{self.chart}: {NAMED.get(text.tag, text.given.get('class', text.tag))}"

    def _printed(self, text: "_Text") -> list[Printed]:
        row = text.given.get("data-row")
        return text.printed + ([Printed(row, "".join(text.words))] if row else [])

    def _add(
        self,
        kind: str,
        name: str,
        said: str,
        printed: tuple[Printed, ...] = (),
        marks: tuple[Mark, ...] = (),
    ) -> None:
        self.page.pieces.append(Piece(self.section, kind, name, said, printed, marks, self.row))


@dataclass
class _Text:
    """An element that holds text, while it is open."""

    tag: str
    given: Mapping[str, str]
    words: list[str] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)


def reach_of(tag: str, given: Mapping[str, str]) -> float | None:
    """Return where a mark reaches to across the drawing: the middle of a sign, the end of a bar."""
    if tag == "use":
        return _number(given.get("x", ""))
    places = [word for word in given.get("d", "").split() if word[:1].isdigit()]
    return max(map(_number, places[::2]), default=None)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")

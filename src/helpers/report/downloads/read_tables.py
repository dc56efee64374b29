"""Read our own tables back from the HTML that `tables.render_table` wrote."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain

PARTS = ("", "count", "base")  # of a share that the page prints with the people behind it
BLOCKS = ("p", "li", "br", "div", "ul", "ol")  # their text stands apart from what is before it


@dataclass(frozen=True)
class ReadCell:
    """A cell's text, and the expression of the figure that it shows, if it shows one.

    `part` says which number of the figure it is, where it is not the value.
    """

    text: str
    figure: str = ""
    part: str = ""


@dataclass(frozen=True)
class ReadTable:
    """A table as its page shows it; each row is as long as the names of the columns.

    What the page prints in one cell with the people behind it, "59% (45 of 76)", is three cells.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[ReadCell]]


def read_tables(html: str, anchored: Mapping[str, str] | None = None) -> list[ReadTable]:
    """Return the tables of a page or a part of it; `anchored` are figures by their rows' ids.

    >>> read_tables("<table><caption>Replies</caption><tr><th scope='col'>Group</th></tr></table>")
    [ReadTable(caption='Replies', columns=['Group'], rows=[])]
    """
    reader = _Reader(anchored or {})
    reader.feed(html)
    reader.close()
    return reader.tables


class _Reader(HTMLParser):
    """Collects the text of captions and cells; all else is passed over."""

    def __init__(self, anchored: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self._anchored, self._link = anchored, ""
        self.tables: list[ReadTable] = []
        self._caption, self._columns = "", list[list[str]]()  # a column of the page may be several
        self._rows: list[list[ReadCell]] = []
        self._text: list[str] | None = None  # of the caption or cell that is open
        self._figure, self._is_column = "", False
        self._parts, self._place = list[str](), 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._caption, self._columns, self._rows = "", [], []
        elif tag == "tr":
            self._rows.append([])
            self._place = 0
        elif tag in ("caption", "th", "td"):
            self._text, self._figure, self._link = [], given.get("data-figure") or "", ""
            self._is_column = given.get("scope") == "col"
            self._parts = json.loads(given.get("data-parts") or "[]")
        elif tag == "a":
            self._link = (given.get("href") or "").removeprefix("#")
        elif tag in BLOCKS and self._text:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            rows = [row for row in self._rows if row]
            self.tables.append(ReadTable(self._caption, [*chain(*self._columns)], rows))
        elif tag in ("caption", "th", "td") and self._text is not None:
            self._keep(tag, " ".join("".join(self._text).split()))
            self._text = None

    def _keep(self, tag: str, text: str) -> None:
        if tag == "caption":
            self._caption = text
        elif self._is_column:
            self._columns.append(self._parts or [text])
        else:
            self._rows[-1] += self._cells(text)
            self._place += 1

    def _cells(self, text: str) -> list[ReadCell]:
        """Return the cell that was read, or those that its column is parted into."""
        parted = self._place < len(self._columns) and len(self._columns[self._place]) > 1
        if not parted:
            return [ReadCell(text, self._figure)]
        figure = self._anchored.get(self._link, "")  # its expression would be the longest in it
        return [ReadCell("" if part else text, figure, part) for part in PARTS]

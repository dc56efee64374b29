"""Read our own tables back from the HTML that `tables.render_table` wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

BLOCKS = ("p", "li", "br", "div", "ul", "ol")  # their text stands apart from what is before it


@dataclass(frozen=True)
class ReadCell:
    """A cell's text, and the expression of the figure that it shows, if it shows one."""

    text: str
    figure: str = ""


@dataclass(frozen=True)
class ReadTable:
    """A table as its page shows it; each row is as long as the names of the columns."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[ReadCell]]


def read_tables(html: str) -> list[ReadTable]:
    """Return the tables of a page or a part of it.

    >>> read_tables("<table><caption>Replies</caption><tr><th scope='col'>Group</th></tr></table>")
    [ReadTable(caption='Replies', columns=['Group'], rows=[])]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.tables


class _Reader(HTMLParser):
    """Collects the text of captions and cells; all else is passed over."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[ReadTable] = []
        self._caption, self._columns = "", list[str]()
        self._rows: list[list[ReadCell]] = []
        self._text: list[str] | None = None  # of the caption or cell that is open
        self._figure, self._is_column = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._caption, self._columns, self._rows = "", [], []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("caption", "th", "td"):
            self._text, self._figure = [], given.get("data-figure") or ""
            self._is_column = given.get("scope") == "col"
        elif tag in BLOCKS and self._text:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            rows = [row for row in self._rows if row]
            self.tables.append(ReadTable(self._caption, self._columns, rows))
        elif tag in ("caption", "th", "td") and self._text is not None:
            self._keep(tag, " ".join("".join(self._text).split()))
            self._text = None

    def _keep(self, tag: str, text: str) -> None:
        if tag == "caption":
            self._caption = text
        elif self._is_column:
            self._columns.append(text)
        else:
            self._rows[-1].append(ReadCell(text, self._figure))

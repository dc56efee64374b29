"""Links between what a page prints and its evidence, there and back."""

import re
from collections import defaultdict
from html import escape


class Html(str):
    """HTML that is safe already, and is not escaped again."""

    __slots__ = ()


LINK = re.compile(r'<a class="(?:figure|evidence)-link" (?=href="#([^"]+)")')
OR = "|"  # between the forms in which sentences print a figure, in `data-printed` of its row
USES = Html("<span></span>")  # where a row's links back go, once all of the page is known
ROW = re.compile(rf'(<tr [^>]*\bid="([^"]+)".*?)({USES})')


def text(words: object) -> str:
    """Return words as they stand between tags, where quotation marks and apostrophes are safe.

    Welsh has so many apostrophes that their names would make a page several thousand bytes longer.
    """
    return escape(str(words), quote=False)


def figure_link(row: str, display: str) -> Html:
    """Return a printed figure that leads to its row in the evidence section."""
    return Html(f'<a class="figure-link" href="#{escape(row)}">{escape(display)}</a>')


def evidence_link(row: str, words: str) -> Html:
    """Return words that rest on a figure and lead to its row in the evidence section."""
    return Html(f'<a class="evidence-link" href="#{escape(row)}">{escape(words)}</a>')


class Uses:
    """The places of a page that use each figure.

    Only our own code writes such links and cells: what others wrote is escaped before it gets here.
    """

    def __init__(self) -> None:
        self._places: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._count = 0

    def mark(self, html: str, section: str, kind: str) -> str:
        """Return HTML with an id for each link to the evidence; `kind` says what holds them."""

        def number(found: re.Match[str]) -> str:
            self._count += 1
            use = f"use-{self._count}"
            back = f'<a class="use-link" href="#{use}">{escape(kind)}</a>'
            self._places[found[1]][section].append(back)
            return f'{found[0]}id="{use}" '

        return LINK.sub(number, html)

    def lead_back(self, html: str) -> str:
        """Return the evidence with links, from each row, to the places that use its figure."""
        return ROW.sub(lambda row: f"{row[1]}{self._told(row[2])}", html)

    def _told(self, row: str) -> str:
        places = self._places[row].items()
        return "; ".join(f"{escape(section)}: {', '.join(links)}" for section, links in places)

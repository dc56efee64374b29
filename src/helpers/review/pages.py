"""A published page as its reader finds it: what it says, in pieces, and which figures each uses.

A piece is what a reviewer would point at: a paragraph, a cell of a table, a mark of a chart, a row
of the evidence. Two pages are compared piece by piece, and a page is held against its register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

TABLE, CHART, TEXT, EVIDENCE, LINK = "table", "chart", "text", "evidence", "link"  # kinds of piece


@dataclass(frozen=True)
class Printed:
    """What a page prints of a figure: the id of the figure's row in the evidence, and the text."""

    row: str
    text: str


@dataclass(frozen=True)
class Mark:
    """What a chart draws of a figure: the value that it says, and where it reaches to.

    `reach` is the right end or the middle of a mark across the drawing, None for one that does not
    tell a share by its place.
    """

    row: str
    value: float
    reach: float | None


@dataclass(frozen=True)
class Piece:
    """A piece of a page: under which heading, of what kind, its name there, and what it says.

    `row` is the id of the evidence row that it is a part of, if it is.
    """

    section: str
    kind: str
    name: str
    text: str
    printed: tuple[Printed, ...] = ()
    marks: tuple[Mark, ...] = ()
    row: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The evidence rows of the figures that it uses, or the one that it is a part of."""
        used = [said.row for said in self.printed + self.marks]
        return tuple(dict.fromkeys([self.row, *used] if self.row else used))

    @property
    def where(self) -> str:
        """Where a reader finds it."""
        return ", ".join(filter(None, (f"“{self.section}”" if self.section else "", self.name)))


@dataclass
class Page:
    """A page's pieces in order; whose it is; whose each chart and table is; its evidence rows.

    `drawings` holds a digest of each chart's shapes by the chart's name, and `evidence` the
    attributes of each row, its record, by the row's id.
    """

    council: str = ""
    language: str = ""
    pieces: list[Piece] = field(default_factory=list)
    owners: list[tuple[str, str]] = field(default_factory=list)
    drawings: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Mapping[str, str]] = field(default_factory=dict)

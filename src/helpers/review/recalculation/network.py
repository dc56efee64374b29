"""Cells as edges of a network of sums, and what of them follows from the sums that are shown.

docs/method.md, "What would follow from what is shown". One question's cells are a flow: from the
root to each council's total, on to its groups and their tools, to that tool of all councils, and
through the area's own groups and total back to the root. What flows into a node flows out of it.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from helpers.review.recalculation.rings import Edge, Node, edges_on_rings
from helpers.study.definition import TOTAL, Study

ANSWERS = ("agree", "neither", "disagree", "dont_know", "blank")
OPINIONS = ("agree", "neither", "disagree")  # which make up the base
DONT_KNOW = ANSWERS.index("dont_know")
SHOWN, WORDS, HIDDEN = "shown", "words", "hidden"
ROOT = "root"


class Limits(NamedTuple):
    """Fewer answers than the first and nothing is said of a cell; than the second, one word."""

    nothing_below: int
    words_below: int


class Cell(NamedTuple):
    """How many people of a group gave each of the ANSWERS, and what was decided to show of it.

    Council "" is the whole area.
    """

    council: str
    group: str
    question: str
    counts: tuple[int, ...]
    tier: str = HIDDEN

    @property
    def base(self) -> int:
        """People who gave one of the five points."""
        return sum(self.counts[: len(OPINIONS)])

    def ends(self, parents: dict[str, str]) -> tuple[Node, Node]:
        """Return the sums between which the cell lies, in the direction of the flow."""
        above: Node = ROOT if self.group == TOTAL else (self.council, parents[self.group])
        is_tool = self.group != TOTAL and self.group not in parents.values()
        own: Node = self.group if is_tool else (self.council, self.group)
        return (above, own) if self.council else (own, above)


def parents_of(study: Study) -> dict[str, str]:
    """Return the group that each tool, and each group, is part of."""
    parents = dict.fromkeys(study.groups, TOTAL)
    for group, definition in study.about.groups.items():
        parents |= dict.fromkeys(definition.tools, group)
    del parents[TOTAL]
    return parents


def edges_between(cells: Sequence[Cell], parents: dict[str, str]) -> list[Edge]:
    """Return each cell as an edge that may be passed both ways, its ends numbered."""
    numbers: dict[Node, int] = {}
    edges = []
    for cell in cells:
        start, end = (numbers.setdefault(sum_, len(numbers)) for sum_ in cell.ends(parents))
        edges.append(Edge(start, end))
    return edges


def follow(
    cells: Sequence[Cell], parents: dict[str, str], limits: Limits
) -> Iterator[tuple[Cell, str]]:
    """Yield which protected answers of one question's withheld cells are not known to be safe.

    A count is safe if for some other answer there is a ring of withheld cells round which one
    person moves from the one to the other, alternately forwards and back: then the table after the
    move could be the true one, and this count differs in it.
    """
    edges = edges_between(cells, parents)
    open_ = {(at, answer) for at, cell in enumerate(cells) for answer in protected(cell, limits)}
    for pair in combinations(range(len(ANSWERS)), 2):
        if any(answer in pair for _, answer in open_):
            moves = [
                Edge(
                    *edge[:2], _may_move(cell, *pair, limits), _may_move(cell, *pair[::-1], limits)
                )
                for edge, cell in zip(edges, cells, strict=True)
            ]
            open_ -= {(at, answer) for at in edges_on_rings(moves) for answer in pair}
    for at, answer in sorted(open_):
        yield cells[at], ANSWERS[answer]


def protected(cell: Cell, limits: Limits) -> Iterator[int]:
    """Yield the places of the answers whose counts must not follow, of a withheld cell.

    Where nobody replied, or all who did left the question blank, there is no opinion to protect.
    """
    if any(cell.counts[: DONT_KNOW + 1]):
        yield from range(len(OPINIONS))
        if cell.base < limits.words_below and cell.counts[DONT_KNOW]:
            yield DONT_KNOW


def _may_move(cell: Cell, source: int, target: int, limits: Limits) -> bool:
    """Say whether one person fewer may give one answer, and one more another, unnoticed."""
    if not cell.counts[source] or cell.tier == HIDDEN:
        return cell.counts[source] > 0
    counts = list(cell.counts)
    counts[source] -= 1
    counts[target] += 1
    moved = cell._replace(counts=tuple(counts))
    within = limits.nothing_below <= moved.base < limits.words_below
    return within and _word(moved) == _word(cell)


def _word(cell: Cell) -> str:
    """Return the word of a small cell: within one person of half is about it; none and all not."""
    twice_beyond = 2 * cell.counts[0] - cell.base
    if 0 < cell.counts[0] < cell.base and abs(twice_beyond) <= 2:
        return "around half"
    return "fewer than half" if twice_beyond < 0 else "more than half"

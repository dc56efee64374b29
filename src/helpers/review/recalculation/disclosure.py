"""Judge the decisions on what is shown, from docs/method.md alone: "Small groups".

Nothing is used of the code that decides, nor of the tests that attack it. A finding never tells a
count: who reads it may not see the answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from helpers.review.recalculation.network import (
    HIDDEN,
    SHOWN,
    WORDS,
    Cell,
    Limits,
    edges_between,
    follow,
    parents_of,
)
from helpers.review.recalculation.rings import connected
from helpers.study.definition import Study

Name = tuple[str, str, str]  # council, group, question


class Decision(NamedTuple):
    """What is shown of a cell: "shown", "words" or "hidden". Council "" is the whole area."""

    council: str
    group: str
    question: str
    tier: str


class Unsafe(NamedTuple):
    """What is wrong with the decision on one cell."""

    council: str
    group: str
    question: str
    message: str

    def __str__(self) -> str:
        return f"{self.council or 'the area'}, {self.group}, {self.question}: {self.message}"


def find_unsafe(study: Study, cells: Iterable[Cell], decisions: Iterable[Decision]) -> list[Unsafe]:
    """Return what is wrong with the decisions on the cells of all councils and the area.

    Cells of which nothing was decided, or that do not exist; a base that does not allow what is
    shown; an answer that follows from what is shown; and a large cell that is hidden for no reason.
    """
    tiers: dict[Name, str] = {decision[:3]: decision.tier for decision in decisions}
    decided = [cell._replace(tier=tiers.get(cell[:3], "undecided")) for cell in cells]
    unknown = tiers.keys() - {cell[:3] for cell in decided}
    found = [Unsafe(*name, "decided, but there is no such cell") for name in sorted(unknown)]
    limits = Limits(study.about.thresholds.nothing_below, study.about.thresholds.words_below)
    found += [Unsafe(*cell[:3], said) for cell in decided if (said := _said(cell, limits))]
    parents = parents_of(study)
    for withheld in _by_question(cell for cell in decided if cell.tier != SHOWN):
        for cell, answer in follow(withheld, parents, limits):
            message = f"'{answer}' is not known to be safe: no ring of withheld cells holds it"
            found.append(Unsafe(*cell[:3], message))
        for cell in _hidden_for_nothing(withheld, parents, limits):
            found.append(Unsafe(*cell[:3], "hidden, but no small cell is near that explains it"))
    return found


def _said(cell: Cell, limits: Limits) -> str:
    """Say what is wrong with the tier of a cell with such a base; nothing if it is in order."""
    least = {SHOWN: limits.words_below, WORDS: limits.nothing_below, HIDDEN: 0}
    if cell.tier not in least:
        return f"{cell.tier}; expected '{SHOWN}', '{WORDS}' or '{HIDDEN}'"
    if cell.base < least[cell.tier]:
        return f"{cell.tier}, though fewer than {least[cell.tier]} people answered"
    if cell.tier == WORDS and cell.base >= limits.words_below:
        return f"in words, though {limits.words_below} or more people answered"
    return ""


def _by_question(cells: Iterable[Cell]) -> Iterator[list[Cell]]:
    questions: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        questions[cell.question].append(cell)
    yield from questions.values()


def _hidden_for_nothing(
    withheld: list[Cell], parents: dict[str, str], limits: Limits
) -> Iterator[Cell]:
    """Yield large cells that no withheld cells connect with a small one, which would need them."""
    edges = edges_between(withheld, parents)
    part = connected(edges)
    small = [cell.base < limits.words_below for cell in withheld]
    explained = {part[edge.start] for edge, is_small in zip(edges, small, strict=True) if is_small}
    for cell, edge, is_small in zip(withheld, edges, small, strict=True):
        if not is_small and part[edge.start] not in explained:
            yield cell

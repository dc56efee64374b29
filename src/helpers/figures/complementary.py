"""Hide further cells, so that no small group's answers follow from what is published around them.

The cells of a question add up in two directions: tools to groups and groups to the total, and each
of them over all councils to the area. Such a table is a network, whose nodes are the sums: each
cell stands in two of them and is the edge between. A ring of cells can change with no sum changing:
one person more agrees and one fewer disagrees in the first, the other way round in the next, and so
on. Nobody outside can tell the true answers from the changed ones if no cell of the ring is shown
to be otherwise. So an answer is safe that a ring can change, and where none can, the cheapest ring
is hidden. A tool goes before a group, a group before a total, a council's cell before the area's,
and a small base before a large one: totals carry the scores and levels.

Fischetti, M. and Salazar-González, J. J. (1999), Mathematical Programming 84, 283-312: protection
by other tables that could be the true one; Castro, J. (2002), in Inference Control in Statistical
Databases: networks.
"""

from itertools import combinations, permutations

import numpy as np
import pandas as pd

from helpers.figures.rings import cheapest_path, on_rings
from helpers.figures.tiers import HIDDEN, SHOWN, WORDS, tiers_of, words_of
from helpers.study.definition import TOTAL, Study

AREA = ""  # stands where a council's slug would
SAID = ["agree", "neither", "disagree", "dont_know"]
ANSWERED, DONT_KNOW = slice(0, 3), 3  # places in SAID
STEP = 1e-3  # the price of going through a cell that is hidden already: short rings are better
WORD_PRICE = 0.1  # of a cell's price, to withdraw its word
NEIGHBOURS = 30  # councils that a ring may lead through: one is enough, some give a choice
Ring = tuple[float, list[int]]  # its price, and the cells that must be hidden for it


def protect(study: Study, cells: pd.DataFrame) -> pd.Series:
    """Return each cell's tier: by its base, or lower where it would give another cell away.

    `cells` are those of all councils and of the area (its council is ""), as counted. A ring is
    always found: through a cell's own sums up to the area's total, and down to the area's cell.
    """
    ordered = cells.sort_index()  # so that the order of rows decides nothing
    network = Network(study, ordered)
    network.close_sums()
    network.withdraw_words()
    while len(unsafe := network.unsafe()):
        network.hide_rings(unsafe)
    return pd.Series(network.tier, index=ordered.index).reindex(cells.index)


class Network:
    """The cells of all questions as edges between sums, with their tiers so far."""

    def __init__(self, study: Study, cells: pd.DataFrame) -> None:
        """Start with the tiers that the cells have by their own bases."""
        base = cells["base"].to_numpy()
        self.thresholds = study.about.thresholds
        self.head, self.tail = _ends(study, cells.index)
        self.ends = np.append(self.head, self.tail)
        self.counts = cells[SAID].to_numpy()
        self.word = words_of(self.counts[:, 0], base)
        self.tier = tiers_of(base, self.thresholds)
        self.small = self.tier != SHOWN
        self.said = self.counts.any(axis=1)
        councils = cells.index.get_level_values("council")
        self.area = councils == AREA
        rank = _rank(study, cells.index)
        self.price = (base + 1) * 100.0 ** (rank + self.area)
        self.of_parts = np.isin(  # sums inside one place; the others are over all councils
            np.arange(self.ends.max() + 1), np.where(self.area, self.head, self.tail)[rank > 0]
        )
        self.council = councils.factorize(sort=True)[0]
        self.question = cells.index.get_level_values("question").factorize()[0]
        in_order = np.argsort(self.question, kind="stable")
        self.asked = np.split(in_order, np.bincount(self.question).cumsum()[:-1])

    def close_sums(self) -> None:
        """Hide the cheapest other cell of each group or total of which one alone is not shown.

        No ring goes through such a sum. Those over all councils are left to the cheapest rings.
        """
        by_price = np.lexsort((np.tile(self.price, 2), self.ends))
        while True:
            shown = np.tile(self.tier == SHOWN, 2)
            kept = self.ends[~shown & np.tile(self.said, 2)]
            lone = self.of_parts & (np.bincount(kept, minlength=len(self.of_parts)) == 1)
            others = by_price[(shown & lone[self.ends])[by_price]]
            if not len(others):
                return
            _, first = np.unique(self.ends[others], return_index=True)
            self.tier[others[first] % len(self.tier)] = HIDDEN

    def withdraw_words(self) -> None:
        """Withdraw each word without which a ring changes the answers of its cell."""
        unsafe = self.unsafe()[:, 0]
        worded = unsafe[self.tier[unsafe] == WORDS]
        self.tier[worded] = HIDDEN
        self.tier[np.intersect1d(worded, self.unsafe()[:, 0])] = WORDS

    def unsafe(self) -> np.ndarray:
        """Return pairs (cell, answer): what no ring changes, of the cells that are not shown.

        A don't-know counts where somebody in a small cell said so. That nobody did is no secret:
        a larger cell in which nobody did says so of all its parts.
        """
        kept = (self.tier != SHOWN) & self.said
        needed = np.repeat(kept[:, None], len(SAID), axis=1)
        needed[:, DONT_KNOW] &= self.small & (self.counts[:, DONT_KNOW] > 0)
        for pair in combinations(range(len(SAID)), 2):
            needed[np.ix_(self._on_rings(*pair), np.array(pair))] = False
        return np.argwhere(needed)

    def hide_rings(self, unsafe: np.ndarray) -> None:
        """Hide the cheapest ring for one answer of each question in each council.

        The others may be safe by then.
        """
        places = np.column_stack([self.question, self.council])[unsafe[:, 0]]
        _, first = np.unique(places, axis=0, return_index=True)
        for cell, answer in unsafe[first]:
            pairs = [pair for pair in permutations(range(len(SAID)), 2) if answer in pair]
            near = self._near(cell)
            _, ring = min(filter(None, (self._ring(cell, near, *pair) for pair in pairs)))
            self.tier[ring] = HIDDEN

    def _on_rings(self, raised: int, lowered: int) -> np.ndarray:
        """Return the cells that a ring changes, unseen, by one person of the pair of answers.

        A change leads from tail to head, and back where it is the other way round.
        """
        everything = np.arange(len(self.tier))
        up = self._prices(everything, raised, lowered) == STEP
        down = self._prices(everything, lowered, raised) == STEP
        return np.flatnonzero(on_rings(self.tail, self.head, up, down))

    def _prices(self, cells: np.ndarray, raised: int, lowered: int) -> np.ndarray:
        """Return what it costs that one person in each cell changes from an answer to another.

        Infinity where nobody gave the answer; a step where nobody outside would see the change.
        """
        counts = self.counts[cells]
        counts[:, raised] += 1
        counts[:, lowered] -= 1
        base, tier = counts[:, ANSWERED].sum(axis=1), self.tier[cells]
        word = words_of(counts[:, 0], base)
        same = (word == self.word[cells]) & (tiers_of(base, self.thresholds) == WORDS)
        unseen = (tier == HIDDEN) | ((tier == WORDS) & same)
        price = self.price[cells] * np.where(tier == WORDS, WORD_PRICE, 1)
        known: np.ndarray = np.where(unseen, STEP, price)
        return np.where(counts[:, lowered] < 0, np.inf, known)

    def _ring(self, cell: int, near: np.ndarray, raised: int, lowered: int) -> Ring | None:
        """Return the cheapest ring of a change through the cell and others near."""
        [own] = self._prices(np.array([cell]), raised, lowered)
        price = np.append(self._prices(near, raised, lowered), self._prices(near, lowered, raised))
        start = np.append(self.tail[near], self.head[near])
        end = np.append(self.head[near], self.tail[near])
        path = cheapest_path(start, end, price, self.head[cell], self.tail[cell])
        if path is None or own == np.inf:
            return None
        seen = [int(near[step % len(near)]) for step in path if price[step] > STEP]
        return own + price[path].sum(), seen if own == STEP else [*seen, int(cell)]

    def _near(self, cell: int) -> np.ndarray:
        """Return the other cells of the question in this council, its neighbours and the area."""
        asked = self.asked[self.question[cell]]
        away = (self.council[asked] - self.council[cell]) % (self.council.max() + 1)
        close = (away <= NEIGHBOURS) | self.area[asked] | self.area[cell]
        near: np.ndarray = asked[close & (asked != cell)]
        return near


def _ends(study: Study, index: pd.MultiIndex) -> tuple[np.ndarray, np.ndarray]:
    """Return the two sums that each cell stands in, numbered: head and tail.

    A council's cell leads from its own parts, or from all councils' cells of a tool, to the whole
    that it is part of; the area's cell leads back.
    """
    council, group, question = (
        index.get_level_values(name).to_series().reset_index(drop=True)
        for name in ("council", "group", "question")
    )
    above = dict.fromkeys([*study.questionnaire.tools, *study.about.groups], TOTAL)
    above |= {tool: key for key, group in study.about.groups.items() for tool in group.tools}
    all_over, tool = "*", group.isin(list(study.questionnaire.tools))
    whole = (
        question + " " + council.where(group != TOTAL, all_over) + " " + group.map(above).fillna("")
    )
    parts = question + " " + council.where(~tool, all_over) + " " + group
    numbers, _ = pd.factorize(pd.concat([whole, parts]))
    sums, back = np.split(numbers, 2), (council == AREA).to_numpy()
    return np.where(back, sums[1], sums[0]), np.where(back, sums[0], sums[1])


def _rank(study: Study, index: pd.MultiIndex) -> np.ndarray:
    """Return how high a cell stands: a tool 0, a group 1, the total 2."""
    group = index.get_level_values("group")
    rank: np.ndarray = np.select([group == TOTAL, group.isin(list(study.about.groups))], [2, 1], 0)
    return rank

"""An attacker who knows the method, reads everything that is published, and solves for the rest.

It shares nothing with the code that it attacks: the tables are sums again, written out from the
questionnaire, and an integer programme (HiGHS, in SciPy) looks for other answers that fit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

ANSWERS = ("agree", "neither", "disagree", "dont_know", "blank")
BASE = ANSWERS[:3]
TWICE_BEYOND_HALF = {  # 2 × those who agree, less the base: the range of each word
    "fewer than half": (-np.inf, -3),
    "around half": (-2, 2),
    "more than half": (3, np.inf),
}
Cell = tuple[str, str]  # place ("" is the whole area) and group
Count = tuple[str, str, str]  # place, group and answer
TRIES = 40  # programmes with targets chosen at random, before each target has its own


@dataclass
class Puzzle:
    """What is known of one question: integers of which some sums lie between bounds."""

    counts: list[Count] = field(default_factory=list)
    rows: list[tuple[dict[Count, int], float, float]] = field(default_factory=list)

    def add_cell(self, cell: Cell, people: int) -> None:
        """A cell of people who replied: each gave one of the answers or left a blank."""
        new = [(*cell, answer) for answer in ANSWERS]
        self.counts += new
        self.rows.append((dict.fromkeys(new, 1), people, people))

    def add_sum(self, whole: Cell, parts: Iterable[Cell]) -> None:
        """A cell whose people are those of its parts, whatever they answered."""
        parts = list(parts)
        for answer in ANSWERS:
            terms = {(*part, answer): 1 for part in parts} | {(*whole, answer): -1}
            self.rows.append((terms, 0, 0))

    def know(self, cell: Cell, answers: Mapping[str, int], low: float, high: float) -> None:
        """A weighted sum of a cell's answers that is known to lie between two numbers."""
        self.rows.append(({(*cell, name): one for name, one in answers.items()}, low, high))

    def read_word(self, cell: Cell, word: str, bases: tuple[int, int]) -> None:
        """A word: a base in a range, and a share on one side of half, or about there."""
        self.know(cell, dict.fromkeys(BASE, 1), *bases)
        self.know(cell, {"agree": 1, "neither": -1, "disagree": -1}, *TWICE_BEYOND_HALF[word])

    def solved(self, truth: Mapping[Count, int], targets: Iterable[Count]) -> set[Count]:
        """Return the targets that can be nothing but what they are.

        Whoever finds another solution has shown that nobody can tell; only what differs in none of
        many solutions is minimised and maximised by itself.
        """
        open_ = list(targets)
        actual = np.array([truth[count] for count in self.counts])
        place = {count: index for index, count in enumerate(self.counts)}
        chance = np.random.default_rng(1)
        for _ in range(TRIES):
            if not open_:
                return set()
            aim = np.zeros(len(actual))
            aim[[place[count] for count in open_]] = chance.choice([-1, 1], len(open_))
            found = self._solve(aim)
            open_ = [count for count in open_ if found[place[count]] == actual[place[count]]]
        return {count for count in open_ if self._is_fixed(place[count], len(actual))}

    def _is_fixed(self, index: int, size: int) -> bool:
        aim = np.zeros(size)
        aim[index] = 1
        return self._solve(aim)[index] == self._solve(-aim)[index]

    def _solve(self, aim: np.ndarray) -> np.ndarray:
        result = milp(
            aim,
            integrality=np.ones(len(aim)),
            constraints=self._constraints(),
            bounds=Bounds(0, np.inf),
        )
        assert result.success, f"what is published contradicts itself: {result.message}"
        return np.round(result.x).astype(int)

    def _constraints(self) -> LinearConstraint:
        if not hasattr(self, "_matrix"):
            place = {count: index for index, count in enumerate(self.counts)}
            matrix = lil_array((len(self.rows), len(self.counts)))
            for row, (terms, _, _) in enumerate(self.rows):
                for count, weight in terms.items():
                    matrix[row, place[count]] = weight
            low, high = (np.array([row[end] for row in self.rows]) for end in (1, 2))
            self._matrix = LinearConstraint(matrix.tocsr(), low, high)
        return self._matrix

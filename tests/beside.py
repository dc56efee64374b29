"""How long something takes beside what a user would run instead, on however slow or busy a machine.

A limit of seconds says more of the machine than of the code. Here both are run by turns in one
process and only the time that the processor spends on them is counted, so that whatever else the
machine does bears on both alike; the median leaves out the odd turn that it did not.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

TURNS = 5
Run = Callable[[int], object]


@dataclass(frozen=True)
class Beside:
    """The median of the processor's seconds that each took."""

    own: float
    other: float

    @property
    def ratio(self) -> float:
        return self.own / self.other

    def __str__(self) -> str:
        return f"{self.own:.3f} s beside {self.other:.3f} s: {self.ratio:.2f} times as long"


def beside(own: Run, other: Run, turns: int = TURNS) -> Beside:
    """Run both by turns, each time with the number of the turn; the first turn is not measured."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(turns + 1):
        for run, seconds in zip((own, other), spent, strict=True):
            gc.collect()
            gc.disable()  # what a search for garbage takes is that of all other tests' objects
            began = process_time()
            run(turn)
            seconds.append(process_time() - began)
            gc.enable()
    return Beside(*(median(seconds[1:]) for seconds in spent))

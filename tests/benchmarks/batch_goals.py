"""What a batch is meant to take, beside the other ways and by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter

from spending import Spent


@dataclass(frozen=True)
class Goal:
    """A way's seconds, or so many times another way's, and their limit: the least or the most."""

    said: str
    way: str
    limit: float
    beside: str = ""
    part: str = "wall"
    least: bool = False

    def value(self, found: Mapping[str, Spent]) -> float | None:
        """Return what was measured; None where a way was not."""
        if not {self.way, self.beside or self.way} <= found.keys():
            return None
        part = attrgetter(self.part)
        return part(found[self.way]) / (part(found[self.beside]) if self.beside else 1)

    def verdict(self, value: float) -> str:
        """Say whether it is met."""
        met = value >= self.limit if self.least else value <= self.limit
        return "met" if met else "not met"


GOALS = [
    Goal("(b) takes at least 8 times as long as (a)", "b", 8, beside="a", least=True),
    Goal("(e) takes at least twice as long as (a)", "e", 2, beside="a", least=True),
    Goal("(a) takes at most twice the CPU seconds of (d)", "a", 2, beside="d", part="cpu"),
    Goal("nothing changed: at most 1.5 s", "unchanged", 1.5),
    Goal("one narrative changed: at most 3 s", "narrative", 3),
    Goal("`workbook --help`: at most 0.3 s", "help", 0.3),
    Goal("`workbook check`: at most 2 s", "check", 2),
]

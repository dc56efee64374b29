"""One figure as the second route has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

Number = TypeVar("Number", int, float)
Key = tuple[str, str]  # a document, which is a council or the overview, and an expression


@dataclass(frozen=True, slots=True)
class Recalculated:
    """A figure with the meaning that each name has in the register, and nothing rounded.

    Shares and the ends of intervals are 0 to 1, differences -1 to 1. Whatever the decisions hide
    is None here too.
    """

    expression: str
    statistic: str
    kind: str
    question: str
    group: str
    value: float | None
    count: int | None
    base: int | None
    population: int | None
    interval: tuple[float, float] | None
    suppressed: bool
    word: str
    base_range: tuple[int, int] | None
    difference: tuple[float, float] | None
    rank: tuple[int, int, int] | None
    computed: int | None


def recalculated(row: Mapping[str, Any]) -> Recalculated:
    """Return the figure in a row of the table `ranked`."""
    same = ("expression", "statistic", "kind", "question", "value", "count", "base", "population")
    return Recalculated(
        **{name: row[name] for name in (*same, "suppressed", "word", "computed")},
        group=row["group_name"],
        interval=_ends(row["lower"], row["upper"]),
        base_range=_ends(row["lowest_base"], row["highest_base"]),
        difference=_ends(row["difference_lower"], row["difference_upper"]),
        rank=None if row["ranked"] is None else (row["higher"], row["level_with"], row["ranked"]),
    )


def _ends(lower: Number | None, upper: Number | None) -> tuple[Number, Number] | None:
    return None if lower is None or upper is None else (lower, upper)

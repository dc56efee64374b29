"""One computed number with its evidence."""

import re
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any, Literal

from helpers.figures.estimates import percentage

HIDDEN = "[c]"  # the Government Statistical Service's mark for confidential
NOT_ASSESSED = "[x]"  # and for not available


@dataclass(frozen=True, repr=False)
class Figure:
    """A number of a report: what it is, what it rests on, and how it is printed.

    `expression` is the canonical call that makes it, and its identity in the register. Shares are
    0 to 1, differences -1 to 1. A suppressed figure holds no number at all, and one in words no
    more than a word and the lowest and highest base that it may have. `said` is how the language
    of the edition prints a word or a difference. `difference` is the interval of this council's
    share less this one. `rank` is how many councils are higher, how many level with it, and how
    many are shown, itself included. `computed` is the level before an auditor overruled it.
    """

    expression: str
    statistic: str
    kind: Literal["share", "count", "level", "difference"]
    value: Fraction | None
    provenance: Literal["published", "illustrative"]
    source: str
    question: str = ""
    group: str = ""
    count: int | None = None
    base: int | None = None
    population: int | None = None
    interval: tuple[float, float] | None = None
    suppressed: bool = False
    word: str = ""
    said: str = ""
    base_range: tuple[int, int] | None = None
    difference: tuple[float, float] | None = None
    rank: tuple[int, int, int] | None = None
    computed: int | None = None

    @property
    def display(self) -> str:
        """How the figure is printed: the same in every language, but for what is `said`."""
        if self.suppressed:
            return HIDDEN
        if self.said:
            return self.said
        if self.value is None:
            return NOT_ASSESSED
        return percentage(self.value) if self.kind == "share" else f"{int(self.value):,}"

    @property
    def hidden(self) -> bool:
        """Whether small numbers keep the figure's own number from being shown."""
        return self.suppressed or bool(self.word)

    @property
    def anchor(self) -> str:
        """The id of the figure's row in the evidence section."""
        return anchor(self.expression)

    def __repr__(self) -> str:
        return self.display

    def _repr_html_(self) -> str:
        return f'<span title="{escape(self.expression)}">{self.display}</span>'

    def record(self) -> dict[str, Any]:
        """Return the figure as plain values for the register, the display included."""
        plain = dict(vars(self))
        del plain["said"]  # the display, once more
        return plain | {
            "value": None if self.value is None else round(float(self.value), 6),
            "interval": _rounded(self.interval),
            "difference": _rounded(self.difference),
            "rank": None if self.rank is None else list(self.rank),
            "display": self.display,
        }


def _rounded(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else [round(end, 6) for end in ends]


def anchor(expression: str) -> str:
    """Return the id of a figure's row in the evidence section.

    >>> anchor('agree("L2", group="officers")')
    'figure-agree-L2-group-officers'
    """
    return "figure-" + "-".join(re.findall(r"\w+", expression))

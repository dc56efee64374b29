"""Compare a record of a register with the same figure as the second route has it."""

import re
from collections.abc import Iterator, Mapping
from math import floor
from typing import Any, NamedTuple

from helpers.review.recalculation.recalculated import Recalculated

TOLERANCE = 0.000001  # a register rounds to six decimals
NEAR = ("value", "interval", "difference")  # compared within it; all else must be the same
SAME = (
    "statistic",
    "kind",
    "question",
    "group",
    "suppressed",
    "word",
    "count",
    "base",
    "population",
    "base_range",
    "rank",
    "computed",
)
CONFIDENTIAL, NOT_ASSESSED = "[c]", "[x]"  # the Government Statistical Service's marks
MINUS = "\N{MINUS SIGN}"


class Disagreement(NamedTuple):
    """A field of a record that the second route has otherwise."""

    field: str
    recorded: Any
    recalculated: Any

    def __str__(self) -> str:
        return f"{self.field} is {self.recorded!r}; recalculated {self.recalculated!r}"


def compare(record: Mapping[str, Any], figure: Recalculated) -> list[Disagreement]:
    """Return the fields of a register's record that disagree with the figure recalculated.

    Shares (0 to 1), differences and ends of intervals may differ by a millionth, since the record
    is rounded. A suppressed figure holds nothing, and one in words a word and the range of its
    base; so any number that such a record holds is a disagreement.
    """
    found = []
    for field in (*SAME, *NEAR):
        recorded, again = _plain(record.get(field)), _plain(getattr(figure, field))
        agree = _near(recorded, again) if field in NEAR else recorded == again
        if not agree:
            found.append(Disagreement(field, recorded, again))
    return found + list(_displayed(str(record.get("display")), figure))


def whole_percent(figure: Recalculated) -> int | None:
    """Return a share as a whole percentage, half a point rounded up.

    It is exact where the share is one count of one base. A mean is not: it is rounded as if what
    is less than a thousand-millionth of a point under a half were the half.

    >>> [(200 * count + base) // (2 * base) for count, base in ((1, 8), (1, 3))]
    [13, 33]
    """
    if figure.value is None:
        return None
    if figure.count is not None and figure.base:
        return (200 * figure.count + figure.base) // (2 * figure.base)
    return floor(round(100 * figure.value, 9) + 0.5)


def _displayed(display: str, figure: Recalculated) -> Iterator[Disagreement]:
    """Check what is printed; the words of a language are its own, the numbers are not."""
    if figure.word:
        expected = re.sub(r"\d", "", display)  # a word and no number
    elif figure.suppressed:
        expected = CONFIDENTIAL
    elif figure.value is None:
        expected = NOT_ASSESSED
    elif figure.kind == "difference":
        expected = display if _is_points(display, figure.value) else f"{100 * figure.value:.2f}"
    elif figure.kind == "share":
        expected = f"{whole_percent(figure)}%"
    else:
        expected = f"{int(figure.value):,}"
    if display != expected:
        yield Disagreement("display", display, expected)


def _is_points(display: str, difference: float) -> bool:
    """Say whether the one number printed is the difference in points, half a point either way."""
    numbers = re.findall(rf"[{MINUS}-]?\d+", display)
    if len(numbers) != 1:
        return False
    points = int(numbers[0].replace(MINUS, "-"))
    return abs(points - 100 * difference) <= 0.5 + TOLERANCE


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _near(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_near, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= TOLERANCE
    return bool(one == other)

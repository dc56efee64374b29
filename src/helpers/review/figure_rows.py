"""Every figure of a council in a row: published, made again, recalculated, and the verdict."""

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.review.recalculation.comparison import TOLERANCE
from helpers.review.recalculation.recalculate import Recalculation
from helpers.review.recalculation.recalculated import Recalculated
from helpers.review.register_differences import Record, by_expression, show
from helpers.review.verifying import Review

NONE = "–"


@dataclass(frozen=True)
class FigureRow:
    """What a reviewer reads of one figure; a hidden one shows no number on any route.

    `apart` is how far the two routes are apart, and `tolerance` how far they may be: shares and
    differences are 0 to 1 there.
    """

    expression: str
    published: str
    again: str
    second: str
    apart: str
    tolerance: str
    agrees: bool
    uses: tuple[str, ...]


def figure_rows(review: Review, recalculated: Recalculation) -> Iterator[FigureRow]:
    """Yield a row for each figure that any edition uses, in the order of the first edition."""
    published = [by_expression(one.published) for one in review.editions]
    again = [by_expression(one.again) for one in review.editions]
    wrong = {expression for found in review.findings for expression in found.figures}
    for expression in dict.fromkeys(key for register in (*published, *again) for key in register):
        record = next((found[expression] for found in again if expression in found), None)
        second = _second(recalculated, review.council, expression)
        uses = [use for one in review.editions[:1] for use in one.uses.get(expression, ())]
        yield FigureRow(
            expression,
            _shown([found.get(expression) for found in published]),
            _shown([found.get(expression) for found in again]),
            _value(second, record),
            _apart(record, second),
            str(0) if record is None or record["kind"] in ("count", "level") else f"{TOLERANCE:f}",
            agrees=expression not in wrong,
            uses=tuple(dict.fromkeys(use.split(": “")[0] for use in uses)),
        )


def _second(recalculated: Recalculation, council: str, expression: str) -> Recalculated | None:
    try:
        return recalculated.figures[council, expression]
    except KeyError:
        return None


def _shown(records: list[Record | None]) -> str:
    """Return what the editions print, once where it is the same."""
    return " / ".join(dict.fromkeys(show(one) if one else NONE for one in records))


def _value(second: Recalculated | None, record: Record | None) -> str:
    """Return the second route's number, unless either of the two routes hides it."""
    if second is None:
        return NONE
    if second.suppressed or (record and (record.get("suppressed") or record.get("word"))):
        return second.word or "[c]"
    if second.word:
        return second.word
    if second.value is None:
        return "[x]"
    return f"{second.value:.6f}" if second.kind in ("share", "difference") else f"{second.value:g}"


def _apart(record: Record | None, second: Recalculated | None) -> str:
    if record is None or second is None or record["value"] is None or second.value is None:
        return NONE
    return f"{abs(record['value'] - second.value):.7f}".rstrip("0").rstrip(".")

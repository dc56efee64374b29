"""Hold a published page against itself and against its register, without running anything.

It finds what a second run cannot where both went wrong alike: a chart of another council, a mark
that does not reach as far as its value says, a number that the register does not hold.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from typing import Any

from helpers.figures.figure import anchor
from helpers.report.charts.drawing import place_of
from helpers.review.pages import Mark, Page, Piece

Record = Mapping[str, Any]
NEAR = 0.02  # units of a drawing: places are written to a hundredth
SAME = 5e-7  # shares: the register rounds to six digits


def check_page(page: Page, register: Sequence[Record]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is wrong, and the expressions of the figures concerned."""
    records = {anchor(record["expression"]): record for record in register}
    yield from _check_owners(page)
    yield from _check_evidence(page, records)
    for piece in page.pieces:
        yield from _check_printed(piece, records)
        for mark in piece.marks:
            yield from _check_mark(piece, mark, records)


def _check_owners(page: Page) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, owner in page.owners:
        if owner != page.council:
            yield f"{name} is of '{owner}', on the page of '{page.council}'", ()


def _check_evidence(
    page: Page, records: Mapping[str, Record]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The evidence has a row a figure of the register, with the same numbers, and no other."""
    for row in sorted(records.keys() - page.evidence.keys()):
        yield f"the evidence has no row {row}, which the register holds", _named(row, records)
    for row, told in page.evidence.items():
        if row not in records:
            yield f"{row} is in the evidence, but not in the register", ()
            continue
        for name, held in _attributes(records[row]).items():
            if not _same(told.get(name), held):
                message = (
                    f"{row}: its {name} is {told.get(name, 'none')}; the register holds {held}"
                )
                yield message, _named(row, records)


def _attributes(record: Record) -> dict[str, float | None]:
    lower, upper = record["interval"] or (None, None)
    same = {name: record[name] for name in ("value", "count", "base")}
    return {**same, "ci-lower": lower, "ci-upper": upper}


def _check_printed(
    piece: Piece, records: Mapping[str, Record]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands for a figure must be a form that the register holds of it."""
    for said in piece.printed:
        if said.row not in records:
            yield f"{piece.where}: prints {said.row}, which the register does not hold", ()
            continue
        forms = _forms(records[said.row])
        if said.text not in forms:
            message = f"{piece.where}: prints “{said.text}”; the register holds “{forms[0]}”"
            yield message, _named(said.row, records)


def _check_mark(
    piece: Piece, mark: Mark, records: Mapping[str, Record]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A mark must stand for the figure's own value, and a share reach to its place."""
    if mark.row not in records:
        yield f"{piece.where}: draws {mark.row}, which the register does not hold", ()
        return
    record, named = records[mark.row], _named(mark.row, records)
    if not _same(str(mark.value), record["value"]):
        yield f"{piece.where}: draws {mark.value}; the register holds {record['value']}", named
    if record["kind"] == "share" and mark.reach is not None:
        place = place_of(mark.value)
        if not isclose(mark.reach, place, abs_tol=NEAR):
            told = f"reaches to {mark.reach}; {mark.value} is at {place:.2f}"
            yield f"{piece.where}: {told}", named


def _forms(record: Record) -> list[str]:
    return [record["display"], *(said["display"] for said in record["prose"])]


def _named(row: str, records: Mapping[str, Record]) -> tuple[str, ...]:
    return (records[row]["expression"],)


def _same(told: str | None, held: float | None) -> bool:
    if told is None or held is None:
        return told is None and held is None
    try:
        return isclose(float(told), held, abs_tol=SAME)
    except ValueError:
        return False

"""Compute every figure a second time: SQL over the raw files, written from docs/method.md.

This is a review's independent second route, as double programming is for clinical trials: it
shares no code with `helpers.figures`, so a mistake would have to be made twice. Which cells may be
shown comes in as it was decided, and is judged here apart from the code that decided it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from helpers.review.recalculation.database import fill_decided, fill_study, read_files, run
from helpers.review.recalculation.disclosure import Decision, Unsafe, find_unsafe
from helpers.review.recalculation.network import Cell
from helpers.review.recalculation.recalculated import Key, Recalculated, recalculated
from helpers.study.definition import Study


@dataclass(frozen=True)
class Recalculation:
    """Every figure that any document may hold, and what is wrong with the decisions."""

    figures: Mapping[Key, Recalculated]
    unsafe: list[Unsafe]


class Figures(Mapping[Key, Recalculated]):
    """All figures by document and expression; those of a document are fetched when first needed.

    There are many more than reports use: of each council, the difference of each pair of groups.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database
        self._fetched: dict[str, dict[str, Recalculated]] = {}

    def __getitem__(self, key: Key) -> Recalculated:
        """Return a figure; raises KeyError where the method knows none of this name."""
        document, expression = key
        if document not in self._fetched:
            self._fetched[document] = {one.expression: one for one in self._fetch(document)}
        if expression not in self._fetched[document]:
            raise KeyError(key)
        return self._fetched[document][expression]

    def __iter__(self) -> Iterator[Key]:
        """Yield the names of all figures, document by document."""
        every = "SELECT document, expression FROM ranked ORDER BY document, expression"
        yield from self._database.execute(every).fetchall()

    def __len__(self) -> int:
        """How many figures there are in all documents."""
        return len(self._database.execute("SELECT expression FROM ranked").fetchall())

    def _fetch(self, document: str) -> Iterator[Recalculated]:
        found = self._database.execute("FROM ranked WHERE document = $1", [document])
        names = [column[0] for column in found.description or []]
        for row in found.fetchall():
            yield recalculated(dict(zip(names, row, strict=True)))


def recalculate(
    workbook: Path,
    study: Study,
    judgements: Mapping[str, Mapping[str, int]],
    decisions: Iterable[Decision],
) -> Recalculation:
    """Return every figure, and every finding about the decisions, from the raw files of data/.

    `judgements` are auditors' levels, 1 to 3, by council and characteristic. `decisions` say of
    each cell of each council, and under the council "" of the area, what is shown of it. The files
    are those that `check_data` found in order; raises duckdb.Error where one cannot be read.
    """
    decided = list(decisions)
    database = duckdb.connect(config={"autoinstall_known_extensions": False})
    run(database, "parameters")
    fill_study(database, study)
    fill_decided(database, judgements, decided)
    read_files(database, workbook, study)
    for step in ("estimates", "counts", "council", "area"):
        run(database, step)
    return Recalculation(Figures(database), find_unsafe(study, _cells(database), decided))


def _cells(database: duckdb.DuckDBPyConnection) -> list[Cell]:
    found = database.execute(
        """
        SELECT council, group_name, question, agree, neither, disagree, dont_know,
            replied - base - dont_know
        FROM cell
        """
    )
    return [
        Cell(council, group, question, tuple(counts))
        for council, group, question, *counts in found.fetchall()
    ]

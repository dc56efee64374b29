"""The register: every figure that an edition uses, computed afresh."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.figures.evaluation import AnyMeasures, evaluate, print_expression
from helpers.figures.expressions import parse
from helpers.figures.figure import Figure
from helpers.figures.inline import Printed

# What each measure of this council is set beside: the same of all councils together.
BESIDE = {
    "agree": "national",
    "response_rate": "national_response_rate",
    "theme_score": "area_score",
}


@dataclass(frozen=True)
class Entry:
    """A figure, and what sentences print of it beside its number, by how they ask for it.

    `drawn` is its place, from 0, in the order in which charts and tables used figures; None where
    only sentences or the evidence use it.
    """

    figure: Figure
    prose: dict[str, Printed] = field(default_factory=dict)
    drawn: int | None = None

    def record(self) -> dict[str, Any]:
        """Return the entry as plain values."""
        prose = [
            {"how": how, "claim": printed.claim, "display": printed.text}
            for how, printed in self.prose.items()
        ]
        return {**self.figure.record(), "prose": prose, "drawn": self.drawn}


def make_register(measures: AnyMeasures, inline: Iterable[str]) -> list[Entry]:
    """Return the figures of sentences, then those of tables and charts, each once.

    Last come those of all councils that the others are set beside in the evidence.

    `inline` lists the expressions of all sentences in document order; tables and charts have
    left theirs in `measures.used`. All are evaluated anew, so a rerun of the register checks them:
    it raises FigureHidden and FalseClaim as a sentence does.
    """
    fresh = measures.fresh()
    drawn = {expression: place for place, expression in enumerate(measures.used)}
    entries: dict[str, Entry] = {}

    def entry_of(figure: Figure) -> Entry:
        key = figure.expression
        return entries.setdefault(key, Entry(figure, drawn=drawn.get(key)))

    for text in inline:
        printed, how = print_expression(text, fresh), parse(text).suffix
        entry = entry_of(printed.figure)
        if how:
            entry.prose[how] = printed
    for expression in drawn:
        if expression not in entries:
            entry_of(evaluate(expression, fresh))
    for entry in list(entries.values()):
        if other := beside(entry.figure):
            entry_of(evaluate(other, fresh))
    return list(entries.values())


def beside(figure: Figure) -> str | None:
    """Return the expression of the figure of all councils that this one is set beside.

    >>> beside(Figure('agree("L1")', "agree", "share", None, "published", ""))
    'national("L1")'
    """
    if figure.statistic not in BESIDE:
        return None
    return BESIDE[figure.statistic] + figure.expression.removeprefix(figure.statistic)


def register_text(entries: Iterable[Entry]) -> str:
    """Return the register as canonical JSON: one figure a line, keys sorted."""
    lines = [json.dumps(entry.record(), sort_keys=True, ensure_ascii=False) for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n]"


def read_register(text: str) -> list[dict[str, Any]]:
    """Read what `register_text` wrote."""
    records: list[dict[str, Any]] = json.loads(text)
    return records


def drawn_by(records: Iterable[dict[str, Any]]) -> list[str]:
    """Return the expressions that charts and tables used, in the order of their use."""
    places = {record["drawn"]: record["expression"] for record in records}
    return [places[place] for place in sorted(places.keys() - {None})]


def printed_by(records: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return what the register says that each expression prints, by its printed form."""
    return {
        record["expression"] + how: display
        for record in records
        for how, display in [
            ("", record["display"]),
            *((said["how"], said["display"]) for said in record["prose"]),
        ]
    }

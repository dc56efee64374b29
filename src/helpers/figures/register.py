"""The register: every figure that an edition uses, computed afresh."""

import json
from collections.abc import Iterable
from typing import Any

from helpers.figures.evaluation import evaluate, evaluate_for_prose
from helpers.figures.figure import Figure
from helpers.figures.measures import Measures


def make_register(measures: Measures, inline: Iterable[str]) -> list[Figure]:
    """Return the figures of sentences, then those of tables and charts, each once.

    `inline` lists the expressions of all sentences in document order; tables and charts have
    left theirs in `measures.used`. All are evaluated anew, so a rerun of the register checks them.
    """
    fresh = measures.fresh()
    figures = {}
    for expression in inline:
        figure = evaluate_for_prose(expression, fresh)
        figures[figure.expression] = figure
    for expression in measures.used:
        figures.setdefault(expression, evaluate(expression, fresh))
    return list(figures.values())


def register_text(figures: Iterable[Figure]) -> str:
    """Return the register as canonical JSON: one figure a line, keys sorted."""
    lines = [json.dumps(figure.record(), sort_keys=True, ensure_ascii=False) for figure in figures]
    return "[\n" + ",\n".join(lines) + "\n]"


def read_register(text: str) -> list[dict[str, Any]]:
    """Read what `register_text` wrote."""
    records: list[dict[str, Any]] = json.loads(text)
    return records

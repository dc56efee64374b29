"""The national table: what every edition may know of all councils, decided once per build."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.figures.complementary import AREA
from helpers.figures.counts import pool
from helpers.figures.disclosure import decide
from helpers.figures.estimates import quantile
from helpers.figures.maturity import as_cells, computed_level, theme_score
from helpers.figures.ranks import Ranks, rank_all
from helpers.study.definition import Study

QUANTILES = 21  # points that stand for the distribution when councils are too many to show
PLACES = {  # where in the distribution of all councils a value stands
    "lowest": Fraction(0),
    "lower_quartile": Fraction(1, 4),
    "median": Fraction(1, 2),
    "upper_quartile": Fraction(3, 4),
    "highest": Fraction(1),
}
NOT_ASSESSED = 0  # the key of councils without a level
NUMBERS = ["agree", "base", "population"]  # of a cell of the area, all that anything shows
DOTS = "dots"
Place = tuple[str, str, str]  # council, group, question
Own = tuple[frozenset[Place], frozenset[Place], Ranks]  # of one council: shown, worded, ranks


def cell_place(question: str, group: str) -> str:
    """Return what a person calls the place of a cell in the table."""
    return f"{question}, {group}"


def replies_place(group: str) -> str:
    """Return what a person calls the place of a group's replies in the table."""
    return f"replies, {group}"


def scores_place(theme: str) -> str:
    """Return what a person calls the place of a theme's scores in the table."""
    return f"scores, {theme}"


def levels_place(characteristic: str) -> str:
    """Return what a person calls the place of the councils at each level in the table."""
    return f"levels, {characteristic}"


@dataclass(frozen=True)
class NationalTable:
    """Decided values of all councils together, and which of each council's cells may be shown.

    `cells` and `replies` pool the whole study (index group, question; index group). `scores`
    holds for each theme the councils' scores in ascending order, or evenly spaced quantiles of
    them when there are more councils than the study shows as dots. `levels` counts councils by
    computed level. `ranks` are those of every council. `shown` lists the cells (council, group,
    question) whose numbers may be shown, and `worded` those of which only a word may be said; of
    all others nobody may show anything.
    """

    cells: pd.DataFrame
    replies: pd.DataFrame
    scores: dict[str, list[Fraction]]
    levels: dict[str, dict[int, int]]
    ranks: Ranks
    shown: frozenset[Place]
    worded: frozenset[Place]
    dots: bool

    def slice(self, council: str) -> "NationalTable":
        """Return the table with the decisions on one council only."""
        nothing: Own = (frozenset(), frozenset(), {})
        shown, worded, ranks = self._by_council.get(council, nothing)
        return replace(self, shown=shown, worded=worded, ranks=ranks)

    @cached_property
    def _by_council(self) -> dict[str, Own]:
        shown, worded = _by_council(self.shown), _by_council(self.worded)
        ranks = _by_council(self.ranks)
        return {
            council: (
                frozenset(shown[council]),
                frozenset(worded[council]),
                {key: self.ranks[key] for key in ranks[council]},
            )
            for council in {*shown, *worded, *ranks}
        }

    def to_json(self) -> str:
        """Return what is the same for all councils, as canonical text."""
        parts = {
            "cells": _records(self.cells),
            "replies": _records(self.replies),
            "scores": {theme: list(map(str, found)) for theme, found in self.scores.items()},
            "levels": self.levels,
            DOTS: self.dots,
        }
        return _canonical(parts)

    def decisions_json(self) -> str:
        """Return the decisions on councils' own cells, as canonical text."""
        parts = {
            "ranks": sorted(self.ranks.items()),
            "shown": sorted(self.shown),
            "worded": sorted(self.worded),
        }
        return _canonical(parts)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of the values at each place of what is the same for all councils."""
        values = {
            **{cell_place(cell["question"], cell["group"]): cell for cell in _records(self.cells)},
            **{replies_place(people["group"]): people for people in _records(self.replies)},
            **{scores_place(theme): list(map(str, found)) for theme, found in self.scores.items()},
            **{levels_place(key): found for key, found in self.levels.items()},
            DOTS: self.dots,
        }
        return {
            place: hashlib.sha256(_canonical(value).encode()).hexdigest()
            for place, value in values.items()
        }

    @classmethod
    def from_json(cls, text: str, decisions: str) -> "NationalTable":
        """Read what `to_json` and `decisions_json` wrote."""
        parts = json.loads(text) | json.loads(decisions)
        cells = pd.DataFrame(parts["cells"]).set_index(["group", "question"])
        return cls(
            cells=cells.astype(dict.fromkeys(NUMBERS, "Int64")),
            replies=pd.DataFrame(parts["replies"]).set_index("group").astype("Int64"),
            scores={theme: list(map(Fraction, found)) for theme, found in parts["scores"].items()},
            levels={
                key: {int(level): count for level, count in counts.items()}
                for key, counts in parts["levels"].items()
            },
            ranks={tuple(key): tuple(rank) for key, rank in parts["ranks"]},
            shown=frozenset(map(tuple, parts["shown"])),
            worded=frozenset(map(tuple, parts["worded"])),
            dots=parts[DOTS],
        )


def decide_national(study: Study, cells: pd.DataFrame, replies: pd.DataFrame) -> NationalTable:
    """Decide what may be shown, over all councils and the whole study at once."""
    decided = decide(study, cells)
    councils = cells.index.get_level_values("council").unique()
    own = decided[decided.index.get_level_values("council") != AREA]
    by_council = {slug: as_cells(decided.xs(slug, level="council")) for slug in councils}
    by_theme = {
        theme: {
            slug: score
            for slug, cells in by_council.items()
            if (score := theme_score(study, cells, theme)) is not None
        }
        for theme in study.about.themes
    }
    scores = {theme: sorted(found.values()) for theme, found in by_theme.items()}
    dots = len(councils) <= study.about.thresholds.dots
    return NationalTable(
        cells=decided.xs(AREA, level="council")[[*NUMBERS, "suppressed", "word"]],
        replies=pool(replies),
        scores=scores if dots else {theme: spread(found) for theme, found in scores.items()},
        levels={
            key: dict(
                sorted(
                    Counter(
                        computed_level(study, own, key) or NOT_ASSESSED
                        for own in by_council.values()
                    ).items()
                )
            )
            for key in study.about.characteristics
        },
        ranks=rank_all(own, replies, by_theme),
        shown=frozenset(own.index[~own["suppressed"]]),
        worded=frozenset(own.index[own["word"] != ""]),
        dots=dots,
    )


def spread(values: list[Fraction]) -> list[Fraction]:
    """Return evenly spaced quantiles, lowest to highest; the places of PLACES are among them."""
    if not values:
        return []
    steps = QUANTILES - 1
    return [quantile(values, Fraction(step, steps)) for step in range(QUANTILES)]


def _by_council(places: Iterable[tuple[str, ...]]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for place in places:
        found[place[0]].append(place)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame's rows, index and all, as plain values."""
    records: list[dict[str, Any]] = json.loads(frame.reset_index().to_json(orient="records"))
    return records


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True) + "\n"

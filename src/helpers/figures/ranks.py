"""Ranks: a council's place among the councils of which a figure is shown."""

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd

Rank = tuple[int, int, int]  # how many are higher, how many level, how many are shown in all
Ranks = dict[tuple[str, ...], Rank]  # by council, measure and what the measure is asked


def rank_all(
    decided: pd.DataFrame, replies: pd.DataFrame, scores: Mapping[str, Mapping[str, Fraction]]
) -> Ranks:
    """Return each council's rank in agreement, response rate and theme score.

    `decided` holds the councils' decided cells, of which only those shown are ranked; `replies`
    invited and responses; `scores` each theme's scores by council. What less than half of the
    councils show is not ranked: the highest of a few is not the highest of all.
    """
    councils = replies.index.unique("council").size
    shown = decided[~decided["suppressed"]]
    asked = replies[replies["invited"].fillna(0) > 0]
    scored = {
        (council, theme): float(score)
        for theme, found in scores.items()
        for council, score in found.items()
    }
    values = {
        "agree": shown["agree"] / shown["base"],
        "response_rate": asked["responses"] / asked["invited"],
        "theme_score": pd.Series(scored, dtype=float),
    }
    return {
        key: rank
        for measure, found in values.items()
        for key, rank in _ranked(measure, found).items()
        if 2 * rank[-1] >= councils
    }


def _ranked(measure: str, values: pd.Series) -> Ranks:
    """Rank values whose index starts with the council among those that share the rest of it.

    Dividing two whole numbers gives the float nearest to their share, so that equal shares are
    level and others are not.
    """
    if values.empty:
        return {}
    alike = values.groupby(level=list(range(1, values.index.nlevels)))
    higher = alike.rank(method="min", ascending=False) - 1
    others = alike.rank(method="max", ascending=False) - 1
    rows = zip(values.index, higher, others - higher, alike.transform("size"), strict=True)
    return {
        (council, measure, *rest): (int(above), int(level), int(shown))
        for (council, *rest), above, level, shown in rows
    }

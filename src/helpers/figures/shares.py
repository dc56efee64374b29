"""From a decided cell to the share that a figure shows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from helpers.figures.estimates import Counts, interval, share
from helpers.figures.figure import Figure
from helpers.study.definition import DONT_KNOW

Answer = Literal["agree", "neither", "disagree", "dont_know"]


def numbers_of(cell: Mapping[str, Any], answer: Answer) -> Counts:
    """Return count, base and population; those who do not know are in their own share's base."""
    count, population = int(cell[answer]), cell["population"]
    outside = count if answer == DONT_KNOW else 0
    known = None if pd.isna(population) else int(population) + outside
    return count, int(cell["base"]) + outside, known


def less(whole: Counts, part: Counts) -> Counts:
    """Return the counts of everybody else."""
    everybody, some = whole[2], part[2]
    population = None if everybody is None or some is None else everybody - some
    return whole[0] - part[0], whole[1] - part[1], population


def with_share(figure: Figure, counts: Counts) -> Figure:
    """Return the figure with its share, what that rests on, and its interval."""
    count, base, population = counts
    return replace(
        figure,
        value=share(count, base),
        count=count,
        base=base,
        population=population,
        interval=interval(count, base, population),
    )

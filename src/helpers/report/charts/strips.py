"""Strips: where councils lie on the scale, and how far two shares are apart."""

from collections.abc import Sequence
from math import isclose

import numpy as np
import seaborn as sns
from matplotlib import rc_context
from matplotlib.axes import Axes

from helpers.figures.figure import Figure
from helpers.figures.national import PLACES
from helpers.report.charts.drawing import PLOT, swarm
from helpers.report.charts.paper import (
    BAR,
    BLUE,
    DIAMOND,
    DOT,
    DOTS,
    GAP,
    GREY,
    INK,
    LANE,
    LEADING,
    LINE,
    PITCH,
    STYLE,
    TWO,
    Pair,
    draw_mark,
    draw_number,
    draw_scale,
    finish,
    new_sheet,
    write,
    write_key,
)

PAIR = ("o", "D")  # the shapes of two groups, so that colour alone tells nothing
ASIDE, LIFT = 14, 5  # from the middle of a mark to its number; up or down from another mark


def comparison_chart(
    name: str,
    rows: Sequence[tuple[str, Figure, Sequence[float]]],
    labels: tuple[str, str],
    *,
    dots: bool,
    title: str,
    description: str,
) -> str:
    """Draw for each theme this council's score among the scores of all.

    The scores include this council's own: among dots it is left out of the others.
    """
    others = [
        (label, own, _without(scores, own) if dots else scores) for label, own, scores in rows
    ]
    return spread_chart(name, others, labels, dots=dots, title=title, description=description)


@rc_context(STYLE)
def spread_chart(
    name: str,
    rows: Sequence[tuple[str, Figure, Sequence[float]]],
    labels: tuple[str, str],
    *,
    dots: bool,
    title: str,
    description: str,
) -> str:
    """Draw in each row the share of all respondents, and where the councils' own shares lie."""
    axes, bottom = _strips(rows, labels, dots=dots)
    return finish(axes, bottom, name, title, description)


@rc_context(STYLE)
def difference_chart(
    name: str,
    rows: Sequence[tuple[str, tuple[Figure, Figure]]],
    groups: tuple[str, str],
    *,
    title: str,
    description: str,
) -> str:
    """Draw for each statement the shares of two groups, each in a shape of its own, and a line."""
    axes, bands = new_sheet(), list[Pair]()
    bottom = write_key(axes, list(zip(groups, PAIR, TWO, strict=True)))
    for label, pair in rows:
        hidden = [
            f" ({group}: {figure.display})"
            for group, figure in zip(groups, pair, strict=True)
            if figure.value is None
        ]
        top = write(axes, label + "".join(hidden), bottom + GAP) + 4
        bottom = top + PITCH
        bands.append((top, bottom))
        _dumbbell(axes, pair, (top + bottom) / 2)
    return finish(axes, draw_scale(axes, bands, bottom), name, title, description)


def _strips(
    rows: Sequence[tuple[str, Figure, Sequence[float]]], labels: tuple[str, str], *, dots: bool
) -> tuple[Axes, float]:
    """Draw a mark a row, among dots or on quantiles, and say where the drawing ends.

    Quantiles run from lowest to highest: a line for all, a box for the middle half, a median.
    """
    axes, bands, crowd = new_sheet(), list[Pair](), list[Pair]()
    bottom = write_key(axes, [(labels[0], "D", BLUE), (labels[1], "o" if dots else "s", GREY)])
    for label, own, values in rows:
        top = write(axes, label, bottom + GAP) + LEADING
        bottom, middle = top + LANE, top + LANE / 2
        bands.append((top, bottom))
        if dots:
            crowd += _swarm(values, own, middle)
        elif values:
            _distribution(axes, values, middle)
        place = 0 if own.value is None else float(own.value)
        draw_number(axes, place, top - 6, own, "center" if place > 0.05 else "left")
        if own.value is not None:
            draw_mark(axes, place, middle, "D", BLUE, own)
    if crowd:
        x, y = zip(*crowd, strict=True)
        sns.scatterplot(x=x, y=y, s=DOT**2, ax=axes, **DOTS)
    return axes, draw_scale(axes, bands, bottom)


def _dumbbell(axes: Axes, pair: tuple[Figure, Figure], middle: float) -> None:
    """Draw the marks of those shares that are shown, each number on the mark's free side.

    Marks that would cover each other move apart, one up and one down.
    """
    shown = [
        (float(figure.value), figure, shape, colour)
        for figure, shape, colour in zip(pair, PAIR, TWO, strict=True)
        if figure.value is not None
    ]
    places = [place for place, *_ in shown]
    if len(places) > 1:
        axes.hlines(middle, min(places), max(places), LINE, linewidth=2, zorder=1)
    covering = (max(places, default=0) - min(places, default=0)) * PLOT < DIAMOND
    for index, (place, figure, shape, colour) in enumerate(shown):
        lift = ((index or -1) * LIFT) if covering and len(shown) > 1 else 0
        draw_mark(axes, place, middle + lift, shape, colour, figure)
        left = place < max(places) or (index == 0 and len(set(places)) < len(places))
        side = -ASIDE if left else ASIDE
        draw_number(axes, place + side / PLOT, middle + 6, figure, "right" if left else "left")


def _without(scores: Sequence[float], own: Figure) -> list[float]:
    """Return the scores of the others."""
    others = list(scores)
    if own.value is not None:
        for same in [score for score in scores if isclose(score, float(own.value))][:1]:
            others.remove(same)
    return others


def _swarm(scores: Sequence[float], own: Figure, middle: float) -> list[Pair]:
    """Return where dots go, around the row's mark."""
    stays = [] if own.value is None else [float(own.value) * PLOT]
    places = [score * PLOT for score in scores]
    aside = swarm(places, DOT, (LANE - DOT) / 2, stays, DIAMOND)
    return [(score, middle + offset) for score, offset in zip(scores, aside, strict=True)]


def _distribution(axes: Axes, quantiles: Sequence[float], middle: float) -> None:
    low, first, median, third, high = np.quantile(quantiles, [*map(float, PLACES.values())])
    axes.hlines(middle, low, high, LINE, linewidth=2, zorder=0)
    axes.barh(middle, third - first, BAR, left=first, color=GREY, edgecolor=LINE)
    axes.vlines(median, middle - BAR / 2, middle + BAR / 2, INK, linewidth=2)

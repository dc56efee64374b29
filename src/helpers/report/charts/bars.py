"""Bars: how large a share is, group by group."""

from collections.abc import Iterable, Sequence

from matplotlib import rc_context
from matplotlib.axes import Axes

from helpers.figures.figure import Figure
from helpers.report.charts.drawing import PLOT, drawn_id
from helpers.report.charts.paper import (
    BAR,
    BLUE,
    EDGES,
    FOUR,
    FULL,
    GAP,
    GREY,
    LINE,
    PITCH,
    STYLE,
    TWO,
    Pair,
    draw_number,
    draw_scale,
    finish,
    new_sheet,
    write,
    write_key,
)


@rc_context(STYLE)
def responses_chart(
    name: str,
    rows: Sequence[tuple[str, Figure, Figure]],
    labels: tuple[str, str],
    *,
    title: str,
    description: str,
) -> str:
    """Draw for each group its response rate here and, in grey below it, the national one."""
    pairs = [(label, (own, national)) for label, own, national in rows]
    axes, bottom = _bars(pairs, labels, (BLUE, GREY), "")
    return finish(axes, bottom, name, title, description)


@rc_context(STYLE)
def agreement_chart(
    name: str,
    rows: Sequence[tuple[str, Sequence[Figure | None]]],
    groups: Sequence[str],
    *,
    not_asked: str,
    title: str,
    description: str,
) -> str:
    """Draw for each statement one bar a group; words for None, a group that was not asked."""
    colours = TWO if len(groups) <= len(TWO) else FOUR
    axes, bottom = _bars(rows, groups, colours[: len(groups)], not_asked)
    return finish(axes, bottom, name, title, description)


def _bars(
    rows: Iterable[tuple[str, Sequence[Figure | None]]],
    keys: Sequence[str],
    colours: Sequence[str],
    not_asked: str,
) -> tuple[Axes, float]:
    axes, bands = new_sheet(), list[Pair]()
    bottom = write_key(
        axes, [(key, "s", colour) for key, colour in zip(keys, colours, strict=True)]
    )
    for label, figures in rows:
        top = bottom = write(axes, label, bottom + GAP) + 4
        for figure, colour in zip(figures, colours, strict=True):
            if figure is None:
                bands.append((top, bottom))
                top = bottom = write(axes, not_asked, bottom + 1, 6, FULL - 6, LINE) + 2
                continue
            share, middle = float(figure.value or 0), bottom + PITCH / 2
            if share:
                edge = EDGES.get(colour, colour)
                [bar] = axes.barh(middle, share, BAR, color=colour, edgecolor=edge)
                bar.set(clip_on=False, gid=drawn_id(figure.anchor, figure.value))
            draw_number(axes, share + 6 / PLOT, middle + 6, figure)
            bottom += PITCH
        bands.append((top, bottom))
    return axes, draw_scale(axes, bands, bottom)

"""Charts: from rows of labels and figures to inline SVG. The only importer of matplotlib.

One column, read downwards: a key, then for each row its label above its marks, then the scale.
So a chart is as narrow as a phone, its text stays horizontal, and Welsh may be longer than English.
Across, 1 is the length of the scale, so that a share is its own place; down, 1 is a unit of the
drawing, whose text of 16 units is 12 pt where the page shows its 400 units as 400 px.
"""

import warnings
from collections.abc import Iterable, Sequence
from io import StringIO
from math import isclose
from typing import cast

import numpy as np
import seaborn as sns
from matplotlib import rc_context, rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet
from matplotlib.patches import Rectangle

from helpers.figures.figure import Figure
from helpers.report.drawing import inline_svg, swarm, text_width, wrap

# The Analysis Function's colours: for two groups, for up to four, and for one among others.
BLUE, GREY, LINE, GRID, INK = "#12436D", "#BFBFBF", "#595959", "#D9D9D9", "#0B0C0C"
TWO, FOUR = (BLUE, "#F46A25"), (BLUE, "#28A197", "#801650", "#F46A25")
EDGES = {GREY: LINE}  # alone too pale on white
SHADES = sns.blend_palette(["#FFFFFF", "#6BACE6"], as_cmap=True)  # ink reads on each of them

WIDTH, LEFT, PLOT = 400, 1, 340  # the drawing; where the scale starts; how long it is
FULL = WIDTH - 2 * LEFT - 4  # the longest line of text
SIZE, LEADING, GAP = 16, 22, 18  # letters; line to line; row to row
BAR, PITCH, CELL = 20, 25, 36  # a bar; bar to bar; a cell without its mark
LANE, DOT, DIAMOND = 54, 9, 20  # where dots may be; a dot across; this council's mark across
TICKS = (0, 0.25, 0.5, 0.75, 1)

DOTS = {"color": GREY, "edgecolor": LINE, "linewidth": 1, "clip_on": False}
Pair = tuple[float, float]

STYLE = {  # matplotlib's defaults first, so that nobody's own settings change a chart
    **{key: value for key, value in rcParamsDefault.items() if "backend" not in key},
    "font.size": SIZE,
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib, so the same everywhere
    "text.color": INK,
    "patch.linewidth": 1,
    "text.parse_math": False,  # a label may hold two dollar signs
    "svg.fonttype": "none",
    "svg.hashsalt": "workbook",
}


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
    return _svg(axes, bottom, name, title, description)


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
    return _svg(axes, bottom, name, title, description)


@rc_context(STYLE)
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

    The scores include this council's own: among dots it is left out of the others. Without dots
    they are quantiles, lowest to highest: a line for all, a box for the middle half, a median.
    """
    axes, bands, crowd = _sheet(), list[Pair](), list[Pair]()
    bottom = _key(axes, [(labels[0], "D", BLUE), (labels[1], "o" if dots else "s", GREY)])
    for label, own, scores in rows:
        top = _write(axes, label, bottom + GAP) + LEADING
        bottom, middle = top + LANE, top + LANE / 2
        bands.append((top, bottom))
        if dots:
            crowd += _swarm(scores, own, middle)
        elif scores:
            _distribution(axes, scores, middle)
        place = 0 if own.value is None else float(own.value)
        axes.text(place, top - 6, own.display, ha="center" if place > 0.05 else "left")
        if own.value is not None:
            _mark(axes, place, middle, "D", BLUE)
    if crowd:
        x, y = zip(*crowd, strict=True)
        sns.scatterplot(x=x, y=y, s=DOT**2, ax=axes, **DOTS)
    return _svg(axes, _scale(axes, bands, bottom), name, title, description)


@rc_context(STYLE)
def maturity_chart(
    name: str,
    rows: Sequence[tuple[str, Figure, Sequence[Figure]]],
    column_names: Sequence[str],
    mark: str,
    *,
    title: str,
    description: str,
) -> str:
    """Draw for each characteristic how many councils stand at each level, and where this one does.

    A row holds the label, this council's level and the number of councils at level 1, 2 and 3.
    """
    axes, step = _sheet(), FULL / len(column_names)
    names = [_write(axes, text, 0, step * i, step - GAP) for i, text in enumerate(column_names)]
    bottom = max(names) - GAP / 2
    marks = wrap(mark, step - 36, SIZE)  # bold is wider
    height = LEADING * len(marks) + CELL
    most = max((float(cell.value or 0) for _, _, cells in rows for cell in cells), default=0) or 1
    for label, own, cells in rows:
        nowhere = f" ({mark}: {own.display})" if own.value is None else ""
        top = _write(axes, label + nowhere, bottom + GAP) + 4
        bottom = top + height
        for level, cell in enumerate(cells, start=1):
            lines = [cell.display, *(marks if own.value == level else [])]
            drawn = _cell(axes, step * (level - 1), top, step - 6, height, lines)
            drawn.set_facecolor(SHADES(float(cell.value or 0) / most))
    return _svg(axes, bottom + 2, name, title, description)


def _bars(
    rows: Iterable[tuple[str, Sequence[Figure | None]]],
    keys: Sequence[str],
    colours: Sequence[str],
    not_asked: str,
) -> tuple[Axes, float]:
    axes, bands = _sheet(), list[Pair]()
    bottom = _key(axes, [(key, "s", colour) for key, colour in zip(keys, colours, strict=True)])
    for label, figures in rows:
        top = bottom = _write(axes, label, bottom + GAP) + 4
        for figure, colour in zip(figures, colours, strict=True):
            if figure is None:
                bands.append((top, bottom))
                top = bottom = _write(axes, not_asked, bottom + 1, 6, FULL - 6, LINE) + 2
                continue
            share, middle = float(figure.value or 0), bottom + PITCH / 2
            if share:
                axes.barh(middle, share, BAR, color=colour, edgecolor=EDGES.get(colour, colour))
            axes.text(share + 6 / PLOT, middle + 6, figure.display)
            bottom += PITCH
        bands.append((top, bottom))
    return axes, _scale(axes, bands, bottom)


def _swarm(scores: Sequence[float], own: Figure, middle: float) -> list[Pair]:
    """Return where the other councils' dots go, around this council's mark."""
    others, marks = list(scores), [] if own.value is None else [float(own.value)]
    for same in [score for score in scores for mark in marks if isclose(score, mark)][:1]:
        others.remove(same)
    places, stays = [score * PLOT for score in others], [mark * PLOT for mark in marks]
    aside = swarm(places, DOT, (LANE - DOT) / 2, stays, DIAMOND)
    return [(score, middle + offset) for score, offset in zip(others, aside, strict=True)]


def _distribution(axes: Axes, quantiles: Sequence[float], middle: float) -> None:
    low, first, median, third, high = np.quantile(quantiles, TICKS)
    axes.hlines(middle, low, high, LINE, linewidth=2, zorder=0)
    axes.barh(middle, third - first, BAR, left=first, color=GREY, edgecolor=LINE)
    axes.vlines(median, middle - BAR / 2, middle + BAR / 2, INK, linewidth=2)


def _cell(
    axes: Axes, left: float, top: float, width: float, height: float, lines: Sequence[str]
) -> Rectangle:
    """Draw a cell of the grid: a number, and below it the mark of this council's own cell."""
    cell = Rectangle((left / PLOT, top), width / PLOT, height, edgecolor=GREY, clip_on=False)
    axes.add_artist(cell)
    baseline = top + (height - LEADING * len(lines)) / 2 + SIZE
    for index, line in enumerate(lines):
        place = ((left + width / 2) / PLOT, baseline + LEADING * index)
        axes.text(*place, line, ha="center", weight="bold" if index else "normal")
    if len(lines) > 1:
        frame = Rectangle(((left + 2) / PLOT, top + 2), (width - 4) / PLOT, height - 4)
        frame.set(fill=False, edgecolor=BLUE, linewidth=4, clip_on=False)
        axes.add_artist(frame)
    return cell


def _sheet() -> Axes:
    axes = Sheet(dpi=72).add_axes((LEFT / WIDTH, 0, PLOT / WIDTH, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), xticks=[], yticks=[])
    return axes


def _key(axes: Axes, entries: Iterable[tuple[str, str, str]]) -> float:
    """Write the key, as many entries to a line as fit; return where it ends."""
    left, top, bottom = 0.0, 0.0, 0.0
    for words, shape, colour in entries:
        width = 24 + text_width(words, SIZE)
        if left and left + width > FULL:
            left, top = 0, bottom
        _mark(axes, (left + 8) / PLOT, top + 11, shape, colour)
        bottom = max(bottom, _write(axes, words, top, left + 24, FULL - left - 24))
        left += width + GAP
    return bottom


def _mark(axes: Axes, x: float, y: float, shape: str, colour: str) -> None:
    drawn = axes.scatter(
        x, y, s=DIAMOND**2 / 2, c=colour, marker=shape, edgecolor=EDGES.get(colour, colour)
    )
    drawn.set(clip_on=False, zorder=5)


def _write(
    axes: Axes, words: str, top: float, left: float = 0, width: float = FULL, colour: str = INK
) -> float:
    """Write words from the left, in as many lines as they need; return where they end."""
    for line in wrap(words, width, SIZE):
        axes.text(left / PLOT, top + SIZE, line, color=colour)
        top += LEADING
    return top


def _scale(axes: Axes, bands: Iterable[Pair], bottom: float) -> float:
    """Draw the grid in each band, from its top to its end, and the shares below all."""
    for share in TICKS:
        axes.text(share, bottom + LEADING, f"{share:.0%}", ha="center" if share else "left")
    lines = [(share, *band) for band in bands if len(set(band)) > 1 for share in TICKS]
    if lines:
        x, tops, ends = zip(*lines, strict=True)
        axes.vlines(x, tops, ends, GRID, linewidth=1, zorder=0, clip_on=False)
    return bottom + LEADING + 6


def _svg(axes: Axes, height: float, name: str, title: str, description: str) -> str:
    axes.set_ylim(height, 0)
    sheet, drawn = cast("Sheet", axes.figure), StringIO()
    sheet.set_size_inches(WIDTH / 72, height / 72)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # the page's font draws what ours lacks
        sheet.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return inline_svg(drawn.getvalue(), name, title, description)

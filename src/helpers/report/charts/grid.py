"""A grid: how many stand at each level."""

from collections.abc import Sequence

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures.figure import Figure
from helpers.report.charts.paper import (
    BLUE,
    CELL,
    FULL,
    GAP,
    GREY,
    LEADING,
    PLOT,
    SHADES,
    SIZE,
    STYLE,
    finish,
    new_sheet,
    write,
)
from helpers.report.drawing import wrap


@rc_context(STYLE)
def maturity_chart(
    name: str,
    rows: Sequence[tuple[str, Figure | None, Sequence[Figure]]],
    column_names: Sequence[str],
    mark: str = "",
    *,
    title: str,
    description: str,
) -> str:
    """Draw for each characteristic how many councils stand at each level, and where this one does.

    A row holds the label, this council's level, or None where the chart is of all of them, and
    the number of councils at level 1, 2 and 3.
    """
    axes, step = new_sheet(), FULL / len(column_names)
    names = [write(axes, text, 0, step * i, step - GAP) for i, text in enumerate(column_names)]
    bottom = max(names) - GAP / 2
    marks = wrap(mark, step - 36, SIZE) if mark else []  # bold is wider
    height = LEADING * len(marks) + CELL
    most = max((float(cell.value or 0) for _, _, cells in rows for cell in cells), default=0) or 1
    for label, own, cells in rows:
        nowhere = f" ({mark}: {own.display})" if own and own.value is None else ""
        top = write(axes, label + nowhere, bottom + GAP) + 4
        bottom = top + height
        for level, cell in enumerate(cells, start=1):
            lines = [cell.display, *(marks if own and own.value == level else [])]
            drawn = _cell(axes, step * (level - 1), top, step - 6, height, lines)
            drawn.set_facecolor(SHADES(float(cell.value or 0) / most))
    return finish(axes, bottom + 2, name, title, description)


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

"""A grid: how many stand at each level."""

from collections.abc import Sequence

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures.figure import Figure
from helpers.report.charts.drawing import PLOT, drawn_id, wrap
from helpers.report.charts.paper import (
    BLUE,
    CELL,
    FULL,
    GAP,
    GREY,
    LEADING,
    SHADES,
    SIZE,
    STYLE,
    draw_number,
    finish,
    new_sheet,
    write,
)

Box = tuple[float, float, float, float]  # left, top, width and height


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
            here = own is not None and own.value == level
            box = (step * (level - 1), top, step - 6, height)
            shade = SHADES(float(cell.value or 0) / most)
            _cell(axes, box, cell, shade, marks if here else [])
            if own and here:
                _outline(axes, box, own)
    return finish(axes, bottom + 2, name, title, description)


def _cell(axes: Axes, box: Box, figure: Figure, shade: object, marks: Sequence[str]) -> None:
    """Draw a cell of the grid: a number, and below it the mark of this council's own cell."""
    left, top, width, height = box
    cell = Rectangle((left / PLOT, top), width / PLOT, height, edgecolor=GREY, facecolor=shade)
    cell.set(clip_on=False, gid=drawn_id(figure.anchor, figure.value))
    axes.add_artist(cell)
    middle, first = (
        (left + width / 2) / PLOT,
        top + (height - LEADING * (1 + len(marks))) / 2 + SIZE,
    )
    draw_number(axes, middle, first, figure, "center")
    for index, line in enumerate(marks, start=1):
        axes.text(middle, first + LEADING * index, line, ha="center", weight="bold")


def _outline(axes: Axes, box: Box, level: Figure) -> None:
    """Draw the frame that says that this council's level is here."""
    left, top, width, height = box
    frame = Rectangle(((left + 2) / PLOT, top + 2), (width - 4) / PLOT, height - 4)
    frame.set(fill=False, edgecolor=BLUE, linewidth=4, clip_on=False)
    frame.set_gid(drawn_id(level.anchor, level.value))
    axes.add_artist(frame)

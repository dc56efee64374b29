"""The paper that a chart is drawn on: its measures and colours, key, words, scale and marks.

One column, read downwards: a key, then for each row its label above its marks, then the scale.
So a chart is as narrow as a phone, its text stays horizontal, and Welsh may be longer than English.
Across, 1 is the length of the scale, so that a share is its own place; down, 1 is a unit of the
drawing, whose text of 16 units is 12 pt where the page shows its 400 units as 400 px.
"""

import warnings
from collections.abc import Iterable
from io import StringIO
from typing import cast

import seaborn as sns
from matplotlib import rcParamsDefault
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Sheet

from helpers.figures.figure import Figure
from helpers.report.charts.drawing import LEFT, PLOT, WIDTH, drawn_id, inline_svg, text_width, wrap

# The Analysis Function's colours: for two groups, for up to four, and for one among others.
BLUE, GREY, LINE, GRID, INK = "#12436D", "#BFBFBF", "#595959", "#D9D9D9", "#0B0C0C"
TWO, FOUR = (BLUE, "#F46A25"), (BLUE, "#28A197", "#801650", "#F46A25")
EDGES = {GREY: LINE}  # alone too pale on white
SHADES = sns.blend_palette(["#FFFFFF", "#6BACE6"], as_cmap=True)  # ink reads on each of them

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


def new_sheet() -> Axes:
    """Return a sheet of the width of a phone, whose scale is that of a share."""
    axes = Sheet(dpi=72).add_axes((LEFT / WIDTH, 0, PLOT / WIDTH, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 1), xticks=[], yticks=[])
    return axes


def write_key(axes: Axes, entries: Iterable[tuple[str, str, str]]) -> float:
    """Write the key, as many entries to a line as fit; return where it ends."""
    left, top, bottom = 0.0, 0.0, 0.0
    for words, shape, colour in entries:
        width = 24 + text_width(words, SIZE)
        if left and left + width > FULL:
            left, top = 0, bottom
        draw_mark(axes, (left + 8) / PLOT, top + 11, shape, colour)
        bottom = max(bottom, write(axes, words, top, left + 24, FULL - left - 24))
        left += width + GAP
    return bottom


def draw_mark(
    axes: Axes, x: float, y: float, shape: str, colour: str, figure: Figure | None = None
) -> None:
    """Draw one mark at a place, in a shape of matplotlib's; of a figure, or in the key."""
    drawn = axes.scatter(
        x, y, s=DIAMOND**2 / 2, c=colour, marker=shape, edgecolor=EDGES.get(colour, colour)
    )
    drawn.set(clip_on=False, zorder=5)
    if figure:
        drawn.set_gid(drawn_id(figure.anchor, figure.value))


def draw_number(axes: Axes, x: float, y: float, figure: Figure, side: str = "left") -> None:
    """Print a figure beside its mark: `side` is that of the words where the place is."""
    axes.text(x, y, figure.display, ha=side, gid=drawn_id(figure.anchor))


def write(
    axes: Axes, words: str, top: float, left: float = 0, width: float = FULL, colour: str = INK
) -> float:
    """Write words from the left, in as many lines as they need; return where they end."""
    for line in wrap(words, width, SIZE):
        axes.text(left / PLOT, top + SIZE, line, color=colour)
        top += LEADING
    return top


def draw_scale(axes: Axes, bands: Iterable[Pair], bottom: float) -> float:
    """Draw the grid in each band, from its top to its end, and the shares below all."""
    for share in TICKS:
        axes.text(share, bottom + LEADING, f"{share:.0%}", ha="center" if share else "left")
    lines = [(share, *band) for band in bands if len(set(band)) > 1 for share in TICKS]
    if lines:
        x, tops, ends = zip(*lines, strict=True)
        axes.vlines(x, tops, ends, GRID, linewidth=1, zorder=0, clip_on=False)
    return bottom + LEADING + 6


def finish(axes: Axes, height: float, name: str, title: str, description: str) -> str:
    """Return the drawing as inline SVG, cut off at its height."""
    axes.set_ylim(height, 0)
    sheet, drawn = cast("Sheet", axes.figure), StringIO()
    sheet.set_size_inches(WIDTH / 72, height / 72)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # the page's font draws what ours lacks
        sheet.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return inline_svg(drawn.getvalue(), name, title, description)

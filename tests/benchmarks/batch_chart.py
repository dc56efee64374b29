"""Draw how long each way to make a batch takes."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import fill

import matplotlib as mpl
from matplotlib.figure import Figure
from spending import Spent

COLOUR, SIZE, WIDTH = "#12436D", 12, 34  # points; letters of a label's line


def draw(found: Mapping[str, Spent], reports: int, path: Path) -> None:
    """Draw the medians of the seconds as bars, those of whole batches only."""
    seconds = {fill(said.replace("`", ""), WIDTH): one.wall for said, one in whole(found).items()}
    with mpl.rc_context({"font.size": SIZE, "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 1.2 + 0.75 * len(seconds)), layout="constrained")
        axes = figure.subplots()
        bars = axes.barh(list(seconds), list(seconds.values()), color=COLOUR, height=0.6)
        axes.bar_label(bars, [f"{one:,.1f} s" for one in seconds.values()], padding=4)
        axes.invert_yaxis()
        axes.margins(x=0.12)
        axes.xaxis.set_visible(False)  # each bar says its own number
        axes.spines[:].set_visible(False)
        axes.tick_params(left=False)
        figure.suptitle(f"How many seconds it takes to make {reports} reports", x=0, ha="left")
        figure.savefig(path)


def whole(found: Mapping[str, Spent]) -> dict[str, Spent]:
    """Leave out what makes no batch: the command where little changed."""
    return {said: one for said, one in found.items() if said.startswith("(")}

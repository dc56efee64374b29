"""Decide, once and in one place, which cells may be shown."""

import pandas as pd

from helpers.figures.counts import COUNTED


def decide(cells: pd.DataFrame, minimum_base: int) -> pd.DataFrame:
    """Return the cells with `suppressed` added and, where it is true, no number left.

    A cell whose base is below `minimum_base` could tell what one person answered.
    """
    return hide(cells, cells["base"] < minimum_base)


def hide(cells: pd.DataFrame, suppressed: pd.Series) -> pd.DataFrame:
    """Return the cells without the numbers of those that are suppressed."""
    decided = cells.astype(dict.fromkeys(COUNTED, "Int64"))
    decided.loc[suppressed, COUNTED] = pd.NA
    return decided.assign(suppressed=suppressed)

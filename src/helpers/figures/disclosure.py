"""Decide, once and in one place, what may be shown of every cell of the study."""

from collections.abc import Collection

import pandas as pd

from helpers.figures.complementary import AREA, protect
from helpers.figures.counts import CELL, COUNTED, pool
from helpers.figures.tiers import HIDDEN, SHOWN, WORDS, words_of
from helpers.study.definition import Study


def decide(study: Study, cells: pd.DataFrame) -> pd.DataFrame:
    """Return the decided cells of all councils and, under the council "", of the area."""
    area = pd.concat({AREA: pool(cells)}, names=["council"])
    together = pd.concat([cells, area.reorder_levels(CELL)])
    return withhold(together, protect(study, together))


def withhold(cells: pd.DataFrame, tiers: pd.Series) -> pd.DataFrame:
    """Return the cells with no number left where the tier is not "shown".

    Adds `suppressed`, true where there is no number, and `word`, which stands for the share that
    agrees where the tier is "words". Nothing else is put in words: the words of agree, neither and
    disagree together would give away some of their counts, since these add up to the base.
    """
    words = words_of(cells["agree"].to_numpy(), cells["base"].to_numpy())
    decided = cells.astype(dict.fromkeys(COUNTED, "Int64"))
    decided.loc[tiers != SHOWN, COUNTED] = pd.NA
    return decided.assign(
        suppressed=tiers != SHOWN, word=pd.Series(words, cells.index).where(tiers == WORDS, "")
    )


def withhold_unlisted(
    cells: pd.DataFrame, shown: Collection[tuple[str, str]], worded: Collection[tuple[str, str]]
) -> pd.DataFrame:
    """Return one council's cells decided as listed, by group and question: else hidden."""
    tiers = pd.Series(HIDDEN, index=cells.index)
    tiers[cells.index.isin(list(worded))] = WORDS
    tiers[cells.index.isin(list(shown))] = SHOWN
    return withhold(cells, tiers)

"""Measures: what an auditor may say in a sentence, and every chart and table is drawn from.

Each measure returns a Figure of one council. All arguments are names from the study.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from helpers.figures.area import AreaMeasures
from helpers.figures.disclosure import withhold_unlisted
from helpers.figures.estimates import Counts, difference_interval, share
from helpers.figures.figure import Figure
from helpers.figures.maturity import as_cells, computed_level, theme_score
from helpers.figures.national import NationalTable
from helpers.figures.shares import Answer, less, numbers_of, with_share
from helpers.figures.vocabulary import ANSWERS, PEOPLE, REST, SHARE, measure
from helpers.figures.wording import Wording
from helpers.study.definition import TOTAL, Study
from helpers.study.provenance import Provenance


class Measures(AreaMeasures):
    """The measures of one council, and those of the area to set beside them."""

    def __init__(
        self,
        study: Study,
        council: str,
        *,
        cells: pd.DataFrame,
        replies: pd.DataFrame,
        national: NationalTable,
        provenance: Provenance,
        judgements: Mapping[str, int],
        wording: Wording | None = None,
    ) -> None:
        """Take the counts of `count_answers` and `count_replies`, undecided.

        What the national table does not show is dropped here, before any figure is made. `wording`
        is that of the edition's language; without one, words stand in English.
        """
        table = national.slice(council)
        shown, worded = ([place[1:] for place in kind] for kind in (table.shown, table.worded))
        super().__init__(study, national=table, provenance=provenance, wording=wording)
        own = withhold_unlisted(cells.xs(council, level="council"), shown, worded)
        self.council = council
        self.cells = as_cells(own)
        self.replies = replies.xs(council, level="council").to_dict("index")
        self.judgements = judgements

    @measure(*ANSWERS, "rank")
    def agree(self, question: str, group: str = TOTAL) -> Figure:
        """The share of those who answered that agrees or strongly agrees."""
        figure = self._share("agree", question, group)
        return self._ranked(figure, "agree", group, question)

    @measure(*ANSWERS)
    def neither(self, question: str, group: str = TOTAL) -> Figure:
        """The share of those who answered that neither agrees nor disagrees."""
        return self._share("neither", question, group)

    @measure(*ANSWERS)
    def disagree(self, question: str, group: str = TOTAL) -> Figure:
        """The share of those who answered that disagrees or strongly disagrees."""
        return self._share("disagree", question, group)

    @measure(*ANSWERS)
    def dont_know(self, question: str, group: str = TOTAL) -> Figure:
        """The share that does not know, of those who answered or said so; outside other bases."""
        return self._share("dont_know", question, group)

    @measure(*ANSWERS)
    def rest_of_area(self, question: str, group: str = TOTAL) -> Figure:
        """The share that agrees among the other councils' respondents, to compare with.

        They are other people than this council's, so the difference of the two has an interval.
        """
        figure = replace(self._answer_figure("share", None), question=question, group=group)
        here, elsewhere = self._counts(question, group), self._counts_elsewhere(question, group)
        if here is None or elsewhere is None:
            return replace(figure, suppressed=True)
        if not elsewhere[1]:
            return figure
        return replace(
            with_share(figure, elsewhere), difference=difference_interval(here, elsewhere)
        )

    @measure("interval", "difference")
    def difference(self, question: str, group: str = TOTAL, other: str = REST) -> Figure:
        """The share of a group that agrees less that of other people, in percentage points.

        The others are another group of this council, or the other councils' respondents of the
        same group. The interval is Newcombe's.
        """
        figure = replace(self._answer_figure("difference", None), question=question, group=group)
        here = self._counts(question, group)
        there = (
            self._counts_elsewhere(question, group)
            if other == REST
            else self._counts(question, other)
        )
        if here is None or there is None:
            return replace(figure, suppressed=True)
        if not there[1]:
            return figure
        value = share(*here[:2]) - share(*there[:2])
        said = self.wording.points(value)
        return replace(figure, value=value, said=said, interval=difference_interval(here, there))

    @measure()
    def invited(self, group: str) -> Figure:
        """People who were sent a data tool."""
        return self._people(self.replies[group], "invited", group, self.council)

    @measure()
    def responses(self, group: str) -> Figure:
        """People who replied."""
        return self._people(self.replies[group], "responses", group, self.council)

    @measure(*PEOPLE, "rank")
    def response_rate(self, group: str) -> Figure:
        """The share of those invited that replied, all of the group's tools together."""
        rate = self._rate(self.replies[group], group, self.council)
        return self._ranked(rate, "response_rate", group)

    @measure(*SHARE, "rank")
    def theme_score(self, theme: str) -> Figure:
        """The mean over a theme's statements of the share that speaks well of the council."""
        score = theme_score(self.study, self.cells, theme)
        figure = self._answer_figure("share", score, suppressed=score is None)
        return self._ranked(figure, "theme_score", theme)

    @measure()
    def level(self, characteristic: str) -> Figure:
        """The maturity level, 1 to 3: an auditor's judgement, else as computed."""
        computed = computed_level(self.study, self.cells, characteristic)
        value = self.judgements.get(characteristic, computed)
        figure = self._answer_figure("level", None if value is None else Fraction(value))
        return replace(figure, computed=computed)

    def _share(self, answer: Answer, question: str, group: str) -> Figure:
        return self._of_cell(self.cells[group, question], answer, question, group)

    def _ranked(self, figure: Figure, *key: str) -> Figure:
        """Give a figure its place among the councils of which it is shown."""
        return replace(figure, rank=self.national_table.ranks.get((self.council, *key)))

    def _counts(self, question: str, group: str) -> Counts | None:
        """Return who agrees, of how many, of what population; None where that is not shown."""
        cell = self.cells[group, question]
        return None if cell["suppressed"] else numbers_of(cell, "agree")

    def _counts_elsewhere(self, question: str, group: str) -> Counts | None:
        """Return the same of the other councils; None where theirs or ours is not shown."""
        here, area = self._counts(question, group), self.area_cell(question, group)
        if here is None or area["suppressed"]:
            return None
        elsewhere = less(numbers_of(area, "agree"), here)
        few = 0 < elsewhere[1] < self.study.about.thresholds.words_below
        return None if few else elsewhere

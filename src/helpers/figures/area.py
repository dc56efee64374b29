"""The measures of the whole area, which a council's report and the national overview share."""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from fractions import Fraction
from typing import Any, Literal, Self

from helpers.figures.complementary import AREA
from helpers.figures.estimates import quantile, share
from helpers.figures.figure import Figure
from helpers.figures.maturity import as_cells
from helpers.figures.national import (
    DOTS,
    PLACES,
    NationalTable,
    cell_place,
    levels_place,
    replies_place,
    scores_place,
)
from helpers.figures.shares import Answer, numbers_of, with_share
from helpers.figures.vocabulary import ANSWERS, PEOPLE, SHARE, measure
from helpers.figures.wording import Wording
from helpers.study.definition import TOTAL, Study
from helpers.study.provenance import Provenance


class AreaMeasures:
    """Measures of all councils together. `used` keeps every figure asked for, in order.

    `read` keeps the places of the national table that anything was read from: an edition is up to
    date as long as the values there are the same.
    """

    def __init__(
        self,
        study: Study,
        *,
        national: NationalTable,
        provenance: Provenance,
        wording: Wording | None = None,
    ) -> None:
        """Take the decided table; without the wording of a language, words stand in English."""
        self.study = study
        self.wording = wording or Wording(words=study.quantity_words)
        self.national_table = national
        self._area_cells: Mapping[Any, Any] = as_cells(national.cells)
        self._area_replies = national.replies.to_dict("index")
        self.provenance = provenance
        self.used: dict[str, Figure] = {}
        self.read = {DOTS}  # which decides what charts look like

    def in_words(self, wording: Wording) -> Self:
        """Return the same measures in another language, with nothing used yet."""
        other = self.apart()
        other.wording = wording
        return other

    def apart(self) -> Self:
        """Return the same measures for another edition, with nothing used or read yet."""
        other = self.fresh()
        other.read = {DOTS}
        return other

    def fresh(self) -> Self:
        """Return the same measures with nothing used yet; what they read counts with these."""
        other = copy(self)
        other.used = {}
        return other

    def area_cell(self, question: str, group: str) -> Mapping[str, Any]:
        """Return the decided cell of the area."""
        self.read.add(cell_place(question, group))
        cell: Mapping[str, Any] = self._area_cells[group, question]
        return cell

    def area_people(self, group: str) -> Mapping[str, Any]:
        """Return how many people of the area were invited, and how many replied."""
        self.read.add(replies_place(group))
        people: Mapping[str, Any] = self._area_replies[group]
        return people

    def scores(self, theme: str) -> list[Fraction]:
        """Return the theme's scores of all councils, or quantiles of them, in ascending order."""
        self.read.add(scores_place(theme))
        return self.national_table.scores[theme]

    @measure(*ANSWERS)
    def national(self, question: str, group: str = TOTAL) -> Figure:
        """The share that agrees among all respondents of the study."""
        return self._of_cell(self.area_cell(question, group), "agree", question, group)

    @measure(*PEOPLE)
    def national_response_rate(self, group: str) -> Figure:
        """The share of those invited that replied, over the whole study."""
        return self._rate(self.area_people(group), group, AREA)

    @measure(*SHARE)
    def area_score(self, theme: str, place: str = "median") -> Figure:
        """The theme score at a place in the distribution over all councils that have one."""
        return self._at_place(self.scores(theme), place)

    @measure()
    def councils_at_level(self, characteristic: str, level: int) -> Figure:
        """The number of councils whose computed level is this one."""
        self.read.add(levels_place(characteristic))
        found = self.national_table.levels[characteristic].get(level, 0)
        return self._answer_figure("count", Fraction(found))

    @measure(*SHARE)
    def fact(self, fact: str) -> Figure:
        """A national number with a published source."""
        known = self.study.about.facts[fact]
        value = Fraction(str(known.value))
        return Figure("", "", known.kind, value, "published", known.source)

    def _of_cell(
        self, cell: Mapping[str, Any], answer: Answer, question: str, group: str
    ) -> Figure:
        """Return the share of a decided cell: in numbers, in a word or hidden."""
        figure = replace(self._answer_figure("share", None), question=question, group=group)
        if cell["word"] and answer == "agree":
            limits = self.study.about.thresholds
            ends = (limits.nothing_below, limits.words_below - 1)
            return replace(
                figure, word=cell["word"], said=self.wording.say(cell["word"]), base_range=ends
            )
        if cell["suppressed"]:
            return replace(figure, suppressed=True)
        return with_share(figure, numbers_of(cell, answer))

    def _at_place(self, values: list[Fraction], place: str) -> Figure:
        """Return the share at a place among values in ascending order; of none it is hidden."""
        value = quantile(values, PLACES[place]) if values else None
        return self._answer_figure("share", value, suppressed=value is None)

    def _people(self, people: Mapping[str, Any], column: str, group: str, council: str) -> Figure:
        number = int(people[column])
        status, source = self.provenance.of_replies(council, group)
        return Figure("", "", "count", Fraction(number), status, source, group=group, count=number)

    def _rate(self, people: Mapping[str, Any], group: str, council: str) -> Figure:
        status, source = self.provenance.of_replies(council, group)
        replied, asked = int(people["responses"]), int(people["invited"])
        value = share(replied, asked) if asked else None
        return Figure(
            "", "", "share", value, status, source, group=group, count=replied, base=asked
        )

    def _answer_figure(
        self,
        kind: Literal["share", "count", "level", "difference"],
        value: Fraction | None,
        *,
        suppressed: bool = False,
    ) -> Figure:
        status, source = self.provenance.of_answers()
        return Figure("", "", kind, value, status, source, suppressed=suppressed)

"""The measures of the national overview: of all councils together, and of each one's replies.

No council's report can call them: its sentences speak of the council itself and of the area.
"""

from dataclasses import replace
from fractions import Fraction

from helpers.errors import ExpressionError
from helpers.figures.area import AreaMeasures
from helpers.figures.complementary import AREA
from helpers.figures.councils import CouncilsTable
from helpers.figures.estimates import difference_interval, share
from helpers.figures.figure import Figure
from helpers.figures.national import NationalTable
from helpers.figures.shares import numbers_of
from helpers.figures.vocabulary import PEOPLE, SHARE, measure
from helpers.figures.wording import Wording
from helpers.study.definition import TOTAL, Study
from helpers.study.files.folder import NATIONAL
from helpers.study.provenance import Provenance


class OverviewMeasures(AreaMeasures):
    """The measures of the area, and those that set its councils side by side."""

    council = NATIONAL  # whose numbers these are: no council has this slug

    def __init__(
        self,
        study: Study,
        *,
        national: NationalTable,
        councils: CouncilsTable,
        provenance: Provenance,
        wording: Wording | None = None,
    ) -> None:
        """Take decided tables only."""
        super().__init__(study, national=national, provenance=provenance, wording=wording)
        self.councils_table = councils
        self.council_replies: dict[str, dict[str, dict[str, int]]] = {
            council: frame.droplevel("council").to_dict("index")
            for council, frame in councils.replies.groupby("council")
        }

    @property
    def councils(self) -> list[str]:
        """The councils of which the data tells, in the study's order."""
        return [slug for slug in self.study.councils if slug in self.council_replies]

    @measure()
    def council_invited(self, council: str, group: str = TOTAL) -> Figure:
        """People of one council who were sent a data tool."""
        return self._people(self._replies(council)[group], "invited", group, council)

    @measure()
    def council_responses(self, council: str, group: str = TOTAL) -> Figure:
        """People of one council who replied."""
        return self._people(self._replies(council)[group], "responses", group, council)

    @measure(*PEOPLE)
    def council_response_rate(self, council: str, group: str = TOTAL) -> Figure:
        """The share of those invited at one council that replied."""
        return self._rate(self._replies(council)[group], group, council)

    @measure()
    def national_invited(self, group: str) -> Figure:
        """People of all councils who were sent a data tool."""
        return self._people(self.area_people(group), "invited", group, AREA)

    @measure()
    def national_responses(self, group: str) -> Figure:
        """People of all councils who replied."""
        return self._people(self.area_people(group), "responses", group, AREA)

    @measure(*SHARE)
    def area_rate(self, group: str, place: str = "median") -> Figure:
        """The response rate at a place in the distribution over all councils."""
        figure = self._at_place(self.councils_table.rates[group], place)
        status, source = self.provenance.of_replies(AREA, group)
        return replace(figure, group=group, provenance=status, source=source)

    @measure(*SHARE)
    def area_agree(self, question: str, place: str = "median") -> Figure:
        """The share that agrees at a place in the distribution over the councils that show it."""
        figure = self._at_place(self.councils_table.shares[question], place)
        return replace(figure, question=question, group=TOTAL)

    @measure()
    def councils_shown(self, question: str) -> Figure:
        """The number of councils of which the share that agrees is shown."""
        shown = self._answer_figure("count", Fraction(self.councils_table.shown[question]))
        return replace(shown, question=question, group=TOTAL)

    @measure("interval", "difference")
    def national_difference(self, question: str, group: str, than: str) -> Figure:
        """The share of a group that agrees less another's, over the study, in percentage points.

        The interval is Newcombe's.
        """
        figure = replace(self._answer_figure("difference", None), question=question, group=group)
        cells = self.area_cell(question, group), self.area_cell(question, than)
        if any(cell["suppressed"] for cell in cells):
            return replace(figure, suppressed=True)
        here, there = (numbers_of(cell, "agree") for cell in cells)
        value = share(*here[:2]) - share(*there[:2])
        return replace(
            figure,
            value=value,
            said=self.wording.points(value),
            interval=difference_interval(here, there),
        )

    def _replies(self, council: str) -> dict[str, dict[str, int]]:
        if council not in self.council_replies:
            raise ExpressionError(f"the data does not tell who was asked at '{council}'")
        return self.council_replies[council]

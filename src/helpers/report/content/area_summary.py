"""The overview's summary: who replied over the area, and what most and fewest agree with."""

from html import escape

from helpers.figures.overview import OverviewMeasures
from helpers.report.content.key_figures import KeyFigures, linked
from helpers.report.notebook.shown import Shown


class AreaSummary(KeyFigures):
    """Response rates of the area, and its statements of the highest and the lowest agreement."""

    measures: OverviewMeasures

    def key_figures(self) -> Shown:
        """The figures to know first."""
        parts = [self._who_replied(map(self._tile, self._tiled)), self._agreed()]
        return Shown(f'<div class="key-figures">{"".join(parts)}</div>', self.names.area)

    def _tile(self, group: str) -> str:
        """How many of a group replied, and between which ends the councils' rates lie."""
        measures = self.measures
        if not self.study.population_known:
            return self._people_tile(group, measures.national_responses(group))
        ends = self.language.label(
            "{units}: {low} to {high}",
            units=escape(self.names.units),
            low=linked(measures.area_rate(group, place="lowest")),
            high=linked(measures.area_rate(group, place="highest")),
        )
        return self._rate_tile(group, measures.national_response_rate(group), ends)

    def _agreed(self) -> str:
        """The statements that most people of the area agree with, and fewest."""
        label, statements = self.language.label, self.study.questionnaire.statements
        found = {question: self.measures.national(question) for question in statements}
        shown = {question: figure for question, figure in found.items() if figure.value is not None}
        return self._both_ends(shown, label("Highest agreement"), label("Lowest agreement"))

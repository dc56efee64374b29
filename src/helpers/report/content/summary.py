"""The summary: the figures to know first, each leading to its evidence."""

from html import escape

from helpers.figures.figure import Figure
from helpers.report.content.advice import Advice
from helpers.report.content.key_figures import KeyFigures, linked
from helpers.report.notebook.shown import Shown


class Summary(KeyFigures, Advice):
    """Who replied, the levels of maturity, and the statements answered best and worst."""

    def key_figures(self) -> Shown:
        """The figures to know first."""
        tiles = list(map(self._tile, self._tiled))
        parts = [self._who_replied(tiles, self._rates()), self._answered()]
        if self.study.about.characteristics:
            parts.insert(1, self._levels())
        return Shown(f'<div class="key-figures">{"".join(parts)}</div>', self._council)

    def _rates(self) -> list[Figure]:
        """The rates in the tiles: the council's own may be published, those beside them not."""
        if not self.study.population_known:
            return []
        kinds = (self.measures.response_rate, self.measures.national_response_rate)
        return [rate(group) for rate in kinds for group in self._tiled]

    def _tile(self, group: str) -> str:
        """How many of a group replied, and how that compares."""
        if not self.study.population_known:
            return self._people_tile(group, self.measures.responses(group))
        rate, area = self.measures.response_rate(group), self.measures.national_response_rate(group)
        return self._rate_tile(group, rate, f"{escape(self.names.area)}: {linked(area)}")

    def _levels(self) -> str:
        """The level of each characteristic."""
        heading = escape(self.language.label("Maturity levels"))
        rows = "".join(
            f"<li>{escape(self._judged_title(key, level))} "
            f'<span class="level">{self._level(level)}</span></li>'
            for key in self.study.about.characteristics
            for level in [self.measures.level(key)]
        )
        return f'<section><h3>{heading}</h3><ul class="levels">{rows}</ul></section>'

    def _level(self, figure: Figure) -> str:
        """Return a level with its name, or the mark that says that it was not assessed."""
        if figure.value is None:
            return linked(figure)
        return self.language.label("Level {level}", level=linked(figure))

    def _answered(self) -> str:
        """The statements whose answers speak best of the council, and worst."""
        label, statements = self.language.label, self.study.questionnaire.statements
        best, worst = label("Most favourable answers"), label("Least favourable answers")
        return self._both_ends(self._favourable(statements), best, worst)

"""The summary: the figures to know first, each leading to its evidence."""

from fractions import Fraction
from html import escape

from helpers.figures.figure import Figure
from helpers.report.advice import Advice
from helpers.report.links import Html, figure_link
from helpers.report.shown import Shown
from helpers.study.definition import TOTAL

SAID = {"agree": "{share} agree", "disagree": "{share} disagree"}


class Summary(Advice):
    """Who replied, the levels of maturity, and the statements answered best and worst."""

    def key_figures(self) -> Shown:
        """The figures to know first."""
        parts = [self._replied(), self._answered()]
        if self.study.about.characteristics:
            parts.insert(1, self._levels())
        return Shown(f'<div class="key-figures">{"".join(parts)}</div>', self._council)

    def _replied(self) -> str:
        """How many replied, in all and by group, and how that compares."""
        label, known = self.language.label, self.study.population_known
        share, who = label("Share of those invited that replied"), label("Who replied")
        heading = escape(share if known else who)
        tiles = "".join(map(self._tile, [TOTAL, *self.study.about.groups]))
        return f'<section><h3>{heading}</h3><ul class="tiles">{tiles}</ul></section>'

    def _tile(self, group: str) -> str:
        name = escape(self.names.group(group))
        if not self.study.population_known:
            return f"<li>{_big(self.measures.responses(group))} {name}</li>"
        rate, area = self.measures.response_rate(group), self.measures.national_response_rate(group)
        counts = "" if rate.count is None else escape(self.names.wording.count(rate))
        beside = f"{escape(self.names.area)}: {_linked(area)}"
        return f"<li>{_big(rate)} <strong>{name}</strong> <span>{counts}<br>{beside}</span></li>"

    def _levels(self) -> str:
        """The level of each characteristic."""
        heading = escape(self.language.label("Maturity levels"))
        rows = "".join(
            f'<li>{escape(self.names.characteristic(key))} <span class="level">{level}</span></li>'
            for key in self.study.about.characteristics
            for level in [self._level(self.measures.level(key))]
        )
        return f'<section><h3>{heading}</h3><ul class="levels">{rows}</ul></section>'

    def _level(self, figure: Figure) -> str:
        """Return a level with its name, or the mark that says that it was not assessed."""
        if figure.value is None:
            return _linked(figure)
        return self.language.label("Level {level}", level=_linked(figure))

    def _answered(self) -> str:
        """The statements whose answers speak best of the council, and worst."""
        label, shown = self.language.label, self._favourable(self.study.questionnaire.statements)
        if not shown:
            return f"<p>{escape(label('Too few people answered for results to be shown'))}.</p>"
        order = sorted(shown, key=lambda question: shown[question].value or Fraction(0))
        most = min(self.study.about.thresholds.key_statements, len(order) // 2)
        best, worst = order[len(order) - most :][::-1], order[:most]
        return (
            f'<div class="best-and-worst">{self._listed(label("Most favourable answers"), best)}'
            f"{self._listed(label('Least favourable answers'), worst)}</div>"
        )

    def _listed(self, heading: str, questions: list[str]) -> str:
        said = "".join(map(self._said, questions))
        return f"<section><h3>{escape(heading)}</h3><ol>{said}</ol></section>"

    def _said(self, question: str) -> str:
        """How many agree with a statement, or disagree where that speaks well of the council."""
        side = self.study.questionnaire.statements[question].favourable
        figure = getattr(self.measures, side)(question)
        told = self.language.label(SAID[side], share=_big(figure))
        return f"<li>{told}: “{escape(self.names.statement(question))}”</li>"


def _linked(figure: Figure) -> Html:
    return figure_link(figure.anchor, figure.display)


def _big(figure: Figure) -> str:
    return f'<span class="big">{_linked(figure)}</span>'

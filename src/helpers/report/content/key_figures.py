"""The parts of a summary: tiles of who replied, and the statements at either end."""

from collections.abc import Iterable, Mapping
from html import escape

from helpers.figures.figure import Figure
from helpers.report.binding.links import Html, figure_link
from helpers.report.content.ends import both_ends
from helpers.report.content.report import Report
from helpers.study.definition import TOTAL

SAID = {"agree": "{share} agree", "disagree": "{share} disagree"}


class KeyFigures(Report):
    """What the summaries of a council and of all councils are made of."""

    @property
    def _tiled(self) -> list[str]:
        """The total, and each group."""
        return [TOTAL, *self.study.about.groups]

    def _who_replied(self, tiles: Iterable[str], rates: Iterable[Figure] = ()) -> str:
        """The tiles under their heading, and the source of the rates in them."""
        label, known = self.language.label, self.study.population_known
        share, who = label("Share of those invited that replied"), label("Who replied")
        heading = escape(share if known else who)
        shown = list(rates)
        source = f'<p class="note">{self.names.source(shown)}</p>' if shown else ""
        return (
            f'<section><h3>{heading}</h3><ul class="tiles">{"".join(tiles)}</ul>{source}</section>'
        )

    def _people_tile(self, group: str, people: Figure) -> str:
        """How many of a group replied, where nobody knows of how many."""
        return f"<li>{big(people)} {escape(self.names.group(group))}</li>"

    def _rate_tile(self, group: str, rate: Figure, beside: str) -> str:
        """A group's response rate, the people behind it, and what to read it beside."""
        name = escape(self.names.group(group))
        counts = "" if rate.count is None else escape(self.names.wording.count(rate))
        return f"<li>{big(rate)} <strong>{name}</strong> <span>{counts}<br>{beside}</span></li>"

    def _both_ends(self, shown: Mapping[str, Figure], best: str, worst: str) -> str:
        """List the statements of the highest and the lowest shares, each under its heading."""
        if not shown:
            few = self.language.together_hidden()
            return f"<p>{escape(few)}.</p>"
        high, low = both_ends(shown, self.study.about.thresholds.key_statements)
        if not high:
            return f"<p>{escape(self.language.label('No statement stands out.'))}</p>"
        lists = self._listed(best, high, shown) + self._listed(worst, low, shown)
        return f'<div class="best-and-worst">{lists}</div>'

    def _listed(self, heading: str, questions: list[str], shown: Mapping[str, Figure]) -> str:
        said = "".join(self._said(question, shown[question]) for question in questions)
        return f"<section><h3>{escape(heading)}</h3><ol>{said}</ol></section>"

    def _said(self, question: str, figure: Figure) -> str:
        """How many agree with a statement, or disagree where that is what the figure counts."""
        side = figure.statistic if figure.statistic in SAID else "agree"
        told = self.language.label(SAID[side], share=big(figure))
        return f"<li>{told}: “{escape(self.names.statement(question))}”</li>"


def linked(figure: Figure) -> Html:
    """Return what a figure prints, which leads to its evidence."""
    return figure_link(figure.anchor, figure.display)


def big(figure: Figure) -> str:
    """Return what a figure prints, as the first thing to see."""
    return f'<span class="big">{linked(figure)}</span>'

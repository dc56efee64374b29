"""The national overview, section by section: all councils together, and side by side."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from helpers.figures.estimates import direction
from helpers.figures.figure import Figure
from helpers.figures.maturity import LEVELS
from helpers.figures.national import PLACES
from helpers.figures.overview import OverviewMeasures
from helpers.report.charts import grid, strips
from helpers.report.content import headlines
from helpers.report.content.area_summary import AreaSummary
from helpers.report.content.tables import Counted, Table, figures_in
from helpers.report.notebook.shown import Shown
from helpers.report.notebook.template import NATIONAL_OVERVIEW


@dataclass(frozen=True)
class Overview(AreaSummary):
    """The summary, charts and tables of the overview, drawn from its measures."""

    measures: OverviewMeasures
    template = NATIONAL_OVERVIEW

    def cover(self) -> Shown:
        """Title, the area, date, and what the page around the cells needs to know."""
        heading = self.language.label("{area}: national overview", area=self.names.area)
        return self._front(heading, self.study.about.date)

    def response_chart(self) -> Shown:
        """Response rates by group: of the whole study, and where those of councils lie."""
        label, measures = self.language.label, self.measures
        apart = measures.fresh()  # a dot is no number that a reader finds in the chart
        rows = [
            (
                self.names.group(group),
                measures.national_response_rate(group),
                measures.councils_table.rates[group],
            )
            for group in self._groups
        ]
        return self._spread(
            "responses",
            rows,
            [partial(measures.area_rate, group) for group in self._groups],
            headline=label("{rate} of those invited replied", rate=rows[-1][1].display),
            subtitle=label(
                "Share of those invited that replied, by group. Invited: {numbers}.",
                numbers="; ".join(
                    f"{self.names.group(group)}: {measures.national_invited(group).display}"
                    for group in self._groups
                ),
            ),
            caption=label("Response rates by group"),
            column=label("Group"),
            drawn=[
                apart.council_response_rate(council, group)
                for council in measures.councils
                for group in self._groups
            ],
        )

    def response_table(self) -> Shown:
        """What share of each council's groups replied, and how many; the last row adds up."""
        label, measures = self.language.label, self.measures
        figures: list[tuple[str, list[Figure]]] = [
            (
                self.names.council(council),
                [measures.council_response_rate(council, group) for group in self._groups],
            )
            for council in measures.councils
        ]
        totals = [measures.national_response_rate(group) for group in self._groups]
        figures.append((self.names.area, totals))
        table = Table(
            label("Response rates, and how many of those invited replied"),
            [self.names.unit_heading, *map(self.names.group, self._groups)],
            [[name, *map(self._counted, rates)] for name, rates in figures],
            note=self.names.source(figures_in(rates for _, rates in figures)),
            parts=[
                label("Percentage responded"),
                label("Responses received"),
                label("Number invited"),
            ],
        )
        return Shown(self._rendered(table), table.caption)

    def statement_chart(self, theme: str) -> Shown:
        """Agreement with each statement of a theme: over the area, and where councils' lie."""
        label, shares = self.language.label, self.measures.councils_table.shares
        questions = self.study.statements_of(theme=theme)
        national = {question: self.measures.national(question) for question in questions}
        known = {key: figure for key, figure in national.items() if figure.value is not None}
        return self._spread(
            f"statements-{theme}",
            [
                (self.names.statement(question), national[question], shares[question])
                for question in questions
            ],
            [partial(self.measures.area_agree, question) for question in questions],
            headline=headlines.most_and_least(known, self.names.statement, self.language),
            subtitle=label(
                "Share that agrees or strongly agrees, of those who answered. {bases}",
                bases=headlines.bases(
                    [("", [figure]) for figure in national.values()],
                    [self.names.area],
                    self.language,
                ),
            ),
            caption=label("Agreement: {theme}", theme=self.names.theme(theme)),
            column=label("Statement"),
            shown=[self.measures.councils_shown(question) for question in questions],
        )

    def maturity_chart(self) -> Shown:
        """How many councils stand at each level of each characteristic, as computed."""
        label, measures = self.language.label, self.measures
        keys = list(self._needed(self.study.about.characteristics, "maturity"))
        counts = {key: [measures.councils_at_level(key, level) for level in LEVELS] for key in keys}
        columns = [self.names.level(level) for level in LEVELS]
        return self._chart(
            "maturity",
            partial(
                grid.maturity_chart,
                rows=[(self.names.characteristic(key), None, counts[key]) for key in keys],
                column_names=columns,
            ),
            headline=headlines.highest_of_all(counts, self.names),
            subtitle=label("Number at each level ({area}), as computed", area=self.names.area),
            table=Table(
                label("{units} at each level, as computed", units=self.names.units),
                [label("Characteristic"), *columns],
                [[self.names.characteristic(key), *counts[key]] for key in keys],
            ),
        )

    def difference_chart(self, group: str, than: str) -> Shown:
        """Where two groups differ over the whole study, the widest differences first."""
        label, measures = self.language.label, self.measures
        for name in (group, than):
            self._needed(name in self.study.groups, f"group '{name}'")
        apart = self._differences(group, than)
        pairs = {
            question: (measures.national(question, group), measures.national(question, than))
            for question in apart
        }
        names = (self.names.group(group), self.names.group(than))
        rows = [(self.names.statement(question), pair) for question, pair in pairs.items()]
        return self._chart(
            "differences",
            partial(strips.difference_chart, rows=rows, groups=names),
            headline=headlines.widest(
                {key: pair for key, pair in pairs.items() if _is_clear(apart[key])},
                names,
                self.names,
            ),
            subtitle=label(
                "Share that agrees or strongly agrees, of those who answered. {bases}",
                bases=headlines.bases(rows, names, self.language),
            ),
            table=Table(
                label("{group}, less {other}", group=names[0], other=names[1]),
                [label("Statement"), *names, label("Difference"), label("95% interval")],
                [
                    [
                        self.names.statement(question),
                        *pairs[question],
                        figure,
                        self.names.wording.interval(figure) if figure.interval else "",
                    ]
                    for question, figure in apart.items()
                ],
            ),
        )

    def _differences(self, group: str, than: str) -> dict[str, Figure]:
        """How two groups differ on each statement that both were asked, the widest first."""
        apart = {
            question: self.measures.national_difference(question, group, than)
            for question in self.study.questionnaire.statements
            if self.study.asked(question, group) and self.study.asked(question, than)
        }
        wide = sorted(apart, key=lambda question: -abs(apart[question].value or Fraction(0)))
        return {question: apart[question] for question in wide}

    def _spread(
        self,
        name: str,
        rows: list[tuple[str, Figure, list[Fraction]]],
        places: list[Callable[..., Figure]],
        *,
        headline: str,
        subtitle: str,
        caption: str,
        column: str,
        shown: Iterable[Figure] = (),
        drawn: Iterable[Figure] = (),
    ) -> Shown:
        """Frame a chart of figures of the area among the councils' own, with its numbers."""
        label, names = self.language.label, self.names
        spread = [(words, figure, list(map(float, values))) for words, figure, values in rows]
        counts = [[figure] for figure in shown] or [[] for _ in rows]
        return self._chart(
            name,
            partial(
                strips.spread_chart,
                rows=spread,
                labels=(names.area, names.units),
                dots=self.measures.national_table.dots,
            ),
            headline=headline,
            subtitle=subtitle,
            table=Table(
                caption,
                [
                    column,
                    names.area,
                    *map(names.place, PLACES),
                    *([label("{units} shown", units=names.units)] if shown else []),
                ],
                [
                    [words, figure, *(find(place=place) for place in PLACES), *count]
                    for (words, figure, _), find, count in zip(rows, places, counts, strict=True)
                ],
            ),
            drawn=drawn,
        )

    def _counted(self, rate: Figure) -> Counted:
        """A rate that leads to its evidence, with the people behind it."""
        return Counted(rate, self.names.wording.count(rate))


def _is_clear(difference: Figure) -> bool:
    return direction(difference.interval or (0.0, 0.0)) != "not_clear"

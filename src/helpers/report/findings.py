"""What we found: the charts and tables of one council's report, drawn from its measures."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.report import charts, headlines
from helpers.report.drawing import render_figure
from helpers.report.language import Language
from helpers.report.names import Names
from helpers.report.shown import Shown
from helpers.report.tables import Table, render_table
from helpers.study.definition import TOTAL, Study

LEVELS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)


@dataclass(frozen=True)
class Findings:
    """The charts and tables; each takes its numbers from `measures`, which keep a record."""

    study: Study
    measures: Measures
    language: Language

    @property
    def names(self) -> Names:
        """What a reader calls things."""
        return Names(self.study, self.language)

    @property
    def _council(self) -> str:
        return self.names.council(self.measures.council)

    @property
    def _groups(self) -> list[str]:
        return [*self.study.about.groups, TOTAL]

    def response_table(self) -> Shown:
        """Who was invited and who replied, as published."""
        label, measures = self.language.label, self.measures
        columns = ["Data tool recipients", "Number invited", "Responses received"]
        rows = [
            [
                self.names.group(group),
                measures.invited(group),
                measures.responses(group),
                measures.response_rate(group),
            ]
            for group in self._groups
        ]
        table = Table(
            label("Data tool responses: {council}", council=self._council),
            [*map(label, columns), label("Percentage responded")],
            rows,
            note=self.names.source(_figures(rows)),
        )
        return Shown(render_table(table), table.caption)

    def response_chart(self) -> Shown:
        """Response rates by group, beside those of the whole study."""
        label, measures = self.language.label, self.measures
        rows = [
            (
                self.names.group(group),
                measures.response_rate(group),
                measures.national_response_rate(group),
            )
            for group in self._groups
        ]
        return self._chart(
            "responses",
            partial(charts.responses_chart, rows=rows, labels=(self._council, self.names.area)),
            headline=label("{rate} of those invited replied", rate=rows[-1][1].display),
            subtitle=label("Share of those invited that replied, by group"),
            table=Table(
                label("Response rates by group"),
                [label("Group"), self._council, self.names.area],
                [list(row) for row in rows],
            ),
        )

    def comparison_chart(self) -> Shown:
        """The council's theme scores among those of the others."""
        label, national = self.language.label, self.measures.national_table
        scores = {theme: self.measures.theme_score(theme) for theme in self.study.about.themes}
        shown = {theme: figure for theme, figure in scores.items() if figure.value is not None}
        subtitle = "Average share of respondents whose answers speak well of the council, by theme"
        return self._chart(
            "comparison",
            partial(
                charts.comparison_chart,
                rows=[
                    (self.names.theme(key), figure, national.scores[key])
                    for key, figure in scores.items()
                ],
                labels=(self._council, label("Other councils")),
                dots=national.dots,
            ),
            headline=headlines.best_and_worst(shown, self.names.theme, self.language),
            subtitle=label(subtitle),
            table=Table(
                label("Theme scores"),
                [label("Theme"), self._council],
                [[self.names.theme(key), figure] for key, figure in scores.items()],
            ),
        )

    def agreement_chart(self, theme: str) -> Shown:
        """Agreement with each statement of a theme, by group."""
        label, questions = self.language.label, self.study.statements_of(theme=theme)
        groups = list(self.study.about.groups)
        rows = [
            (self.names.statement(question), [self._asked(question, group) for group in groups])
            for question in questions
        ]
        names = [self.names.group(group) for group in groups]
        not_asked = label("not asked")
        return self._chart(
            f"agreement-{theme}",
            partial(charts.agreement_chart, rows=rows, groups=names, not_asked=not_asked),
            headline=headlines.best_and_worst(
                self._favourable(questions), self.names.statement, self.language
            ),
            subtitle=label(
                "Share that agrees or strongly agrees, of those who answered. {bases}",
                bases=headlines.bases(rows, names, self.language),
            ),
            table=Table(
                label("Agreement by group: {theme}", theme=self.names.theme(theme)),
                [label("Statement"), *names, self.names.group(TOTAL)],
                [
                    [
                        text,
                        *(figure or not_asked for figure in drawn),
                        self.measures.agree(question),
                    ]
                    for question, (text, drawn) in zip(questions, rows, strict=True)
                ],
            ),
        )

    def statement_table(self, theme: str) -> Shown:
        """Each statement of a theme: groups against the whole study, disagreement, don't know."""
        label, measures = self.language.label, self.measures
        rows = [
            [
                self.names.statement(question),
                *(self._asked(question, group) or label("not asked") for group in self._groups),
                measures.national(question),
                measures.disagree(question),
                measures.dont_know(question),
            ]
            for question in self.study.statements_of(theme=theme)
        ]
        agreeing = [
            label("{group} who agree", group=self.names.group(group)) for group in self._groups
        ]
        table = Table(
            label("Statements: {theme}", theme=self.names.theme(theme)),
            [
                label("Statement"),
                *agreeing,
                label("{group} who agree", group=self.names.area),
                label("Total who disagree"),
                label("Total who don't know"),
            ],
            rows,
            note=" ".join([self._hidden_note(), self.names.source(_figures(rows))]),
        )
        return Shown(render_table(table), table.caption)

    def maturity_chart(self) -> Shown:
        """The council's levels among the number of councils at each."""
        label, measures = self.language.label, self.measures
        keys = list(self.study.about.characteristics)
        own = {key: measures.level(key) for key in keys}
        counts = {key: [measures.councils_at_level(key, level) for level in LEVELS] for key in keys}
        columns = [self.names.level(level) for level in LEVELS]
        return self._chart(
            "maturity",
            partial(
                charts.maturity_chart,
                rows=[(self.names.characteristic(key), own[key], counts[key]) for key in keys],
                column_names=columns,
                mark=self._council,
            ),
            headline=headlines.highest(own, self.names),
            subtitle=label(
                "Number of councils in {area} at each level, as computed; the outlined "
                "level is this council's",
                area=self.names.area,
            ),
            table=Table(
                label("Councils at each level"),
                [label("Characteristic"), self._council, *columns],
                [[self.names.characteristic(key), own[key], *counts[key]] for key in keys],
            ),
        )

    def _asked(self, question: str, group: str) -> Figure | None:
        asked = self.study.asked(question, group)
        return self.measures.agree(question, group) if asked else None

    def _favourable(self, questions: Iterable[str]) -> dict[str, Figure]:
        """The total's favourable answers that are shown, by question."""
        statements = self.study.questionnaire.statements
        found = {
            question: getattr(self.measures, statements[question].favourable)(question)
            for question in questions
        }
        return {question: figure for question, figure in found.items() if not figure.suppressed}

    def _hidden_note(self) -> str:
        minimum = self.study.about.thresholds.minimum_base
        return self.language.label(
            "[c] means that fewer than {minimum} people answered, so the number is not shown.",
            minimum=minimum,
        )

    def _chart(
        self,
        name: str,
        draw: Callable[..., str],
        *,
        headline: str,
        subtitle: str,
        table: Table,
    ) -> Shown:
        """Draw, and set the picture between its headline and its numbers.

        The description that a screen reader reads is composed from the same figures.
        """
        name = f"chart-{name}"  # apart from the ids of the template's cells
        svg = draw(name, title=headline, description=headlines.described(table))
        html = render_figure(
            svg,
            name=name,
            headline=headline,
            subtitle=subtitle,
            source=self.names.source(_figures(table.rows)),
            table_html=render_table(table),
            table_label=self.language.label("The numbers as a table"),
        )
        return Shown(html, headline)


def _figures(rows: Iterable[Iterable[object]]) -> list[Figure]:
    return [cell for row in rows for cell in row if isinstance(cell, Figure)]

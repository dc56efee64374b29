"""What we found: the charts and tables of one council's report, drawn from its measures."""

from collections.abc import Iterable
from functools import partial

from helpers.figures.figure import Figure
from helpers.figures.maturity import LEVELS
from helpers.figures.national import PLACES
from helpers.report.binding.links import Html, evidence_link
from helpers.report.charts import bars, grid, strips
from helpers.report.content import headlines
from helpers.report.content.replies import Replies
from helpers.report.content.tables import Table, figures_in
from helpers.report.notebook.shown import Shown
from helpers.study.definition import TOTAL


class Findings(Replies):
    """The charts and tables of each theme, of the comparison and of maturity."""

    def comparison_chart(self) -> Shown:
        """The council's theme scores among those of the others."""
        label, measures = self.language.label, self.measures
        scores = {theme: self.measures.theme_score(theme) for theme in self.study.about.themes}
        shown = {theme: figure for theme, figure in scores.items() if figure.value is not None}
        return self._chart(
            "comparison",
            partial(
                strips.comparison_chart,
                rows=[
                    (self.names.theme(key), figure, list(map(float, measures.scores(key))))
                    for key, figure in scores.items()
                ],
                labels=(self._council, label("Others")),
                dots=measures.national_table.dots,
            ),
            headline=headlines.best_and_worst(shown, self.names.theme, self.language),
            subtitle=label(
                "Average share of favourable answers, by theme. {bases}", bases=self._bases(shown)
            ),
            table=Table(
                label("Theme scores: {council} among the others", council=self._council),
                [label("Theme"), self._council, *map(self.names.place, PLACES)],
                [
                    [
                        self.names.theme(key),
                        figure,
                        *(self.measures.area_score(key, place) for place in PLACES),
                    ]
                    for key, figure in scores.items()
                ],
            ),
        )

    def agreement_chart(self, theme: str) -> Shown:
        """Agreement with each statement of a theme: by group, else beside the whole study."""
        label, questions = self.language.label, self.study.statements_of(theme=theme)
        groups = self._drawn_groups(questions)
        names = [self.names.group(group) for group in groups] or [self._council, self.names.area]
        totals = [] if not groups or TOTAL in groups else [TOTAL]  # not drawn, but in the table
        rows = [
            (
                self.names.statement(question),
                [self._asked(question, group) for group in groups]
                or [self.measures.agree(question), self.measures.national(question)],
            )
            for question in questions
        ]
        not_asked = label("not asked")
        return self._chart(
            f"agreement-{theme}",
            partial(bars.agreement_chart, rows=rows, groups=names, not_asked=not_asked),
            headline=headlines.best_and_worst(
                self._favourable(questions), self.names.statement, self.language
            ),
            subtitle=label(
                "Share that agrees or strongly agrees, of those who answered. {bases}",
                bases=headlines.bases(rows, names, self.language),
            ),
            table=Table(
                label("Agreement: {theme}", theme=self.names.theme(theme)),
                [label("Statement"), *names, *map(self.names.group, totals)],
                [
                    [
                        text,
                        *(figure or not_asked for figure in drawn),
                        *(self.measures.agree(question, group) for group in totals),
                    ]
                    for question, (text, drawn) in zip(questions, rows, strict=True)
                ],
            ),
        )

    def statement_table(self, theme: str) -> Shown:
        """Each statement of a theme: groups, the whole study and the rest of it, don't know."""
        label, measures = self.language.label, self.measures
        unsure = [label("Total who don't know")] if self.study.has_dont_know else []
        rows = [
            [
                self.names.statement(question),
                *(self._asked(question, group) or label("not asked") for group in self._groups),
                measures.national(question),
                self._compared(question),
                measures.disagree(question),
                *(measures.dont_know(question) for _ in unsure),
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
                label("Compared with the rest of {area}", area=self.names.area),
                label("Total who disagree"),
                *unsure,
            ],
            rows,
            note=self._small_print(figures_in(rows)),
        )
        return Shown(self._rendered(table), table.caption)

    def maturity_chart(self) -> Shown:
        """The council's levels among the number of councils at each."""
        label, measures = self.language.label, self.measures
        keys = list(self._needed(self.study.about.characteristics, "maturity"))
        own = {key: measures.level(key) for key in keys}
        counts = {key: [measures.councils_at_level(key, level) for level in LEVELS] for key in keys}
        columns = [self.names.level(level) for level in LEVELS]
        return self._chart(
            "maturity",
            partial(
                grid.maturity_chart,
                rows=[(self._judged_title(key, own[key]), own[key], counts[key]) for key in keys],
                column_names=columns,
                mark=self._council,
            ),
            headline=headlines.highest_level(own, self.names),
            subtitle=label(
                "Number at each level ({area}), as computed; the outlined level: {council}",
                area=self.names.area,
                council=self._council,
            ),
            table=Table(
                label("{units} at each level, as computed", units=self.names.units),
                [label("Characteristic"), self._council, *columns],
                [[self._judged_title(key, own[key]), own[key], *counts[key]] for key in keys],
            ),
        )

    def _judged_title(self, characteristic: str, level: Figure) -> str:
        """A characteristic, and that auditors overruled its level, which no count beside it has."""
        return headlines.as_judged(self.names.characteristic(characteristic), level, self.language)

    def _bases(self, themes: Iterable[str]) -> str:
        """How many people answered the statements of these themes, fewest to most."""
        questions = [code for theme in themes for code in self.study.statements_of(theme=theme)]
        rows = [("", [self.measures.agree(question)]) for question in questions]
        return headlines.bases(rows, [self._council], self.language)

    def _compared(self, question: str) -> Html:
        """How the total stands to the others, in a word that leads to its evidence."""
        rest = self.measures.rest_of_area(question)
        word = headlines.compared(rest, self.language)
        return evidence_link(rest.anchor, word)

    def _drawn_groups(self, questions: Iterable[str]) -> list[str]:
        """The groups of an agreement chart, and the total where it stands in for a hidden one."""
        groups = list(self.study.about.groups)
        figures = [self._asked(question, group) for question in questions for group in groups]
        hidden = any(figure and figure.value is None for figure in figures)
        return [*groups, TOTAL] if hidden else groups

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
        return {question: figure for question, figure in found.items() if figure.value is not None}

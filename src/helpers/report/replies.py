"""Who was asked and who replied; and how a chart is framed on the page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from helpers.errors import UsageError
from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.report import charts, headlines
from helpers.report.drawing import render_figure
from helpers.report.language import Language
from helpers.report.names import Names
from helpers.report.shown import Shown
from helpers.report.tables import Table, render_table
from helpers.study.definition import TOTAL, Study

Part = TypeVar("Part")


@dataclass(frozen=True)
class Replies:
    """The frame of each chart and table; numbers come from `measures`, which keep a record."""

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

    def _needed(self, part: Part | None, name: str) -> Part:
        """Return a part of the study; raises UsageError, so that no section stands empty."""
        if not part:
            raise UsageError(f"this study has no {name}; remove the call from the template")
        return part

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
            note=self.names.source(figures_in(rows)),
        )
        return Shown(render_table(table), table.caption)

    def data_tools(self) -> Shown:
        """The data tools, whom each was sent to, and in which group its answers count."""
        label = self.language.label
        rows = [
            [self.names.group(tool), self.names.recipients(tool), self.names.group(group)]
            for group, listed in self._needed(self.study.about.groups, "groups").items()
            for tool in listed.tools
        ]
        columns = [label("Data tool"), label("Sent to"), label("Counted among")]
        table = Table(label("Who was asked"), columns, rows)
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
            subtitle=label(
                "Share of those invited that replied, by group. Invited: {numbers}.",
                numbers="; ".join(
                    f"{self.names.group(group)}: {measures.invited(group).display}"
                    for group in self._groups
                ),
            ),
            table=Table(
                label("Response rates by group"),
                [label("Group"), self._council, self.names.area],
                [list(row) for row in rows],
            ),
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
        figures = figures_in(table.rows)
        notes = [self._hidden_note()] if any(figure.hidden for figure in figures) else []
        svg = draw(name, title=headline, description=headlines.described(table))
        html = render_figure(
            svg,
            name=name,
            headline=headline,
            subtitle=subtitle,
            source=" ".join([*notes, self.names.source(figures)]),
            table_html=render_table(table),
            table_label=self.language.label("The numbers as a table"),
        )
        return Shown(html, headline)

    def _hidden_note(self) -> str:
        label, limits = self.language.label, self.study.about.thresholds
        note = label(
            "[c] means that too few people answered for the number to be shown, or that the "
            "answers of so small a group would follow from it."
        )
        if limits.words_below == limits.nothing_below:
            return note
        low, high = limits.nothing_below, limits.words_below - 1
        words = "Where {low} to {high} people answered, words stand for the number."
        return f"{label(words, low=low, high=high)} {note}"


def figures_in(rows: Iterable[Iterable[object]]) -> list[Figure]:
    """Return the figures among the cells of a table's rows."""
    return [cell for row in rows for cell in row if isinstance(cell, Figure)]

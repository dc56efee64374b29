"""Who was asked, and who replied."""

from dataclasses import dataclass
from functools import partial

from helpers.figures.measures import Measures
from helpers.report.charts import bars
from helpers.report.content.report import Report
from helpers.report.content.tables import Table, figures_in
from helpers.report.notebook.shown import Shown


@dataclass(frozen=True)
class Replies(Report):
    """The response table and chart of one council's report."""

    measures: Measures

    @property
    def _council(self) -> str:
        return self.names.council(self.measures.council)

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
        return Shown(self._rendered(table), table.caption)

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
        return Shown(self._rendered(table), table.caption)

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
            partial(bars.responses_chart, rows=rows, labels=(self._council, self.names.area)),
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

"""One council's report, section by section: what the template's code cells call."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape
from typing import Any

from helpers.figures.figure import Figure
from helpers.figures.maturity import LEVELS
from helpers.figures.measures import Measures
from helpers.report.binding.links import Html
from helpers.report.content.own_words import render_comments
from helpers.report.content.summary import Summary
from helpers.report.content.tables import Table
from helpers.report.languages.language import Language
from helpers.report.notebook.shown import Shown
from helpers.study.comments import Comment
from helpers.study.definition import Study


class CouncilReport(Summary):
    """The report: what frames it here, its texts in Advice, its charts and tables in Findings."""

    def __init__(
        self,
        study: Study,
        measures: Measures,
        language: Language,
        inputs: Mapping[str, str],
        report_date: date,
        good_practice: list[str] | None,
        judgements: Mapping[str, Mapping[str, Any]],
        comments: Sequence[Comment] = (),
    ) -> None:
        super().__init__(study, measures, language, inputs)
        self.report_date = report_date
        self.chosen_cases = good_practice
        self.judgements = judgements
        self.released = comments

    def cover(self) -> Shown:
        """Title, council, date, and what the page around the cells needs to know."""
        council = self.study.councils[self.measures.council]
        return self._front(council.official_name[self.language.code], self.report_date)

    def barriers(self) -> Shown:
        """The barriers that the national study named."""
        barriers = self._needed(self.study.about.barriers, "barriers")
        return Shown(self._list([barrier.text for barrier in barriers]), "")

    def recommendations(self) -> Shown:
        """The national recommendations, a group a theme."""
        groups = [
            f"<p><strong>{escape(self.names.theme(key))}</strong></p>{self._recommended(key)}"
            for key in self.study.about.themes
        ]
        return Shown("".join(groups), "")

    def maturity_matrix(self) -> Shown:
        """What each level of each characteristic looks like."""
        label = self.language.label
        rows = [
            [
                self.names.characteristic(key),
                *(Html(self._phrase(self.study.maturity.levels[key][level])) for level in LEVELS),
            ]
            for key in self._needed(self.study.about.characteristics, "maturity")
        ]
        columns = [self.names.level(level) for level in LEVELS]
        caption = label("Levels of maturity, summarised from the published matrix")
        html = self._rendered(
            Table(caption, [label("Characteristic"), *columns], rows, kind="matrix")
        )
        return Shown(html, caption)

    def comments(self, theme: str) -> Shown | None:
        """What people wrote on a theme and an auditor released; None shows nothing."""
        found = [comment for comment in self.released if comment.theme == theme]
        if not found:
            return None
        status = self.measures.provenance.of_comments({comment.tool for comment in found})
        return Shown(render_comments(found, status, self.names), self.names.theme(theme))

    def maturity_table(self) -> Shown:
        """The council's level on each characteristic, what it looks like, and any judgement."""
        label = self.language.label
        keys = self._needed(self.study.about.characteristics, "maturity")
        levels = {key: self.measures.level(key) for key in keys}
        rows: list[list[object]] = [
            [
                self.names.characteristic(key),
                figure,
                self._looks_like(key, figure),
                *([Html(self._judged(key, figure))] if self.judgements else []),
            ]
            for key, figure in levels.items()
        ]
        columns = [label("Characteristic"), label("Level"), label("What this level looks like")]
        if self.judgements:
            columns.append(label("Auditors' judgement"))
        caption = label("Maturity profile: {council}", council=self._council)
        note = self.names.source(levels.values())
        if any(None in (figure.value, figure.computed) for figure in levels.values()):
            unknown = label("[x] means not assessed: too few statements could be shown.")
            note = f"{unknown} {note}"
        return Shown(self._rendered(Table(caption, columns, rows, note)), caption)

    def good_practice(self) -> Shown:
        """Cases to learn from: those chosen, else those that serve the weakest themes."""
        return self.cases(self.chosen_cases)

    def _looks_like(self, characteristic: str, figure: Figure) -> Html:
        level = LEVELS[int(figure.value) - 1] if figure.value else None
        return Html(
            self._phrase(self.study.maturity.levels[characteristic][level]) if level else ""
        )

    def _judged(self, key: str, figure: Figure) -> str:
        """Say what was computed and why an auditor's level stands instead."""
        if key not in self.judgements:
            return ""
        value = None if figure.computed is None else Fraction(figure.computed)
        computed = replace(figure, value=value).display
        reason = self._phrase(self.judgements[key]["reason"])
        return self.language.label(
            "Computed: {computed}. {reason}", computed=computed, reason=reason
        )

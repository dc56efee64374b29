"""One council's report, section by section: what the template's code cells call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from html import escape
from typing import Any

from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import MEASURES
from helpers.report.evidence import show_register
from helpers.report.findings import LEVELS
from helpers.report.language import Language
from helpers.report.links import Html
from helpers.report.own_words import render_comments
from helpers.report.shown import Shown
from helpers.report.summary import Summary
from helpers.report.tables import Table, render_table
from helpers.report.words_table import render_words
from helpers.study.comments import Comment
from helpers.study.definition import Study


class CouncilReport(Summary):
    """The report: what frames it here, its texts in Advice, its charts and tables in Findings."""

    def __init__(
        self,
        study: Study,
        measures: Measures,
        language: Language,
        report_date: date,
        good_practice: list[str] | None,
        judgements: Mapping[str, Mapping[str, Any]],
        comments: Sequence[Comment] = (),
    ) -> None:
        super().__init__(study, measures, language)
        self.report_date = report_date
        self.chosen_cases = good_practice
        self.judgements = judgements
        self.released = comments

    def sentence_measures(self) -> dict[str, Callable[..., InlineFigure]]:
        """Return the measures by name, for the inline figures of Markdown cells.

        They are apart from the charts' and tables', which alone are recorded as cells run.
        """
        apart = self.measures.fresh()

        def inline(measure: str) -> Callable[..., InlineFigure]:
            return lambda *given, **named: InlineFigure(
                getattr(apart, measure)(*given, **named), apart.wording
            )

        return {name: inline(name) for name in MEASURES}

    def cover(self) -> Shown:
        """Title, council, date, and what the page around the cells needs to know."""
        about, label, code = self.study.about, self.language.label, self.language.code
        council = self.study.councils[self.measures.council].official_name[code]
        lines = [about.office[code], self.language.date(self.report_date)]
        html = (
            f'<div class="cover"><p class="study">{escape(about.title[code])}</p>'
            f"<h1>{escape(council)}</h1>"
            + "".join(f"<p>{escape(line)}</p>" for line in lines)
            + "</div>"
        )
        illustrative = self.measures.provenance.illustrative
        mark = f" ({label('illustrative data')})" if illustrative else ""
        page = {
            "name": "report",
            "language": code,
            "languages": about.languages,
            "title": f"{about.title[code]}: {council}{mark}",
            "notices": self.names.notices(illustrative=illustrative),
            "footer": about.acknowledgement[code],
        }
        return Shown(html, council, page)

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
        html = render_table(
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
        note = label("[x] means not assessed: too few statements could be shown.")
        source = self.names.source(levels.values())
        return Shown(render_table(Table(caption, columns, rows, f"{note} {source}")), caption)

    def good_practice(self) -> Shown:
        """Cases to learn from: those chosen, else those that serve the weakest themes."""
        return self.cases(self.chosen_cases)

    def contacts(self) -> Shown:
        """Acknowledgement, the national report, and how to reach the office in each language."""
        about, code = self.study.about, self.language.code
        report = self._needed(about.national_report, "national report")
        contact = self._needed(about.contact, "contact")
        link = (
            f'<a href="{escape(report.link)}">{escape(report.title[code])}</a>, '
            f"{escape(report.author[code])}, {self.language.date(report.date)}"
        )
        offices = "".join(
            f'<address lang="{language}"><p><strong>{escape(about.office[language])}</strong></p>'
            f"<p>{escape(contact.address[language])}</p><p>{escape(contact.telephone)}</p>"
            f'<p><a href="mailto:{escape(contact.email)}">{escape(contact.email)}</a></p>'
            f"<p>{escape(contact.website)}</p></address>"
            for language in about.languages
        )
        html = (
            f"<p>{link}</p>"
            f'<p>{escape(contact.welcome[code])}</p><div class="contacts">{offices}</div>'
        )
        return Shown(html, report.title[code])

    def quantity_words(self) -> Shown:
        """What the words for quantities mean."""
        self._needed(self.study.quantity_words.claims, "words for quantities")
        return Shown(render_words(self.names), self.language.label("Words for quantities"))

    def register(self, inline: list[str]) -> Shown:
        """Every figure that this report uses, computed afresh, as canonical JSON and a table."""
        return show_register(self.measures, inline, self.names)

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

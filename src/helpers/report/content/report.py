"""What every document has, a council's report and the overview: its frame, not its findings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import ClassVar, TypeVar

from helpers.errors import UsageError
from helpers.figures.evaluation import AnyMeasures
from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure
from helpers.figures.vocabulary import spoken_by
from helpers.report.binding.links import Html
from helpers.report.charts.drawing import render_figure
from helpers.report.content import headlines
from helpers.report.content.evidence import show_register
from helpers.report.content.tables import Table, figures_in, mark_published, render_table
from helpers.report.content.words_table import words_table
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.notebook.shown import Shown
from helpers.report.notebook.template import COUNCIL_REPORT, Template
from helpers.study.definition import TOTAL, Study

Part = TypeVar("Part")
SHORT = 16  # of a digest's 64 characters: enough to tell files apart, and to read out


@dataclass(frozen=True)
class Report:
    """The frame of each chart and table; numbers come from `measures`, which keep a record.

    `inputs` holds the SHA-256 of what the report is made from, by path.
    """

    study: Study
    measures: AnyMeasures
    language: Language
    inputs: Mapping[str, str] = field(default_factory=dict)
    template: ClassVar[Template] = COUNCIL_REPORT

    @property
    def names(self) -> Names:
        """What a reader calls things."""
        return Names(self.study, self.language)

    def sentence_measures(self) -> dict[str, Callable[..., InlineFigure]]:
        """Return the measures by name, for the inline figures of Markdown cells.

        They are apart from the charts' and tables', which alone are recorded as cells run.
        """
        apart = self.measures.fresh()

        def inline(measure: str) -> Callable[..., InlineFigure]:
            return lambda *given, **named: InlineFigure(
                getattr(apart, measure)(*given, **named), apart.wording
            )

        return {name: inline(name) for name in spoken_by(type(self.measures))}

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
            f"{_textphone(contact.textphone, Language(language))}"
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
        table = words_table(self.names)
        return Shown(self._rendered(table), table.caption)

    def assurance(self) -> Shown:
        """What the report was made from beside the answers, by digest."""
        label = self.language.label
        caption = label("What this page was made from")
        start = label("How its digest begins")
        rows = [
            [Html(f"<code>{escape(path)}</code>"), Html(f"<code>{digest[:SHORT]}</code>")]
            for path, digest in self.inputs.items()
        ]
        return Shown(self._rendered(Table(caption, [label("File"), start], rows)), caption)

    def register(self, inline: list[str]) -> Shown:
        """Every figure that this report uses, computed afresh, as canonical JSON and a table."""
        return show_register(self.measures, inline, self.names)

    @property
    def _groups(self) -> list[str]:
        return [*self.study.about.groups, TOTAL]

    def _needed(self, part: Part | None, name: str) -> Part:
        """Return a part of the study; raises UsageError, so that no section stands empty."""
        if not part:
            raise UsageError(f"this study has no {name}; remove the call from the template")
        return part

    def _front(self, heading: str, day: date) -> Shown:
        """Title, heading, date, and what the page around the cells needs to know."""
        about, label, code = self.study.about, self.language.label, self.language.code
        illustrative = self.measures.provenance.illustrative
        html = (
            f'<div class="cover"><p class="study">{escape(about.title[code])}</p>'
            f"<h1>{escape(heading)}</h1>{self._signed(day, illustrative=illustrative)}</div>"
        )
        mark = f" ({label('illustrative data')})" if illustrative else ""
        page = {
            "council": self.measures.council,
            "language": code,
            "languages": about.languages,
            "stem": self.template.stem,
            "title": f"{about.title[code]}: {heading}{mark}",
            "notices": self.names.notices(illustrative=illustrative),
            "footer": about.acknowledgement[code],
        }
        return Shown(html, heading, page)

    def _signed(self, day: date, *, illustrative: bool) -> str:
        """Say whose page it is; of what is not real, only whose study it is made after."""
        office, when = self.study.about.office[self.language.code], self.language.date(day)
        if not illustrative:
            return f"<p>{escape(office)}</p><p>{escape(when)}</p>"
        study = self.language.label("The study: {office}, {date}", office=office, date=when)
        return (
            f'<p>{escape(study)}</p><p><span class="tag">{escape(self.names.not_real)}</span></p>'
        )

    def _chart(
        self,
        name: str,
        draw: Callable[..., str],
        *,
        headline: str,
        subtitle: str,
        table: Table,
        drawn: Iterable[Figure] = (),
    ) -> Shown:
        """Draw, and set the picture between its headline and its numbers.

        The description that a screen reader reads is composed from the same figures. `drawn` are
        those that the picture alone shows: the source is theirs too.
        """
        name = f"chart-{name}"  # apart from the ids of the template's cells
        figures = figures_in(table.rows)
        marked = self._marked(table)
        svg = draw(name, title=headline, description=headlines.described(marked))
        html = render_figure(
            svg,
            name=name,
            council=self.measures.council,
            headline=headline,
            subtitle=subtitle,
            source=self._small_print(figures, drawn),
            table_html=render_table(marked, self.measures.council),
            table_label=self.language.label("The numbers as a table"),
        )
        return Shown(html, headline)

    def _rendered(self, table: Table) -> str:
        return render_table(self._marked(table), self.measures.council)

    def _marked(self, table: Table) -> Table:
        return mark_published(table, self.language.label("published"))

    def _small_print(self, figures: Iterable[Figure], drawn: Iterable[Figure] = ()) -> str:
        """Say what stands for a hidden number, where one is, and where all numbers are from."""
        figures = list(figures)
        notes = [self._hidden_note()] if any(figure.hidden for figure in figures) else []
        return " ".join([*notes, self.names.source([*figures, *drawn])])

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


def _textphone(number: str, language: Language) -> str:
    """Return the line of an office that deaf people can write to by telephone; not all have one."""
    told = language.label("Textphone: {number}", number=number)
    return f"<p>{escape(told)}</p>" if number else ""

"""What a reader calls things: the study's names and our labels, in one language."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from helpers.figures.figure import Figure
from helpers.figures.wording import Wording
from helpers.report.binding.links import Html
from helpers.report.languages.language import Language
from helpers.study.definition import Study

ILLUSTRATIVE = (
    "Illustrative data. Apart from the published numbers, which are marked so, no figure here "
    "is real: answers are synthetic, and no finding about a real organisation may be drawn "
    "from them."
)
PUBLISHED = "Published figures."
SYNTHETIC = "Source: synthetic data made for this workbook."
NOT_REAL = "Illustrative data: these are not real answers."
MIXED = "Some of the numbers are published: the list of figures at the end tells which."
PLACE_NAMES = {
    "lowest": "Lowest",
    "lower_quartile": "Lower quartile",
    "median": "Median",
    "upper_quartile": "Upper quartile",
    "highest": "Highest",
}


@dataclass(frozen=True)
class Names:
    """The study's words in one language."""

    study: Study
    language: Language

    @property
    def wording(self) -> Wording:
        """How sentences say what is no plain number."""
        language, words = self.language, self.study.quantity_words
        return Wording(
            language.code, words, language.say, counted=language.counted, decimal=language.decimal
        )

    @property
    def area(self) -> str:
        """What all councils together cover."""
        return self.study.about.units.area[self.language.code]

    @property
    def unit(self) -> str:
        """What one audited body is called, as it stands inside a sentence."""
        return self.study.about.units.one[self.language.code]

    @property
    def units(self) -> str:
        """What the audited bodies are called, as the first word of a heading."""
        return _capital(self.study.about.units.many[self.language.code])

    @property
    def unit_heading(self) -> str:
        """What one audited body is called, as a heading."""
        return _capital(self.unit)

    def council(self, slug: str) -> str:
        """A council's short name."""
        return self.study.councils[slug].name[self.language.code]

    def group(self, group: str) -> str:
        """A group, a tool or the total."""
        return self.study.group_name(group, self.language.code)

    def recipients(self, tool: str) -> str:
        """Whom a data tool was sent to."""
        return self.study.questionnaire.tools[tool].recipients[self.language.code]

    def statement(self, question: str) -> str:
        """What people were asked to agree with."""
        return self.study.questionnaire.statements[question].text[self.language.code]

    def theme(self, theme: str) -> str:
        """A theme's title."""
        return self.study.about.themes[theme].title[self.language.code]

    def characteristic(self, key: str) -> str:
        """A row of the maturity matrix."""
        return self.study.about.characteristics[key].title[self.language.code]

    def level(self, level: int) -> str:
        """A column of the maturity matrix."""
        return self.language.label("Level {level}", level=level)

    def place(self, place: str) -> str:
        """Where in a distribution a value stands."""
        return self.language.label(PLACE_NAMES[place])

    def status(self, figure: Figure) -> str:
        """Whether a figure is published, in a word."""
        label = self.language.label
        return label("published") if figure.provenance == "published" else label("illustrative")

    @property
    def made_up(self) -> str:
        """What stands beside anything that is not real."""
        return f"{self.language.label(SYNTHETIC)} {self.not_real}"

    @property
    def not_real(self) -> str:
        """That answers are not real, as a sentence."""
        return self.language.label(NOT_REAL)

    def source(self, figures: Iterable[Figure]) -> str:
        """Where figures come from, and whether they are published."""
        about, code, label = self.study.about, self.language.code, self.language.label
        found = {figure.provenance for figure in figures}
        published = label(
            "Source: {title}, {office}.", title=about.title[code], office=about.office[code]
        )
        told = {
            "published": f"{published} {label(PUBLISHED)}",
            "illustrative": self.made_up,
        }
        return told[found.pop()] if len(found) == 1 else f"{label(SYNTHETIC)} {label(MIXED)}"

    def notices(self, *, illustrative: bool) -> list[str]:
        """What a reader of a page must know first."""
        return [self.language.label(ILLUSTRATIVE)] if illustrative else []

    def quoted(self, source: str) -> Html:
        """A published source, which the study names in its own first language."""
        first = self.study.about.languages[0]
        if self.language.code == first:
            return Html(escape(source))
        return Html(f'<span lang="{escape(first)}">{escape(source)}</span>')


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]

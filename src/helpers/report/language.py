"""An edition's language: labels from a catalogue, dates from Babel."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from helpers.errors import WorkbookError
from helpers.figures.tiers import AROUND, FEWER, MORE
from helpers.figures.wording import COUNT, POINTS, RANGE

SOURCE = "en"  # the language that labels are written in
LABELS = Path(__file__).parent / "locale"
PHRASES = {  # those of `figures`, as our labels
    FEWER: "fewer than half",
    AROUND: "around half",
    MORE: "more than half",
    COUNT: "{count} of {base}",
    RANGE: "{low} to {high}",
    POINTS: "{number} percentage points",
}


@dataclass(frozen=True)
class Language:
    """A language code, and the words of the house in it."""

    code: str

    def label(self, text: str, **values: object) -> str:
        """Return our own label in this language, `{names}` filled in."""
        if self.code != SOURCE:
            text = translate(read_catalogue(LABELS / f"{self.code}.po"), text)
        return text.format(**values)

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase of `figures`, such as a word for few people, in this language."""
        return self.label(PHRASES[phrase], **values)

    def date(self, day: date) -> str:
        """Return a date as this language writes it: 6 December 2018."""
        return str(format_date(day, "d MMMM y", locale=self.code))


@cache
def read_catalogue(path: Path) -> Catalog:
    """Return a gettext catalogue; raises WorkbookError where there is none."""
    try:
        with path.open("rb") as lines:
            return read_po(lines)
    except FileNotFoundError:
        raise WorkbookError(f"{path.name}: no such catalogue; add one for the language") from None
    except UnicodeDecodeError:
        raise WorkbookError(f"{path.name}: not in UTF-8; save it as UTF-8") from None


def translate(catalogue: Catalog, text: str, context: str | None = None) -> str:
    """Return the translation of a text; raises WorkbookError where it is missing or stale."""
    message = catalogue.get(text, context)
    if message is None or not message.string or message.fuzzy:
        where = f"cell '{context}'" if context else f"'{text}'"
        raise WorkbookError(f"{where} has no translation of its present text; add it")
    return str(message.string)

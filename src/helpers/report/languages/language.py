"""An edition's language: labels and their plural forms from a catalogue, dates from Babel."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import GNUTranslations
from io import BytesIO, StringIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, PoFileParser
from babel.numbers import format_decimal

from helpers.errors import CheckFailed, Problem, WorkbookError
from helpers.figures.tiers import AROUND, FEWER, MORE
from helpers.figures.wording import COUNT, RANGE
from helpers.study.files.textfile import read_text

SOURCE = "en"  # the language that labels are written in
LABELS = Path(__file__).parent / "locale"  # its labels.pot lists all labels in use
MOST_PLURALS = 6  # forms, which Welsh and Arabic have
PHRASES = {  # those of `figures`, as our labels
    FEWER: "fewer than half",
    AROUND: "around half",
    MORE: "more than half",
    COUNT: "{count} of {base}",
    RANGE: "{low} to {high}",
}


@dataclass(frozen=True)
class Language:
    """A language code, and the words of the house in it."""

    code: str

    def label(self, text: str, **values: object) -> str:
        """Return our own label in this language, `{names}` filled in."""
        if self.code != SOURCE:
            text = translate(read_labels(self.code), text)
        return text.format(**values)

    def counted(self, number: int, one: str, more: str, **values: object) -> str:
        """Return our own label in the form that a number asks for, `{number}` and others filled in.

        English has two forms. A catalogue says by its Plural-Forms how many it has: Welsh has six.
        """
        text = one if number == 1 else more
        if self.code != SOURCE:
            translate(read_labels(self.code), one)
            text = _plurals(self.code).ngettext(one, more, number)
        return text.format(number=self.number(number), **values)

    def number(self, number: int) -> str:
        """Return a count as this language writes it: 1,044."""
        return str(format_decimal(number, locale=self.code))

    def decimal(self, number: Decimal) -> str:
        """Return a number with all of its decimals as this language writes it: 0.04."""
        return str(format_decimal(number, locale=self.code, decimal_quantization=False))

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase of `figures`, such as a word for few people, in this language."""
        return self.label(PHRASES[phrase], **values)

    def together_hidden(self) -> str:
        """Say why nothing is told of all who answered; what is told of a group may stand beside."""
        return self.label(
            "Results of everyone who answered, taken together, cannot be shown: too few people "
            "answered, or the answers of so small a group would follow from them"
        )

    def date(self, day: date) -> str:
        """Return a date as this language writes it: 6 December 2018."""
        return str(format_date(day, "d MMMM y", locale=self.code))


def label_file(code: str) -> str:
    """Return what messages call the catalogue of our labels in a language."""
    return f"helpers/report/languages/locale/{code}.po"


def read_labels(code: str) -> Catalog:
    """Return the catalogue of our labels in a language; raises as read_catalogue does."""
    return read_catalogue(LABELS / f"{code}.po", label_file(code))


@cache
def _plurals(code: str) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, read_labels(code))
    compiled.seek(0)
    return GNUTranslations(compiled)


class _Catalogue(Catalog):
    """A catalogue that makes room for no more plural forms than a language has."""

    @property
    def num_plurals(self) -> int:
        """How many plural forms its header promises; raises ValueError for too many."""
        number: int = super().num_plurals
        if number > MOST_PLURALS:
            raise ValueError(f"{number} plural forms; expected at most {MOST_PLURALS}")
        return number


@cache
def read_catalogue(path: Path, name: str) -> Catalog:
    """Return a gettext catalogue, which messages call `name`.

    Raises CheckFailed where there is none, or what is there cannot be read.
    """
    needed_by = f"the study has the language '{path.stem}': add its catalogue"
    text = read_text(path, name, "a catalogue in UTF-8", needed_by=needed_by)
    catalogue = _Catalogue()
    try:
        PoFileParser(catalogue, abort_invalid=True).parse(StringIO(text))
    except PoFileError as error:
        told = str(error).removesuffix(f" on {error.lineno}")  # Babel counts lines from 0
        message = f"not a catalogue of gettext: {told}; mend this line"
        raise CheckFailed([Problem(name, error.lineno + 1, 1, message)]) from None
    except (ValueError, LookupError) as error:  # what its header says of dates, plurals, encoding
        message = f"its header cannot be read: {error}; take it from another catalogue"
        raise CheckFailed([Problem(name, 1, 1, message)]) from None
    return catalogue


def translate(catalogue: Catalog, text: str, context: str | None = None) -> str:
    """Return the translation of a text; raises WorkbookError where it is missing or stale."""
    message = catalogue.get(text, context)
    if message is None or message.fuzzy or not all(forms_of(message)):
        where = f"cell '{context}'" if context else f"'{text}'"
        raise WorkbookError(f"{where} has no translation of its present text; add it")
    return forms_of(message)[0]


def forms_of(message: Message) -> list[str]:
    """Return what a text is translated by: its plural forms where it counts, else one."""
    found = message.string
    return [found or ""] if isinstance(found, str | None) else [form or "" for form in found]

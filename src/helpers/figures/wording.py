"""How a language says what is no plain number: counts, intervals, differences, claims."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import count
from math import floor

from helpers.figures.estimates import percentage
from helpers.figures.figure import Figure
from helpers.study.quantity_words import QuantityWords, whole_percent

COUNT = "{count} of {base}"
RANGE = "{low} to {high}"


def english(number: int, one: str, more: str, **values: object) -> str:
    """Fill in the text that a number asks for, of the two that English has."""
    return (one if number == 1 else more).format(**values)


@dataclass(frozen=True)
class Wording:
    """The study's words for quantities in one language.

    `say` puts our own phrases, above and in `tiers`, into the language and fills them in; `counted`
    does so in the form that a number asks for, and `decimal` writes a number that is not whole.
    """

    language: str = "en"
    words: QuantityWords = field(default_factory=QuantityWords)
    say: Callable[..., str] = str.format
    counted: Callable[..., str] = english
    decimal: Callable[[Decimal], str] = "{:f}".format

    def word(self, figure: Figure) -> str:
        """Say a share in the one word that fits it; of few people the figure is a word already."""
        if figure.word or figure.value is None:
            return figure.display
        return self.first_form(self.words.word_of(figure.value))

    def count(self, figure: Figure) -> str:
        """Say how many of how many a share is."""
        return self.say(COUNT, count=f"{figure.count:,}", base=f"{figure.base:,}")

    def base(self, figure: Figure) -> str:
        """Say how many people a share rests on, which of few is a range."""
        if figure.base_range:
            low, high = figure.base_range
            return self.say(RANGE, low=low, high=high)
        return f"{figure.base:,}"

    def interval(self, figure: Figure) -> str:
        """Say between which ends a share, or a difference in percentage points, may lie."""
        ends = figure.interval or (0.0, 0.0)
        if figure.kind == "difference":
            return self.apart(ends)
        low, high = (percentage(Fraction(end)) for end in ends)
        return self.say(RANGE, low=low, high=high)

    def apart(self, ends: tuple[float, float]) -> str:
        """Say between which ends (-1 to 1) a difference may lie."""
        low, high = (Fraction(end) for end in ends)
        return self.counted(
            whole_percent(abs(high)),
            "{low} to {high} percentage points",
            "{low} to {high} percentage points",
            low=self._end(low),
            high=self._end(high),
        )

    def points(self, difference: Fraction) -> str:
        """Say a difference (-1 to 1) in percentage points, with its sign."""
        return self.counted(
            whole_percent(abs(difference)),
            "{points} percentage point",
            "{points} percentage points",
            points=signed(difference),
        )

    def _end(self, difference: Fraction) -> str:
        """Return an end in whole points; one near 0 keeps its side, as words are judged by it."""
        if whole_percent(abs(difference)) or not difference:
            return signed(difference)
        return f"{sign_of(difference)}{self.decimal(first_digit(abs(difference) * 100))}"

    def first_form(self, claim: str) -> str:
        """Return how a claim is written when nothing asks for another form."""
        return self.words.claims[claim].forms[self.language][0]


def signed(difference: Fraction) -> str:
    """Return a difference (-1 to 1) in whole percentage points, halves rounded away from zero.

    >>> signed(Fraction(1, 8)), signed(Fraction(-1, 8)), signed(Fraction(1, 1000))
    ('+13', '−13', '0')
    """
    points = whole_percent(abs(difference))
    return f"{sign_of(difference)}{points}" if points else "0"


def sign_of(difference: Fraction) -> str:
    """Return the sign of what is not 0; the minus is the one of print."""
    return "+" if difference > 0 else "−"


def first_digit(number: Fraction) -> Decimal:
    """Return a number between 0 and 1 with as many decimals as it takes not to read as 0.

    >>> first_digit(Fraction(26, 100)), first_digit(Fraction(4, 100))
    (Decimal('0.3'), Decimal('0.04'))
    """
    places = next(places for places in count(1) if number * 10**places >= Fraction(1, 2))
    return Decimal(floor(number * 10**places + Fraction(1, 2))).scaleb(-places)

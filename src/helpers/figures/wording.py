"""How a language says what is no plain number: counts, intervals, differences, claims."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from helpers.figures.estimates import percentage
from helpers.figures.figure import Figure
from helpers.study.quantity_words import QuantityWords, whole_percent

COUNT = "{count} of {base}"
RANGE = "{low} to {high}"
POINTS = "{number} percentage points"


@dataclass(frozen=True)
class Wording:
    """The study's words for quantities in one language.

    `say` puts our own phrases, above and in `tiers`, into the language and fills them in.
    """

    language: str = "en"
    words: QuantityWords = field(default_factory=QuantityWords)
    say: Callable[..., str] = str.format

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
        return self.say(RANGE, low=signed(low), high=self.points(high))

    def points(self, difference: Fraction) -> str:
        """Say a difference (-1 to 1) in percentage points, with its sign."""
        return self.say(POINTS, number=signed(difference))

    def first_form(self, claim: str) -> str:
        """Return how a claim is written when nothing asks for another form."""
        return self.words.claims[claim].forms[self.language][0]


def signed(difference: Fraction) -> str:
    """Return a difference (-1 to 1) in whole percentage points, halves rounded away from zero.

    >>> signed(Fraction(1, 8)), signed(Fraction(-1, 8)), signed(Fraction(1, 1000))
    ('+13', '−13', '0')
    """
    points = whole_percent(abs(difference))
    sign = "" if points == 0 else "+" if difference > 0 else "−"
    return f"{sign}{points}"

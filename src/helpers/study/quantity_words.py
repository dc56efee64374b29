"""The words for quantities: what each means, how it is written, and what may stand unbound."""

import re
from fractions import Fraction
from math import floor
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from helpers.study.files.spelling import alike
from helpers.study.files.yamlfile import Key, Pattern, Strict

_SHARE = re.compile(r"-?\d{1,9}(?:[./]\d{1,9})?")


def _fraction(value: object) -> object:
    text = str(value)
    try:
        return Fraction(text if _SHARE.fullmatch(text) else "")  # of 1e999999999 all digits
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"bad share {value!r}; expected 0, 1 or such as 2/3") from None


def _phrase(text: str) -> str:
    if not any(sign.isalnum() for sign in text):
        raise ValueError(f"{text!r} holds no word; write one or leave it out")
    return text


def whole_percent(share: Fraction) -> int:
    """Return a share (0 to 1) as a whole percentage, halves rounded up, as the study printed them.

    Exact fractions matter: 0.285 as a float is a little less than it looks.

    >>> [whole_percent(Fraction(*counts)) for counts in ((30, 59), (12, 44), (1, 8))]
    [51, 27, 13]
    """
    return floor(share * 100 + Fraction(1, 2))


Share = Annotated[Fraction, BeforeValidator(_fraction), Field(ge=0, le=1)]
Percent = Annotated[int, Field(ge=0, le=100)]
Phrase = Annotated[str, AfterValidator(_phrase)]
Direction = Literal["higher", "lower", "not_clear"]  # of a difference between two shares
Forms = dict[str, list[Phrase]]  # language code to printed forms; the first is the one we print

# Of few people no claim but one of these may be said, which tells no count.
OF_FEW = ("fewer_than_half", "around_half", "more_than_half")


class Extent(Strict):
    """The shares that a word covers: all that is given must hold.

    `percent` is judged on the whole percentage as printed, both ends included; the rest on exact
    counts, where rounding would make a majority of 49.6%.
    """

    percent: tuple[Percent, Percent] | None = None
    above: Share | None = None
    below: Share | None = None
    at_least: Share | None = None
    at_most: Share | None = None

    def covers(self, share: Fraction) -> bool:
        """Say whether a share (0 to 1) is one of these.

        >>> half = Fraction(6, 12)
        >>> Extent(above="1/2").covers(half), Extent(percent=(45, 55)).covers(half)
        (False, True)
        """
        low, high = self.percent or (0, 100)
        return (
            low <= whole_percent(share) <= high
            and (self.above is None or share > self.above)
            and (self.below is None or share < self.below)
            and (self.at_least is None or share >= self.at_least)
            and (self.at_most is None or share <= self.at_most)
        )

    @property
    def limits(self) -> set[Fraction]:
        """The shares at which the answer of `covers` may change."""
        exact = {self.above, self.below, self.at_least, self.at_most} - {None}
        rounded = {Fraction(2 * end + side, 200) for end in self.percent or () for side in (-1, 1)}
        return {limit for limit in exact | rounded if limit is not None}

    @model_validator(mode="after")
    def _says_something(self) -> "Extent":
        if not self.model_fields_set:
            raise ValueError("no extent; expected 'percent', 'above', 'below' …")
        if self.percent and self.percent[0] > self.percent[1]:
            raise ValueError(f"'percent' is {list(self.percent)}; expected the lower end first")
        return self


class Rank(Strict):
    """A place among the councils that are shown: one of so many highest or lowest."""

    end: Literal["highest", "lowest"]
    places: int = Field(ge=1)


class Claim(Strict):
    """A quantity word that a figure must bear out: of a share, of a difference, or of a rank."""

    forms: Forms
    share: Extent | None = None
    difference: Direction | None = None
    rank: Rank | None = None

    @property
    def kind(self) -> str:
        """What it is a claim of: a share, a difference or a rank."""
        return "share" if self.share else "rank" if self.rank else "difference"

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> "Claim":
        kinds = [self.share, self.difference, self.rank]
        if sum(kind is not None for kind in kinds) != 1:
            raise ValueError("a claim is of one kind; expected 'share', 'difference' or 'rank'")
        return self


class Unbound(Strict):
    """What prose of one language may and may not hold outside inline figures.

    `numbers` are number words, and `quantities` words and phrases, that are errors as the claims'
    own forms are; `idioms` are phrases in which such a word counts nothing; `patterns` are regular
    expressions of digits that are no figures, such as years; `before_figures` and `after_figures`
    are words that are errors only directly before or after a figure, which they would change.
    Those before it may have words of `between` behind them: "more than a mere".
    """

    numbers: list[Phrase] = Field(default_factory=list)
    quantities: list[Phrase] = Field(default_factory=list)
    before_figures: list[Phrase] = Field(default_factory=list)
    between: list[Phrase] = Field(default_factory=list)
    after_figures: list[Phrase] = Field(default_factory=list)
    idioms: list[Phrase] = Field(default_factory=list)
    patterns: list[Pattern] = Field(default_factory=list)


class QuantityWords(Strict):
    """quantity_words.yaml. A study without the file has no claims.

    `words` gives each share exactly one claim, which `.words` prints. `mutated` are the forms of
    a language that are others with another first letter, which need no mention of their own.
    """

    words: dict[Key, Extent] = Field(default_factory=dict)
    claims: dict[Key, Claim] = Field(default_factory=dict)
    mutated: Forms = Field(default_factory=dict)
    unbound: dict[str, Unbound] = Field(default_factory=dict)

    def claim_of(self, form: str, language: str) -> str | None:
        """Return the claim that is written so in a language, or None."""
        wanted = alike(form)
        for key, claim in self.claims.items():
            if wanted in map(alike, claim.forms[language]):
                return key
        return None

    def word_of(self, share: Fraction) -> str:
        """Return the one claim that `.words` prints of a share (0 to 1)."""
        return next(key for key, extent in self.words.items() if extent.covers(share))

    def forms(self, language: str) -> list[str]:
        """Return how the claims are written in a language."""
        return [form for claim in self.claims.values() for form in claim.forms[language]]

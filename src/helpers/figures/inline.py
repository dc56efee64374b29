"""An inline figure: what a sentence prints of a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from helpers.errors import ExpressionError, FigureHidden, expected
from helpers.figures.claims import check_claim, claim_in
from helpers.figures.expressions import ATTRIBUTES, SAYS, Expression
from helpers.figures.figure import Figure
from helpers.figures.vocabulary import prints_of
from helpers.figures.wording import Wording
from helpers.study.definition import TOTAL

WORDS = "words"


@dataclass(frozen=True, repr=False)
class Printed:
    """What stands in the sentence, of which figure, and what it claims, if it is a claim."""

    text: str
    figure: Figure
    claim: str = ""

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<span title="{escape(self.figure.expression)}">{escape(self.text)}</span>'


class InlineFigure:
    """A figure as sentences know it: `{eval}` prints the number, or one of these."""

    def __init__(self, figure: Figure, wording: Wording) -> None:
        """Raise FigureHidden for a figure that no sentence may print."""
        self.figure = figure
        self.wording = wording
        if figure.suppressed:
            few = "too few people answered, or the answers of so few would follow from it"
            raise _hidden(figure, f"is hidden: {few}")
        if figure.value is None and not figure.word:
            raise _hidden(figure, "could not be computed: there is nothing to compute it from")

    @property
    def number(self) -> Printed:
        """The figure as it is shown everywhere."""
        return Printed(self.figure.display, self.figure)

    @property
    def words(self) -> Printed:
        """The one word that fits a share: "around half"."""
        return self._attribute(WORDS, self.wording.word)

    @property
    def count(self) -> Printed:
        """How many of how many: "12 of 30"."""
        return self._attribute("count", self.wording.count)

    @property
    def base(self) -> Printed:
        """How many people the share rests on."""
        return self._attribute("base", self.wording.base)

    @property
    def interval(self) -> Printed:
        """Between which ends the number may lie: "35% to 47%"."""
        return self._attribute("interval", self.wording.interval)

    def says(self, form: str) -> Printed:
        """Print the words; raises FalseClaim unless the figure bears them out."""
        claim = check_printed(self.figure.statistic, self.figure.kind, SAYS, form, self.wording)
        check_claim(claim, form, self.figure, self.wording)
        return Printed(form, self.figure, claim)

    def print(self, expression: Expression) -> Printed:
        """Return what an expression of this figure prints."""
        if expression.attribute == SAYS:
            return self.says(expression.form)
        printed: Printed = getattr(self, expression.attribute or "number")
        return printed

    def __repr__(self) -> str:
        return repr(self.number)

    def _repr_html_(self) -> str:
        return self.number._repr_html_()

    def _attribute(self, attribute: str, write: Callable[[Figure], str]) -> Printed:
        figure = self.figure
        check_printed(figure.statistic, figure.kind, attribute, "", self.wording)
        if figure.word and attribute in ("count", "interval"):
            raise _hidden(figure, f"has no .{attribute} to show: too few people answered")
        return Printed(write(figure), figure)


def check_printed(measure: str, kind: str, attribute: str, form: str, wording: Wording) -> str:
    """Return the claim that a form makes, or nothing; raises ExpressionError.

    `kind` is that of the measure's figure: what a sentence can print of it depends on both.
    """
    able = prints_of(measure, kind)
    if attribute == SAYS:
        try:
            return claim_in(form, able, wording)
        except ExpressionError as error:
            raise ExpressionError(f"{measure}: {error.message}") from None
    if attribute and attribute not in able:
        known = expected(attribute, [name for name in ATTRIBUTES if name in able])
        raise ExpressionError(f"{measure}: has no '.{attribute}'; {known}")
    if attribute == WORDS and not wording.words.words:
        missing = "this study has no words for quantities; add data/study/quantity_words.yaml"
        raise ExpressionError(f"{measure}: {missing}")
    return ""


def _hidden(figure: Figure, why: str) -> FigureHidden:
    larger = "" if figure.group in ("", TOTAL) else "name a larger group, or "
    return FigureHidden(f"{figure.expression} {why}; {larger}write the sentence without the number")

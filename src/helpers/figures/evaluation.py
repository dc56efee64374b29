"""From an expression in a sentence to its figure, and to what the sentence prints of it."""

from helpers.figures.expressions import Expression, arguments_of, canonical, parse
from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure, Printed, check_printed
from helpers.figures.measures import Measures
from helpers.figures.overview import OverviewMeasures
from helpers.figures.vocabulary import MEASURES, bind_to
from helpers.figures.wording import Wording
from helpers.study.definition import Study

Speaker = type[Measures] | type[OverviewMeasures]  # whose measures a document's sentences call
AnyMeasures = Measures | OverviewMeasures


def check_expression(text: str, study: Study, language: str, speaker: Speaker = Measures) -> str:
    """Return what a text prints, in the one form that is the same in every language.

    `agree("S1").says("tua hanner")` in Welsh gives `agree("S1").says(around_half)`. Raises
    ExpressionError if the study cannot answer it, or the language has no such words.
    """
    expression = parse(text)
    arguments = bind_to(study, expression.call, speaker)
    measure, attribute = expression.call.measure, expression.attribute
    kind = study.about.facts[str(arguments["fact"])].kind if "fact" in arguments else ""
    wording = Wording(language, study.quantity_words)
    claim = check_printed(measure, kind, attribute, expression.form, wording)
    suffix = f".{attribute}({claim})" if claim else expression.suffix
    return canonical(measure, arguments, MEASURES[measure]) + suffix


def figure_of(text: str) -> str:
    """Return the canonical call of the figure that a text prints; raises ExpressionError."""
    return _canonical(parse(text))


def printed_form(text: str) -> str:
    """Return a text in the one form that the register uses; raises ExpressionError."""
    expression = parse(text)
    return _canonical(expression) + expression.suffix


def evaluate(text: str, measures: AnyMeasures) -> Figure:
    """Return the figure that a text prints; raises ExpressionError for any outside the grammar."""
    _check(text, measures)
    return _figure(parse(text), measures)


def print_expression(text: str, measures: AnyMeasures) -> Printed:
    """Return what a sentence prints for a text in the grammar.

    Raises ExpressionError for any other, FigureHidden for what it may not print, and FalseClaim
    for words that the figure does not bear out.
    """
    _check(text, measures)
    expression = parse(text)
    return InlineFigure(_figure(expression, measures), measures.wording).print(expression)


def _check(text: str, measures: AnyMeasures) -> None:
    check_expression(text, measures.study, measures.wording.language, type(measures))


def _figure(expression: Expression, measures: AnyMeasures) -> Figure:
    call = expression.call
    figure: Figure = getattr(measures, call.measure)(*call.positional, **dict(call.named))
    return figure


def _canonical(expression: Expression) -> str:
    call = expression.call
    return canonical(call.measure, arguments_of(call, MEASURES), MEASURES[call.measure])

"""From an expression in a sentence to its figure, and to what the sentence prints of it."""

from helpers.figures.expressions import Expression, arguments_of, canonical, parse
from helpers.figures.figure import Figure
from helpers.figures.inline import InlineFigure, Printed, check_printed
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import MEASURES, bind_to
from helpers.figures.wording import Wording
from helpers.study.definition import Study


def check_expression(text: str, study: Study, language: str) -> str:
    """Return what a text prints, in the one form that is the same in every language.

    `agree("S1").says("tua hanner")` in Welsh gives `agree("S1").says(around_half)`. Raises
    ExpressionError if the study cannot answer it, or the language has no such words.
    """
    expression = parse(text)
    arguments = bind_to(study, expression.call)
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


def evaluate(text: str, measures: Measures) -> Figure:
    """Return the figure that a text prints; raises ExpressionError for any outside the grammar."""
    check_expression(text, measures.study, measures.wording.language)
    return _figure(parse(text), measures)


def print_expression(text: str, measures: Measures) -> Printed:
    """Return what a sentence prints for a text in the grammar.

    Raises ExpressionError for any other, FigureHidden for what it may not print, and FalseClaim
    for words that the figure does not bear out.
    """
    check_expression(text, measures.study, measures.wording.language)
    expression = parse(text)
    return InlineFigure(_figure(expression, measures), measures.wording).print(expression)


def _figure(expression: Expression, measures: Measures) -> Figure:
    call = expression.call
    figure: Figure = getattr(measures, call.measure)(*call.positional, **dict(call.named))
    return figure


def _canonical(expression: Expression) -> str:
    call = expression.call
    return canonical(call.measure, arguments_of(call, MEASURES), MEASURES[call.measure])

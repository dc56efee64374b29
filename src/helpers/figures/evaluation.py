"""From an expression in a sentence to its figure."""

from helpers.errors import FigureHidden
from helpers.figures.expressions import Call, arguments_of, canonical, parse
from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import MEASURES, bind_to
from helpers.study.definition import Study


def check_expression(text: str, study: Study) -> Call:
    """Return the parsed call; raises ExpressionError if the study cannot answer it."""
    call = parse(text)
    bind_to(study, call)
    return call


def canonical_expression(text: str) -> str:
    """Return an expression in the one form that the register uses; raises ExpressionError."""
    call = parse(text)
    return canonical(call.measure, arguments_of(call, MEASURES), MEASURES[call.measure])


def evaluate(expression: str, measures: Measures) -> Figure:
    """Return the figure of an expression in the grammar; raises ExpressionError for any other."""
    call = check_expression(expression, measures.study)
    figure: Figure = getattr(measures, call.measure)(*call.positional, **dict(call.named))
    return figure


def evaluate_for_prose(expression: str, measures: Measures) -> Figure:
    """Return a figure that a sentence may print; raises FigureHidden for one that it may not."""
    figure = evaluate(expression, measures)
    if figure.suppressed:
        raise FigureHidden(
            f"{expression} is hidden: too few people answered; "
            "name a larger group, or write the sentence without the number"
        )
    return figure

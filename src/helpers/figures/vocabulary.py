"""The names of measures and of what they may be asked, by the study."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import wraps
from inspect import Parameter, Signature, signature
from typing import Any

from helpers.errors import ExpressionError
from helpers.figures.expressions import Argument, Call, bind, canonical
from helpers.figures.figure import Figure
from helpers.figures.national import PLACES
from helpers.study.definition import DONT_KNOW, Study

MEASURES: dict[str, Signature] = {}  # filled by @measure, in the order of their definition
OF_INVITED = ("invited", "response_rate", "national_response_rate")


def known_names(study: Study) -> dict[str, Collection[Argument]]:
    """Return what each parameter of a measure may be."""
    return {
        "question": study.questionnaire.statements,
        "group": study.groups,
        "fact": study.about.facts,
        "characteristic": study.about.characteristics,
        "theme": study.about.themes,
        "level": (1, 2, 3),
        "place": PLACES,
    }


def bind_to(study: Study, call: Call) -> dict[str, Argument]:
    """Return a call's arguments; raises ExpressionError if the study cannot answer it."""
    _refuse_lacking(study, call.measure)
    arguments = bind(call, MEASURES, known_names(study))
    question, group = str(arguments.get("question", "")), str(arguments.get("group", ""))
    if question and group and not study.asked(question, group):
        asked = ", ".join(f"'{name}'" for name in study.groups if study.asked(question, name))
        raise ExpressionError(
            f"{call.measure}: '{question}' was not asked of '{group}'; it was asked of {asked}"
        )
    return arguments


def _refuse_lacking(study: Study, measure: str) -> None:
    if measure in OF_INVITED and not study.population_known:
        raise ExpressionError(f"{measure}: this study does not know how many were invited")
    if measure == DONT_KNOW and not study.has_dont_know:
        raise ExpressionError(f"{measure}: this study did not offer 'don't know' as an answer")


def measure(method: Callable[..., Figure]) -> Callable[..., Figure]:
    """Check a measure's arguments against the study and give its figure the canonical call."""
    name = method.__name__
    parameters = [kept for kept in signature(method).parameters.values() if kept.name != "self"]
    plain = [Parameter(kept.name, kept.kind, default=kept.default) for kept in parameters]
    MEASURES[name] = Signature(plain)

    @wraps(method)
    def checked(self: Any, *given: Argument, **named: Argument) -> Figure:
        arguments = bind_to(self.study, Call(name, given, tuple(named.items())))
        expression = canonical(name, arguments, MEASURES[name])
        figure = replace(method(self, **arguments), expression=expression, statistic=name)
        self.used[expression] = figure
        return figure

    return checked

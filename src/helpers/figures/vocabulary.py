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

MEASURES: dict[str, Signature] = {}  # filled by @measure: those of every class of measures
PRINTS: dict[str, frozenset[str]] = {}  # what a sentence may print and claim of each
OF_INVITED = (
    "invited",
    "response_rate",
    "national_response_rate",
    "council_invited",
    "council_response_rate",
    "national_invited",
    "area_rate",
)
REST = "rest_of_area"  # the other councils' respondents, to compare with


# What a sentence may print of a figure beside its number, and of what it may make a claim.
SHARE = ("words", "share")
PEOPLE = (*SHARE, "count", "base")  # a share of people who can be counted
ANSWERS = (*PEOPLE, "interval")  # a share of people who speak for others


def prints_of(measure: str, kind: str) -> frozenset[str]:
    """Return what a sentence may print and claim of a measure, whose figure is of this kind.

    A measure's figures are of one kind, but for published facts: these are shares or counts.
    """
    return frozenset() if kind == "count" else PRINTS[measure]


def spoken_by(speaker: type) -> dict[str, Signature]:
    """Return the measures of a class: what the sentences of its document may ask for.

    A name means the same wherever it is a measure, so that a page alone says what it means.
    """
    return {
        name: MEASURES[name] for kind in speaker.__mro__ for name in vars(kind) if name in MEASURES
    }


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
        "other": [*study.groups, REST],
        "than": study.groups,
        "council": study.councils,
    }


def bind_to(study: Study, call: Call, speaker: type) -> dict[str, Argument]:
    """Return a call's arguments; raises ExpressionError if the study cannot answer it.

    `speaker` is the class whose measures may be called.
    """
    _refuse_lacking(study, call.measure)
    arguments = bind(call, spoken_by(speaker), known_names(study))
    question, group = str(arguments.get("question", "")), str(arguments.get("group", ""))
    if question and group and not study.asked(question, group):
        asked = ", ".join(f"'{name}'" for name in study.groups if study.asked(question, name))
        raise ExpressionError(
            f"{call.measure}: '{question}' was not asked of '{group}'; it was asked of {asked}"
        )
    for parameter in {"other", "than"} & arguments.keys():
        _refuse_overlap(study, call.measure, question, group, str(arguments[parameter]))
    return arguments


def _refuse_overlap(study: Study, measure: str, question: str, group: str, other: str) -> None:
    """A difference is of two groups of other people; the rest of the study answered elsewhere."""
    if other == REST:
        return
    if not study.asked(question, other):
        raise ExpressionError(f"{measure}: '{question}' was not asked of '{other}'")
    if not set(study.groups[group]).isdisjoint(study.groups[other]):
        raise ExpressionError(
            f"{measure}: '{group}' and '{other}' have people in common; expected two groups "
            "that have none" + (f", or '{REST}'" if measure == "difference" else "")
        )


def _refuse_lacking(study: Study, measure: str) -> None:
    if measure in OF_INVITED and not study.population_known:
        raise ExpressionError(f"{measure}: this study does not know how many were invited")
    if measure == DONT_KNOW and not study.has_dont_know:
        raise ExpressionError(f"{measure}: this study did not offer 'don't know' as an answer")


Method = Callable[..., Figure]


def measure(*prints: str) -> Callable[[Method], Method]:
    """Make a method a measure, of which a sentence may print and claim what `prints` lists.

    Its arguments are checked against the study, and its figure is given the canonical call.
    """

    def register(method: Method) -> Method:
        name = method.__name__
        parameters = [kept for kept in signature(method).parameters.values() if kept.name != "self"]
        plain = [Parameter(kept.name, kept.kind, default=kept.default) for kept in parameters]
        MEASURES[name], PRINTS[name] = Signature(plain), frozenset(prints)

        @wraps(method)
        def checked(self: Any, *given: Argument, **named: Argument) -> Figure:
            arguments = bind_to(self.study, Call(name, given, tuple(named.items())), type(self))
            expression = canonical(name, arguments, MEASURES[name])
            figure = replace(method(self, **arguments), expression=expression, statistic=name)
            self.used[expression] = figure
            return figure

        return checked

    return register

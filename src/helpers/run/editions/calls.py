"""Say which section of a report a template's cell asked for that there is none of."""

import ast
import re
from collections.abc import Iterator
from inspect import signature

from helpers.errors import expected
from helpers.figures.vocabulary import known_names
from helpers.report.content.council_report import CouncilReport
from helpers.report.content.overview import Overview
from helpers.study.definition import Study

_REPORTS = {kind.__name__: kind for kind in (CouncilReport, Overview)}
_LACKS = re.compile(r"'(\w+)' object has no attribute '(\w+)'")


def explain_call(source: str, name: str, told: str, study: Study) -> str:
    """Return what is wrong with a cell that failed with an error of this name; '' if unknown."""
    if name == AttributeError.__name__ and (found := _LACKS.match(told)):
        kind, wrong = _REPORTS.get(found[1]), found[2]
        if kind is not None:
            return f"report has no '{wrong}'; {expected(wrong, sections_of(kind))}"
    if name == KeyError.__name__:
        return next(_unknown_names(source, told, study), "")
    return ""


def sections_of(kind: type) -> list[str]:
    """Return the names of what a template may ask of a report."""
    return [
        name for name in dir(kind) if not name.startswith("_") and callable(getattr(kind, name))
    ]


def _unknown_names(source: str, told: str, study: Study) -> Iterator[str]:
    """Yield which argument of a call of the report is what the study does not know."""
    known = known_names(study)
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        section = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        for kind in _REPORTS.values():
            if section not in sections_of(kind):
                continue
            parameters = [*signature(getattr(kind, section)).parameters][1:]
            given = [*zip(parameters, call.args, strict=False)]
            given += [(item.arg, item.value) for item in call.keywords if item.arg]
            for parameter, value in given:
                if isinstance(value, ast.Constant) and repr(value.value) == told:
                    names = [str(one) for one in known.get(parameter, ())]
                    if names:
                        hint = expected(value.value, names)
                        yield f"report.{section}: unknown {parameter} {told}; {hint}"

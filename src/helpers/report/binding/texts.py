"""Check one text: the figures that it asks for, its words, and the councils that it names."""

import re
from collections.abc import Collection, Iterator, Mapping

from helpers.errors import ExpressionError, Problem
from helpers.figures.evaluation import Speaker, check_expression
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import spoken_by
from helpers.report.binding.blocks import Place
from helpers.report.binding.markdown import find_code, find_inline
from helpers.report.binding.mentions import find_mentions
from helpers.report.binding.unbound import find_unbound
from helpers.study.definition import Study
from helpers.study.files.spelling import TURNING

# What JupyterLab acts on and the page does not have: it may run code, or ask another host.
_FOREIGN = re.compile(
    r"(?P<directive>(?:(?<!`)`{3,}+|(?<!~)~{3,}+)[^\S\n]*+\{[^}\n]*+\}?"
    r"|:{3,}+(?:[^\S\n]*+\{[^}\n]*+\}?)?)"
    r"|(?P<substitution>\{\{)"
    r"|(?P<role>\{(?!eval\}`)[^{}]*+\}(?=`))"
    r"|(?P<HTML><(?!https?://|[\w.+-]+@[\w.-]+>)[A-Za-z/!?][\w-]*)"  # no address in < and >
    r"|(?P<picture>!\[)"
)
_TURNING = re.compile(f"[{TURNING}]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_REFUSED = (_FOREIGN, _TURNING, _CONTROL)
_EVAL = re.compile(r"\{eval\}|(?i:\{\s*eval\s*\})(?!`)")  # of a ` after it _FOREIGN tells
_EVAL_LAST = re.compile(r"\{\s*eval\s*\}[\s>]*\Z", re.IGNORECASE)


def check_text(
    text: str,
    study: Study,
    language: str,
    name: str,
    first: Place = (1, 1),
    speaker: Speaker = Measures,
) -> list[Problem]:
    """Find inline expressions that the study cannot answer, or that would be printed as written.

    And find what only JupyterLab would show.

    `first` is where the text starts; `speaker` has the measures that it may ask for.
    """
    problems = []
    for inline in find_inline(text):
        at = _within(first, (inline.line, inline.column))
        try:
            check_expression(inline.expression, study, language, speaker)
        except ExpressionError as error:
            empty = "an inline figure without a measure; write one between its backticks"
            message = error.message if inline.expression.strip() else empty
            problems.append(Problem(name, *at, message))
    for found in (match for pattern in _REFUSED for match in pattern.finditer(text)):
        before = text[: found.start()].split("\n")
        at = _within(first, (len(before), len(before[-1]) + 1))
        problems.append(Problem(name, *at, _refuse(found)))
    for place, message in _missed_figures(text, study, speaker):
        problems.append(Problem(name, *_within(first, place), message))
    return problems


def _missed_figures(text: str, study: Study, speaker: Speaker) -> Iterator[tuple[Place, str]]:
    """Find what was meant as an inline figure and would be printed as it is written."""
    figures = {(inline.line, inline.column) for inline in find_inline(text)}
    example = f'{{eval}}`agree("{next(iter(study.questionnaire.statements))}")`'
    for found in _EVAL.finditer(text):
        before = text[: found.start()].split("\n")
        if (place := (len(before), len(before[-1]) + 1)) not in figures:
            expected = "the figure directly after it, without a space and not in code"
            yield place, f"'{found[0]}' without a figure; expected {expected}, such as {example}"
    calls = re.compile(rf"\s*(?:{'|'.join(spoken_by(speaker))})\s*\(.*", re.DOTALL)
    lines = text.split("\n")
    for code, (line, column) in find_code(text):
        before = [*lines[: line - 1], lines[line - 1][: column - 1]]
        if calls.fullmatch(code) and not _EVAL_LAST.search("\n".join(before)):
            message = f"`{code}` is code and prints no number; put {{eval}} directly before it"
            yield (line, column), message


def _refuse(found: re.Match[str]) -> str:
    if found.lastgroup:
        return f"'{found[0]}': the page has no {found.lastgroup}; write it in plain Markdown"
    sign = f"U+{ord(found[0]):04X}"
    why = "turns the words after it around" if _TURNING.match(found[0]) else "is no part of a text"
    return f"a sign that is not seen, {sign}, {why}; delete it"


def check_prose(
    text: str, study: Study, language: str, name: str, first: Place = (1, 1)
) -> Iterator[Problem]:
    """Find numbers and quantity words that no figure stands behind; `first` as in check_text."""
    for loose in find_unbound(text, study.quantity_words, language):
        yield Problem(name, *_within(first, loose.place), loose.explain(study))


def check_names(
    text: str, study: Study, allowed: Collection[str], name: str, first: Place = (1, 1)
) -> Iterator[Problem]:
    """Find councils that a text may not name; `first` as in check_text."""
    for mention in find_mentions(text, study, allowed):
        yield Problem(name, *_within(first, mention.place), mention.explain(study))


def _within(first: Place, place: Place) -> Place:
    return first[0] + place[0] - 1, first[1] + place[1] - 1


def other_figures(
    texts: Mapping[str, str], study: Study, speaker: Speaker = Measures
) -> Iterator[str]:
    """Say which figures a text has in one language and lacks in another; '' is not written.

    Says nothing of a text with an expression that `check_text` refuses; `speaker` as there.
    """
    try:
        written = {
            code: _figures_of(text, study, code, speaker)
            for code, text in texts.items()
            if text.strip()
        }
    except ExpressionError:
        return
    for code, figures in written.items():
        for missing in sorted(set().union(*written.values()) - figures):
            others = ", ".join(f"'{other}'" for other in written if missing in written[other])
            yield f"{missing} stands in {others} but not in '{code}'; use the same figures in each"


def _figures_of(text: str, study: Study, language: str, speaker: Speaker) -> set[str]:
    return {
        check_expression(inline.expression, study, language, speaker)
        for inline in find_inline(text)
    }

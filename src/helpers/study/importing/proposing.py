"""Write the mapping that a person completes: what was matched, and guesses at the rest."""

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from helpers.study.definition import Study
from helpers.study.files.spelling import normalise
from helpers.study.importing.columns import DROPPED_BY_MAPPING
from helpers.study.importing.matching import (
    COMMENTS,
    COUNCIL,
    DROP,
    answers_of,
    councils_of,
)
from helpers.study.importing.people import Unknown
from helpers.study.importing.planning import Plan

HEAD = """\
# How an export of '{tool}' is read; docs/importing.md explains it. What stands behind '# ' is
# a guess or an open question: take the sign away where it is right, else correct it.
"""
OPEN = '"?"'  # nothing is known by it: a mapping in which it is left is refused
WATCHED = {"response_id", "time", "finished", "kind"}  # used while no mapping names the column
NEAR = 0.6  # how like a guess must be, from 0 to 1
LONG = 1000  # signs; YAML knows a longer key only behind '? '
MANY = 1000  # kinds of text that nobody understands; more is a wrong column


def propose_mapping(plan: Plan, study: Study) -> str:
    """Return a mapping file: decided lines plain, guesses behind '# '."""
    return HEAD.format(tool=plan.tool) + "".join(f"{line}\n" for line in _lines(plan, study))


def _lines(plan: Plan, study: Study) -> Iterator[str]:
    mapping, columns, people = plan.file.mapping, plan.columns, plan.people
    if mapping.council:
        yield f"council: {mapping.council}"
    yield f"partial: {mapping.partial}"
    yield "\ncolumns:"
    if columns.council:
        yield _line(columns.council.name, COUNCIL)
    yield from (_line(column.name, code) for code, column in columns.questions.items())
    yield from (_line(column.name, COMMENTS + theme) for theme, column in columns.comments)
    guesses = dict(_guessed_columns(plan, study))
    for column, why in columns.dropped:
        if plan.table.role(column) in WATCHED and why != DROPPED_BY_MAPPING:
            continue
        decided = why == DROPPED_BY_MAPPING
        yield _line(column.name, guesses.get(column.name, DROP), why, guess=not decided)
    missing = [code for code in plan.questions if code not in columns.questions]
    open_codes = [code for code in missing if code not in mapping.absent]
    yield f"\nabsent: [{', '.join(mapping.absent)}]"
    if open_codes:
        yield f"# no column was found for {', '.join(open_codes)}"
    yield "\nanswers:"
    yield from (_line(text, answer) for text, answer in mapping.answers.items())
    asked = study.questionnaire
    yield from _guessed(people.unknown_answers, answers_of(asked), asked.scale)
    yield "\ncouncils:"
    yield from (_line(text, council) for text, council in mapping.councils.items())
    yield from _guessed(people.unknown_councils, councils_of(study), [DROP, "a council's slug"])


def _guessed_columns(plan: Plan, study: Study) -> Iterator[tuple[str, str]]:
    """Guess for each question without a column the free column whose text is most like it.

    Of two guesses at one column the last stands.
    """
    free = {
        normalise(text): column.name
        for column, _ in plan.columns.dropped
        if not plan.table.role(column)
        for text in column.texts
    }
    for use, texts in _open(plan, study):
        for text in texts:
            for near in get_close_matches(normalise(text), free, n=1, cutoff=NEAR):
                yield free[near], use


def _open(plan: Plan, study: Study) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield each use that no column has, with its texts; what must be found comes last."""
    found = [theme for theme, _ in plan.columns.comments]
    for theme, texts in study.questionnaire.comments.items():
        if theme not in found:
            yield COMMENTS + theme, texts.values()
    for code in plan.questions:
        if code not in plan.columns.questions and code not in plan.file.mapping.absent:
            yield code, study.questionnaire.statements[code].text.values()


def _guessed(unknown: Unknown, known: dict[str, str], else_one_of: Iterable[str]) -> Iterator[str]:
    for text, count in unknown.counts.most_common(MANY):
        near = get_close_matches(normalise(text), known, n=1, cutoff=NEAR)
        choices = "" if near else f"one of {', '.join(else_one_of)}; "
        guess = known[near[0]] if near else OPEN
        yield _line(text, guess, f"{choices}cells: {count}", guess=True)


def _line(name: str, target: str, note: str = "", *, guess: bool = False) -> str:
    """Return a line of a mapping, two for a long name, behind '# ' if it is a guess."""
    told, sign, key = f"  # {note}" if note else "", "# " if guess else "", _quoted(name)
    if len(key) > LONG:
        return f"  {sign}? {key}\n  {sign}: {target}{told}"
    return f"  {sign}{key}: {target}{told}"


def _quoted(text: str) -> str:
    """Return a text in the quotes of JSON, which are YAML's too; unseen signs by their number."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)

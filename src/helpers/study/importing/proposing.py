"""Write the mapping that a person completes: what was matched, and guesses at the rest."""

import json
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from helpers.study.definition import Study
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
from helpers.study.spelling import normalise

HEAD = """\
# How an export of '{tool}' is read; docs/importing.md explains it. What stands behind '# ' is
# a guess or an open question: take the sign away where it is right, else correct it.
"""
NEAR = 0.6  # how like a guess must be, from 0 to 1
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
    """Guess for each question without a column the free column whose text is most like it."""
    free = {
        normalise(text): column.name
        for column, _ in plan.columns.dropped
        if not plan.table.role(column)
        for text in column.texts
    }
    for code in plan.questions:
        if code in plan.columns.questions or code in plan.file.mapping.absent:
            continue
        for text in study.questionnaire.statements[code].text.values():
            for near in get_close_matches(normalise(text), free, n=1, cutoff=NEAR):
                yield free[near], code


def _guessed(unknown: Unknown, known: dict[str, str], else_one_of: Iterable[str]) -> Iterator[str]:
    for text, count in unknown.counts.most_common(MANY):
        near = get_close_matches(normalise(text), known, n=1, cutoff=NEAR)
        guess = known[near[0]] if near else f"? one of {', '.join(else_one_of)}"
        yield _line(text, guess, f"cells: {count}", guess=True)


def _line(name: str, target: str, note: str = "", *, guess: bool = False) -> str:
    """Return a line of a mapping, behind '# ' if it is a guess."""
    told = f"  # {note}" if note else ""
    return f"  {'# ' if guess else ''}{_quoted(name)}: {target}{told}"


def _quoted(text: str) -> str:
    """Return a text in the quotes of JSON, which are YAML's too; unseen signs by their number."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in quoted)

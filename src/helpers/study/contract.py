"""What each file of data/ must hold, built from the study."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from helpers.errors import expected
from helpers.study.definition import Study, Units
from helpers.study.files.folder import NATIONAL, OUTPUTS
from helpers.study.files.spelling import UNSEEN
from helpers.study.files.textfile import LONGEST
from helpers.study.reading import council_columns, name_columns, study_file, units_file
from helpers.study.responses import (
    INVITATIONS,
    INVITED,
    comment_file,
    questions_asked,
    response_columns,
    response_file,
)

SLUG = r"[a-z][a-z0-9-]{0,59}"  # short enough for the name of a file
LONGEST_NAME = 200  # characters
ID = rf"(?:(?!{UNSEEN})\S)+"
COUNT = r"[0-9]{1,9}"


class Rule(NamedTuple):
    """What a column's cells must be.

    `kind` ends a sentence on rows that break it; `explain` tells of one such cell what is wrong
    with it and what was expected.
    """

    kind: str
    holds: Callable[[pd.Series], pd.Series]
    explain: Callable[[str], str]


@dataclass(frozen=True)
class Contract:
    """One file's columns, in order, with their rules, and the columns that together are unique."""

    file: str
    rules: Mapping[str, list[Rule]]
    unknown_column: Callable[[str], str]
    unique: tuple[str, ...] = ()

    def kept_by(self, frame: pd.DataFrame) -> bool:
        """Say whether nothing breaks it: most files are right, and that is known sooner."""
        if list(frame.columns) != list(self.rules):
            return False
        columns = ((frame[name], rules) for name, rules in self.rules.items())
        right = all(rule.holds(cells).all() for cells, rules in columns for rule in rules)
        return right and not (self.unique and frame.duplicated(list(self.unique)).any())


def units_contract(study: Study) -> Contract:
    """Return what the units' file must hold: codes in use, and a name in each language."""
    columns = council_columns(study.about)
    rules: dict[str, list[Rule]] = {name: [] for name in columns}
    units = study.about.units
    if units.code_pattern:
        rules["gss_code"] = [
            Rule(
                "with a code that is not one of the study",
                lambda cells: ~cells.map(lambda code: unknown_code(code, units)).astype(bool),
                lambda code: unknown_code(code, units),
            ),
            _once("code"),
        ]
    rules["slug"] = [
        _formed("slug", SLUG, "a name in lower case with hyphens, at most 60 signs"),
        _once("slug"),
        _FREE,
    ]
    for name in name_columns(study.about.languages):
        empty = f"{name} is empty; give the name in each language"
        rules[name] = [_filled(empty), _seen(name), _short(name, LONGEST_NAME)]
    if units.mutated_forms:
        rules["mutated_forms"] = [_seen("mutated_forms")]
    return Contract(units_file(study.about), rules, _unknown_column(columns))


def invitations_contract(study: Study) -> Contract:
    """Return what invitations.csv must hold: one whole number for a council and a tool."""
    rules = {
        "council": [_known_council(study)],
        "tool": [_known("tool", study.questionnaire.tools)],
        "invited": [_formed("invited", COUNT, "a whole number of people")],
    }
    return Contract(INVITATIONS, rules, _unknown_column(INVITED), unique=("council", "tool"))


def responses_contract(study: Study, tool: str) -> Contract:
    """Return what a tool's answers must be: points of the scale or blanks, one row a respondent."""
    rules = {
        "respondent": [
            _formed("respondent", ID, "an id without blanks or unseen signs, one a row"),
            _once("respondent"),
        ],
        "council": [_known_council(study)],
    }
    for question in questions_asked(study, tool):
        answer = _known("answer", study.questionnaire.scale, f" to '{question}'", blank=("",))
        rules[question] = [answer]
    unknown = _unknown_column(response_columns(study.questionnaire, tool))

    def unknown_question(name: str) -> str:
        if name not in study.questionnaire.statements:
            return unknown(name)
        asked = f"list the tool at '{name}' in {study_file('questionnaire')}"
        return f"question '{name}' was not asked of '{tool}'; remove the column, or {asked}"

    return Contract(response_file(tool), rules, unknown_question)


def comments_contract(study: Study, tool: str) -> Contract:
    """Return what a tool's comments must be: texts on themes, of nobody in particular."""
    rules = {
        "council": [_known_council(study)],
        "theme": [_known("theme", study.about.themes)],
        "comment": [
            _filled("comment is empty; remove the row"),
            _short("comment", LONGEST),
        ],
    }
    return Contract(comment_file(tool), rules, _unknown_column(rules))


def unknown_code(code: str, units: Units) -> str:
    """Say what is wrong with a code, with a hint to the one that replaced it; '' if nothing is."""
    if code in units.retired_codes:
        return f"code '{code}' is retired; use '{units.retired_codes[code]}'"
    if not re.fullmatch(units.code_pattern or "", code):
        return f"code '{code}' is not one of this study; expected the form {units.code_pattern}"
    return ""


def _known(what: str, names: Iterable[str], to: str = "", blank: tuple[str, ...] = ()) -> Rule:
    known = list(names)
    return Rule(
        f"with an unknown {what}",
        lambda cells: cells.isin([*known, *blank]),
        lambda cell: f"unknown {what} '{cell}'{to}; {expected(cell, known)}",
    )


def _known_council(study: Study) -> Rule:
    """Expect a slug; someone who wrote a code, in use or retired, is told whose it is."""
    rule = _known("council", study.councils)
    slugs = {found.gss_code: slug for slug, found in study.councils.items() if found.gss_code}
    slugs |= {
        old: slugs[new] for old, new in study.about.units.retired_codes.items() if new in slugs
    }

    def explain(cell: str) -> str:
        if cell in slugs:
            return f"council '{cell}' is a code; use its slug '{slugs[cell]}'"
        return rule.explain(cell)

    return rule._replace(explain=explain)


def _formed(name: str, pattern: str, meaning: str) -> Rule:
    return Rule(
        f"with a wrong {name}",
        lambda cells: cells.map(lambda cell: bool(re.fullmatch(pattern, cell))).astype(bool),
        lambda cell: f"{name} is '{cell}'; expected {meaning}",
    )


def _filled(message: str) -> Rule:
    return Rule("with an empty cell", lambda cells: cells.str.strip() != "", lambda _: message)


def _seen(name: str) -> Rule:
    """Expect one line of signs that are seen: others may turn a reader's words around.

    A cell that is blank breaks another rule.
    """
    return Rule(
        "with a sign that is not seen",
        lambda cells: ~cells.str.contains(UNSEEN) | (cells.str.strip() == ""),
        lambda cell: f"{name} {cell!r} holds a sign that is not seen; delete it",
    )


def _short(name: str, longest: int) -> Rule:
    return Rule(
        f"with a {name} that is too long",
        lambda cells: cells.str.len() <= longest,
        lambda _: f"{name} has more than {longest:,} characters; shorten it",
    )


_FREE = Rule(
    "with a slug that is taken",
    lambda cells: cells != NATIONAL,
    lambda cell: f"slug '{cell}' names the folder of the overview in {OUTPUTS}/; use another",
)


def _once(what: str) -> Rule:
    """Expect each cell once; several that are empty break another rule."""
    return Rule(
        f"with the {what} of an earlier row",
        lambda cells: ~cells.duplicated() | (cells == ""),
        lambda cell: f"{what} '{cell}' stands twice; expected one row of each",
    )


def _unknown_column(columns: Iterable[str]) -> Callable[[str], str]:
    known = list(columns)
    return lambda name: f"unknown column '{name}'; {expected(name, known)}"

"""Plan an import: what of an export is kept, and all that is not understood."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from helpers.errors import Problem, expected
from helpers.study.definition import Study
from helpers.study.files.textfile import LONGEST
from helpers.study.importing.columns import Columns, assign_columns
from helpers.study.importing.layouts import Table
from helpers.study.importing.mapping import MappingFile, check_mapping
from helpers.study.importing.matching import DROP, retired_hint
from helpers.study.importing.people import People, Unknown, read_people
from helpers.study.responses import questions_asked

MOST = 20  # problems of one kind that are told one by one
_TOO_LONG = f"comment has more than {LONGEST:,} characters; shorten it"


@dataclass(frozen=True)
class Plan:
    """What an import would write. It writes nothing while there are problems."""

    tool: str
    table: Table
    file: MappingFile
    columns: Columns
    questions: list[str]
    people: People
    problems: list[Problem]

    @cached_property
    def councils(self) -> frozenset[str]:
        """The organisations from which anybody is kept."""
        return frozenset(council for council, _ in self.people.answers)


def plan_import(table: Table, study: Study, tool: str, file: MappingFile) -> Plan:
    """Decide each column's use and read every row once.

    Raises CheckFailed where the mapping itself is wrong; what the export leaves open is in the
    plan's problems.
    """
    check_mapping(file, table, study, tool)
    columns = assign_columns(table, study, tool, file)
    people = read_people(table, study, tool, columns, file.mapping)
    name = table.export.name
    problems = [
        *columns.problems,
        *_answer_problems(name, people.unknown_answers, study),
        *_council_problems(name, people.unknown_councils, study),
        *_clash_problems(name, people),
        *(
            Problem(name, *at, _TOO_LONG, "with a comment that is too long")
            for at in people.too_long
        ),
    ]
    if not (problems or people.answers):
        message = "no row is kept; the report says what became of each"
        problems.append(Problem(name, 1, 1, message))
    return Plan(tool, table, file, columns, questions_asked(study, tool), people, problems)


def _answer_problems(name: str, unknown: Unknown, study: Study) -> Iterator[Problem]:
    language = study.about.languages[0]
    scale = [texts[language] for texts in study.questionnaire.scale.values()]
    for row, column, text in unknown.first[:MOST]:
        message = f"answer '{text}' is not understood; {expected(text, scale)}"
        yield Problem(name, row, column, message)
    yield from _summed_up(name, unknown, "answers")


def _council_problems(name: str, unknown: Unknown, study: Study) -> Iterator[Problem]:
    language = study.about.languages[0]
    names = [council.name[language] for council in study.councils.values()]
    one = study.about.units.one[language]
    for row, column, text in unknown.first[:MOST]:
        hint = retired_hint(text, study) or expected(text, names)
        told = f"'{text}' is no {one} of this study" if text else f"row names no {one}"
        yield Problem(name, row, column, f"{told}; {hint}")
    yield from _summed_up(name, unknown, f"names of a {one}")


def _clash_problems(name: str, people: People) -> Iterator[Problem]:
    for clash in people.clashes:
        message = (
            f"row {clash.row} has the response number of row {clash.earlier} but other answers; "
            f"map column '{clash.column.name}' to '{DROP}' if it numbers nobody, "
            "else remove one row"
        )
        kind = "with the response number of another row but other answers"
        yield Problem(name, clash.row, clash.column.position, message, kind)


def _summed_up(name: str, unknown: Unknown, what: str) -> Iterator[Problem]:
    total, texts = unknown.counts.total(), len(unknown.counts)
    if total > MOST:
        row, column, _ = unknown.first[MOST]
        message = (
            f"{total - MOST} more {what} from here on are not understood, of {texts} kinds in all; "
            "`--dry-run` writes a mapping that lists each kind"
        )
        yield Problem(name, row, column, message)

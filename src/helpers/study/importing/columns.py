"""Decide what each column of an export is used for, and why the others are dropped."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from helpers.errors import Problem
from helpers.study.definition import Study
from helpers.study.files.spelling import normalise
from helpers.study.importing.layouts import Column, Table, read_table
from helpers.study.importing.mapping import MappingFile
from helpers.study.importing.matching import (
    COMMENTS,
    COUNCIL,
    DROP,
    Uses,
    council_columns,
    councils_of,
)
from helpers.study.responses import questions_asked

REASONS = {
    "response_id": "the survey tool's own number of a response",
    "time": "when a person answered",
    "finished": "whether a person finished",
    "kind": "whether it is a preview, a test or spam",
    "personal": "could tell who answered",
    "": "not in the questionnaire",
}
DROPPED_BY_MAPPING = "dropped by the mapping"
LOWEST = 20  # rows among which a header is sought
NAMED = 3  # organisations that a message names


@dataclass
class Columns:
    """The columns in use, those that are dropped with the reason, and what is still undecided."""

    questions: dict[str, Column] = field(default_factory=dict)
    comments: list[tuple[str, Column]] = field(default_factory=list)  # theme and column
    council: Column | None = None
    dropped: list[tuple[Column, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def used(self) -> list[Column]:
        """All columns of which something is kept."""
        own = [self.council] if self.council else []
        return [*own, *self.questions.values(), *(column for _, column in self.comments)]


def assign_columns(table: Table, study: Study, tool: str, file: MappingFile) -> Columns:
    """Return each column's use: by the mapping, else by code and text, else none."""
    return _Assigning(table, study, tool, file).assign()


class _Assigning:
    def __init__(self, table: Table, study: Study, tool: str, file: MappingFile) -> None:
        self.table, self.study, self.tool, self.file = table, study, tool, file
        self.asked = questions_asked(study, tool)
        self.uses = Uses(study.questionnaire)
        self.columns = Columns()

    def assign(self) -> Columns:
        by_use: dict[str, list[Column]] = defaultdict(list)
        for column in self.table.columns:
            by_use[self._use(column)].append(column)
        named = any(by_use[code] for code in self.study.questionnaire.statements)
        wanted = set(self.asked) - set(self.file.mapping.absent)
        if wanted and not named:
            self._tell(None, self._no_header())
        else:
            self._take_questions(by_use)
        for use, found in by_use.items():
            if use.startswith(COMMENTS):
                theme = use.removeprefix(COMMENTS)
                self.columns.comments += [(theme, column) for column in found]
        if named or not wanted:
            self._take_council(by_use[COUNCIL], by_use[""])
        mapped = self.file.mapping.columns
        for column in by_use[""] + by_use[DROP]:
            if column is not self.columns.council:
                by_mapping = mapped.get(column.name) == DROP
                reason = DROPPED_BY_MAPPING if by_mapping else REASONS[self.table.role(column)]
                self.columns.dropped.append((column, reason))
        self.columns.dropped.sort(key=lambda pair: pair[0].position)
        return self.columns

    def _no_header(self) -> str:
        """Say that the header names no question, and which row looks like one that does."""
        export = self.table.export
        told = f"row {export.rows[0][0] or 1} is read as the header and names no question"
        for start in range(1, min(LOWEST, len(export.rows))):
            table = read_table(replace(export, rows=export.rows[start:]))
            if any(self.uses.of(column) & set(self.asked) for column in table.columns):
                row = export.rows[start][0]
                return f"{told}; row {row} looks like the header: delete the rows above it"
        wanted = f"expected codes of '{self.tool}', such as '{self.asked[0]}', or their texts"
        return f"{told}; {wanted}: map columns to them{export.unread}"

    def _use(self, column: Column) -> str:
        """Return the one use that a column has, or '' for none."""
        if column.name in self.file.mapping.columns:
            return self.file.mapping.columns[column.name]
        if self.table.role(column):
            return ""
        found = sorted(self.uses.of(column))
        if len(found) > 1:
            told = " and ".join(f"'{use}'" for use in found)
            self._tell(column, f"column '{column.name}' is {told}; let the mapping say which")
            return DROP
        return found[0] if found else ""

    def _take_questions(self, by_use: dict[str, list[Column]]) -> None:
        absent = self.file.mapping.absent
        for code in self.study.questionnaire.statements:
            found = by_use[code]
            if code not in self.asked:
                self._drop_not_asked(code, found)
            elif code in absent and found:
                message = f"'{code}' is declared absent, yet column '{found[0].name}' is it"
                where = ("absent", absent.index(code))
                self.columns.problems.append(self.file.problem(where, f"{message}; remove either"))
            elif len(found) > 1:
                told = " and ".join(f"'{column.name}'" for column in found)
                self._tell(
                    found[1], f"columns {told} are all '{code}'; map all but one to '{DROP}'"
                )
            elif found:
                self.columns.questions[code] = found[0]
            elif code not in absent:
                self._tell(
                    None, f"no column is question '{code}'; map one to it or declare it absent"
                )

    def _drop_not_asked(self, code: str, found: list[Column]) -> None:
        for column in found:
            if any(cells[column.position - 1].strip() for _, cells in self.table.rows):
                message = (
                    f"column '{column.name}' is '{code}', which '{self.tool}' was not asked; "
                    f"correct --tool or map it to '{DROP}'"
                )
                self._tell(column, message)
            self.columns.dropped.append((column, f"not asked of '{self.tool}'"))

    def _take_council(self, mapped: list[Column], free: list[Column]) -> None:
        known = councils_of(self.study)
        free = [column for column in free if not self.table.role(column)]
        found = mapped or council_columns(self.table, free, known)
        one = self.study.about.units.one[self.study.about.languages[0]]
        if self.file.mapping.council:
            for column in found:
                self._tell_of_others(column, self.file.mapping.council)
            return
        if len(found) > 1:
            told = " and ".join(f"'{column.name}'" for column in found)
            self._tell(found[1], f"columns {told} all name a {one}; map one of them to '{COUNCIL}'")
        elif found:
            self.columns.council = found[0]
        else:
            message = f"no column names the {one}; map one to '{COUNCIL}', or give 'council:'"
            self._tell(None, message)

    def _tell_of_others(self, column: Column, given: str) -> None:
        """Tell where a column names other councils than the one that the mapping gives."""
        meant = self.file.mapping.councils.items()
        mapped = {normalise(text): council for text, council in meant if council != DROP}
        known = councils_of(self.study) | mapped
        named = (
            (row, known.get(normalise(cells[column.position - 1])))
            for row, cells in self.table.rows
        )
        others = [(row, council) for row, council in named if council not in (None, given)]
        if not others:
            return
        counts = Counter(council for _, council in others).most_common()
        told = ", ".join(
            f"'{council}' at {rows} row{'s' if rows > 1 else ''}"
            for council, rows in counts[:NAMED]
        )
        message = (
            f"column '{column.name}' names {told}{' …' if counts[NAMED:] else ''}, but the mapping "
            f"gives all rows to '{given}'; take 'council:' out of the mapping, or map the column "
            f"to '{DROP}'"
        )
        self.columns.problems.append(
            Problem(self.table.export.name, others[0][0], column.position, message)
        )

    def _tell(self, column: Column | None, message: str) -> None:
        line, position = self.table.export.rows[0][0] or 1, column.position if column else 1
        self.columns.problems.append(Problem(self.table.export.name, line, position, message))

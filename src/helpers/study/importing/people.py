"""Read the rows of an export into answers and comments that say nothing of who gave them."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field

from helpers.study.comments import Comment
from helpers.study.definition import Study
from helpers.study.files.spelling import normalise
from helpers.study.files.textfile import LONGEST
from helpers.study.importing.columns import Columns
from helpers.study.importing.layouts import SUBMITTED, TESTS, UNFINISHED, Column, Table
from helpers.study.importing.mapping import BLANK, Mapping
from helpers.study.importing.masking import mask
from helpers.study.importing.matching import DROP, answers_of, councils_of
from helpers.study.responses import questions_asked

KEPT = "kept"
FEW = 21  # unknown texts that are kept with their places


class Spellings(dict[str, str | None]):
    """What each text of an export stands for, looked up once; None where nobody knows."""

    def __init__(self, known: Lookup[str, str]) -> None:
        super().__init__()
        self.known = known

    def __missing__(self, text: str) -> str | None:
        self[text] = found = self.known.get(normalise(text))
        return found


@dataclass
class Unknown:
    """Texts that stand for nothing: how often each, and where the first of them are."""

    counts: Counter[str] = field(default_factory=Counter)
    first: list[tuple[int, int, str]] = field(default_factory=list)  # row, column, text

    def add(self, row: int, column: Column, text: str) -> None:
        """Note one of them."""
        self.counts[text] += 1
        if len(self.first) < FEW:
            self.first.append((row, column.position, text))


@dataclass(frozen=True)
class Clash:
    """A row that has the response number of an earlier one, but other answers."""

    row: int
    earlier: int
    column: Column


@dataclass
class People:
    """Those who are kept: each one's council and answers, and apart from them the comments."""

    answers: list[tuple[str, list[str]]] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # rows, by what became of them
    masked: Counter[str] = field(default_factory=Counter)
    unknown_answers: Unknown = field(default_factory=Unknown)
    unknown_councils: Unknown = field(default_factory=Unknown)
    clashes: list[Clash] = field(default_factory=list)
    too_long: list[tuple[int, int]] = field(default_factory=list)  # comments, by row and column


def read_people(
    table: Table, study: Study, tool: str, columns: Columns, mapping: Mapping
) -> People:
    """Go through every row once."""
    reading = _Reading(table, study, tool, columns, mapping)
    for row, cells in table.rows:
        reading.people.counts[reading.take(row, cells)] += 1
    return reading.people


class _Reading:
    def __init__(
        self, table: Table, study: Study, tool: str, columns: Columns, mapping: Mapping
    ) -> None:
        self.tool, self.columns, self.mapping, self.people = tool, columns, mapping, People()
        self.questions = [columns.questions.get(code) for code in questions_asked(study, tool)]
        mapped = {
            normalise(text): "" if answer == BLANK else answer
            for text, answer in mapping.answers.items()
        }
        named = {normalise(text): council for text, council in mapping.councils.items()}
        self.answers = Spellings({**answers_of(study.questionnaire), "": "", **mapped})
        self.councils = Spellings({**councils_of(study), **named})
        self.used = _places(columns.used)
        self.ids = self._of_role(table, "response_id")
        times = self._of_role(table, "time")
        self.times, self.kinds = _places(times), _places(self._of_role(table, "kind"))
        self.finished = _places(self._of_role(table, "finished"))
        self.submitted = _places([column for column in times if column.among(SUBMITTED)])
        self.seen: dict[tuple[str, ...], tuple[int, list[str]]] = {}

    def _of_role(self, table: Table, role: str) -> list[Column]:
        """Return the columns of a role; one that the mapping names has the mapping's use alone."""
        mapped = self.mapping.columns
        return [column for column in table.of_role(role) if column.name not in mapped]

    def take(self, row: int, cells: list[str]) -> str:
        """Keep a row, and return what became of it."""
        if any(normalise(cells[at]) in TESTS for at in self.kinds):
            return "test"
        if self.mapping.partial == "drop" and self._is_partial(cells):
            return "partial"
        if self._is_duplicate(row, cells):
            return "duplicate"
        answers = [self._answer(row, cells, column) for column in self.questions]
        said = list(self._said(row, cells))
        if not any(answers) and not said:
            return "empty"
        council = self._council(row, cells)
        if council == DROP:
            return "unwanted"
        self.people.answers.append((council, answers))
        for theme, text in said:
            self._keep_comment(council, theme, text)
        return KEPT

    def _is_partial(self, cells: list[str]) -> bool:
        return any(normalise(cells[at]) in UNFINISHED for at in self.finished) or any(
            not cells[at].strip() for at in self.submitted
        )

    def _is_duplicate(self, row: int, cells: list[str]) -> bool:
        """Know a response by its number, else by all its cells where one says when it was given.

        Two people who give the same answers are two people; so, it may be, are two who answer
        otherwise under one number.
        """
        numbered = [column for column in self.ids if cells[column.position - 1]]
        own = tuple(cells[column.position - 1] for column in numbered)
        if not own and not any(cells[at] for at in self.times):
            return False
        said = [cells[at] for at in self.used]
        earlier, words = self.seen.setdefault(own or tuple(cells), (row, said))
        if earlier != row and words != said:
            self.people.clashes.append(Clash(row, earlier, numbered[0]))
        return earlier != row

    def _answer(self, row: int, cells: list[str], column: Column | None) -> str:
        if column is None:
            return ""
        text = cells[column.position - 1]
        answer = self.answers[text]
        if answer is None:
            self.people.unknown_answers.add(row, column, text)
            return text
        return answer

    def _council(self, row: int, cells: list[str]) -> str:
        if self.mapping.council or self.columns.council is None:
            return self.mapping.council or ""
        text = cells[self.columns.council.position - 1]
        council = self.councils[text]
        if council is None:
            self.people.unknown_councils.add(row, self.columns.council, text)
        return council or ""

    def _said(self, row: int, cells: list[str]) -> Iterator[tuple[str, str]]:
        """Yield theme and text of each comment; one that is too long is noted and not masked."""
        for theme, column in self.columns.comments:
            text = cells[column.position - 1]
            if len(text) > LONGEST:
                self.people.too_long.append((row, column.position))
            elif text.strip():
                yield theme, text

    def _keep_comment(self, council: str, theme: str, text: str) -> None:
        masked, found = mask(text)
        self.people.masked += found
        if masked:
            self.people.comments.append(Comment(self.tool, council, theme, masked))


def _places(columns: list[Column]) -> list[int]:
    return [column.position - 1 for column in columns]

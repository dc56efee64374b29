"""Every error that a person sees, with its exit code.

WorkbookError            1   anything below; never shown as a traceback
├── UsageError           2   the command was asked for something that does not exist
├── NotAWorkbook         3   no folder with params/ and data/ was found
├── CheckFailed          4   parameters, study or data are not as expected; holds every problem
│   ├── NotImported      4   an export of a survey tool is not understood
│   └── CouncilsRefused  4   parameters or sentences of some councils are not; the others' are
├── ExpressionError      5   an inline figure is not in the grammar or names something unknown
├── FigureHidden         6   a sentence asks for a figure that disclosure hides
├── FalseClaim           9   a sentence says in words what its figure does not bear out
├── RunFailed            7   a notebook stopped, or did not run to its end
├── NotPublishable       8   a notebook that is not whole was given to the exporter
├── NotSaved            10   an edit could not be written to params/; nothing was overwritten
└── DifferencesFound    13   what was published does not come out again as it stands

A message says where, what is wrong, what was expected and what to do, in that order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import IO, Any

import click

LONGEST = 1000  # characters of a message that are shown: what is quoted in it may be of any length
NAME = 200  # characters of a name that are compared with other names
SHOWN = 20  # problems of one kind in one file; how many more there are is told in one line
SCREEN = 38  # lines of problems that leave room for the command and the closing line


class WorkbookError(click.ClickException):
    """An error with a message for people.

    A ClickException, so that papermill's own command, which is a click program, shows the message
    too where our engine runs in it.
    """

    exit_code = 1

    def on_screen(self) -> list[str]:
        """Return the lines of the message that a person is shown."""
        return self.message.splitlines()

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each line to standard error."""
        for line in self.on_screen():
            click.echo(f"workbook: error: {shown(line)}", file=file, err=file is None)

    def _render_traceback_(self) -> list[str]:
        """Show only the message where IPython would show a traceback."""
        return [f"workbook: error: {shown(line)}" for line in self.on_screen()]


class UsageError(WorkbookError):
    exit_code = 2


class NotAWorkbook(WorkbookError):
    exit_code = 3


def shown(text: str) -> str:
    """Return a text on one line, whatever it holds: signs that do not print are written out."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text whose middle is left out where it is too long: both ends say something.

    >>> shortened("abcdefghijklmnopqrstuvwxyz", longest=8)
    'abcd…wxyz'
    """
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"


def cut(text: str, longest: int) -> str:
    """Return a text whose end is left out where it is too long: its beginning tells which it is.

    >>> cut("abcd efgh", longest=5), cut("abcd", longest=5)
    ('abcd…', 'abcd')
    """
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"


def _brief(text: str) -> str:
    return shortened(shown(shortened(text)))


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one file; lines and columns count from 1.

    Problems of one `kind` in a file are summed up when there are many: it ends a sentence on rows,
    such as "with an unknown answer in column 'L1'". One problem may stand for `more` of its kind.
    """

    file: str
    line: int
    column: int
    message: str
    kind: str = ""
    more: int = 0

    def __str__(self) -> str:
        return f"{_brief(self.file)}:{self.line}:{self.column}: {_brief(self.message)}"


class CheckFailed(WorkbookError):
    """All problems of all files that were checked together; a person sees one screen of them."""

    exit_code = 4
    what_to_do = "put this right and run 'workbook check': nothing is built until then"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(sum_up(self.problems)))

    def on_screen(self) -> list[str]:
        """Return as many problems as a screen holds; the last line says how many there are."""
        files = len({problem.file for problem in self.problems})
        found = f"{_number(_count(self.problems), 'problem')} in {_number(files, 'file')}"
        return [*fit(self.problems), f"{found}; {self.what_to_do}"]

    def __reduce__(self) -> tuple[type, tuple[list[Problem]]]:
        """Let it travel between processes."""
        return type(self), (self.problems,)


class CouncilsRefused(CheckFailed):
    what_to_do = "put this right and run 'workbook check': until then their reports are not built"


class NotImported(CheckFailed):
    what_to_do = "put this right or decide it in a mapping: nothing is imported until then"


class ExpressionError(WorkbookError):
    exit_code = 5


class FigureHidden(WorkbookError):
    exit_code = 6


class FalseClaim(WorkbookError):
    exit_code = 9


class RunFailed(WorkbookError):
    exit_code = 7


class NotPublishable(WorkbookError):
    exit_code = 8


class NotSaved(WorkbookError):
    exit_code = 10


class DifferencesFound(WorkbookError):
    exit_code = 13


def sum_up(problems: list[Problem], shown: int = SHOWN) -> list[str]:
    """Return a line a problem, of those of one kind in one file only the first `shown`.

    >>> rows = [Problem("a.csv", line, 2, "unknown", "with an unknown tool") for line in (2, 5, 9)]
    >>> sum_up(rows, shown=1)
    ['a.csv:2:2: unknown', '… and 2 more rows with an unknown tool in a.csv (first at line 5)']
    """
    alike: dict[object, list[Problem]] = {}
    for problem in problems:
        key = (problem.file, problem.kind) if problem.kind else problem
        alike.setdefault(key, []).append(problem)
    lines = []
    for found in alike.values():
        lines += _first(found, shown, "row", f" {found[0].kind}")
    return lines


def fit(problems: list[Problem], room: int = SCREEN) -> list[str]:
    """Return at most `room` lines that show as many problems as fit, and some of each file."""
    for shown in (SHOWN, 5, 1):
        if len(lines := sum_up(problems, shown)) <= room:
            return lines
    by_file = [list(found) for _, found in groupby(problems, key=lambda problem: problem.file)]
    for shown in (10, 5, 1):
        lines = [line for found in by_file for line in _first(found, shown, "problem")]
        if len(lines) <= room:
            return lines
    firsts = [str(found[0]) for found in by_file[: room - 1]]
    left = _count(problems) - len(firsts)
    return [*firsts, f"… and {_number(left, 'more problem')} in {_number(len(by_file), 'file')}"]


def _first(alike: list[Problem], shown: int, noun: str, kind: str = "") -> list[str]:
    lines, left = [str(problem) for problem in alike[:shown]], alike[shown:]
    if left:
        at = f"{_brief(left[0].file)} (first at line {left[0].line})"
        lines.append(f"… and {_number(_count(left), f'more {noun}')}{kind} in {at}")
    return lines


def _count(problems: list[Problem]) -> int:
    return sum(1 + problem.more for problem in problems)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def expected(wrong: object, right: Iterable[str]) -> str:
    """Say what was expected instead of `wrong`, and the nearest right name if one is near.

    >>> expected("narative", ["council", "narrative"])
    "expected 'council', 'narrative'; did you mean 'narrative'?"
    """
    names = list(right)
    if not names:
        return "expected none"
    shown = ", ".join(f"'{name}'" for name in names[:12]) + (" …" if len(names) > 12 else "")
    near = get_close_matches(str(wrong)[:NAME], names, n=1)
    near = [name for name in near if name != str(wrong)]
    return f"expected {shown}" + (f"; did you mean '{near[0]}'?" if near else "")

"""Every error that a person sees, with its exit code.

WorkbookError            1   anything below; never shown as a traceback
├── UsageError           2   the command was asked for something that does not exist
├── NotAWorkbook         3   no folder with params/ and data/ was found
├── CheckFailed          4   parameters, study or data are not as expected; holds every problem
├── ExpressionError      5   an inline figure is not in the grammar or names something unknown
├── FigureHidden         6   a sentence asks for a figure that disclosure hides
├── RunFailed            7   a notebook stopped, or did not run to its end
└── NotPublishable       8   a notebook that is not whole was given to the exporter

A message says where, what is wrong, what was expected and what to do, in that order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO, Any

import click


class WorkbookError(click.ClickException):
    """An error with a message for people.

    A ClickException, so that papermill's own command, which is a click program, shows the message
    too where our engine runs in it.
    """

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each line of the message to standard error."""
        for line in self.message.splitlines():
            click.echo(f"workbook: error: {line}", file=file, err=file is None)

    def _render_traceback_(self) -> list[str]:
        """Show only the message where IPython would show a traceback."""
        return [f"workbook: error: {self}"]


class UsageError(WorkbookError):
    exit_code = 2


class NotAWorkbook(WorkbookError):
    exit_code = 3


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one file; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        shown = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in self.message)
        return f"{self.file}:{self.line}:{self.column}: {shown}"  # on one line, whatever it quotes


class CheckFailed(WorkbookError):
    """All problems of all files that were checked together."""

    exit_code = 4

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type, tuple[list[Problem]]]:
        """Let it travel between processes."""
        return CheckFailed, (self.problems,)


class ExpressionError(WorkbookError):
    exit_code = 5


class FigureHidden(WorkbookError):
    exit_code = 6


class RunFailed(WorkbookError):
    exit_code = 7


class NotPublishable(WorkbookError):
    exit_code = 8


def expected(wrong: object, right: Iterable[str]) -> str:
    """Say what was expected instead of `wrong`, and the nearest right name if one is near.

    >>> expected("narative", ["council", "narrative"])
    "expected 'council', 'narrative'; did you mean 'narrative'?"
    """
    names = list(right)
    shown = ", ".join(f"'{name}'" for name in names[:12]) + (" …" if len(names) > 12 else "")
    near = [name for name in get_close_matches(str(wrong), names, n=1) if name != str(wrong)]
    return f"expected {shown}" + (f"; did you mean '{near[0]}'?" if near else "")

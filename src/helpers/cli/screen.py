"""How a command tells of what goes on: on a terminal, in lines, or in JSON for a program."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from helpers.run.building.executing import Outcome

Show = Callable[[str, int], None]
INDEX, UP_TO_DATE = "outputs/index.html", "up to date"


@dataclass(frozen=True)
class Sum:
    """How many reports were asked for, and of how many each is true."""

    reports: int
    failed: int = 0
    up_to_date: int = 0
    downloads_failed: int = 0

    @classmethod
    def of(cls, outcomes: "list[Outcome]", downloads: "list[Outcome]") -> "Sum":
        """Count what became of a build."""
        return cls(
            len(outcomes),
            sum(bool(outcome.error) for outcome in outcomes),
            sum(outcome.state == UP_TO_DATE for outcome in outcomes),
            sum(bool(outcome.error) for outcome in downloads),
        )


@contextmanager
def showing(what: str, total: int) -> Iterator[Show]:
    """Yield what to call with a line, and how many of so many have ended: a bar, or else lines."""
    if not sys.stderr.isatty():
        yield lambda line, _ended: click.echo(line)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda line, ended: bar.update(task, advance=ended, description=line)


class Screen:
    """Tells a person."""

    def runs_on(self, scheduler: str, threads: int) -> None:
        """Say on which cluster a build runs."""
        click.echo(f"running on {scheduler}, {threads} at a time")

    def building(self, total: int) -> "AbstractContextManager[Callable[[Outcome], None]]":
        """Yield what to call with the outcome of each edition as it ends."""
        return _building(total)

    def end(self, outcomes: "list[Outcome]", downloads: "list[Outcome]", seconds: float) -> None:
        """Say what a person must know of what was made, why the rest was not, and the sum."""
        for outcome in outcomes:
            for line in outcome.affected:
                click.echo(f"narrative affected: {line}")
        for outcome in (*outcomes, *downloads):
            if outcome.note:
                click.echo(f"{outcome.council}: {outcome.note}")
        failed = (outcome for outcome in (*outcomes, *downloads) if outcome.error)
        for (council, error), alike in groupby(failed, key=attrgetter("council", "error")):
            editions = ", ".join(outcome.edition for outcome in alike)
            for reason in error.splitlines():
                click.echo(f"workbook: failed: {council} {editions}: {reason}", err=True)
        self.sum(Sum.of(outcomes, downloads), seconds)

    def sum(self, made: "Sum", seconds: float) -> None:
        """Say how many reports stand."""
        up_to_date = f", {made.up_to_date} of them up to date already" if made.up_to_date else ""
        stand = f"{made.reports - made.failed} of {made.reports} reports in {seconds:.1f} s"
        click.echo(f"{stand}{up_to_date}: {INDEX}")

    def explain(self, outcomes: "list[Outcome]") -> None:
        """Say why each edition would be made, or cannot be."""
        for (council, error), alike in groupby(outcomes, key=attrgetter("council", "error")):
            found = list(alike)
            editions = ", ".join(outcome.edition for outcome in found)
            for reason in error.splitlines():
                click.echo(f"{council} {editions}: cannot be built: {reason}")
            for outcome in found if not error else ():
                click.echo(f"{council} {outcome.edition}: {_why(outcome) or outcome.state}")


class JsonScreen(Screen):
    """Tells a program: one JSON object a line, each with the `event` that it tells of."""

    def runs_on(self, scheduler: str, threads: int) -> None:
        """Tell on which cluster a build runs."""
        _tell("cluster", scheduler=scheduler, threads=threads)

    @contextmanager
    def building(self, total: int) -> "Iterator[Callable[[Outcome], None]]":
        """Yield what tells of each edition as it ends."""
        _tell("begin", reports=total)
        yield lambda outcome: _tell("made", state=outcome.state, **_facts(outcome))

    def end(self, outcomes: "list[Outcome]", downloads: "list[Outcome]", seconds: float) -> None:
        """Tell the sum; what became of each was told when it ended."""
        self.sum(Sum.of(outcomes, downloads), seconds)

    def sum(self, made: "Sum", seconds: float) -> None:
        """Tell how many reports there are, and what became of them."""
        _tell("end", **asdict(made), seconds=round(seconds, 3), index=INDEX)

    def explain(self, outcomes: "list[Outcome]") -> None:
        """Tell why each edition would be made, or cannot be."""
        for outcome in outcomes:
            _tell("planned", **_facts(outcome))


@contextmanager
def _building(total: int) -> "Iterator[Callable[[Outcome], None]]":
    with showing("building", total) as show:
        yield lambda outcome: show(_line(outcome), outcome.is_edition)


def _line(outcome: "Outcome") -> str:
    why = "" if outcome.error or not outcome.why else f" ({_why(outcome)})"
    return f"{outcome.council} {outcome.edition}: {outcome.state}{why}"


def _why(outcome: "Outcome") -> str:
    return "; ".join(outcome.why)


def _facts(outcome: "Outcome") -> dict[str, object]:
    return {
        "council": outcome.council,
        "edition": outcome.edition,
        "why": outcome.why,
        "error": outcome.error.splitlines(),
        "note": outcome.note,
        "narrative_affected": outcome.affected,
    }


def _tell(event: str, **facts: object) -> None:
    click.echo(json.dumps({"event": event, **facts}, ensure_ascii=False))

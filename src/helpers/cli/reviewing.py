"""The reviewer's commands: verify, diff."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpers.cli.options import in_workbook
from helpers.cli.screen import showing
from helpers.study.files.folder import find_workbook

if TYPE_CHECKING:
    from helpers.review.reperforming import Performed


@click.command()
@click.argument("councils", nargs=-1)
@click.option("--page", type=click.Path(path_type=Path), help="Check only this page, by itself.")
@click.option("--sign-off", metavar="NAME", help="Record who reviewed, where nothing differs.")
@in_workbook
def verify(
    councils: tuple[str, ...], page: Path | None, sign_off: str | None, folder: Path | None
) -> None:
    """Re-perform the reports of COUNCILS, or of all, and name every difference."""
    if page is not None:
        from helpers.review.one_page import verify_page

        verify_page(page, click.echo)
        return
    from helpers.run.processes.warming import warm_up

    workbook = find_workbook(folder)
    warm_up(workbook)
    from helpers.review.reporting import verify_workbook
    from helpers.run.building.batch import only_build

    with only_build(workbook):
        verify_workbook(workbook, councils, sign_off, click.echo, _reviewing)


@click.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say which figures moved from the outputs in OLD to those in NEW, running nothing."""
    from helpers.review.moving import compare_outputs

    compare_outputs(old, new, click.echo)


@contextmanager
def _reviewing(total: int) -> "Iterator[Callable[[Performed], None]]":
    """Yield what to call with each edition that was run again."""
    with showing("verifying", total) as show:
        yield lambda one: show(f"{one.council} {one.edition}: run again", 1)

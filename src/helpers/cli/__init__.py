"""The `workbook` command. Heavy packages are imported only by the command that needs them."""

import atexit
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

from helpers import __version__
from helpers.cli.building import build
from helpers.cli.checking import check, list_councils
from helpers.cli.editing import comments, edit, import_answers, save, translations
from helpers.cli.reviewing import diff, verify
from helpers.errors import WorkbookError
from helpers.run.processes.unused import keep_out, let_in

SELDOM = 100_000  # new objects to a search for garbage, of which reading and importing make none


class Workbook(click.Group):
    """The commands; what the machine refuses is told as any other error is."""

    def invoke(self, context: click.Context) -> Any:
        """Run a command; raises WorkbookError for a file that cannot be read or written."""
        with _hearing_interrupts() as heard:
            try:
                return super().invoke(context)
            except Exception as error:
                if heard:
                    raise click.Abort from None
                if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
                    raise
                where = f"{error.filename}: " if error.filename else ""
                told = f"{where}{error.strerror or error}; put this right and run it again"
                raise WorkbookError(told) from None


@contextmanager
def _hearing_interrupts() -> Iterator[list[int]]:
    """Yield what notes each Ctrl-C: where it interrupts a library, it may come out as any error."""
    heard: list[int] = []

    def note(signum: int, frame: FrameType | None) -> None:
        heard.append(signum)
        signal.default_int_handler(signum, frame)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGINT, before)


@click.group(cls=Workbook)
@click.version_option(__version__, prog_name="workbook")
@click.pass_context
def main(context: click.Context) -> None:
    """Build and check the reports of a reproducible audit workbook."""
    keep_out()
    context.call_on_close(let_in)
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)  # else Python ends with a search through all that was loaded


for command in (
    check,
    list_councils,
    build,
    verify,
    diff,
    edit,
    save,
    import_answers,
    translations,
    comments,
):
    main.add_command(command)

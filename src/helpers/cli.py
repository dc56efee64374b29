"""The `workbook` command. Heavy packages are imported only by the command that needs them."""

import atexit
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from helpers import __version__
from helpers.run.unused import keep_out, let_in
from helpers.study.folder import find_workbook

if TYPE_CHECKING:
    from helpers.review.reperforming import Performed
    from helpers.run.building import Outcome

LISTED = 20  # names in one line
SELDOM = 100_000  # new objects to a search for garbage, of which reading and importing make none
FAILED = 1  # exit code of a build in which an edition failed


in_workbook = click.option(
    "--workbook",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workbook's folder; else the one that holds the working folder.",
)


@click.group()
@click.version_option(__version__, prog_name="workbook")
@click.pass_context
def main(context: click.Context) -> None:
    """Build and check the reports of a reproducible audit workbook."""
    keep_out()
    context.call_on_close(let_in)
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)  # else Python ends with a search through all that was loaded


@contextmanager
def _progress(total: int) -> "Iterator[Callable[[Outcome], None]]":
    """Yield what to call with the outcome of each edition as it ends."""
    with _showing("building", total) as show:
        yield lambda outcome: show(_line(outcome))


@contextmanager
def _reviewing(total: int) -> "Iterator[Callable[[Performed], None]]":
    """Yield what to call with each edition that was run again."""
    with _showing("verifying", total) as show:
        yield lambda one: show(f"{one.council} {one.edition}: run again")


@contextmanager
def _showing(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Yield what to call with a line as each of so many ends: a bar on a terminal, else lines."""
    if not sys.stderr.isatty():
        yield click.echo
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:28}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda line: bar.update(task, advance=1, description=line)


def _line(outcome: "Outcome") -> str:
    state = "failed" if outcome.error else "built"
    return f"{outcome.council} {outcome.edition}: {state}"


@main.command()
@in_workbook
def check(folder: Path | None) -> None:
    """Check parameters, data, study and template without running anything."""
    from helpers.run.checking import check_workbook
    from helpers.run.deciding import decide
    from helpers.run.narratives import check_sentences

    checked = check_workbook(find_workbook(folder))
    check_sentences(decide(checked))
    about, answers = checked.study.about, sum(map(len, checked.responses.values()))
    units = about.units.many[about.languages[0]]
    click.echo(f"{len(checked.parameters)} {units} and {answers} respondents: all is as expected")
    without = [slug for slug in checked.study.councils if slug not in checked.parameters]
    if without:
        more = f" and {len(without) - LISTED:,} more" if len(without) > LISTED else ""
        click.echo(f"no parameter file: {', '.join(without[:LISTED])}{more}")


@main.command(name="list")
@in_workbook
def list_councils(folder: Path | None) -> None:
    """List the councils that can be built, with their editions."""
    from helpers.study.parameters import read_parameters
    from helpers.study.reading import read_study

    workbook = find_workbook(folder)
    study = read_study(workbook)
    for slug, file in read_parameters(workbook, study).items():
        name = study.councils[slug].name[study.about.languages[0]]
        click.echo(f"{slug:24} {name:24} {' '.join(file.parameters.editions)}")


@main.command()
@click.argument("councils", nargs=-1)
@click.option("--edition", help="Build only this language.")
@click.option("--pdf", is_flag=True, help="Make a PDF of each report too; needs the extra 'pdf'.")
@in_workbook
def build(councils: tuple[str, ...], edition: str | None, pdf: bool, folder: Path | None) -> None:
    """Build the reports of COUNCILS, or of all."""
    began = perf_counter()
    if pdf:
        from helpers.report.pdf import check_pdf

        check_pdf()
    from helpers.run.forking import warm_up

    warm_up()  # before the imports below, so that both go on at once
    from helpers.run.building import build as build_editions
    from helpers.run.building import check_outputs, plan
    from helpers.run.checking import check_workbook
    from helpers.run.deciding import decide
    from helpers.run.downloads import write_downloads
    from helpers.run.dropping import remove_dropped
    from helpers.run.indexing import write_indexes
    from helpers.run.narratives import judge
    from helpers.run.outdated import find_outdated

    workbook = find_workbook(folder)
    check_outputs(workbook)
    decided = decide(check_workbook(workbook))
    bundles = plan(decided, councils, edition)
    verdict = judge(decided, bundles)
    for line in verdict.affected:
        click.echo(f"narrative affected: {line}")
    with _progress(len(bundles)) as tell:
        outcomes = build_editions(decided, bundles, verdict.refused, tell)
    changed = dict.fromkeys(remove_dropped(decided)) | {one.council: one for one in bundles}
    downloads = []
    if outdated := find_outdated(decided, changed, pdf=pdf):
        with _progress(len(outdated)) as tell:
            downloads = write_downloads(decided, outdated, tell, pdf=pdf)
    write_indexes(decided)
    all_made = _tell_notes_and_failures([*outcomes, *downloads])
    seconds = perf_counter() - began
    made = sum(not outcome.error for outcome in outcomes)
    click.echo(f"{made} of {len(outcomes)} reports in {seconds:.1f} s: outputs/index.html")
    if not all_made:
        sys.exit(FAILED)


def _tell_notes_and_failures(outcomes: "list[Outcome]") -> bool:
    """Say what a person must know of what was made, and why the rest was not; return if all was."""
    for outcome in outcomes:
        if outcome.note:
            click.echo(f"{outcome.council}: {outcome.note}")
    for outcome in outcomes:
        for reason in outcome.error.splitlines():
            click.echo(f"workbook: failed: {outcome.council} {outcome.edition}: {reason}", err=True)
    return not any(outcome.error for outcome in outcomes)


@main.command()
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
    from helpers.run.forking import warm_up

    warm_up()
    from helpers.review.reporting import verify_workbook

    verify_workbook(find_workbook(folder), councils, sign_off, click.echo, _reviewing)


@main.command()
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say which figures moved from the outputs in OLD to those in NEW, running nothing."""
    from helpers.review.moving import compare_outputs

    compare_outputs(old, new, click.echo)


@main.command()
@click.argument("council")
@click.option("--edition", help="The language to edit; else the study's first.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@in_workbook
def edit(council: str, edition: str | None, no_browser: bool, folder: Path | None) -> None:
    """Edit the narrative of COUNCIL beside its figures, in JupyterLab."""
    from helpers.run.editing.lab import check_lab, make_working, open_lab

    check_lab()
    working = make_working(find_workbook(folder), council, edition, click.echo)
    click.echo(f"editing {working.name}; saved text goes to {working.parameters_name}")
    click.echo("stop with Ctrl-C")
    open_lab(working, browser=not no_browser)


@main.command()
@click.argument("council")
@click.option("--edition", help="Save only this language.")
@in_workbook
def save(council: str, edition: str | None, folder: Path | None) -> None:
    """Save the narrative of COUNCIL that was edited in a notebook outside JupyterLab."""
    from helpers.run.editing.saving import save_council

    save_council(find_workbook(folder), council, edition, click.echo)


@main.command(name="import")
@click.argument("export", type=click.Path(path_type=Path))
@click.option("--tool", required=True, help="The data tool that the export holds.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path),
    help="What you decided where the export and the questionnaire do not meet.",
)
@click.option("--dry-run", is_flag=True, help="Import nothing; write a mapping to complete.")
@in_workbook
def import_answers(
    export: Path, tool: str, mapping_file: Path | None, dry_run: bool, folder: Path | None
) -> None:
    """Import EXPORT, the answers to one data tool, into data/."""
    from helpers.study.importing.importing import import_export, rehearse

    workbook = find_workbook(folder)
    run = rehearse if dry_run else import_export
    run(workbook, export, tool, mapping_file, click.echo)


@main.command()
@click.option("--language", help="The language translated into; else the study's only other one.")
@click.option("--export", type=click.Path(path_type=Path), help="Write them to a new PO file.")
@click.option("--reviewed", type=click.Path(path_type=Path), help="Record what such a file holds.")
@click.option("--by", help="Who reviewed it: name and qualification.")
@in_workbook
def translations(
    language: str | None,
    export: Path | None,
    reviewed: Path | None,
    by: str | None,
    folder: Path | None,
) -> None:
    """List the translations that no qualified translator has reviewed."""
    from helpers.errors import UsageError
    from helpers.run.translating import Translations

    if export and reviewed:
        raise UsageError("--reviewed and --export together; expected one: record, then export")
    texts = Translations.of(find_workbook(folder), language)
    if reviewed:
        texts.record(reviewed, by or "", click.echo)
    if export:
        texts.export(export)
    if not (reviewed or export):
        texts.tell(click.echo)
    click.echo(texts.summary())


@main.command()
@click.argument("council")
@click.option("--theme", help="List only the comments on this theme.")
@in_workbook
def comments(council: str, theme: str | None, folder: Path | None) -> None:
    """List what people at COUNCIL wrote in their own words, for an auditor to release."""
    from helpers.errors import shown
    from helpers.study.comments import RELEASING, list_comments

    found = list_comments(find_workbook(folder), council, theme)
    if not found:
        click.echo(f"no comments of '{council}'" + (f" on '{theme}'" if theme else ""), err=True)
        return
    for comment in found:
        words = shown(comment.text)
        click.echo(f'"{comment.digest}"  {comment.theme}  {comment.tool}  {words}')
    click.echo(RELEASING.format(council=council), err=True)


if __name__ == "__main__":
    main()

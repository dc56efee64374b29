"""The auditor's commands: edit, save, comments, translations, import."""

from pathlib import Path

import click

from helpers.cli.options import in_workbook
from helpers.study.files.folder import find_own_workbook, find_workbook


@click.command()
@click.argument("council")
@click.option("--edition", help="The language to edit; else the study's first.")
@click.option("--no-browser", is_flag=True, help="Only print the address to open.")
@in_workbook
def edit(council: str, edition: str | None, no_browser: bool, folder: Path | None) -> None:
    """Edit the narrative of COUNCIL beside its figures, in JupyterLab."""
    from helpers.run.editing.lab import check_lab, make_working, open_lab

    check_lab()
    working = make_working(find_own_workbook(folder), council, edition, click.echo)
    click.echo(f"editing {working.name}; saved text goes to {working.parameters_name}")
    click.echo("stop with Ctrl-C")
    open_lab(working, browser=not no_browser)


@click.command()
@click.argument("council")
@click.option("--edition", help="Save only this language.")
@in_workbook
def save(council: str, edition: str | None, folder: Path | None) -> None:
    """Save the narrative of COUNCIL that was edited in a notebook outside JupyterLab."""
    from helpers.run.editing.saving import save_council

    save_council(find_own_workbook(folder), council, edition, click.echo)


@click.command(name="import")
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


@click.command()
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
        texts.check()  # else a text of a file that cannot be read would be taken for changed
        texts.record(reviewed, by or "", click.echo)
    if export:
        texts.export(export)
    if not (reviewed or export):
        texts.tell(click.echo)
    click.echo(texts.summary())
    texts.check()


@click.command()
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

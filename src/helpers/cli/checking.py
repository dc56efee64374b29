"""The commands that look at a workbook before anything is made of it: check, list."""

from itertools import chain
from pathlib import Path

import click

from helpers.cli.options import in_workbook
from helpers.study.files.folder import find_own_workbook, find_workbook

LISTED = 20  # names in one line


@click.command()
@in_workbook
def check(folder: Path | None) -> None:
    """Check parameters, data, study and template without running anything."""
    from helpers.run.checking import check_apart
    from helpers.run.deciding import decide
    from helpers.run.editions.narratives import refused_sentences
    from helpers.study.parameters import refuse

    checked = check_apart(find_own_workbook(folder))
    refuse([*chain(*checked.refused.values()), *refused_sentences(decide(checked))], checked.study)
    about, answers = checked.study.about, sum(map(len, checked.responses.values()))
    units = about.units.many[about.languages[0]]
    click.echo(f"{len(checked.councils)} {units} and {answers} respondents: all is as expected")
    without = [slug for slug in checked.study.councils if slug not in checked.councils]
    if without:
        more = f" and {len(without) - LISTED:,} more" if len(without) > LISTED else ""
        click.echo(f"no parameter file: {', '.join(without[:LISTED])}{more}")


@click.command(name="list")
@in_workbook
def list_councils(folder: Path | None) -> None:
    """List the councils that can be built, with their editions."""
    from helpers.errors import shown
    from helpers.study.parameters import parameter_files, read_each, refuse
    from helpers.study.reading import read_study

    workbook = find_workbook(folder)
    study = read_study(workbook)
    files, problems = read_each(parameter_files(workbook), study)
    for slug, file in files.items():
        name = shown(study.councils[slug].name[study.about.languages[0]])
        click.echo(f"{slug:24} {name:24} {' '.join(file.parameters.editions)}")
    refuse(problems, study)

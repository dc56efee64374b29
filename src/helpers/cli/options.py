"""What several commands ask for."""

from pathlib import Path

import click

in_workbook = click.option(
    "--workbook",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The workbook's folder; else the one that holds the working folder.",
)

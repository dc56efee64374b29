"""`python -m helpers.study.synthetic [WORKBOOK]`."""

import sys
from pathlib import Path

import click

from helpers.errors import WorkbookError
from helpers.study.files.folder import find_workbook
from helpers.study.synthetic.writing import write_answers


@click.command()
@click.argument("workbook", type=click.Path(file_okay=False, path_type=Path), required=False)
def main(workbook: Path | None) -> None:
    """Write the synthetic answers of the workbook that WORKBOOK, or this folder, stands in."""
    try:
        write_answers(find_workbook(workbook))
    except WorkbookError as error:
        click.echo(f"workbook: error: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()

"""What an edition costs in studies of 22, 220 and 1,100 organisations.

    python tests/benchmarks/scale.py [--sizes 22,220,1100] [--whole 220]

Of each study some organisations are built, and then more of them: what the second build takes
longer, by the editions that it makes more, is the cost of one; the rest is that of reading,
checking and deciding. `--whole` builds one study from end to end.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine
from spending import Spent, spend

from larger import make_larger

FEW, MANY = 4, 20  # organisations
EDITIONS = 2
ENV = dict(os.environ)
ENV.pop("PYTHONDONTWRITEBYTECODE", None)  # a user keeps byte code
WORKBOOK = str(Path(sys.executable).with_name("workbook"))


@click.command()
@click.option("--sizes", default="22,220,1100", help="How many organisations, by commas.")
@click.option("--whole", type=int, help="Build all of a study of so many.")
def main(sizes: str, whole: int | None) -> None:
    """Print a table of what an edition costs."""
    click.echo(f"{machine()}\n")
    click.echo(
        "| organisations | s an edition | CPU s an edition | before and after, s | process MB |"
    )
    click.echo("|---:|---:|---:|---:|---:|")
    for size in map(int, sizes.split(",")):
        with TemporaryDirectory(prefix="scale") as folder:
            click.echo(_row(size, Path(folder) / "workbook"))
    if whole:
        with TemporaryDirectory(prefix="scale") as folder:
            slugs = make_larger(whole, Path(folder) / "workbook")
            spent = _build(Path(folder) / "workbook", [])
            editions = EDITIONS * len(slugs)
            click.echo(
                f"\nall {editions:,} editions of {whole:,}: {spent.wall:.0f} s, "
                f"{spent.cpu / editions:.2f} CPU s each, {spent.memory:.0f} MB"
            )


def _row(size: int, folder: Path) -> str:
    slugs = make_larger(size, folder)
    few, many = (_build(folder, slugs[:count]) for count in (FEW, MANY))
    editions = EDITIONS * (MANY - FEW)
    wall, cpu = (many.wall - few.wall) / editions, (many.cpu - few.cpu) / editions
    rest = few.wall - wall * EDITIONS * FEW
    return f"| {size:,} | {wall:.2f} | {cpu:.2f} | {rest:.1f} | {many.memory:.0f} |"


def _build(folder: Path, slugs: Sequence[str]) -> Spent:
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    return spend([WORKBOOK, "build", *slugs], folder, ENV)


if __name__ == "__main__":
    main()

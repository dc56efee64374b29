"""How long a whole batch of reports takes, and what a user would run instead.

    python tests/benchmarks/batch.py [--councils N] [--repeats N] [--only a,b] [--plot FILE]

In one run, by turns, every other turn backwards: (a) `workbook build` on a copy of the workbook
without outputs, with all that a build does: it checks, decides, runs, makes pages, downloads, the
overview and the index. The other ways begin where (a) has checked and decided: they get a folder
for each edition, prepared (batch_prepared.py), and make its notebook and page only; (d), the floor,
nothing but what the cells show. (e) draws and sets numbers that are computed; of it is seen only
that each page is made. After each run of another it is seen that every cell of every edition, the
register among them, shows the same as that of a build before, which is not measured and leaves byte
code and fonts in place. What the command takes where little changed is measured too (a0).

Prints the medians as a Markdown table, and which goals are met. The machine should have nothing
else to do.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from batch_goals import GOALS
from batch_ways import BUILD, EDITED, ENV, Way, ways_of
from machine import machine
from spending import Spent, middle, spend
from verifying import PARTS, ROOT

KEYS = ("a", "a0", "b", "c", "d", "e")
HEADS = ("way", "median s", "least to most", "CPU s", "largest process MB", "times (a)")
MISSING = "R is not installed here"
Runs = dict[str, list[Spent]]


@click.command()
@click.option("--councils", type=click.IntRange(1), help="Only so many; else all.")
@click.option("--repeats", type=click.IntRange(1), default=3, show_default=True)
@click.option("--only", default=",".join(KEYS), show_default=True, help="The ways to measure.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw the medians to a PNG or SVG.")
def main(councils: int | None, repeats: int, only: str, plot: Path | None) -> None:
    """Measure how long a whole batch of reports takes, and what a user would run instead."""
    keys, before = only.split(","), machine()
    if unknown := set(keys) - set(KEYS):
        raise click.BadParameter(f"no way {', '.join(sorted(unknown))}; expected {', '.join(KEYS)}")
    with TemporaryDirectory() as name:
        workbook, prepared = Path(name, "workbook"), Path(name, "prepared")
        copy_workbook(workbook, councils)
        prepare(workbook, prepared)
        count = len(list(prepared.iterdir()))
        ways = [way for way in ways_of(workbook, prepared) if way.key in keys]
        runs = measure(ways, repeats)
    click.echo(f"{count} reports; {before}; medians of {repeats}\n")
    found = {name: middle(spent) for name, spent in runs.items() if spent}
    show_table(ways, runs, found)
    show_goals(found)
    if plot:
        from batch_chart import draw

        draw({way.said: found[way.name] for way in ways if way.name in found}, count, plot)


def copy_workbook(workbook: Path, councils: int | None) -> None:
    """Copy the workbook, with the parameters of the first councils only; one of them is edited."""
    for part in PARTS:
        shutil.copytree(ROOT / part, workbook / part)
    files = (workbook / "params").glob("*.yaml")
    ordered = sorted(files, key=lambda path: (path.stem != EDITED, path.stem))
    for path in ordered[councils:] if councils else ():
        path.unlink()


def prepare(workbook: Path, prepared: Path) -> None:
    """Build once, and lay out what the other ways run; in other processes, to stay small."""
    script = Path(__file__).with_name("batch_prepared.py")
    lay_out = [sys.executable, str(script), str(workbook), str(prepared)]
    for command in (BUILD, lay_out):
        spend(command, workbook, ENV)


def measure(ways: list[Way], repeats: int) -> Runs:
    """Return what each run of each way took, by the way's name."""
    runs: Runs = {way.name: [] for way in ways}
    for turn in range(repeats):
        for way in ways[:: -1 if turn % 2 else 1]:
            if way.command is None:
                continue
            with way.around():
                spent = spend(way.command, way.folder, ENV)
            runs[way.name].append(spent)
            click.echo(f"turn {turn + 1}: {way.said}: {spent.wall:.2f} s", err=True)
    return runs


def show_table(ways: list[Way], runs: Runs, found: dict[str, Spent]) -> None:
    click.echo(f"| {' | '.join(HEADS)} |\n|---|{'---:|' * (len(HEADS) - 1)}")
    for way in ways:
        row = cells(runs[way.name], found) if way.name in found else [MISSING, "", "", "", ""]
        click.echo(f"| {' | '.join([way.said, *row])} |")


def cells(runs: list[Spent], found: dict[str, Spent]) -> list[str]:
    seconds, typical = [one.wall for one in runs], middle(runs)
    ratio = f"{typical.wall / found['a'].wall:.2f}" if "a" in found else "not measured"
    spread = f"{min(seconds):.2f} to {max(seconds):.2f}"
    return [f"{typical.wall:.2f}", spread, f"{typical.cpu:.2f}", f"{typical.memory:.0f}", ratio]


def show_goals(found: dict[str, Spent]) -> None:
    click.echo("\n| goal | measured | |\n|---|---:|---|")
    for goal in GOALS:
        value = goal.value(found)
        told = ("not measured", "") if value is None else (f"{value:.2f}", goal.verdict(value))
        click.echo(f"| {goal.said} | {' | '.join(told)} |")


if __name__ == "__main__":
    main()

"""How long one edition takes after a change of its narrative, and what a user would run instead.

    python tests/benchmarks/one_edition.py [repeats]

In one run, by turns: (a) `workbook build torfaen --edition en`, which checks all councils, decides
the national table anew, and rewords the edition that stands, without a kernel; (b) `papermill` and
`jupyter nbconvert` on the command line, with our engine and exporter, on the edition's own inputs,
of which (a) has checked and decided all. A first turn, which is not measured, makes the edition
that (a) rewords. Prints the medians of the whole processes' wall time. The machine should have
nothing else to do.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import click
from machine import machine

from helpers.run.building.planning import plan
from helpers.run.checking import check_apart
from helpers.run.deciding import decide

ROOT = Path(__file__).parents[2]
COUNCIL, EDITION, REPEATS = "torfaen", "en", 5
Run = Callable[[int], None]


def main() -> None:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else REPEATS
    with TemporaryDirectory() as name:
        runs = {"(a) workbook build": build(Path(name, "a"))}
        runs["(b) papermill and nbconvert"] = by_hand(Path(name, "a"), Path(name, "b"))
        click.echo(f"{machine()}\n")
        show_table(measure(runs, repeats))


def build(workbook: Path) -> Run:
    """Build in a copy of the workbook, each time with another narrative."""
    for part in ("params", "data", "notebooks"):
        shutil.copytree(ROOT / part, workbook / part)
    file = workbook / "params" / f"{COUNCIL}.yaml"
    text = file.read_text(encoding="utf-8")
    first, rest = text.split("    en: |\n", 1)
    command = (sys.executable, "-m", "helpers.cli", "build", COUNCIL, "--edition", EDITION)

    def run(turn: int) -> None:
        again = " and again" * turn
        file.write_text(f"{first}    en: |\n      Read again{again}.\n\n{rest}", encoding="utf-8")
        call(*command, "--workbook", workbook, folder=workbook)

    return run


def by_hand(workbook: Path, folder: Path) -> Run:
    """Run papermill and nbconvert on what the edition is made of."""
    [bundle] = plan(decide(check_apart(workbook)), [COUNCIL], EDITION)
    bundle.unpack(folder)
    papermill = (sys.executable, "-m", "papermill", "--engine", "workbook", "--no-progress-bar")
    template, parameters = "notebooks/council_report.ipynb", f"params/{COUNCIL}.yaml"
    nbconvert = (sys.executable, "-m", "nbconvert", "--to", "council_report")

    def run(_turn: int) -> None:
        call(*papermill, template, "report.ipynb", "-f", parameters, folder=folder)
        call(*nbconvert, "report.ipynb", folder=folder)

    return run


def call(*command: object, folder: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=folder, check=True, capture_output=True)


def measure(runs: dict[str, Run], repeats: int) -> dict[str, list[float]]:
    """Return the seconds of each run; all run once unmeasured, and then by turns."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(repeats + 1):
        for name, run in runs.items():
            began = perf_counter()
            run(turn)
            if turn:
                seconds[name].append(perf_counter() - began)
    return seconds


def show_table(seconds: dict[str, list[float]]) -> None:
    first = median(next(iter(seconds.values())))
    click.echo(f"{'':32}{'median':>8}{'least':>8}{'most':>8}{'ratio':>8}")
    for name, found in seconds.items():
        middle = median(found)
        click.echo(f"{name:32}{middle:8.2f}{min(found):8.2f}{max(found):8.2f}{middle / first:8.2f}")


if __name__ == "__main__":
    main()

"""The batch runner's command: build."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from helpers.cli.options import in_workbook
from helpers.cli.screen import JsonScreen, Screen, Sum
from helpers.run.building.unchanged import input_digests, unchanged
from helpers.run.processes.limits import GIB, USUAL, Limits
from helpers.study.files.folder import find_own_workbook

if TYPE_CHECKING:
    from helpers.run.building.batch import Wanted
    from helpers.run.building.making import Pool

FAILED = 1  # exit code of a build in which an edition failed
more_than_none = click.IntRange(min=1)


@click.command()
@click.argument("councils", nargs=-1)
@click.option("--edition", help="Build only this language.")
@click.option("--pdf", is_flag=True, help="Make a PDF of each report too; needs the extra 'pdf'.")
@click.option("--explain", is_flag=True, help="Say why each would be built; build nothing.")
@click.option("--json", "as_json", is_flag=True, help="Tell of all in JSON, an object a line.")
@click.option("--scheduler", help="Run on the Dask cluster there; needs the extra 'dask'.")
@click.option("--cell-timeout", type=more_than_none, default=USUAL.cell, help="Seconds a cell.")
@click.option("--run-timeout", type=more_than_none, default=USUAL.run, help="Seconds an edition.")
@click.option("--memory", type=more_than_none, default=USUAL.memory // GIB, help="GiB a kernel.")
@in_workbook
def build(
    councils: tuple[str, ...],
    edition: str | None,
    *,
    pdf: bool,
    explain: bool,
    as_json: bool,
    scheduler: str | None,
    cell_timeout: int,
    run_timeout: int,
    memory: int,
    folder: Path | None,
) -> None:
    """Build the reports of COUNCILS, or of all, that are not up to date."""
    began, workbook = perf_counter(), find_own_workbook(folder)
    screen = JsonScreen() if as_json else Screen()
    inputs = input_digests(workbook)
    if not (councils or edition) and (reports := unchanged(workbook, inputs, pdf=pdf)):
        screen.sum(Sum(reports, up_to_date=reports), perf_counter() - began)
        return
    from helpers.run.processes.warming import warm_up

    if not (explain or scheduler):
        warm_up(workbook)  # before the imports below, so that both go on at once
    from helpers.run.building.batch import Wanted

    limits = Limits(cell_timeout, run_timeout, memory * GIB)
    wanted = Wanted(councils, edition, pdf, limits, scheduler)
    (_explain if explain else _build)(workbook, wanted, inputs, screen, began)


def _build(
    workbook: Path, wanted: "Wanted", inputs: dict[str, str], screen: Screen, began: float
) -> None:
    from helpers.run.building.batch import build_workbook, only_build

    if wanted.pdf:
        from helpers.report.pages.pdf import check_pdf

        check_pdf()
    with only_build(workbook), _cluster(wanted, screen) as cluster:
        outcomes, downloads = build_workbook(workbook, wanted, inputs, screen.building, cluster)
    screen.end(outcomes, downloads, perf_counter() - began)
    if any(outcome.error for outcome in (*outcomes, *downloads)):
        sys.exit(FAILED)


@contextmanager
def _cluster(wanted: "Wanted", screen: Screen) -> "Iterator[Pool | None]":
    """Yield the cluster to run on, if one is wanted, and tell of it."""
    if wanted.scheduler is None:
        yield None
        return
    from helpers.run.building.cluster import join_cluster

    with join_cluster(wanted.scheduler, wanted.limits.run) as cluster:
        screen.runs_on(wanted.scheduler, cluster.workers)
        yield cluster


def _explain(
    workbook: Path, wanted: "Wanted", inputs: dict[str, str], screen: Screen, _began: float
) -> None:
    from helpers.run.building.batch import explain_build, plan_build

    outcomes = list(explain_build(plan_build(workbook, wanted, inputs)))
    screen.explain(outcomes)
    if any(outcome.error for outcome in outcomes):
        sys.exit(FAILED)

"""Prepare what a user without `workbook build` would run: a folder for each edition.

    python tests/benchmarks/batch_prepared.py WORKBOOK FOLDER

The workbook must have been built. An edition's folder holds its bundle; the notebook that the
engine ran, without what came of it, so with the edition's words in its cells and the expressions of
its sentences listed; the parameters, for `papermill -f`; and the built notebook, to compare with.
Where R is installed, the same report in R Markdown too.
"""

import json
import shutil
import sys
from pathlib import Path

import nbformat
from as_rmarkdown import write_rmarkdown
from batch_ways import BUILT, IN_R, edition_name
from in_one_process import PARAMETERS, PREPARED
from in_r import has_r
from nbformat import NotebookNode

from helpers.report.notebook.whole import INJECTED, assigned, tagged
from helpers.run.building.planning import plan
from helpers.run.checking import check_apart
from helpers.run.deciding import decide
from helpers.run.editions.bundle import Bundle


def main(workbook: Path, folder: Path) -> None:
    with_r = has_r()
    for bundle in plan(decide(check_apart(workbook)), [], None):
        notebook, _page = bundle.template.names(bundle.edition)
        built = workbook / "outputs" / bundle.council / notebook
        prepare(bundle, built, folder / edition_name(built), with_r=with_r)


def prepare(bundle: Bundle, built: Path, folder: Path, *, with_r: bool) -> None:
    """Write an edition's folder."""
    bundle.unpack(folder)
    shutil.copy(built, folder / BUILT)
    notebook = nbformat.read(built, as_version=4)
    if with_r:
        (folder / IN_R).mkdir()
        write_rmarkdown(notebook, folder / IN_R)
    given = json.dumps(assigned(tagged(notebook, INJECTED)))
    (folder / PARAMETERS).write_text(given, encoding="utf-8")  # JSON is YAML too
    clear(notebook)
    nbformat.write(notebook, folder / PREPARED)


def clear(notebook: NotebookNode) -> None:
    """Take out what came of a run; the injected cell stays, and papermill replaces it."""
    for cell in notebook.cells:
        cell.metadata.pop("user_expressions", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))

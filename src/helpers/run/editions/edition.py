"""Make one edition: a pure function of its bundle and the code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import papermill
from nbformat import NotebookNode

from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.pages.publishing import CouncilReportExporter
from helpers.run.editions.bundle import Bundle, Made, pack
from helpers.run.processes.kernels import WaitingKernel
from helpers.run.processes.limits import USUAL, Limits
from helpers.study.definition import Study
from helpers.study.files.folder import VARIABLE
from helpers.study.parameters import FOLDER, read_parameter_file
from helpers.study.reading import read_study


def make_edition(
    bundle: Bundle, limits: Limits = USUAL, kernel: WaitingKernel | None = None
) -> Made:
    """Run the template on a bundle in a folder and a kernel of its own, and render the page.

    `kernel` is one that waits; None starts an ordinary one. Raises WorkbookError where the
    template cannot be run to its end or published.
    """
    with TemporaryDirectory(prefix="wb-edition-") as name:
        folder = Path(name)
        bundle.unpack(folder)
        study = read_study(folder)
        known = {"study": study, "kernel": kernel, "execution_timeout": limits.cell}
        options = {**known, **_options(folder, study, bundle)}
        with _standing_in(folder):
            notebook = _run(folder / bundle.template.path, options)
    page, _ = CouncilReportExporter().from_notebook_node(notebook)
    return pack(bundle, notebook, page)


def _options(folder: Path, study: Study, bundle: Bundle) -> dict[str, Any]:
    """Return what an edition is run with: of a council, what stands in its parameter file."""
    if bundle.template != COUNCIL_REPORT:
        return {"parameters": {"edition": bundle.edition}}
    parameters = read_parameter_file(folder / FOLDER / f"{bundle.council}.yaml", study).parameters
    return {
        "parameters": parameters.for_template(study, bundle.edition),
        "narrative": parameters.narrative,
        "editions": parameters.editions,
        "mentions": parameters.mentions,
    }


def _run(template: Path, options: dict[str, Any]) -> NotebookNode:
    notebook = papermill.execute_notebook(
        template,
        template.with_name("executed.ipynb"),
        engine_name="workbook",
        progress_bar=False,
        request_save_on_cell_execute=False,  # the folder is gone when the run is
        **options,
    )
    return without_traces(notebook)


def without_traces(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run: papermill's paths and times."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
    return notebook


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    """Stand in a folder and name it as the workbook: this process runs one edition at a time."""
    before, named = Path.cwd(), os.environ.get(VARIABLE)
    os.chdir(folder)
    os.environ[VARIABLE] = str(folder)
    try:
        yield
    finally:
        os.chdir(before)
        if named is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = named

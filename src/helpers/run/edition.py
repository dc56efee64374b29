"""Make one edition: a pure function of its bundle and the code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from helpers.errors import RunFailed
from helpers.report.narrative import TEMPLATE
from helpers.report.publishing import CouncilReportExporter
from helpers.run.bundle import Bundle, Made, pack
from helpers.run.kernels import WaitingKernel
from helpers.study.definition import Study
from helpers.study.folder import VARIABLE
from helpers.study.parameters import FOLDER, Parameters, read_parameter_file
from helpers.study.reading import read_study


def make_edition(bundle: Bundle, kernel: WaitingKernel | None = None) -> Made:
    """Run the template on a bundle in a folder and a kernel of its own, and render the page.

    `kernel` is one that waits; None starts an ordinary one. Raises WorkbookError where the
    template cannot be run to its end or published.
    """
    with TemporaryDirectory(prefix="wb-edition-") as name:
        folder = Path(name)
        bundle.unpack(folder)
        study = read_study(folder)
        file = read_parameter_file(folder / FOLDER / f"{bundle.council}.yaml", study)
        with _standing_in(folder):
            notebook = _run(folder, study, file.parameters, bundle.edition, kernel)
    page, _ = CouncilReportExporter().from_notebook_node(notebook)
    return pack(bundle, notebook, page)


def _run(
    folder: Path,
    study: Study,
    parameters: Parameters,
    edition: str,
    kernel: WaitingKernel | None,
) -> NotebookNode:
    try:
        notebook = papermill.execute_notebook(
            folder / TEMPLATE,
            folder / "report.ipynb",
            parameters=parameters.for_template(study, edition),
            engine_name="workbook",
            narrative=parameters.narrative,
            editions=parameters.editions,
            mentions=parameters.mentions,
            study=study,
            kernel=kernel,
            progress_bar=False,
            request_save_on_cell_execute=False,  # the folder is gone when the run is
        )
    except DeadKernelError:
        raise RunFailed("the kernel died; the machine may be out of memory") from None
    except CellTimeoutError as error:
        raise RunFailed(str(error).splitlines()[0]) from None
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

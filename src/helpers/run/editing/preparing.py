"""Make the working notebook of one edition: run as a report is, and open for editing."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from nbformat import NotebookNode
from nbformat.sign import NotebookNotary
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers.errors import CheckFailed, Problem, RunFailed, UsageError
from helpers.report.notebook.narrative import has_narrative
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.whole import NOT_PUBLISHED, NOTE, has_tag
from helpers.run.editing.cells import EDIT, head_cell, is_section, lock, section_cells
from helpers.run.editing.lineage import new_opening
from helpers.run.editing.opening import Kept
from helpers.run.editing.working import Working, write_notebook
from helpers.run.editions.edition import without_traces
from helpers.run.editions.engine import Client, WorkbookEngine
from helpers.study.parameters import Parameters


class EditingEngine(WorkbookEngine):
    """Run all that can be run: what fails is there to be mended, and stops nothing."""

    @classmethod
    def client(cls, *given: Any, **options: Any) -> Client:
        """Return what runs the cells, those after one that fails too."""
        return _EditingClient(*given, allow_errors=True, **options)

    @classmethod
    def check_before(cls, *_given: Any) -> None:
        """Accept words that no figure backs."""

    @classmethod
    def check_after(cls, notebook: NotebookNode) -> None:
        """Accept what failed, unless the workbook itself cannot be read."""
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if output.output_type == "error" and output.ename == CheckFailed.__name__:
                    raise RunFailed(f"cell '{cell.id}': {output.evalue}")


class _EditingClient(Client):
    def see(self, cell: NotebookNode) -> None:
        """Leave what failed to be seen; only a default text whose figure is hidden gives way."""
        if not has_narrative(cell, self.edition.narrative):
            with suppress(RunFailed):
                super().see(cell)


def prepare_working(kept: Kept, parameters: Parameters, kernel: str) -> NotebookNode:
    """Return an executed working notebook, whose kernel in JupyterLab is `kernel`."""
    working, study = kept.working, kept.study
    problems = {theme: kept.problems(theme, text) for theme, text in kept.texts.items()}
    narrative = {
        theme: {code: "" if problems.get(theme) else text for code, text in texts.items()}
        for theme, texts in parameters.narrative.items()
    }
    notebook = load_notebook_node(str(working.workbook / COUNCIL_REPORT.path))
    values = parameters.for_template(study, working.edition)
    notebook = parameterize_notebook(notebook, values, kernel_name="python3", language="python")
    notebook = EditingEngine.execute_notebook(
        notebook,
        "python3",
        progress_bar=False,
        narrative=narrative,
        editions=parameters.editions,
        mentions=parameters.mentions,
    )
    notebook.cells = [head_cell(working), *_cells(without_traces(notebook), kept, problems)]
    del notebook.metadata[NOTE]  # it is no report, and must not be published
    notebook.metadata["kernelspec"] = {
        "name": kernel,
        "display_name": f"{working.council}, {working.edition}",
        "language": "python",
    }
    notebook.metadata[EDIT] = {
        "council": working.council,
        "edition": working.edition,
        "opening": new_opening(),
        "themes": list(study.about.themes),
        "languages": list(study.about.languages),
    }
    return notebook


def _cells(
    notebook: NotebookNode, kept: Kept, problems: Mapping[str, list[Problem]]
) -> Iterator[NotebookNode]:
    for cell in notebook.cells:
        if is_section(cell):
            yield from _section(cell, kept, problems)
        elif not has_tag(cell, NOT_PUBLISHED):
            yield lock(cell)


def _section(
    cell: NotebookNode, kept: Kept, problems: Mapping[str, list[Problem]]
) -> list[NotebookNode]:
    """Return a section's cells; a text that ran keeps the figures that were computed."""
    theme = str(cell.metadata["theme"])
    text = kept.texts.get(theme, "")
    told = {"opened_with": text}
    if not text and theme not in kept.elsewhere:  # the template's; a notice is no text to edit
        told["default"] = cell.source
    shown = (text or told.get("default", "")).rstrip("\n")
    new = section_cells(cell.id, theme, shown, told, problems.get(theme, []))
    if new[-1].cell_type == "markdown":
        new[-1].metadata = cell.metadata | new[-1].metadata
    return new


def write_working(working: Working, notebook: NotebookNode) -> None:
    """Write a working notebook, signed: its charts show when it is opened.

    Raises UsageError where it cannot be written.
    """
    try:
        write_notebook(working.notebook, notebook)
    except OSError as error:
        raise UsageError(f"{working.name}: not writable: {error.strerror}") from None
    NotebookNotary().sign(notebook)

"""The papermill engine `workbook`: prepares a template, runs it, evaluates its sentences.

`papermill --engine workbook notebooks/council_report.ipynb out.ipynb -f params/torfaen.yaml` and
`workbook build` both run through here. What papermill only warns of is refused before a kernel
starts: a template without its tags, a parameter that the template does not declare.
"""

import os
import sys
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.manager import KernelManager
from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.translators import translate_parameters
from traitlets.config import Config

from helpers.errors import FalseClaim, FigureHidden, RunFailed, UsageError, expected
from helpers.report.binding.markdown import find_inline
from helpers.report.notebook.checks import check_prepared, check_words
from helpers.report.notebook.narrative import (
    Edition,
    collect_inline,
    edition_of,
    is_default_text,
    overview_edition,
    prepare_notebook,
    tell_too_few,
)
from helpers.report.notebook.whole import INJECTED, PARAMETERS, assigned, check_ran, has_tag, tagged
from helpers.run.processes.kernels import ForkedProvisioner, WaitingKernel
from helpers.run.processes.limits import ASK_MORE_MEMORY, PRINTED
from helpers.study.asking import check_edition
from helpers.study.definition import Study
from helpers.study.files.folder import VARIABLE, find_workbook
from helpers.study.parameters import check_parameters
from helpers.study.reading import read_study

ASK_MORE_TIME = "mend the cell, or give it more time: --cell-timeout"
DIED = "the kernel died; it may have wanted more memory than there is"
PRINTS_LESS = "--IPKernelApp.outstream_class=helpers.run.processes.printing.LimitedStream"
# With a folder of its own for IPython, no kernel runs what its user has IPython begin with.
NO_STARTUP = "--IPKernelApp.exec_PYTHONSTARTUP=False"
PATIENCE = 60  # seconds for a kernel to start, and for what it shows to come, on a busy machine
OURS = ("narrative", "editions", "mentions")  # of a parameter file; the template never sees them


class WorkbookEngine(NBClientEngine):
    """Execute a template as one edition of one council's report, or of the overview."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Prepare the notebook, run it in a fresh kernel, and see that all of it ran.

        Takes papermill's options; a cell has `execution_timeout` seconds (default: no limit).
        What is in OURS comes as an option, or stands in the parameter file. A build hands over the
        `study`, which it has read, and a `kernel` that waits; else they are new.
        """
        notebook, workbook = nb_man.nb, find_workbook()
        given = dict(notebook.metadata.papermill.get("parameters", {}))
        ours = {name: options.get(name) or given.pop(name, None) for name in OURS}
        study = options.get("study") or read_study(workbook)
        edition = _edition(notebook, given, study, **ours)
        inject(notebook, given, kernel_name)
        prepare_notebook(notebook, edition, workbook)
        check_prepared(notebook, study, edition.code, edition.template)
        cls.check_before(notebook, study, edition)
        with TemporaryDirectory(prefix="wb") as folder:
            client = cls.client(
                nb_man,
                edition,
                kernel_name=kernel_name,
                timeout=options.get("execution_timeout"),
                startup_timeout=options.get("start_timeout", PATIENCE),
                iopub_timeout=PATIENCE,
                extra_arguments=[PRINTS_LESS, NO_STARTUP, f"--ipython-dir={folder}"],
                shutdown_kernel="immediate",  # nothing in it is worth waiting for
                config=_private_sockets(folder),
                kernel=options.get("kernel"),
            )
            client.execute(env={**os.environ, VARIABLE: str(workbook)})
        cls.check_after(notebook)

    @classmethod
    def client(cls, nb_man: NotebookExecutionManager, edition: Edition, **options: Any) -> "Client":
        """Return what runs the cells."""
        return Client(nb_man, edition, **options)

    @classmethod
    def check_before(cls, notebook: NotebookNode, study: Study, edition: Edition) -> None:
        """Raise CheckFailed where the words hold what no figure backs."""
        check_words(notebook, study, edition)

    @classmethod
    def check_after(cls, notebook: NotebookNode) -> None:
        """Raise RunFailed unless all of it ran."""
        check_ran(notebook)


class Client(PapermillNotebookClient):
    """Runs code cells as papermill does, and evaluates the inline figures of Markdown cells."""

    def __init__(
        self,
        nb_man: NotebookExecutionManager,
        edition: Edition,
        kernel: WaitingKernel | None,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, on_cell_start=self.evaluate_inline, **options)
        self.edition = edition
        self.kernel = kernel
        self.printed = 0

    def create_kernel_manager(self) -> KernelManager:
        """Return a manager of a new kernel, or of the one that waits, which runs Python."""
        manager: KernelManager = super().create_kernel_manager()
        if self.kernel is not None and manager.ipykernel:
            manager.provisioner = ForkedProvisioner(self.kernel, manager)
        return manager

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Run a cell; raises RunFailed, which names it, where the kernel cannot go on."""
        try:
            return super().execute_cell(cell, cell_index, **options)
        except CellTimeoutError:
            why = f"not done after {self.timeout} seconds; {ASK_MORE_TIME}"
        except DeadKernelError:
            why = f"{DIED}; {ASK_MORE_MEMORY}"
            if self.printed > PRINTED:
                why = f"printed more than {PRINTED:,} characters; let it print less"
        except CellExecutionError as error:
            why = f"it wants more memory than it may have; {ASK_MORE_MEMORY}"
            if error.ename != MemoryError.__name__:
                why = _explain(cell.source, error)
                if not why:
                    raise
        raise RunFailed(f"cell '{cell.id}': {why}")

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Take what the kernel tells of a cell; give the kernel up where that is too much."""
        self.printed += len(msg["content"].get("text", ""))
        if self.printed > PRINTED:
            self.task_poll_for_reply.cancel()  # nbclient's own way, where a kernel has died
            return None
        found: NotebookNode | None = super().process_message(msg, cell, cell_index)
        return found

    async def evaluate_inline(self, cell: NotebookNode, **_place: int) -> None:
        """Store each inline figure where jupyterlab-myst does: metadata.user_expressions."""
        if cell.cell_type != "markdown":
            return
        expressions = [inline.expression for inline in find_inline(cell.source)]
        if not expressions:
            return
        asked = {str(index): expression for index, expression in enumerate(expressions)}
        message = await ensure_async(
            self.kc.execute("", silent=True, store_history=False, user_expressions=asked)
        )
        reply = await self.async_wait_for_reply(message, cell)
        answers = (reply or {}).get("content", {}).get("user_expressions", {})
        cell.metadata["user_expressions"] = [
            {"expression": expression, "result": answers.get(index)}
            for index, expression in asked.items()
        ]
        try:
            self.see(cell)
        except FigureHidden:
            if not is_default_text(cell, self.edition.narrative):
                raise
            tell_too_few(cell, self.edition.code)
            collect_inline(self.nb)

    def see(self, cell: NotebookNode) -> None:
        """Raise RunFailed or FigureHidden unless a sentence's figures may all be printed."""
        for stored in cell.metadata["user_expressions"]:
            _see(cell.id, stored["expression"], stored["result"])


def _explain(source: str, error: CellExecutionError) -> str:
    """Say what a cell asked of its report that there is none of; '' where it failed otherwise."""
    from helpers.run.editions.calls import explain_call  # which loads the charts

    return explain_call(source, error.ename, error.evalue, read_study(find_workbook()))


def _see(cell: str, expression: str, result: Mapping[str, Any] | None) -> None:
    if not result:
        raise RunFailed(f"cell '{cell}': {expression}: the kernel gave no answer")
    if result["status"] == "ok":
        return
    for error in (FigureHidden, FalseClaim):
        if result["ename"] == error.__name__:
            raise error(f"cell '{cell}': {result['evalue']}")
    raise RunFailed(f"cell '{cell}': {expression}: {result['ename']}: {result['evalue']}")


def _edition(
    notebook: NotebookNode,
    given: Mapping[str, Any],
    study: Study,
    *,
    narrative: Mapping[str, Mapping[str, str]] | None,
    editions: list[str] | None,
    mentions: list[str] | None,
) -> Edition:
    declared = declared_parameters(notebook)
    for name in given:
        if name not in declared:
            raise UsageError(f"unknown parameter '{name}'; {expected(name, [*declared, *OURS])}")
    values = {**declared, **given}
    code = str(values.pop("edition"))
    check_edition(code, study)
    if "council" not in declared:
        return overview_edition(study, code)
    values["report_date"] = values["report_date"] or study.about.date
    values |= {"editions": editions or study.about.languages, "narrative": narrative or {}}
    values |= {"mentions": mentions or []}
    council = str(values["council"])
    asked = check_parameters(values, study, "parameters", council)
    return edition_of(study, asked, code)


def declared_parameters(notebook: NotebookNode) -> dict[str, Any]:
    """Return the names and default values in the cell tagged `parameters`."""
    return assigned(tagged(notebook, PARAMETERS))


def inject(notebook: NotebookNode, given: Mapping[str, Any], kernel_name: str) -> None:
    """Rewrite the cell that papermill injected, without what the template does not take."""
    notebook.metadata.papermill["parameters"] = dict(given)
    for cell in notebook.cells:
        if has_tag(cell, INJECTED):
            cell.id = INJECTED  # papermill's own id is random
            cell.source = translate_parameters(kernel_name, "python", dict(given), "Parameters")


def _private_sockets(folder: str) -> Config:
    """Give a run sockets of its own in a folder, where the platform has them.

    Sockets of parallel kernels in one folder get cross-wired; TCP is open to others on the host.
    The path is short, since a Unix socket's may have about 100 characters.
    """
    if sys.platform == "win32":
        return Config()
    connection = {"ip": f"{folder}/k", "connection_file": f"{folder}/kernel.json"}
    return Config({"KernelManager": {"transport": "ipc", **connection}})

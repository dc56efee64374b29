"""Commands that meet a fault: what they tell, what they leave, and what the next build makes of it.

The workbook's reports hold next to nothing, so a build takes a few seconds. A cell of the template
runs the code that the environment hands to it, which is none but in a faulty build: a fault is no
input, and what it left undone the next build completes to the byte.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell

from conftest import PARTS, ROOT
from helpers.run.editions.manifest import read_manifest
from helpers.run.editions.standing import read_standing
from processes import SECONDS, marked, wait_for

STUDY = ROOT / "tests" / "rse_2017"
COUNCIL, OTHER = "government", "ngo"
PARAMETERS, ANSWERS = f"params/{COUNCIL}.yaml", "data/responses/survey.csv"
TEMPLATE = "notebooks/council_report.ipynb"
KEPT = {"parameters", "open", "cover", "evidence", "inline", "register"}  # and the narrative
FAULT = "BUILDS_FAULT"  # the variable that holds the code of a faulty build's cell
MARK = "NOTHING_IS_LOST"  # the variable by which a command's processes are found
# A kernel hears of pytest by one variable, and then does not catch what a cell's children print.
ORDINARY = {name: text for name, text in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
RUN = "from helpers.cli import main; main()"


def small_workbook(folder: Path, *councils: str) -> Path:
    """Write a workbook whose reports hold only what a report must, and the cell of faults."""
    for part in PARTS:
        shutil.copytree(STUDY / part, folder / part)
    for path in (folder / "params").iterdir():
        if path.stem not in councils:
            path.unlink()
    notebook = nbformat.read(folder / TEMPLATE, as_version=4)
    kept = [cell for cell in notebook.cells if cell.id in KEPT or "theme" in cell.metadata]
    source = f"import os\nexec(os.environ.get({FAULT!r}, ''))"
    notebook.cells = [*kept[:2], new_code_cell(source, id="fault"), *kept[2:]]
    nbformat.write(notebook, folder / TEMPLATE)
    return folder


class Command:
    """A command in a session of its own, with all its processes and temporary files."""

    def __init__(
        self,
        folder: Path,
        *command: object,
        fault: str = "",
        env: Mapping[str, str] | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self.folder = folder
        given = {"TMPDIR": str(folder), MARK: str(folder), FAULT: fault}
        self.process = subprocess.Popen(
            [sys.executable, *map(str, command)],
            env={**ORDINARY, **given, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=prepare,
        )

    def end(self) -> tuple[int, str, str]:
        """Wait for its end; return its exit code and what it told on both ways."""
        output, errors = self.process.communicate(timeout=SECONDS)
        assert "Traceback" not in output + errors
        return self.process.returncode, output, errors

    def send(self, who: str, signum: signal.Signals) -> None:
        """Send a signal to one of its processes, or to its group as a terminal does."""
        if who == "group":
            os.killpg(self.process.pid, signum)
        elif who == "command":
            self.process.send_signal(signum)
        else:
            self.named()[who].send_signal(signum)

    def named(self) -> dict[str, psutil.Process]:
        """The warm parent of its forks, an edition's process, and that edition's kernel."""
        children = psutil.Process(self.process.pid).children()
        [warm] = [child for child in children if "forkserver" in child.cmdline()[-1]]
        [edition] = warm.children()
        kernel, *_away = edition.children()  # and what the kernel left behind
        return {"warm parent": warm, "edition": edition, "kernel": kernel}

    def processes(self) -> list[int]:
        """All that were started by it, however far away they are now."""
        return marked(MARK, self.folder)

    def see_that_nothing_goes_on(self) -> None:
        """No process, and among the temporary files no socket and no folder."""
        wait_for(lambda: not self.processes())
        wait_for(lambda: not list(self.folder.iterdir()))


class Place:
    """A small workbook, and the folder of its commands' temporary files."""

    def __init__(self, workbook: Path, folder: Path) -> None:
        self.workbook, self.folder = workbook, folder
        self.outputs = workbook / "outputs"

    def build(self, *options: object, before: str = "", **given: object) -> Command:
        """Start a build of everything; `before` is code that the command runs first."""
        return self.start("build", *options, before=before, **given)

    def start(self, name: str, *options: object, before: str = "", **given: object) -> Command:
        return Command(
            self.folder,
            "-c",
            f"{before}\n{RUN}",
            name,
            "--workbook",
            self.workbook,
            *options,
            **given,
        )

    def see_that_the_next_build_completes(self) -> str:
        """An ordinary build ends well and leaves what a build without a fault leaves."""
        running = self.build()
        code, output, errors = running.end()
        assert (code, errors) == (0, "")
        running.see_that_nothing_goes_on()
        self.see_that_what_stands_is_whole()
        expected = reports()
        made = {name: content for name, content in self.reports().items() if name in expected}
        assert made
        assert made == {name: expected[name] for name in made}
        assert not list(self.outputs.rglob("*.part"))
        return output

    def see_that_what_stands_is_whole(self) -> None:
        """Each manifest tells of what stands beside it; what has none is as good as not there."""
        for path in self.outputs.glob("*/manifest*.json"):
            assert read_standing(path.parent, path.name), path

    def see_that_nothing_stands(self) -> None:
        assert not [path for path in self.outputs.glob("*/*") if not path.name.startswith(".")]

    def reports(self) -> dict[str, object]:
        """All that stands for readers: of manifests what does not tell of the day and hour."""
        return {
            str(path.relative_to(self.outputs)): _content(path)
            for path in self.outputs.glob("*/*")
            if not path.name.startswith(".")
        }


def _content(path: Path) -> object:
    manifest = read_manifest(path) if path.suffix == ".json" else None
    return manifest.hashed if manifest else path.read_bytes()


@contextmanager
def made_place(folder: Path, *councils: str) -> Iterator[Place]:
    """Yield a place of councils, or of one."""
    workbook = small_workbook(folder / "workbook", *(councils or (COUNCIL,)))
    with made_folder() as temporary:
        yield Place(workbook, temporary)


@contextmanager
def made_folder() -> Iterator[Path]:
    """Yield a folder of temporary files; its name is short, as paths of sockets must be."""
    with tempfile.TemporaryDirectory(prefix="a") as name:
        try:
            yield Path(name)
        finally:
            for process in marked(MARK, Path(name)):  # of a test that failed
                os.kill(process, signal.SIGKILL)


def reports(*councils: str) -> dict[str, object]:
    """What a build without a fault leaves of COUNCIL, of OTHER, or of both."""
    whose = councils or (COUNCIL, OTHER)
    return {name: content for name, content in _reports().items() if name.startswith(whose)}


@cache
def _reports() -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder, made_place(Path(folder), COUNCIL, OTHER) as place:
        assert place.build().end()[::2] == (0, "")
        return place.reports()

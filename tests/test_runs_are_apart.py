"""No run finds anything of another, and whatever ends a build, nothing of it is left."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import nbformat
import pytest

from conftest import run_python
from helpers.run.bundle import Bundle, Made
from helpers.run.checking import check_workbook
from helpers.run.deciding import decide
from helpers.run.forking import FORKS, Forks, warm_up
from helpers.run.making import make, make_in_fork
from helpers.run.planning import plan

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

CELL = "barriers"  # a code cell of the template, whose place the tests' own code takes
SECONDS = 300  # until a test gives up waiting: the machine may be busy with other tests
MARK = "RUNS_ARE_APART"  # an environment variable by which a build's processes are found

TELL = """
import builtins, json, os, random, sys, warnings
import matplotlib, numpy, pandas, seaborn
import matplotlib.pyplot as plt

state = {
    "rcParams": repr(sorted(matplotlib.rcParams.items())),
    "options": [pandas.options.display.max_rows, numpy.get_printoptions()["precision"]],
    "environment": sorted(set(os.environ) - {"WORKBOOK_FOLDER"}),
    "modules": [name in sys.modules for name in ("spoiled", "helpers.spoiled")],
    "builtins": hasattr(builtins, "spoiled"),
    "path": sys.path,
    "arguments": sys.argv[0].rpartition("/")[2].removesuffix(".py"),
    "standing in its own folder": os.path.samefile(os.getcwd(), os.environ["WORKBOOK_FOLDER"]),
    "backend": plt.get_backend(),
    "warnings": [str(found) for found in warnings.filters],
}
drawn = [random.random(), numpy.random.random()]
print(json.dumps([state, drawn]))
"""

SPOIL = """
matplotlib.rcParams["font.size"] = 40
seaborn.set_theme(style="dark")
pandas.options.display.max_rows = 3
numpy.set_printoptions(precision=1)
os.environ["SPOILED"] = "yes"
os.environ["PATH"] = "nowhere"
sys.modules["spoiled"] = sys.modules["helpers.spoiled"] = sys
sys.path.insert(0, "spoiled")
warnings.simplefilter("ignore")
builtins.spoiled = True
random.seed(1)
numpy.random.seed(1)
os.chdir("/")
"""


@pytest.fixture(scope="module", autouse=True)
def warm(shipped: Path) -> None:
    """Let the warm parent have done all that it does for a build."""
    warm_up(shipped)


@pytest.fixture
def template(spoiled: Path) -> Callable[[str], Path]:
    """The workbook with a cell of the template replaced."""

    def replace(source: str) -> Path:
        path = spoiled / "notebooks" / "council_report.ipynb"
        notebook = nbformat.read(path, as_version=4)
        next(cell for cell in notebook.cells if cell.id == CELL).source = source
        nbformat.write(notebook, path)
        return spoiled

    return replace


def bundle_of(workbook: Path, council: str) -> Bundle:
    [bundle] = plan(decide(check_workbook(workbook)), [council], "en")
    return bundle


def told(made: Made) -> list[object]:
    """What the cell printed in an edition."""
    notebook = nbformat.reads(made.files["report.en.ipynb"].decode(), as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == CELL)
    return json.loads(cell.outputs[0]["text"])


def test_what_a_run_spoils_the_next_one_does_not_find(template: Callable[[str], Path]) -> None:
    workbook = template(TELL + SPOIL)
    bundles = [bundle_of(workbook, council) for council in ("cardiff", "torfaen")]
    with Forks(1) as pool:
        first, second = (told(pool.submit(make_in_fork, bundle).result()) for bundle in bundles)
    assert second[0] == first[0]
    assert "SPOILED" not in second[0]["environment"]
    assert not any(here == there for here, there in zip(first[1], second[1], strict=True))


def test_the_cell_of_the_test_above_does_spoil_what_comes_after_it(
    template: Callable[[str], Path],
) -> None:
    bundle = bundle_of(template(TELL.partition("print(")[0] + SPOIL + TELL), "cardiff")
    state, drawn = told(make(bundle))
    assert state["options"] == [3, 1]
    assert (state["modules"], state["builtins"], state["path"][0]) == (
        [True, True],
        True,
        "spoiled",
    )
    assert not state["standing in its own folder"]
    assert "SPOILED" in state["environment"]
    assert drawn[0] == pytest.approx(0.13436424411240122)  # random.seed(1); random.random()


def test_a_forked_kernel_finds_what_an_ordinary_one_finds(template: Callable[[str], Path]) -> None:
    bundle = bundle_of(template(TELL), "torfaen")
    with Forks(1) as pool:
        forked = told(pool.submit(make_in_fork, bundle).result())[0]
    ordinary = told(make(bundle))[0]
    here, there = (set(state.pop("environment")) for state in (forked, ordinary))
    assert here ^ there <= {"JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL"}  # launcher's, debugger's
    del forked["warnings"], ordinary["warnings"]  # more packages are loaded, which ignore some
    assert forked == ordinary


def test_a_forked_kernel_gives_the_same_bytes_as_an_ordinary_one(shipped: Path) -> None:
    bundle = bundle_of(shipped, "torfaen")
    with Forks(1) as pool:
        assert pool.submit(make_in_fork, bundle).result() == make(bundle)


def test_where_nothing_can_fork_a_build_gives_the_same_bytes(spoiled: Path, shipped: Path) -> None:
    script = (
        "from helpers.run import forking, making; forking.FORKS = making.FORKS = False; "
        "from helpers.cli import main; main()"
    )
    command = ("-c", script, "build", "torfaen", "--edition", "en", "--workbook", spoiled)
    done = run_python(*command)
    assert done.returncode == 0, done.stderr
    made = make(bundle_of(shipped, "torfaen"))
    for name, content in made.files.items():
        assert (spoiled / "outputs" / "torfaen" / name).read_bytes() == content


@pytest.fixture
def build(template: Callable[[str], Path]) -> Iterator[Callable[[str], "Build"]]:
    """Start a build, in a session of its own, whose template runs some code in a cell."""
    with tempfile.TemporaryDirectory(prefix="a") as folder:  # short, as sockets' paths must be
        yield lambda source: Build(template(source), Path(folder))


class Command:
    """A command with all its processes and temporary files."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env={**os.environ, "TMPDIR": str(folder), MARK: str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for(self, happened: Callable[[], object]) -> None:
        end = monotonic() + SECONDS
        while not happened():
            assert monotonic() < end, "waited in vain"
            sleep(0.05)

    def processes(self) -> list[int]:
        """All that were started by it, however far away they are now."""
        mark, found = f"{MARK}={self.folder}".encode(), []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:
                continue
        return found

    def see_that_nothing_goes_on(self) -> None:
        self.wait_for(lambda: not self.processes())
        self.wait_for(lambda: not list(self.folder.iterdir()))


class Build(Command):
    """A build of Torfaen's English edition."""

    def __init__(self, workbook: Path, folder: Path) -> None:
        self.workbook = workbook
        command = ("-m", "helpers.cli", "build", "torfaen", "--edition", "en")
        super().__init__(folder, *command, "--workbook", str(workbook))

    def see_that_nothing_is_left(self) -> None:
        self.see_that_nothing_goes_on()
        assert not list((self.workbook / "outputs").glob("torfaen/*"))


def hang(workbook: Path) -> str:
    return (
        f"import pathlib, time; pathlib.Path({str(workbook / 'here')!r}).touch(); time.sleep(600)"
    )


@pytest.mark.parametrize("how", ["killed", "interrupted", "asked to end"])
def test_nothing_is_left_of_a_build_that_is_ended(
    build: Callable[[str], Build], spoiled: Path, how: str
) -> None:
    running = build(hang(spoiled))
    running.wait_for((spoiled / "here").exists)
    assert len(running.processes()) >= 4  # the command, the warm parent, an edition, a kernel
    if how == "killed":
        running.process.kill()
    elif how == "interrupted":
        os.killpg(running.process.pid, signal.SIGINT)  # as Ctrl-C does
    else:
        running.process.terminate()
    _, errors = running.process.communicate(timeout=SECONDS)
    assert "Traceback" not in errors
    running.see_that_nothing_is_left()


def test_nothing_goes_on_of_downloads_whose_command_is_killed(tmp_path: Path) -> None:
    here = tmp_path / "here"
    wait = f"__import__('pathlib').Path({str(here)!r}).touch() or __import__('time').sleep(600)"
    script = (
        "import types\n"
        "from helpers.run.downloads import start_making\n"
        "from helpers.run.making import processes\n"
        f"hanging = types.SimpleNamespace(editions=map(eval, [{wait!r}]))\n"
        "start_making(processes(1), None, hanging, pdf=False).result()\n"
    )
    with tempfile.TemporaryDirectory(prefix="a") as folder:
        running = Command(Path(folder), "-c", script)
        running.wait_for(here.exists)
        running.process.kill()
        running.process.communicate(timeout=SECONDS)
        running.see_that_nothing_goes_on()


def test_nothing_is_left_of_a_build_that_ran_nothing(build: Callable[[str], Build]) -> None:
    first, pages = build("import random; print(random.random())"), []
    for again in (False, True):
        running = Build(first.workbook, first.folder) if again else first
        output, errors = running.process.communicate(timeout=SECONDS)
        assert (running.process.returncode, errors) == (0, "")
        told = (
            "torfaen en: up to date\n"
            if again
            else "torfaen en: built (never built)\ntorfaen downloads: built (editions changed)\n"
        )
        assert output.startswith(f"{told}1 of 1 reports in ")
        running.see_that_nothing_goes_on()
        notebook = first.workbook / "outputs" / "torfaen" / "report.en.ipynb"
        pages.append(notebook.read_bytes())
    assert pages[0] == pages[1], "the cell ran again"


@pytest.mark.parametrize(
    ("ended", "why"),
    [
        (
            "os.getpid()",
            "cell 'barriers': the kernel died; it may have wanted more memory than there is; "
            "mend the cell, or give it more: --memory",
        ),
        ("os.getppid()", "its process was ended from outside; the machine may be out of memory"),
    ],
    ids=["kernel", "edition"],
)
def test_a_process_that_is_killed_is_an_edition_that_failed(
    build: Callable[[str], Build], ended: str, why: str
) -> None:
    running = build(f"import os, time; os.kill({ended}, 9); time.sleep(600)")
    _, errors = running.process.communicate(timeout=SECONDS)
    assert running.process.returncode == 1
    told = [line for line in errors.splitlines() if "Parent appears" not in line]  # the kernel's
    assert told[0] == f"workbook: failed: torfaen en: {why}"
    running.see_that_nothing_is_left()

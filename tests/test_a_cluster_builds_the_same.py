"""A build on a Dask cluster makes what one on this machine makes, whatever is lost meanwhile."""

import json
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import nbformat
import pytest

from conftest import ROOT, run_python, run_workbook
from helpers.errors import RunFailed
from helpers.run.building import cluster_task
from helpers.run.building.cluster_task import run_on_worker
from helpers.run.editions.environment import made_by
from helpers.run.processes.warming import FORKS
from processes import SECONDS, marked, wait_for

pytestmark = pytest.mark.skipif(not FORKS, reason="the tests find processes as Linux lists them")

CELL = "barriers"  # a code cell of the template, whose place the tests' own code takes
MARK = "A_CLUSTER_IN"  # an environment variable by which a machine's processes are found
COMMAND = "from helpers.cli import main; main()"
HASTY = (
    f"from helpers.run.building import cluster; cluster.ANSWER = cluster.PATIENCE = 2; {COMMAND}"
)
LOST = "the scheduler or all of its workers were lost; build again when they are back"

# The first edition that runs says which process it is, and never ends.
HANG = """
import os, pathlib, time
first = pathlib.Path({place!r})
try:
    first.with_suffix(".taken").touch(exist_ok=False)
except FileExistsError:
    print("another edition is the first")
else:
    first.write_text(str(os.getpid()))
    time.sleep(600)
"""
# A kernel's worker is the parent of the warm parent of its edition.
KILL = """
import psutil
if council == "cardiff":
    psutil.Process().parents()[2].kill()
"""


class Machine:
    """One of Dask's own commands, in a folder and with temporary files of its own."""

    def __init__(self, folder: Path, *command: str, **env: str) -> None:
        folder.mkdir()
        self.folder, self.log = folder, folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "dask", *command],
                cwd=folder,
                env={**os.environ, "TMPDIR": str(folder), MARK: str(folder), **env},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def joined(self) -> bool:
        return "Registered to" in self.log.read_text()

    def processes(self) -> list[int]:
        """All that were started by it, however far away they are now."""
        return marked(MARK, self.folder)

    def kill(self) -> None:
        """End all of it at once, as a power cut does."""
        while found := self.processes():
            for pid in found:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
        self.process.wait()


class Cluster:
    """A scheduler and workers that join it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.machines: dict[str, Machine] = {}

    def mend(self) -> None:
        """See that there are a scheduler and two workers, in new places where they were lost."""
        if not self._runs("scheduler"):
            self.kill()
            self._start_scheduler()
        for name in ("w1", "w2"):
            if not self._runs(name):
                self.add(name)
        for name in ("w1", "w2"):
            wait_for(self.machines[name].joined)

    def add(self, name: str, **env: str) -> Machine:
        command = ("worker", self.address, "--nthreads", "1", "--no-dashboard")
        self.machines[name] = Machine(self._place(), *command, **env)
        return self.machines[name]

    def kill(self, *names: str) -> None:
        for name in names or self.machines:
            self.machines[name].kill()

    def unpacked(self) -> list[str]:
        """The folders in which a worker has unpacked what people answered."""
        walked = os.walk(self.folder)  # which passes over what is gone meanwhile
        return [name for _, names, _ in walked for name in names if "wb-edition-" in name]

    def _start_scheduler(self) -> None:
        place = self._place()
        file = place.with_suffix(".json")
        command = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        twice = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "2"}  # as many as can be lost
        command = (*command, "--scheduler-file", str(file))
        self.machines["scheduler"] = Machine(place, *command, **twice)
        wait_for(file.exists)
        self.address = json.loads(file.read_text())["address"]

    def _runs(self, name: str) -> bool:
        return name in self.machines and self.machines[name].process.poll() is None

    def _place(self) -> Path:
        return self.folder / str(len(list(self.folder.iterdir())))


@pytest.fixture(scope="module")
def machines() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="c") as folder:  # short, as sockets' paths must be
        cluster = Cluster(Path(folder))
        yield cluster
        cluster.kill()


@pytest.fixture
def cluster(machines: Cluster) -> Cluster:
    """A scheduler with two workers of one thread each."""
    machines.mend()
    return machines


@pytest.fixture
def build(spoiled: Path, cluster: Cluster) -> Callable[..., subprocess.Popen[str]]:
    """Start a build of English editions on the cluster."""

    def start(*arguments: str, code: str = COMMAND) -> subprocess.Popen[str]:
        options = ("--edition", "en", "--scheduler", cluster.address, "--workbook", str(spoiled))
        return subprocess.Popen(
            [sys.executable, "-c", code, "build", *arguments, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


def replace_cell(workbook: Path, source: str) -> None:
    path = workbook / "notebooks" / "council_report.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == CELL).source = source
    nbformat.write(notebook, path)


@pytest.fixture
def hanging(spoiled: Path, tmp_path: Path) -> Callable[[], int]:
    """Let the first edition never end; return what waits for it and says which process it is."""
    place = tmp_path / "first"
    replace_cell(spoiled, HANG.format(place=str(place)))

    def wait() -> int:
        wait_for(lambda: place.exists() and place.read_text())
        return int(place.read_text())

    return wait


def is_gone(process: int) -> bool:
    return not Path(f"/proc/{process}").exists()


def made(workbook: Path) -> dict[str, object]:
    """All that stands in outputs/, but for when it was made."""
    found: dict[str, object] = {}
    for path in (workbook / "outputs").glob("*/*"):
        name, content = f"{path.parent.name}/{path.name}", path.read_bytes()
        found[name] = json.loads(content)["hashed"] if "manifest" in name else content
    return found


def test_a_cluster_makes_the_same_bytes_and_tells_the_same_failure(
    cluster: Cluster, spoiled: Path, tmp_path: Path
) -> None:
    replace_cell(spoiled, 'assert council != "cardiff", "no barriers"')
    here = Path(shutil.copytree(spoiled, tmp_path / "here"))
    asked = ("build", "cardiff", "torfaen", "--edition", "en", "--workbook")
    local = run_workbook(*asked, here)
    done = run_workbook(*asked, spoiled, "--scheduler", cluster.address)
    assert (done.returncode, done.stderr) == (1, local.stderr)
    assert done.stderr.startswith("workbook: failed: cardiff en: cell 'barriers'")
    first, *told = done.stdout.splitlines()
    assert first == f"running on {cluster.address}, 2 at a time"
    assert sorted(told[:-1]) == sorted(local.stdout.splitlines()[:-1])
    assert made(spoiled) == made(here)
    assert {"torfaen/report.en.html", "torfaen/figures.csv"} < set(made(spoiled))


def test_nothing_goes_on_of_a_build_that_is_interrupted(
    build: Callable[..., subprocess.Popen[str]],
    spoiled: Path,
    hanging: Callable[[], int],
    cluster: Cluster,
) -> None:
    running = build("torfaen")
    process = hanging()
    os.killpg(running.pid, signal.SIGINT)  # as Ctrl-C does
    _, errors = running.communicate(timeout=SECONDS)
    assert errors.strip() == "Aborted!"
    wait_for(lambda: is_gone(process))
    wait_for(lambda: not cluster.unpacked())
    assert not list((spoiled / "outputs").glob("torfaen/*"))


def test_a_worker_with_other_code_is_refused(
    cluster: Cluster, build: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    source = tmp_path / "src" / "helpers"
    shutil.copytree(ROOT / "src" / "helpers", source)
    with (source / "run" / "edition.py").open("a") as code:
        code.write("# not as it was\n")
    other = cluster.add("other", PYTHONPATH=str(source.parent))
    wait_for(other.joined)
    running = build("torfaen")
    _, errors = running.communicate(timeout=SECONDS)
    cluster.kill("other")
    assert running.returncode == 2
    assert errors.startswith("workbook: error: tcp://127.0.0.1:")
    told = "not installed as here: code: run/edition.py; install the same there and start it again"
    assert errors.endswith(f": {told}\n")


def test_a_worker_that_is_lost_costs_no_edition(
    cluster: Cluster, build: Callable[..., subprocess.Popen[str]], hanging: Callable[[], int]
) -> None:
    running = build("cardiff", "torfaen", "--json")
    process = hanging()
    [busy] = [name for name in ("w1", "w2") if process in cluster.machines[name].processes()]
    cluster.kill(busy)
    told, errors = running.communicate(timeout=SECONDS)
    assert (running.returncode, errors) == (0, "")
    first, *_, last = map(json.loads, told.splitlines())
    assert first == {"event": "cluster", "scheduler": cluster.address, "threads": 2}
    assert (last["reports"], last["failed"]) == (2, 0)


def test_a_council_that_costs_each_worker_fails_alone(
    build: Callable[..., subprocess.Popen[str]], spoiled: Path
) -> None:
    replace_cell(spoiled, KILL)
    running = build("cardiff", "torfaen")
    told, errors = running.communicate(timeout=SECONDS)
    assert running.returncode == 1
    assert "1 of 2 reports" in told
    assert errors.startswith("workbook: failed: cardiff en: KilledWorker: Attempted to run task ")
    assert errors.count("\n") == 1


def test_a_build_ends_when_all_workers_are_lost_and_none_begins_without(
    cluster: Cluster, build: Callable[..., subprocess.Popen[str]], hanging: Callable[[], int]
) -> None:
    running = build("torfaen", code=HASTY)
    hanging()
    cluster.kill("w1", "w2")
    _, errors = running.communicate(timeout=SECONDS)
    assert errors == f"workbook: error: {cluster.address}: {LOST}\n"
    assert running.returncode == RunFailed.exit_code
    running = build("torfaen", code=HASTY)
    _, errors = running.communicate(timeout=SECONDS)
    told = f"no worker in 2 seconds; start one: dask worker {cluster.address}"
    assert (running.returncode, errors) == (2, f"workbook: error: {cluster.address}: {told}\n")


def test_a_build_ends_when_the_scheduler_is_lost(
    cluster: Cluster, build: Callable[..., subprocess.Popen[str]], hanging: Callable[[], int]
) -> None:
    running = build("torfaen")
    process = hanging()
    cluster.kill("scheduler")
    _, errors = running.communicate(timeout=SECONDS)
    assert errors == f"workbook: error: {cluster.address}: {LOST}\n"
    assert running.returncode == RunFailed.exit_code
    wait_for(lambda: is_gone(process))


def test_a_worker_with_other_code_that_joins_later_makes_nothing() -> None:
    theirs = {**made_by(), "packages": {**made_by()["packages"], "numpy": "1.0"}, "python": "2.7"}
    with pytest.raises(RunFailed) as told:
        run_on_worker(theirs, SECONDS, b"")
    python = made_by()["python"]
    assert told.value.message == (
        f"a worker is not installed as the others are: packages: numpy; python: {python} "
        "instead of 2.7"
    )


def test_where_nothing_forks_a_worker_starts_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_task, "FORKS", False)
    job = pickle.dumps(partial(os.getpid))
    assert run_on_worker(made_by(), SECONDS, job) not in (os.getpid(), os.getppid())


@pytest.fixture
def silent() -> Iterator[str]:
    """The address of something that listens and never answers, as a web server does here."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def run_hasty(address: str, *first: str) -> subprocess.CompletedProcess[str]:
    code = "\n".join([*first, HASTY])
    return run_python("-c", code, "build", "torfaen", "--scheduler", address, "--workbook", ROOT)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "no answer in 2 seconds"),
        ("silent", "no answer in 2 seconds"),
        ("127.0.0.1", "missing port number in address '127.0.0.1'"),
        ("tls://127.0.0.1:1", "TLS expects a `ssl_context` argument"),
    ],
)
def test_an_address_of_no_scheduler_is_told(address: str, told: str, silent: str) -> None:
    address = silent if address == "silent" else address
    done = run_hasty(address)
    assert done.returncode == 2
    assert done.stderr.startswith(f"workbook: error: {address}: {told}")
    assert done.stderr.endswith("; expected a Dask scheduler, such as tcp://host:8786\n")
    assert done.stderr.count("\n") == 1


def test_without_dask_the_extra_is_named() -> None:
    done = run_hasty("tcp://127.0.0.1:1", "import sys; sys.modules['distributed'] = None")
    assert done.returncode == 2
    assert done.stderr == (
        "workbook: error: distributed: not installed; expected it for --scheduler; "
        "install the extra 'dask': pip install -c constraints.txt -e '.[dask]'\n"
    )

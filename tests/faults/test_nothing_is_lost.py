"""Whatever ends a build, and whenever: nothing of it goes on, and the next completes the rest."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import sleep

import pytest
from commands import COUNCIL, Command, Place, made_folder, made_place, reports, wait_for

from conftest import check_workbook, stand
from helpers.run.building.executing import write_edition
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions.bundle import Made
from helpers.run.editions.manifest import Learnt, manifest_name
from helpers.run.editions.standing import read_edition
from helpers.run.processes.warming import FORKS

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

ENDED = "its process was ended from outside; the machine may be out of memory"
DIED = (
    "cell 'fault': the kernel died; it may have wanted more memory than there is; "
    "mend the cell, or give it more: --memory"
)
BUSY = "outputs/: another build or verification is at work there; wait until it has ended"
AWAY = """
import os, signal, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, signal.SIG_IGN)
        while True:
            time.sleep(600)
    os._exit(0)
os.wait()
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with made_place(tmp_path) as made:
        yield made


def hang(place: Place) -> str:
    """A cell whose child has gone away into the background, and which then hangs."""
    here = place.workbook / "here"
    return f"{AWAY}\nimport pathlib\npathlib.Path({str(here)!r}).touch()\ntime.sleep(600)"


def hanging(place: Place) -> Command:
    running = place.build(fault=hang(place))
    wait_for((place.workbook / "here").exists)
    return running


@pytest.mark.parametrize(
    ("who", "signum", "code", "told"),
    [
        ("command", signal.SIGKILL, -signal.SIGKILL, ""),
        ("command", signal.SIGTERM, -signal.SIGTERM, ""),
        ("group", signal.SIGKILL, -signal.SIGKILL, ""),
        ("group", signal.SIGTERM, -signal.SIGTERM, ""),
        ("group", signal.SIGINT, 1, "\nAborted!"),  # as Ctrl-C does
        ("warm parent", signal.SIGKILL, 1, f"workbook: failed: {COUNCIL} en: {ENDED}"),
        ("edition", signal.SIGKILL, 1, f"workbook: failed: {COUNCIL} en: {ENDED}"),
        ("kernel", signal.SIGKILL, 1, f"workbook: failed: {COUNCIL} en: {DIED}"),
    ],
    ids=lambda given: given.name if isinstance(given, signal.Signals) else str(given)[:12],
)
def test_a_build_of_which_a_process_is_ended(
    place: Place, who: str, signum: signal.Signals, code: int, told: str
) -> None:
    running = hanging(place)
    running.send(who, signum)
    ended, _, errors = running.end()
    assert (ended, errors.rstrip("\n")) == (code, told)
    running.see_that_nothing_goes_on()
    place.see_that_nothing_stands()
    place.see_that_the_next_build_completes()


SLOW = """
from multiprocessing import resource_tracker
from time import sleep
start = resource_tracker.ensure_running
resource_tracker.ensure_running = lambda: (sleep(0.2), start())
"""


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_ended_as_it_begins(place: Place, signum: signal.Signals) -> None:
    """Its warm parent, which cleans up after it, is not ready at once."""
    told = (1, "", "\nAborted!\n") if signum == signal.SIGINT else (-signum, "", "")
    for before, seconds in (("", 0), ("", 0.03), ("", 0.08), ("", 0.15), (SLOW, 0), (SLOW, 0.1)):
        running = place.build(before=before)
        wait_for(lambda running=running: list(running.folder.iterdir()))
        sleep(seconds)
        running.send("group", signum)
        assert running.end() == told
        running.see_that_nothing_goes_on()
    assert not place.outputs.exists()
    place.see_that_the_next_build_completes()


WARM_PARENT_IS_KILLED = """
import os, signal, time
from multiprocessing import forkserver
import psutil
from helpers.run.processes.forking import Forks

def parent():
    return psutil.Process(forkserver._forkserver._forkserver_pid)

pool = Forks(2)
asked = [pool.submit(time.sleep, 2) for _ in range(6)]
while len(parent().children()) < 2:
    time.sleep(0.05)
parent().kill()
print([str(future.exception() or "done") for future in asked], flush=True)
print(os.getsid(parent().pid) == parent().pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_waits_while_the_warm_parent_is_killed_runs_and_leaves_nothing(tmp_path: Path) -> None:
    """The next warm parent is as the first: it is away from Ctrl-C, and cleans up at its end."""
    with made_folder() as folder:
        running = Command(folder, "-c", WARM_PARENT_IS_KILLED)
        code, output, errors = running.end()
        assert (code, errors) == (-signal.SIGKILL, "")
        assert output == f"{[ENDED] * 2 + ['done'] * 4}\nTrue\n"
        running.see_that_nothing_goes_on()


def test_downloads_whose_command_is_killed(tmp_path: Path) -> None:
    here = tmp_path / "here"
    wait = f"__import__('pathlib').Path({str(here)!r}).touch() or __import__('time').sleep(600)"
    script = (
        "import types\n"
        "from helpers.run.building.downloads import start_making\n"
        "from helpers.run.building.making import processes\n"
        f"hanging = types.SimpleNamespace(editions=map(eval, [{wait!r}]))\n"
        "start_making(processes(1), None, hanging, pdf=False).result()\n"
    )
    with made_folder() as folder:
        running = Command(folder, "-c", script)
        wait_for(here.exists)
        running.send("command", signal.SIGKILL)
        assert running.end() == (-signal.SIGKILL, "", "")
        running.see_that_nothing_goes_on()


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT])
def test_builds_that_are_ended_one_after_another_each_a_little_later(
    place: Place, signum: signal.Signals
) -> None:
    wait, folder = random.Random(f"any moment {signum}"), place.outputs / COUNCIL
    for stage in (
        lambda running: list(running.folder.iterdir()),  # the command has begun
        lambda running: len(running.processes()) >= 5,  # an edition runs
        lambda _: (folder / "manifest.en.json").exists(),
        lambda _: (folder / "manifest.json").exists(),  # of its downloads
    ):
        running = place.build()
        wait_for(lambda stage=stage, running=running: stage(running))
        sleep(wait.uniform(0, 0.5))
        running.send("group", signum)
        code, _, errors = running.end()
        assert code in (0, 1, -signum)
        assert errors.strip("\n") in ("", "Aborted!")
        running.see_that_nothing_goes_on()
        place.see_that_what_stands_is_whole()
        for name, content in place.reports().items():
            assert content == reports()[name]
    place.see_that_the_next_build_completes()


def test_an_edition_whose_writing_is_killed_before_any_change_to_a_file(place: Place) -> None:
    """A page is the old or the new one, and a manifest that stands tells of what is beside it."""
    [bundle] = plan(decide(check_workbook(place.workbook)), [COUNCIL], "en")
    folder = place.outputs / COUNCIL
    notebook, page = bundle.template.names("en")
    made = Made(COUNCIL, "en", {notebook: b"new notebook", page: b"new page"}, Learnt([], [0, 9]))
    stood = []
    for changes in count(1):
        stand(folder, bundle, content=b"old notebook")
        killed = in_fork(
            lambda before=changes: kill_before(before), write_edition, folder, bundle, made
        )
        assert (folder / page).read_bytes() in (b"<html></html>", b"new page")
        stood.append(read_edition(folder, bundle.template, "en"))
        assert stood[-1] or not (folder / manifest_name("en")).exists()
        if not killed:
            break
    assert len(stood) == changes > 8
    assert stood[0].files[page] == b"<html></html>"
    assert stood[-1].files[page] == b"new page"
    assert not list(folder.glob(".*"))


def test_a_build_that_has_nothing_to_run(place: Place) -> None:
    """What a cell showed is used again, and the warm parent, which began for nothing, ends."""
    pages = []
    for told in (f"{COUNCIL} en: built (never built)", f"{COUNCIL} en: up to date"):
        running = place.build(COUNCIL, fault="import random; print(random.random())")
        code, output, errors = running.end()
        assert (code, errors) == (0, "")
        assert output.startswith(f"{told}\n")
        running.see_that_nothing_goes_on()
        pages.append((place.outputs / COUNCIL / "report.en.ipynb").read_bytes())
    assert pages[0] == pages[1], "the cell ran again"


def in_fork(prepare: Callable[[], None], call: Callable[..., None], *given: object) -> bool:
    """Call in a fork; whether it was killed."""
    process = os.fork()
    if not process:
        prepare()
        call(*given)
        os._exit(0)
    return os.waitpid(process, 0)[1] == signal.SIGKILL


def kill_before(changes: int) -> None:
    """Let this process be killed before its n-th change to files; of a write half is done."""
    left = [changes]
    for name in ("replace", "unlink", "write_bytes"):
        setattr(Path, name, _counted(getattr(Path, name), left))


def _counted(change: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def do(path: Path, *given: object, **options: object) -> object:
        left[0] -= 1
        if not left[0]:
            if change.__name__ == "write_bytes":
                change(path, given[0][: len(given[0]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return change(path, *given, **options)

    return do


def test_another_build_or_verification_waits_until_one_has_ended(place: Place) -> None:
    here, go_on = (place.workbook / name for name in ("here", "go on"))
    running = place.build(
        fault="import pathlib, time\n"
        f"pathlib.Path({str(here)!r}).touch()\n"
        f"while not pathlib.Path({str(go_on)!r}).exists(): time.sleep(0.1)"
    )
    wait_for(here.exists)
    with made_folder() as folder:
        for name in ("build", "verify"):
            other = Command(folder, "-m", "helpers.cli", name, "--workbook", place.workbook)
            assert other.end() == (2, "", f"workbook: error: {BUSY}\n")
            other.see_that_nothing_goes_on()
    go_on.touch()
    assert running.end()[::2] == (0, "")
    running.see_that_nothing_goes_on()
    assert "1 of them up to date already" in place.see_that_the_next_build_completes()

"""Whatever a cell does, its edition fails in clear words or is right, and stops no other.

One build has a fault of another kind in each of its reports. What each leaves behind is looked for
when the build has ended, and the next build makes all of them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from commands import COUNCIL, OTHER, Command, Place, made_folder, made_place, reports

from helpers.run.processes.warming import FORKS

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

MORE_TIME = "mend the cell, or give it more time: --cell-timeout"
MORE_MEMORY = "mend the cell, or give it more: --memory"
DIED = f"the kernel died; it may have wanted more memory than there is; {MORE_MEMORY}"
PRINTED = "printed more than 10,000,000 characters; let it print less"
HANGS = "time.sleep(600)"
HANGS_DEAF = """
for signum in (signal.SIGINT, signal.SIGTERM):
    signal.signal(signum, signal.SIG_IGN)
while True:
    try:
        time.sleep(600)
    except BaseException:
        pass
"""
BACKGROUND = """
subprocess.Popen(["sh", "-c", "trap '' INT TERM HUP; sleep 600; sleep 600"])
"""
DAEMON = """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(600)
    os._exit(0)
os.wait()
"""
CLOSES = """
for handle in range(3, 1000):
    try:
        if stat.S_ISSOCK(os.fstat(handle).st_mode):
            os.close(handle)
    except OSError:
        pass
"""


WITHOUT_END = {COUNCIL: HANGS, OTHER: HANGS_DEAF, "other": CLOSES}
TIMEOUT = 6  # seconds
WITHOUT_MEASURE = {
    COUNCIL: "found = []\nwhile True: found.append(bytearray(10**7))",
    OTHER: "found = []\nwhile True: found.append([found])",  # nothing is left to tell of it with
}
ENDING = {
    "it-service": ("raise SystemExit(0)", "SystemExit: 0"),
    "hpc-group": ("os._exit(0)", DIED),
    "academic-group": ("print('x' * 10**9)", PRINTED),
    "private-company": ("while True: print('x' * 1000)", PRINTED),
    "national-laboratory": ("subprocess.run(['yes'])", PRINTED),
}
HARMLESS = {COUNCIL: BACKGROUND + DAEMON, OTHER: "os.fork()"}


class Ended:
    """A build of councils, each with a fault of its own, and the next build."""

    def __init__(self, place: Place, faults: Mapping[str, str], *options: object) -> None:
        code = f"import os, signal, stat, subprocess, time\nexec({faults!r}[council])"
        running = place.build(*options, fault=code)
        self.code, self.output, errors = running.end()
        running.see_that_nothing_goes_on()
        place.see_that_what_stands_is_whole()
        self.errors = errors.splitlines()
        self.reports = place.reports()
        place.see_that_the_next_build_completes()

    def told(self, council: str) -> str:
        """What was told of a council, in one line."""
        start = f"workbook: failed: {council} en: cell 'fault': "
        [line] = [line.removeprefix(start) for line in self.errors if f" {council} " in line]
        return line


@pytest.fixture(scope="module")
def without_end(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    with made_place(tmp_path_factory.mktemp("without_end"), *WITHOUT_END) as place:
        yield Ended(place, WITHOUT_END, "--cell-timeout", TIMEOUT)


@pytest.fixture(scope="module")
def without_measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    with made_place(tmp_path_factory.mktemp("without_measure"), *WITHOUT_MEASURE) as place:
        yield Ended(place, WITHOUT_MEASURE, "--memory", 1)


@pytest.fixture(scope="module")
def various(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ended]:
    faults = {council: fault for council, (fault, _) in ENDING.items()} | HARMLESS
    with made_place(tmp_path_factory.mktemp("various"), *faults) as place:
        yield Ended(place, faults)


@pytest.mark.parametrize("council", [COUNCIL, OTHER], ids=["hangs", "hangs and hears no signal"])
def test_a_cell_that_hangs(without_end: Ended, council: str) -> None:
    assert without_end.code == 1
    assert without_end.told(council) == f"not done after {TIMEOUT} seconds; {MORE_TIME}"


def test_a_cell_that_closes_its_sockets(without_end: Ended) -> None:
    silent = f"not done after {TIMEOUT} seconds; {MORE_TIME}"
    assert without_end.told("other") in (DIED, silent)


@pytest.mark.parametrize("council", WITHOUT_MEASURE, ids=["large pieces", "small pieces"])
def test_a_cell_that_asks_for_memory_without_end(without_measure: Ended, council: str) -> None:
    assert without_measure.code == 1
    told = f"it wants more memory than it may have; {MORE_MEMORY}"
    assert without_measure.told(council) == told


@pytest.mark.parametrize("council", ENDING, ids=[fault for fault, _ in ENDING.values()])
def test_a_cell_that_ends_its_kernel_or_prints_without_end(various: Ended, council: str) -> None:
    assert various.code == 1
    assert various.told(council) == ENDING[council][1]
    assert not [name for name in various.reports if name.startswith(council)]


@pytest.mark.parametrize("council", HARMLESS, ids=["in the background", "a copy of the kernel"])
def test_a_cell_that_leaves_processes_behind(various: Ended, council: str) -> None:
    """They end with it, and its report is right."""
    assert f"{council} en: built (never built)\n" in various.output
    made = {name: text for name, text in various.reports.items() if name.startswith(council)}
    assert made == reports(council)


def test_a_run_that_takes_too_long_though_no_cell_does(tmp_path: Path) -> None:
    with made_place(tmp_path) as place:
        faults = {COUNCIL: DAEMON + HANGS_DEAF}
        ended = Ended(place, faults, "--run-timeout", TIMEOUT)
    told = f"not done after {TIMEOUT} seconds; give it more: --run-timeout"
    assert (ended.code, ended.errors) == (1, [f"workbook: failed: {COUNCIL} en: {told}"])


def test_a_run_whose_own_process_hears_no_signal() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    script = (
        "from helpers.run.processes import forking\n"
        "forking.PATIENCE = 0.5\n"
        f"print(forking.Forks(1, seconds=1).submit(exec, {deaf!r}).exception())\n"
    )
    with made_folder() as folder:
        running = Command(folder, "-c", script)
        assert running.end() == (0, "not done after 1 seconds; give it more: --run-timeout\n", "")
        running.see_that_nothing_goes_on()

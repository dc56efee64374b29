"""The warm parent: it has loaded all that an edition needs, and whatever runs is a fork of it.

It is multiprocessing's fork server. It runs nothing but imports, so a fork of it is what a new
process is after its own imports, with nothing in it of any other run.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver, resource_tracker, util
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from helpers.run.processes.orphans import adopt_orphans
from helpers.run.processes.warm import FOLDER, HELD_BACK, WORKBOOK

FORKS = sys.platform == "linux"  # macOS forks too, but its own libraries may crash in a fork
PATIENCE = 5  # seconds for a warm parent that was killed to end
GLANCE = 0.05  # seconds
LOADED = [  # one that is not there is passed over
    "helpers.run.processes.warm",
    "helpers.run.editions.edition",
    "helpers.report.opening",
    "helpers.report.downloads.making",
    "gptables",
    "matplotlib.backends.backend_svg",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel.kernelspec",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "psutil",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
    "helpers.run.processes.printing",
    "helpers.run.processes.rehearsal",
]
_environment = Lock()  # threads copy it while another tells the warm parent something by it
_told = {FOLDER: "", WORKBOOK: ""}  # what each warm parent of this process is told


def warm_up(workbook: Path | None = None) -> None:
    """Start the warm parent, where there can be one; it loads while this process goes on.

    It reads the workbook's study for all its forks.
    """
    if not FORKS:
        return
    adopt_orphans()
    _told[WORKBOOK] = str(workbook) if workbook else _told[WORKBOOK]
    forkserver.set_forkserver_preload(LOADED)
    with telling():
        forkserver.ensure_running()


def environment() -> dict[str, str]:
    """Return the environment of this process, without what a warm parent is being told."""
    with _environment:
        return dict(os.environ)


@contextmanager
def telling() -> Iterator[None]:
    """Let a warm parent that starts here know what it must; it starts anew where it was killed."""
    resource_tracker.ensure_running()  # it lets all signals in again when it has begun
    with _environment, _holding_back(HELD_BACK):
        _told[FOLDER] = util.get_temp_dir()  # not made before: whoever ends this leaves no folder
        os.environ.update(_told)
        try:
            yield
        finally:
            for name in _told:
                del os.environ[name]


@contextmanager
def _holding_back(signals: Iterable[signal.Signals]) -> Iterator[None]:
    """Hold signals back, also from what starts meanwhile: the warm parent lets them in again."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def see_parent_end() -> None:
    """Wait a while for the warm parent's end; it stays for who starts the next one to see."""
    until, how = monotonic() + PATIENCE, os.WEXITED | os.WNOWAIT | os.WNOHANG
    if (parent := warm_parent()) is not None:
        with suppress(ChildProcessError):
            while not os.waitid(os.P_PID, parent, how) and monotonic() < until:
                sleep(GLANCE)


def warm_parent() -> int | None:
    """Return the id of the warm parent's process; None where none was started."""
    told_nowhere_else: int | None = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return told_nowhere_else

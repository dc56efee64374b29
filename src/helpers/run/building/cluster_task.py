"""What a worker of a Dask cluster does for a build that goes on elsewhere."""

import pickle
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import current_process, get_context, util
from threading import Lock
from typing import Any

from helpers.errors import RunFailed
from helpers.run.editions.environment import made_by
from helpers.run.editions.manifest import changed, named
from helpers.run.processes.forking import call_in_fork
from helpers.run.processes.warming import FORKS, warm_up

preparing = Lock()  # a worker runs its tasks in threads


def differences(theirs: Mapping[str, Any]) -> str:
    """Name what of this installation is not as in theirs."""
    ours = made_by()
    others = [part for part in ours if ours[part] != theirs.get(part)]
    return "; ".join(f"{part}: {_other(theirs, ours, part)}" for part in others)


def _other(theirs: Mapping[str, Any], ours: Mapping[str, Any], part: str) -> str:
    if isinstance(ours[part], str):
        return f"{ours[part]} instead of {theirs.get(part)}"
    return named(changed(theirs, ours, part), ", ")


def run_on_worker(theirs: Mapping[str, Any], seconds: float, job: bytes) -> Any:
    """Do a pickled job in a process of its own; it ends when nobody waits for it any more.

    Raises RunFailed where the installation is not theirs: a worker may join at any time.
    """
    if other := differences(theirs):
        raise RunFailed(f"a worker is not installed as the others are: {other}")
    with preparing:
        _prepare()
    # A worker goes on for weeks, and what a job leaves is what people answered.
    with tempfile.TemporaryDirectory(dir=util.get_temp_dir()) as folder:
        if FORKS:
            return call_in_fork(_do, (job, folder), {}, seconds, _wanted())
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            return process.submit(_do, job, folder).result()


def _do(job: bytes, folder: str) -> Any:
    """Do a job, with its temporary files in a folder."""
    tempfile.tempdir = folder
    return pickle.loads(job)()  # noqa: S301  # what Dask itself does with all that it is sent


@cache
def _prepare() -> None:
    """Let this process have children, which a nanny's worker may not, and warm up for them."""
    current_process().daemon = False
    warm_up()


def _wanted() -> Callable[[], bool]:
    """Return what tells whether anybody waits for the task that this thread runs."""
    from distributed import Status, get_worker

    worker = get_worker()
    task = worker.state.tasks[worker.get_current_task()]
    ending = (Status.closing, Status.closed)  # where the scheduler is lost, for one
    return lambda: task.state != "cancelled" and worker.status not in ending

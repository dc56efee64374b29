"""Where a build's editions are made: in processes of their own, forked where that can be."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from multiprocessing import active_children, get_context
from os import cpu_count
from typing import Any, Self, TypeVar

from helpers.run.editions.bundle import Bundle, Made
from helpers.run.processes.forking import Forks, end_with_parent
from helpers.run.processes.limits import USUAL, Limits, limit_memory
from helpers.run.processes.warming import FORKS

Job = TypeVar("Job")
Result = TypeVar("Result")
AHEAD = 2  # jobs at hand for each that runs, so that none waits for the next


class Pool:
    """Runs so many calls at a time, each in a process that is not this one.

    It opens when the first comes: a build that runs nothing starts nothing.
    """

    def __init__(self, workers: int, opened: AbstractContextManager[Executor]) -> None:
        self.workers = workers
        self._opened = opened
        self._open = ExitStack()
        self._executor: Executor | None = None

    def submit(self, call: Callable[..., Result], /, *given: Any, **options: Any) -> Future[Result]:
        """Schedule a call."""
        if self._executor is None:
            self._executor = self._open.enter_context(self._opened)
        return self._executor.submit(call, *given, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: Any) -> None:
        self._open.__exit__(*problem)

    def each(
        self, start: Callable[[Job], Future[Result]], jobs: Iterable[Job]
    ) -> Iterator[tuple[Job, Future[Result]]]:
        """Start jobs and yield each with its future when it has ended; only so many are at hand."""
        running: dict[Future[Result], Job] = {}
        for job in jobs:
            running[start(job)] = job
            if len(running) >= AHEAD * self.workers:
                yield from _ended(running)
        while running:
            yield from _ended(running)


def _ended(running: dict[Future[Result], Job]) -> Iterator[tuple[Job, Future[Result]]]:
    done, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future


def processes(jobs: int, seconds: float | None = None) -> Pool:
    """Return a pool of processes that keep the cores of this machine busy, for so many jobs.

    Where processes are forked, a call may take so many seconds.
    """
    cores = cpu_count() or 1
    workers = max(1, min(cores + cores // 2, jobs))  # they wait for their kernels at times
    return Pool(workers, _processes(workers, seconds))


@contextmanager
def _processes(workers: int, seconds: float | None) -> Iterator[Executor]:
    """Yield what runs calls; all of them end where what asked for them cannot go on."""
    spawned = get_context("spawn")
    pool = Forks(workers, seconds) if FORKS else ProcessPoolExecutor(workers, spawned)
    with pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in [] if FORKS else active_children():
                process.terminate()
            raise


def edition_maker(limits: Limits) -> Callable[[Bundle], Made]:
    """Return the call that makes an edition in such a process."""
    return partial(make_in_fork if FORKS else make, limits=limits)


def make(bundle: Bundle, limits: Limits = USUAL) -> Made:
    """Make an edition in this process, with a kernel that is a new one."""
    from helpers.run.editions.edition import (
        make_edition,  # papermill: only who runs it waits for it
    )

    return make_edition(bundle, limits)


def make_in_fork(bundle: Bundle, limits: Limits = USUAL) -> Made:
    """Make an edition in this process, a fork that has done nothing yet, with a kernel forked."""
    from helpers.run.editions.edition import make_edition
    from helpers.run.processes.kernels import waiting_kernel

    limit_memory(limits.memory)
    with waiting_kernel() as kernel:
        end_with_parent()  # starts a thread and hears signals, so not before the fork
        return make_edition(bundle, limits, kernel)

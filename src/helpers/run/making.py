"""Where a build's editions are made: in processes of their own, forked where that can be."""

from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from helpers.run.bundle import Bundle, Made
from helpers.run.forking import FORKS, Forks, end_with_parent


def edition_makers(workers: int) -> tuple[Executor, Callable[[Bundle], Made]]:
    """Return what runs so many calls at a time, and the call that makes an edition there."""
    return processes(workers), make_in_fork if FORKS else make


def processes(workers: int) -> Executor:
    """Return what runs so many calls at a time, each in a process that is not this one."""
    return Forks(workers) if FORKS else ProcessPoolExecutor(workers, get_context("spawn"))


def make(bundle: Bundle) -> Made:
    """Make an edition in this process, with a kernel that is a new one."""
    from helpers.run.edition import make_edition  # papermill: only who runs it waits for it

    return make_edition(bundle)


def make_in_fork(bundle: Bundle) -> Made:
    """Make an edition in this process, a fork that has done nothing yet, with a kernel forked."""
    from helpers.run.edition import make_edition
    from helpers.run.kernels import waiting_kernel

    with waiting_kernel() as kernel:
        end_with_parent()  # starts a thread, so not before the fork
        return make_edition(bundle, kernel)

"""Where a build's editions are made elsewhere: on the workers of a Dask cluster.

What a call is given travels with it and what it returns comes back: the machines share no disk.
"""

import asyncio
import pickle
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, nullcontext
from functools import partial
from importlib.util import find_spec
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from helpers.errors import RunFailed, UsageError
from helpers.run.building.cluster_task import differences, run_on_worker
from helpers.run.building.making import Pool
from helpers.run.editions.environment import made_by

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")

ANSWER = 10  # seconds for a scheduler to answer
PATIENCE = 60  # seconds that a cluster may be without workers
GLANCE = 1  # seconds
SILENT = {"distributed": "critical", "distributed.client": "critical"}
EXTRA = "install the extra 'dask': pip install -c constraints.txt -e '.[dask]'"
EXPECTED = "expected a Dask scheduler, such as tcp://host:8786"
LOST = "the scheduler or all of its workers were lost; build again when they are back"


@contextmanager
def join_cluster(address: str, seconds: float) -> Iterator[Pool]:
    """Yield a pool that makes each call on a worker of a cluster, in a process of its own.

    A call may take so many seconds. Raises UsageError where there is no such cluster, or where
    something else is installed on it, which would make other reports; RunFailed where it is lost.
    """
    if find_spec("distributed") is None:
        raise UsageError(f"distributed: not installed; expected it for --scheduler; {EXTRA}")
    import dask

    dask.config.set(logging=SILENT)  # before the next line: the command tells in its own words
    from distributed import Client

    warnings.filterwarnings("ignore", module="distributed")
    _see_scheduler(address)
    with Client(address, timeout=ANSWER, set_as_default=False) as client:
        _see_workers(client, address)
        executor = client.get_executor(pure=False)  # the same call twice is two calls
        pool = Pool(sum(client.nthreads().values()), nullcontext(OnWorkers(executor, seconds)))
        with _cancelled_without_workers(client, executor):
            try:
                yield pool
            except CancelledError:
                raise RunFailed(f"{address}: {LOST}") from None


def _see_scheduler(address: str) -> None:
    """Raise UsageError where no scheduler answers: a client would wait for some without end."""
    from distributed import Security
    from distributed.comm import connect

    async def call() -> None:
        options = Security().get_connection_args("client")
        await (await connect(address, **options)).close()

    try:
        asyncio.run(asyncio.wait_for(call(), ANSWER))
    except TimeoutError:
        raise UsageError(f"{address}: no answer in {ANSWER} seconds; {EXPECTED}") from None
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{address}: {error}; {EXPECTED}") from None


def _see_workers(client: "Client", address: str) -> None:
    """Raise UsageError where there are none, or where something else is installed."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        told = f"no worker in {PATIENCE} seconds; start one: dask worker {address}"
        raise UsageError(f"{address}: {told}") from None
    found = client.run(differences, made_by(), on_error="return")
    try:  # the scheduler too must know what passes through it
        found[address] = client.run_on_scheduler(differences, made_by())
    except (ImportError, AttributeError) as error:
        found[address] = error
    for where, other in found.items():
        if other:
            told = f"not installed as here: {other}; install the same there and start it again"
            raise UsageError(f"{where}: {told}")


class OnWorkers(Executor):
    """Has each call made on whichever worker of a cluster is free."""

    def __init__(self, executor: Executor, seconds: float) -> None:
        self._executor = executor  # Dask's own
        self._seconds = seconds

    def submit(self, call: Callable[..., Result], /, *given: Any, **options: Any) -> Future[Result]:
        """Schedule a call; raises CancelledError where the cluster is lost."""
        from distributed.client import ClosedClientError

        # As bytes: nothing of it has to be imported on its way.
        job = pickle.dumps(partial(call, *given, **options))
        try:
            return self._executor.submit(run_on_worker, made_by(), self._seconds, job)
        except (RuntimeError, ClosedClientError):
            raise CancelledError from None


@contextmanager
def _cancelled_without_workers(client: "Client", executor: Executor) -> Iterator[None]:
    """See that nothing waits without end where all workers are lost and none comes."""
    over = Event()

    def look() -> None:
        seen = monotonic()
        while not over.wait(GLANCE):
            try:
                seen = monotonic() if client.nthreads() else seen
            except OSError:
                return  # the scheduler itself is lost, and Dask cancels all
            if monotonic() - seen > PATIENCE:
                executor.shutdown(wait=False)
                return

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        over.set()
        looking.join()

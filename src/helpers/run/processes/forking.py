"""Calls in processes of their own, which are forks of the warm parent."""

import gc
import os
import signal
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context, parent_process, util
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from time import monotonic
from typing import Any, NoReturn, ParamSpec, TypeVar

from helpers.errors import RunFailed, WorkbookError
from helpers.run.processes.limits import ASK_MORE_MEMORY
from helpers.run.processes.orphans import end_children, in_other_session
from helpers.run.processes.unused import let_in
from helpers.run.processes.warming import environment, see_parent_end, telling, warm_parent, warm_up

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

PATIENCE = 5  # seconds for a fork to remove what it made
GLANCE = 0.5  # seconds between two looks at what may end a fork
UNSTARTED = "its process could not be started; the machine may be out of memory"


class Forks(ThreadPoolExecutor):
    """Runs each call in a fork of its own, so many at a time; a thread waits for each.

    A call that takes more than `seconds` fails, and its fork is ended.
    """

    def __init__(self, workers: int, seconds: float | None = None) -> None:
        super().__init__(workers)
        self.seconds = seconds
        self._stopped = Event()
        warm_up()

    def submit(
        self,
        call: Callable[Arguments, Result],
        /,
        *given: Arguments.args,
        **options: Arguments.kwargs,
    ) -> "Future[Result]":
        """Schedule a call; it travels to its fork, and what it returns or raises travels back."""
        return super().submit(
            call_in_fork, call, given, options, self.seconds, lambda: not self._stopped.is_set()
        )

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls; where they are cancelled, end the forks of those that run, too."""
        if cancel_futures:
            self._stopped.set()
        super().shutdown(wait, cancel_futures=cancel_futures)


def call_in_fork(
    call: Callable[..., Result],
    given: tuple[Any, ...],
    options: Mapping[str, Any],
    seconds: float | None,
    wanted: Callable[[], bool],
) -> Result:
    """Call in a fork of the warm parent and return what comes back, as long as it is wanted.

    Raises what WorkbookError it raises, and RunFailed for anything else that goes wrong.
    """
    answers, process = _start(call, given, options)
    with answers:
        try:
            result, error = _hear(answers, process, seconds, wanted)
        except (EOFError, OSError):
            _end_orphans()
            told = "its process was ended from outside; the machine may be out of memory"
            raise RunFailed(told) from None
    if error is not None:
        raise error
    return result  # type: ignore[no-any-return]  # what the call returned


def _start(*asked: Any) -> tuple[Connection, BaseProcess]:
    """Start a fork; return it, and where its answer will come.

    A warm parent that was killed may not be known to be dead yet, and then starts nothing.
    """
    context = get_context("forkserver")
    env = environment()
    for last in (False, True):
        answers, answer = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(answer, env, *asked))
        try:
            with answer, telling():
                process.start()
        except (EOFError, OSError):
            answers.close()
            if last:
                raise RunFailed(UNSTARTED) from None
            see_parent_end()
        else:
            break
    return answers, process


def _hear(
    answers: Connection, process: BaseProcess, seconds: float | None, wanted: Callable[[], bool]
) -> tuple[Any, WorkbookError | None]:
    """Wait for the answer; raises EOFError where the process ends without one."""
    begun = monotonic()
    while not (heard := wait([answers, process.sentinel], GLANCE)):
        late = seconds is not None and monotonic() - begun > seconds
        if late or not wanted():
            _end(process)
            told = f"not done after {seconds} seconds; give it more: --run-timeout"
            return None, RunFailed(told if late else "not wanted any more")
    if answers not in heard:
        raise EOFError
    answer: tuple[Any, WorkbookError | None] = answers.recv()
    process.join()
    return answer


def _end(process: BaseProcess) -> None:
    """Ask a process to end, and see that it does."""
    process.terminate()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        _end_orphans()


def _end_orphans() -> None:
    """End what a fork left behind that could not end it: it became a child of this process.

    Forks, kernels and what these start are in other sessions. So is the warm parent, which stays.
    """
    end_children(lambda process: process != warm_parent() and in_other_session(process))


def _answer(
    answer: Connection,
    env: Mapping[str, str],
    call: Callable[..., Any],
    given: tuple[Any, ...],
    options: Mapping[str, Any],
) -> None:
    """Be the fork: do what was asked, with the environment of the process that asks for it."""
    gc.freeze()  # what was loaded stays, so no collection has to look at it
    gc.enable()
    let_in()
    os.environ.clear()
    os.environ.update(env)
    tempfile.tempdir = util.get_temp_dir()  # the command's own, which goes when it does
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        answer.send(_outcome(call, given, options))


def _outcome(
    call: Callable[..., Any], given: tuple[Any, ...], options: Mapping[str, Any]
) -> tuple[Any, WorkbookError | None]:
    try:
        return call(*given, **options), None
    except WorkbookError as error:
        return None, error
    except MemoryError:
        return None, RunFailed(f"its process wants more memory than it may have; {ASK_MORE_MEMORY}")
    except OSError as error:
        where = f"{error.filename or tempfile.gettempdir()}: {error.strerror or error}"
        return None, RunFailed(f"{where}; it works in the folder that TMPDIR names")
    except Exception as error:  # noqa: BLE001  # whatever it is, it is told where it was asked for
        return None, RunFailed(f"{type(error).__name__}: {error}")


def end_with_parent() -> None:
    """Let this fork end, with all that it started, when it is asked or nobody waits for it.

    What it made is in the command's folder, and goes with that.
    """
    signal.signal(signal.SIGTERM, _end_at_once)
    Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _end_at_once(*_given: object) -> NoReturn:
    """End this fork; an exception could be raised where nobody hears of it, and be lost."""
    end_children()
    os._exit(1)

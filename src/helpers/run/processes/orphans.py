"""Processes whose parent is gone: adopted, so that nothing of a run goes on when it has ended."""

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress

PR_SET_CHILD_SUBREAPER = 36  # of linux/prctl.h


def adopt_orphans() -> None:
    """Let whatever is left behind by what this process starts become its child."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_children(which: Callable[[int], bool] = bool) -> None:
    """End the children of this process of which `which` is true, told by their ids: all of them.

    What they leave behind in turn becomes this process's own, and is ended too.
    """
    import psutil  # only who has something to end waits for it

    while found := [child for child in psutil.Process().children() if which(child.pid)]:
        for child in found:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(found)


def in_other_session(process: int) -> bool:
    """Say whether a process has left the session of this one, as kernels do."""
    try:
        return os.getsid(process) != os.getsid(0)
    except ProcessLookupError:
        return False  # it has ended

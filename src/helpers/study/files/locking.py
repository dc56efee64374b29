"""Let one writer at a time into a folder."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from helpers.errors import NotSaved

if sys.platform != "win32":
    import fcntl

PATIENCE = 5.0  # seconds; a writer needs a few hundredths of one
PAUSE = 0.02


@contextmanager
def only_writer(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other writers out of a folder; raises NotSaved where one stays in it.

    The folder itself is locked, so nothing is left behind, even by a process that is killed.
    Windows has no such lock.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder, monotonic() + patience)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, until: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() > until:
                raise NotSaved(
                    f"{folder.name}/: another program is saving there; wait a moment and save again"
                ) from None
            sleep(PAUSE)
        else:
            return

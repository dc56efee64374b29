"""Find processes, however far away from what started them, and wait for what happens to them."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

SECONDS = 300  # until a test gives up waiting: the machine may be busy with other tests


def marked(name: str, folder: Path) -> list[int]:
    """Return all processes in whose environment a variable names this folder."""
    mark, found = f"{name}={folder}".encode(), []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def wait_for(happened: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = monotonic() + SECONDS
    while not happened():
        assert monotonic() < end, "waited in vain"
        sleep(0.02)

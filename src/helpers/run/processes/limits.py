"""How long a run may take and how much memory: what else would go on without end."""

import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource

GIB = 2**30
PRINTED = 10_000_000  # characters that one run may print; a page shows a few thousand
ASK_MORE_MEMORY = "mend the cell, or give it more: --memory"


@dataclass(frozen=True)
class Limits:
    """Seconds that a cell and a whole run may take, and bytes of memory that a kernel may fill.

    The process that runs the kernel, and has to hear of what it shows, may fill as many.
    An edition of the shipped study takes two seconds and fills a third of a GiB.
    """

    cell: int = 300
    run: int = 1200
    memory: int = 4 * GIB


USUAL = Limits()


def limit_memory(size: int) -> None:
    """Let this process and those that it starts fill so many bytes each, where Linux sees to it."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))

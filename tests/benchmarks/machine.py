"""Say what something is measured on. Imports next to nothing: see spending.py."""

import os
import platform
import sys
from pathlib import Path


def machine() -> str:
    """Say what it was measured on, and how busy that was."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    compiled = "no" if sys.dont_write_bytecode else "yes"
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    return (
        f"{names[0]}, {len(names)} cores, {memory:.0f} GB of memory, load {os.getloadavg()[0]:.1f} "
        f"before; Python {platform.python_version()}, byte code of this package kept: {compiled}"
    )

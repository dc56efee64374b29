"""Files of outputs/ that are files: nothing else that somebody put there is followed or read.

A symbolic link may lead to anything, even to a file that was made; a pipe never ends. A build
writes neither.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from helpers.run.editions.manifest import Manifest, read_manifest
from helpers.study.files.folder import OUTPUTS


def outputs_of(workbook: Path) -> Path:
    """Return where a workbook's outputs stand; the folder as a whole may be kept elsewhere."""
    return Path(os.path.realpath(workbook / OUTPUTS))  # Path.resolve raises where links go in rings


def is_plain(path: Path) -> bool:
    """Say whether a path below `outputs_of` is that of a file, with no link on the way to it."""
    try:
        return stat.S_ISREG(path.lstat().st_mode) and path.resolve() == path
    except (OSError, ValueError):  # no file has a name with a NUL
        return False


def read_plain(path: Path) -> bytes | None:
    """Return a file's content; None where there is no such file, or it cannot be read."""
    try:
        return path.read_bytes() if is_plain(path) else None
    except OSError:
        return None


def read_plain_manifest(path: Path) -> Manifest | None:
    """Return a manifest as it was written, as `read_manifest` does."""
    return read_manifest(path) if is_plain(path) else None


def strange(path: Path) -> str:
    """Say what stands at a path that is neither a file nor a folder; nothing where it is one."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return f"a symbolic link to '{path.readlink()}', which is not followed"
    except (OSError, ValueError):
        return ""
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    return f"a {'pipe' if stat.S_ISFIFO(mode) else 'device or socket'}, which is not read"


def strange_below(folder: Path) -> Iterator[Path]:
    """Yield what stands anywhere below a folder and is neither a file nor a folder.

    What is hidden is no reader's and is not read: editors lock a file by a link of such a name.
    """
    for path in sorted(folder.rglob("*")):
        if strange(path) and not path.name.startswith("."):
            yield path

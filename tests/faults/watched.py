"""See what a piece of code does to the world: what it writes, runs or asks of other machines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOES = {
    *("os.system", "os.exec", "os.fork", "os.posix_spawn", "subprocess.Popen", "pty.spawn"),
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate"),
    *("socket.connect", "socket.bind", "shutil.rmtree", "ctypes.dlopen"),
}
_heard: list[str] | None = None


def _hear(event: str, arguments: tuple) -> None:
    if _heard is None:
        return
    if event == "open":
        path, mode, _ = arguments
        if set(mode or "") & set("wax+") and "__pycache__" not in str(path):
            _heard.append(f"wrote {path}")
    elif event in DOES and "__pycache__" not in str(arguments):
        _heard.append(f"{event} {arguments}")


sys.addaudithook(_hear)  # there is no way to remove it, so it hears only when it is asked to


@contextmanager
def watched() -> Iterator[list[str]]:
    """Yield a list of all that is done; Python's own byte code is not counted."""
    global _heard
    _heard = []
    try:
        yield _heard
    finally:
        _heard = None


def contents(folder: Path) -> dict[str, bytes | None]:
    """Return what stands in a folder, by path: a file's bytes, None for anything else."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }

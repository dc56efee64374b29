"""The list of digests that an office publishes: what says that a page is the office's own.

It is written as `sha256sum` writes it, so `sha256sum -c digests.txt` in outputs/ checks all files
with no program of ours.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.run.editions.manifest import read_manifest
from helpers.study.files.wholefile import write_whole

DIGESTS = "digests.txt"


def write_digests(outputs: Path, indexes: Iterable[Path], manifests: Iterable[Path]) -> None:
    """Write the list of all files that stand in outputs/ for readers: last, when all else is."""
    listed = {path: _digest(path) for path in indexes}
    listed.update(item for path in manifests for item in _named_by(path))
    names = {path.relative_to(outputs).as_posix(): digest for path, digest in listed.items()}
    lines = [f"{digest}  {name}\n" for name, digest in sorted(names.items())]
    write_whole(outputs / DIGESTS, "".join(lines).encode())


def _named_by(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield a manifest, if it stands, and what it names, each with its SHA-256.

    The digest is the one that the manifest records: a file that was altered since must not come
    to be listed as the office's own because something else was built.
    """
    if manifest := read_manifest(path):
        yield path, _digest(path)
        for name, digest in manifest.hashed["outputs"].items():
            yield path.with_name(name), digest  # as it was made, whatever stands there now


def read_digests(outputs: Path) -> dict[str, str]:
    """Return the list as it stands, SHA-256 by name; empty where none can be read."""
    try:
        lines = (outputs / DIGESTS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    parts = (line.partition("  ") for line in lines)
    return {name: digest for digest, _, name in parts}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

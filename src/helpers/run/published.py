"""The list of digests that an office publishes: what says that a page is the office's own.

It is written as `sha256sum` writes it, so `sha256sum -c digests.txt` in outputs/ checks all files
with no program of ours.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from helpers.run.manifest import read_manifest
from helpers.study.wholefile import write_whole

DIGESTS = "digests.txt"


def write_digests(outputs: Path) -> None:
    """Write the list of all files that stand in outputs/ for readers: last, when all else is."""
    lines = [f"{digest}  {name}\n" for name, digest in sorted(published(outputs))]
    write_whole(outputs / DIGESTS, "".join(lines).encode())


def published(outputs: Path) -> Iterator[tuple[str, str]]:
    """Yield name and SHA-256 of each index, and of each manifest and what it names.

    The digest is the one that the manifest records: a file that was altered since must not come
    to be listed as the office's own because something else was built.
    """
    for path in outputs.glob("index*.html"):
        yield path.name, _digest(path)
    for path in outputs.glob("*/manifest*.json"):
        if manifest := read_manifest(path):
            folder = path.parent.name
            yield f"{folder}/{path.name}", _digest(path)
            for name, digest in manifest.hashed["outputs"].items():
                yield f"{folder}/{name}", digest  # as it was made, whatever stands there now


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

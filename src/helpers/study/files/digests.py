"""SHA-256: by which files are known to be those that they were."""

import hashlib
from collections.abc import Mapping
from pathlib import Path


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file by path, in the order of the paths."""
    return {path: hashlib.sha256(files[path]).hexdigest() for path in sorted(files)}


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file; raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""The manifest of an edition: what it was made from, by what, and what came of it."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import helpers
from helpers.run.bundle import Bundle

# What comes of files in outputs/ that are missing, or that somebody changed.
SPOILT = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
ROOMS = ("study", "figures", "report", "run")  # the code that an edition depends on


def manifest_name(edition: str) -> str:
    """Return the file name of an edition's manifest."""
    return f"manifest.{edition}.json"


@dataclass(frozen=True)
class Manifest:
    """What a manifest says.

    The digest of its part `hashed` is that of what was made. `made` is when (ISO time), which no
    output depends on.
    """

    digest: str
    hashed: dict[str, Any]
    made: str

    @classmethod
    def of(cls, hashed: dict[str, Any], made: str) -> "Manifest":
        """Return the manifest of what was made of `hashed` then."""
        digest = hashlib.sha256(json.dumps(hashed, sort_keys=True).encode()).hexdigest()
        return cls(digest, hashed, made)

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return date.fromisoformat(self.made[:10])

    def content(self) -> bytes:
        """Return it as canonical JSON."""
        said = {"digest": self.digest, "hashed": self.hashed, "unhashed": {"made": self.made}}
        return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_manifest(path: Path) -> Manifest | None:
    """Return a manifest as it was written; None where there is none, or somebody changed it."""
    try:
        said = json.loads(path.read_bytes())
        found = Manifest.of(said["hashed"], said["unhashed"]["made"])
        outputs = found.hashed["outputs"].keys()
        whole = said["digest"] == found.digest and outputs and found.day
    except SPOILT:
        return None
    return found if whole else None


def renew_manifest(before: Manifest | None, hashed: dict[str, Any]) -> Manifest:
    """Return the manifest of what was made now, or before if that was the very same."""
    if before and before.hashed == hashed:
        return before
    return Manifest.of(hashed, datetime.now(UTC).isoformat(timespec="seconds"))


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file by name."""
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def provenance_of(bundle: Bundle, outputs: Mapping[str, bytes]) -> dict[str, Any]:
    """Return SHA-256 digests of a bundle's parts, the code and the outputs, and all versions."""
    return {
        "council": bundle.council,
        "edition": bundle.edition,
        "inputs": bundle.digests(),
        "code": code_digest(),
        "packages": package_versions(),
        "python": platform.python_version(),
        "outputs": digests_of(outputs),
    }


@cache
def code_digest() -> str:
    """Return one SHA-256 over the files of the rooms that make an edition."""
    root = Path(helpers.__file__).parent
    digest = hashlib.sha256()
    files = (file for room in ROOMS for file in (root / room).rglob("*") if file.is_file())
    for file in sorted(file for file in files if file.suffix != ".pyc"):
        digest.update(f"{file.relative_to(root).as_posix()}\n".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@cache
def package_versions() -> dict[str, str]:
    """Return the version of every installed package."""
    return dict(sorted((found.name.lower(), found.version) for found in distributions()))

"""The manifest of an edition: what it was made from, by what, and what came of it."""

import hashlib
import json
import platform
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import helpers
from helpers.run.bundle import Bundle

ROOMS = ("study", "figures", "report", "run")  # the code that an edition depends on


def manifest_name(edition: str) -> str:
    """Return the file name of an edition's manifest."""
    return f"manifest.{edition}.json"


def make_manifest(bundle: Bundle, outputs: dict[str, bytes], made: str) -> bytes:
    """Return the manifest as canonical JSON.

    The digest of its part `hashed` is the edition's. `unhashed` says when it was made (`made`,
    ISO time), which no output depends on.
    """
    return as_manifest(provenance_of(bundle, outputs), made)


def as_manifest(hashed: dict[str, Any], made: str) -> bytes:
    """Return what a manifest says, the digest of it, and when it was made, as canonical JSON."""
    digest = hashlib.sha256(json.dumps(hashed, sort_keys=True).encode()).hexdigest()
    manifest = {"digest": digest, "hashed": hashed, "unhashed": {"made": made}}
    return (json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def provenance_of(bundle: Bundle, outputs: dict[str, bytes]) -> dict[str, Any]:
    """Return SHA-256 digests of a bundle's parts, the code and the outputs, and all versions."""
    return {
        "council": bundle.council,
        "edition": bundle.edition,
        "inputs": bundle.digests(),
        "code": code_digest(),
        "packages": package_versions(),
        "python": platform.python_version(),
        "outputs": {name: hashlib.sha256(outputs[name]).hexdigest() for name in sorted(outputs)},
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

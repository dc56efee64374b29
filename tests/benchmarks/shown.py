"""What an edition's cells show, in little: by it ways to make the same edition are compared.

The register is among it: a cell shows it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

TYPES = ("text/plain", "text/html")  # of what our cells show; of a register the first is its JSON
Shown = dict[str, str]


def digest(bundles: Iterable[Mapping[str, str]]) -> str:
    """Return a digest of what a cell shows, each as text by type."""
    parts = [bundle.get(kind, "") for bundle in bundles for kind in TYPES]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def shown_by(notebook: Path) -> Shown:
    """Return, by cell, the digest of what an executed notebook shows."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return {
        cell["id"]: digest(found)
        for cell in cells
        if (found := [_texts(output) for output in cell.get("outputs", []) if "data" in output])
    }


def _texts(output: Mapping[str, Mapping[str, list[str] | str]]) -> dict[str, str]:
    return {kind: "".join(text) for kind, text in output["data"].items() if kind in TYPES}


def compare(way: str, edition: str, found: Shown, expected: Shown) -> None:
    """Raise AssertionError where a way shows something else, or not all."""
    differing = [cell for cell in {**expected, **found} if expected.get(cell) != found.get(cell)]
    assert expected, f"{edition}: nothing is expected"
    assert not differing, f"({way}) {edition}: shows something else in {', '.join(differing)}"

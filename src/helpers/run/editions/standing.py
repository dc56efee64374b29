"""Read what stands in outputs/: an edition, or a folder's downloads, as they were made.

Somebody may have changed, removed or spoilt any file there. So what stands is what has a manifest,
and all the files that this names, to the byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.report.notebook.template import Template
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import (
    SPOILT,
    Manifest,
    manifest_name,
    provenance_of,
    read_manifest,
)
from helpers.study.files.digests import digests


@dataclass(frozen=True)
class Found:
    """What stands there: its manifest, and its files by name."""

    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of each file, which is as the manifest tells."""
        outputs: Mapping[str, str] = self.manifest.hashed["outputs"]
        return outputs


def read_edition(folder: Path, template: Template, edition: str) -> Found | None:
    """Return an edition that stands in a folder; None where it does not."""
    found = read_standing(folder, manifest_name(edition))
    return found if found and set(found.files) == set(template.names(edition)) else None


def read_standing(folder: Path, name: str) -> Found | None:
    """Return what the manifest of a name tells of, where all of it is there and unchanged."""
    manifest = read_manifest(folder / name)
    if manifest is None:
        return None
    outputs = manifest.hashed["outputs"]
    try:
        files = {path.name: path.read_bytes() for path in map(folder.joinpath, outputs)}
    except SPOILT:
        return None
    return Found(manifest, files) if digests(files) == outputs else None


def is_current(found: Found, bundle: Bundle) -> bool:
    """Say whether an edition that stands is what would be made of its bundle today."""
    return found.manifest.hashed == provenance_of(bundle, found.digests, found.manifest.learnt)


def is_reviewed(manifest: Manifest) -> bool:
    """Say whether each translation that an edition uses had been reviewed when it was made."""
    return manifest.learnt.review[:1] == [0]

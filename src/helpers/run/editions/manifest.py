"""The manifest of an edition: what it was made from, by what, and what came of it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from helpers.run.editions.commit import Commit, commit_of
from helpers.run.editions.environment import made_by

if TYPE_CHECKING:
    from helpers.run.editions.bundle import (
        Bundle,  # whose libraries the quick way of a build does without
    )

# What comes of files in outputs/ that are missing, or that somebody changed.
SPOILT = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
LISTS = ("inputs", "national", "code", "packages", "outputs")  # digests and versions by name
NAMED = 3  # of what changed alike, by name
DOWNLOADED = "manifest.json"  # the manifest of what readers may take away beside the editions
PLAIN = re.compile(r"\w[\w.-]*", re.ASCII)  # a file's name that leads nowhere else
SHA256 = re.compile(r"[0-9a-f]{64}")
GONE = ""  # in place of the digest of what the national table no longer holds


def manifest_name(edition: str) -> str:
    """Return the file name of an edition's manifest."""
    return f"manifest.{edition}.json"


class Learnt(NamedTuple):
    """What only the making of an edition tells.

    `read` lists the places of the national table that it was read from, and `review` counts the
    translations in it that nobody has reviewed, and all of them.
    """

    read: list[str]
    review: list[int]


@dataclass(frozen=True)
class Manifest:
    """What a manifest says.

    The digest of its part `hashed` is that of what was made. No output depends on the rest: `made`
    is when (ISO time), `commit` where the workbook stood in git then, None where it did nowhere.
    """

    digest: str
    hashed: dict[str, Any]
    made: str
    commit: Commit | None = None

    @classmethod
    def of(cls, hashed: dict[str, Any], made: str, commit: Commit | None = None) -> "Manifest":
        """Return the manifest of what was made of `hashed` then."""
        digest = hashlib.sha256(json.dumps(hashed, sort_keys=True).encode()).hexdigest()
        return cls(digest, hashed, made, commit)

    @property
    def learnt(self) -> Learnt:
        """What was learnt of an edition when it was made; downloads have none of it."""
        return Learnt(list(self.hashed.get("national", {})), self.hashed.get("review", []))

    @property
    def day(self) -> date:
        """The day on which it was made."""
        return date.fromisoformat(self.made[:10])

    def content(self) -> bytes:
        """Return it as canonical JSON."""
        unhashed = {"made": self.made, "commit": self.commit and self.commit._asdict()}
        said = {"digest": self.digest, "hashed": self.hashed, "unhashed": unhashed}
        return (json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_manifest(path: Path) -> Manifest | None:
    """Return a manifest as it was written; None where there is none, or somebody changed it."""
    try:
        said = json.loads(path.read_bytes())
        unhashed = said["unhashed"]
        commit = Commit(**unhashed["commit"]) if unhashed["commit"] else None
        found = Manifest.of(said["hashed"], unhashed["made"], commit)
        json.dumps(said, ensure_ascii=False).encode()  # fails for a text that is no Unicode
        files = _are_files(found.hashed["outputs"])
        texts = all(_are_texts(found.hashed.get(part, {})) for part in LISTS)
        when = datetime.fromisoformat(found.made) and found.day
        known = commit is None or (isinstance(commit.id, str) and isinstance(commit.clean, bool))
        right = said["digest"] == found.digest
        counts = all(isinstance(number, int) for number in found.learnt.review)
        whole = right and files and texts and when and known and counts
    except SPOILT:
        return None
    return found if whole else None


def _are_files(listed: Mapping[str, str]) -> bool:
    """Say whether there is any, and all are names and digests that lead nowhere else."""
    return bool(listed) and all(
        PLAIN.fullmatch(name) and SHA256.fullmatch(digest) for name, digest in listed.items()
    )


def _are_texts(listed: Any) -> bool:
    return isinstance(listed, dict) and all(isinstance(one, str) for one in listed.values())


def renew_manifest(before: Manifest | None, hashed: dict[str, Any], workbook: Path) -> Manifest:
    """Return the manifest of what was made now, or before if that was the very same."""
    if before and before.hashed == hashed:
        return before
    return Manifest.of(hashed, datetime.now(UTC).isoformat(timespec="seconds"), commit_of(workbook))


def provenance_of(bundle: "Bundle", outputs: Mapping[str, str], learnt: Learnt) -> dict[str, Any]:
    """Return SHA-256 digests of a bundle's parts and what they were made by; `outputs` are such."""
    return {
        "council": bundle.council,
        "edition": bundle.edition,
        "template": bundle.template.path,
        "inputs": bundle.digests(),
        "national": {place: bundle.national.get(place, GONE) for place in learnt.read},
        "review": list(learnt.review),
        **made_by(),
        "outputs": dict(sorted(outputs.items())),
    }


def changed(before: Mapping[str, Any], now: Mapping[str, Any], part: str) -> list[str]:
    """Return the names in a part of which the digest, or the version, is another."""
    was, is_now = before.get(part, {}), now[part]
    return [name for name in sorted(was.keys() | is_now) if was.get(name) != is_now.get(name)]


def named(names: list[str], between: str) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return between.join(names[:NAMED]) + more

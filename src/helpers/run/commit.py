"""Where a workbook stands in git: what a manifest says beside its digests."""

import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Nothing is written there, and no monitor is started that the repository's settings name.
GIT = ("git", "--no-optional-locks", "-c", "core.fsmonitor=false")


class Commit(NamedTuple):
    """A commit, and whether all files were as they are in it."""

    id: str
    clean: bool


@cache
def commit_of(workbook: Path) -> Commit | None:
    """Return the commit that a workbook stands at; None without git, or outside of it.

    Asked once in a process: a build is of one moment.
    """
    name, changed = (_ask(workbook, *what) for what in (("rev-parse", "HEAD"), ("status", "-s")))
    return Commit(name, not changed) if name is not None and changed is not None else None


def _ask(workbook: Path, *what: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  # fixed words
            [*GIT, *what], cwd=workbook, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()

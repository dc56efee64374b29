"""Where a workbook stands in git: what a manifest says beside its digests."""

import hashlib
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.study.files.folder import INPUTS, input_files

# A workbook may bring settings of its own, which name programs. So nothing is asked of git that
# runs filters or a monitor, as `git status` does, and nothing that is missing is fetched.
SAFE = {"GIT_ALLOW_PROTOCOL": "", "GIT_OPTIONAL_LOCKS": "0"}
CRLF, LF = b"\r\n", b"\n"  # git may be set to write other line ends than it keeps


class Commit(NamedTuple):
    """A commit, and whether the workbook's inputs were as they are in it."""

    id: str
    clean: bool


@cache
def commit_of(workbook: Path) -> Commit | None:
    """Return the commit that a workbook stands at; None without git, or outside of it.

    Asked once in a process: a build is of one moment.
    """
    name = _ask(workbook, "rev-parse", "HEAD")
    listed = _ask(workbook, "ls-tree", "-r", "-z", "HEAD", "--", *INPUTS)
    if name is None or listed is None:
        return None
    try:
        return Commit(name, _as_in(workbook, listed))
    except OSError:  # an input went while the build was under way
        return Commit(name, clean=False)


def _as_in(workbook: Path, listed: str) -> bool:
    """Say whether the inputs are those that git lists, each as `mode kind digest<TAB>path`."""
    there = {path: about.split()[-1] for about, path in map(_parted, listed.split("\0")[:-1])}
    here = {path.relative_to(workbook).as_posix(): path for path in input_files(workbook)}
    return there.keys() == here.keys() and all(
        there[name] in _digests(path, len(there[name])) for name, path in here.items()
    )


def _parted(line: str) -> tuple[str, str]:
    about, _, path = line.partition("\t")
    return about, path


def _digests(path: Path, length: int) -> set[str]:
    """Return what git would call a file, with the line ends that it has and with git's own."""
    hashed = hashlib.sha1 if length == 40 else hashlib.sha256  # hex digits
    content = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
    return {
        hashed(b"blob %d\0%s" % (len(one), one)).hexdigest()
        for one in (content, content.replace(CRLF, LF))
    }


def _ask(workbook: Path, *what: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603  # fixed words
            ["git", *what],  # noqa: S607  # the user's own
            cwd=workbook,
            env={**os.environ, **SAFE},
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip("\n")

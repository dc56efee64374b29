"""Write files so that a reader sees the old ones or the new ones, never a part of one."""

import csv
import io
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path


def csv_bytes(header: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV in UTF-8 whose lines end the same on every machine."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    part = _part_of(path)
    try:
        _write_part(path, content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_sealed(files: Mapping[Path, bytes]) -> None:
    """Write files of which the last, the seal, tells of the others.

    It never stands beside others than it tells of. All are written beside their places first: where
    that fails, as on a full disk, the old ones stay.
    """
    parts = {path: _part_of(path) for path in files}
    *_, seal = files
    try:
        for path, content in files.items():
            _write_part(path, content)
        seal.unlink(missing_ok=True)
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write each file beside its place, and only when all are written put them there, in order.

    Where one cannot be put there, those before it are put back as they were. What a link leads to
    is written, and the link stays.
    """
    files = {Path(os.path.realpath(path)): content for path, content in files.items()}
    parts = {path: _part_of(path) for path in files}
    old: dict[Path, bytes | None] = {}
    try:
        for path, part in parts.items():
            _write_part(path, files[path])
            if path.exists():
                shutil.copymode(path, part)
        for path, part in parts.items():
            before = path.read_bytes() if path.exists() else None
            part.replace(path)
            old[path] = before
    except (OSError, KeyboardInterrupt):
        for path, content in old.items():
            _put_back(path, parts[path], content)
        raise
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _put_back(path: Path, part: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        part.write_bytes(content)
        part.replace(path)


def _part_of(path: Path) -> Path:
    """Return where a file is until it is whole; the next to write it takes the same place."""
    return path.with_name(f".{path.name}.part")


def _write_part(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _part_of(path).write_bytes(content)
    except OSError as error:
        error.filename = str(path)  # which a full disk does not tell
        raise

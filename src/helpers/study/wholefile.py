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
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write each file beside its place, and only when all are written put them there, in order.

    Where one cannot be put there, those before it are put back as they were. What a link leads to
    is written, and the link stays.
    """
    files = {Path(os.path.realpath(path)): content for path, content in files.items()}
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    old: dict[Path, bytes | None] = {}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path])
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

"""Write files so that a reader sees the old ones or the new ones, never a part of one."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path


def csv_bytes(header: list[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV in UTF-8 whose lines end the same on every machine."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write each file beside its place, and only when all are written put them there, in order."""
    parts = {path: path.with_name(f".{path.name}.part") for path in files}
    try:
        for path, part in parts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(files[path])
        for path, part in parts.items():
            part.replace(path)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)

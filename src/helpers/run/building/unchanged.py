"""Know at once that nothing has changed: the quick way of a build that has nothing to do.

What a whole build leaves behind says what it was made from, file by file, and what it made. As long
as each of these is as it was, all is up to date, and nothing of it has to be read or checked again.
This module imports no library, since loading one takes longer than the question.
"""

import json
from pathlib import Path
from typing import Any

from helpers.run.editions.environment import made_by
from helpers.run.editions.published import DIGESTS, read_digests
from helpers.study.files.digests import file_digest
from helpers.study.files.folder import OUTPUTS, input_files
from helpers.study.files.wholefile import write_whole

RECORD = ".unchanged.json"


def input_digests(workbook: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that anything could be made from, by path.

    Of a link to a folder it is where that leads.
    """
    return {
        path.relative_to(workbook).as_posix(): (
            str(path.readlink()) if path.is_dir() else file_digest(path)
        )
        for path in input_files(workbook)
    }


def remember(workbook: Path, inputs: dict[str, str], reports: int, *, pdf: bool) -> None:
    """Record that all reports were made of these inputs; outputs/ is as its list tells."""
    made = {"inputs": inputs, **made_by(), "pdf": pdf, "reports": reports}
    record = {**made, "list": file_digest(workbook / OUTPUTS / DIGESTS)}
    content = json.dumps(record, indent=1, sort_keys=True) + "\n"
    write_whole(workbook / OUTPUTS / RECORD, content.encode())


def unchanged(workbook: Path, inputs: dict[str, str], *, pdf: bool) -> int:
    """Return how many reports there are, where all of them are up to date; else 0."""
    outputs = workbook / OUTPUTS
    record = _read(outputs / RECORD)
    made = {"inputs": inputs, **made_by()}
    if any(record.get(part) != value for part, value in made.items()):
        return 0
    if pdf and not record.get("pdf"):
        return 0
    try:
        listed = read_digests(outputs)
        intact = record.get("list") == file_digest(outputs / DIGESTS) and all(
            file_digest(outputs / name) == digest for name, digest in listed.items()
        )
    except OSError:
        return 0
    reports = record.get("reports")
    return reports if intact and isinstance(reports, int) else 0


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}

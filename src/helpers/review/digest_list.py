"""The list of digests that the office publishes, as it stands: somebody may have spoilt it."""

import re
from collections.abc import Mapping
from pathlib import Path

from helpers.review.findings import Finding
from helpers.review.plain_files import is_plain, strange
from helpers.run.editions.published import DIGESTS, read_digests
from helpers.study.files.folder import OUTPUTS

DIGEST = re.compile("[0-9a-f]{64}")
QUOTED = 120  # characters of a line that a message quotes
Listed = Mapping[str, Mapping[str, str]]  # digests by folder, "" for none, and by name in it
NO_LIST = "missing, or no list of digests; 'workbook build' writes it"


def read_list(outputs: Path) -> tuple[Listed, list[Finding]]:
    """Return what it lists, and what is wrong with the list itself."""
    lines = read_digests(outputs) if is_plain(outputs / DIGESTS) else {}
    listed: dict[str, dict[str, str]] = {}
    wrong = []
    for name, digest in lines.items():
        if _is_line(name, digest):
            *folder, file = name.split("/", 1)
            listed.setdefault("".join(folder), {})[file] = digest
        else:
            wrong.append(f"{digest}  {name}".strip())
    if not listed:
        return {}, [Finding("seal", DIGESTS, strange(outputs / DIGESTS) or NO_LIST)]
    if not wrong:
        return listed, []
    told = f"holds what is no digest of a file in {OUTPUTS}/: “{wrong[0][:QUOTED]}”"
    return listed, [Finding("seal", DIGESTS, told)]


def _is_line(name: str, digest: str) -> bool:
    """Say whether a line is one that a build writes: of a name that leads nowhere else."""
    path = Path(name)
    plain = path.as_posix() == name and path.name and not path.is_absolute()
    return bool(plain and ".." not in path.parts and DIGEST.fullmatch(digest))

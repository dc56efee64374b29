"""The list of digests that the office publishes, as it stands: somebody may have spoilt it."""

import re
from collections.abc import Mapping
from pathlib import Path

from helpers.review.findings import Finding
from helpers.review.plain_files import is_plain, strange
from helpers.run.published import DIGESTS, read_digests
from helpers.study.folder import OUTPUTS

DIGEST = re.compile("[0-9a-f]{64}")
QUOTED = 120  # characters of a line that a message quotes
NO_LIST = "missing, or no list of digests; 'workbook build' writes it"


def read_list(outputs: Path) -> tuple[Mapping[str, str], list[Finding]]:
    """Return the digests that it lists by name, and what is wrong with the list itself."""
    lines = read_digests(outputs) if is_plain(outputs / DIGESTS) else {}
    listed = {name: digest for name, digest in lines.items() if _is_line(name, digest)}
    if not listed:
        return {}, [Finding("seal", DIGESTS, strange(outputs / DIGESTS) or NO_LIST)]
    wrong = [f"{digest}  {name}" for name, digest in lines.items() if name not in listed]
    if not wrong:
        return listed, []
    told = f"holds what is no digest of a file in {OUTPUTS}/: “{wrong[0].strip()[:QUOTED]}”"
    return listed, [Finding("seal", DIGESTS, told)]


def _is_line(name: str, digest: str) -> bool:
    """Say whether a line is one that the list may have: of a name that leads nowhere else."""
    path = Path(name)
    inside = path.parts and ".." not in path.parts and not path.is_absolute()
    return bool(inside and DIGEST.fullmatch(digest))

"""Sign-offs: which reviewer found no difference in which edition, and when.

The file grows by a line a sign-off, so that what was signed before stays readable. Only the review
pages and the index read it, since a report must not change when somebody signs it off.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from helpers.errors import Problem, expected
from helpers.study.definition import Study
from helpers.study.files.locking import only_writer
from helpers.study.files.wholefile import write_together
from helpers.study.files.yamlfile import Day, Line, Strict, check_model, place, read_yaml
from helpers.study.parameters import FOLDER, SIGN_OFFS

FILE = f"{FOLDER}/{SIGN_OFFS}"
MOST = 1_000_000  # values in the file, which grows with the years
HEAD = """\
# Who re-performed which edition and found no difference: written by `workbook verify --sign-off`.
# The digest is that of the edition's manifest, so a later change of the edition voids its line.
sign_offs:
"""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignOff(Strict):
    """A line of the file: `by` a name, `digest` that of the manifest of what was reviewed."""

    council: str
    edition: str
    by: Annotated[Line, StringConstraints(min_length=1)]
    on: Day
    digest: Digest

    @property
    def line(self) -> str:
        """The line that records it; JSON is YAML too, and quotes whatever a name holds."""
        given = self.model_dump(mode="json")
        return f"  - {json.dumps(given, ensure_ascii=False)}\n"


class SignOffs(Strict):
    """sign_offs.yaml."""

    sign_offs: list[SignOff] = Field(default_factory=list)

    def of(self, council: str, edition: str, digest: str) -> SignOff | None:
        """Return the last sign-off of an edition as it stands, else the last of an older one."""
        found = [one for one in self.sign_offs if (one.council, one.edition) == (council, edition)]
        valid = [one for one in found if one.digest == digest] or found
        return valid[-1] if valid else None


def read_sign_offs(workbook: Path) -> SignOffs:
    """Return all sign-offs, which a workbook need not have; raises CheckFailed."""
    if not (workbook / FILE).exists():
        return SignOffs()
    return check_model(SignOffs, read_yaml(workbook / FILE, FILE, most=MOST), FILE)


def check_sign_offs(workbook: Path, study: Study, documents: Iterable[str]) -> Iterator[Problem]:
    """Find sign-offs of what does not exist; raises CheckFailed where the file cannot be read."""
    if not (workbook / FILE).exists():
        return
    known, nodes = list(documents), read_yaml(workbook / FILE, FILE, most=MOST)
    for index, one in enumerate(check_model(SignOffs, nodes, FILE).sign_offs):
        for key, value, names in (
            ("council", one.council, known),
            ("edition", one.edition, study.about.languages),
        ):
            if value not in names:
                where = place(nodes, ("sign_offs", index, key))
                yield Problem(FILE, *where, f"unknown {key} '{value}'; {expected(value, names)}")


def add_sign_offs(workbook: Path, signed: Iterable[SignOff]) -> None:
    """Add lines to the file, whole or not at all, with what others wrote meanwhile kept."""
    path = workbook / FILE
    with only_writer(path.parent):
        before = path.read_text(encoding="utf-8") if path.exists() else HEAD
        if not before.endswith("\n"):
            before += "\n"
        lines = "".join(one.line for one in signed)
        write_together({path: (before + lines).encode()})

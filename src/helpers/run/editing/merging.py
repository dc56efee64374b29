"""Join two people's edits of one text: what is changed in one place only is taken."""

from dataclasses import dataclass
from pathlib import Path

from helpers.study.narrative_file import Section
from helpers.study.parameters import CONFLICT, FOLDER
from helpers.study.wholefile import write_together


@dataclass(frozen=True)
class Versions:
    """A text as the editor got it, as it was edited, and as it stands in the parameter file."""

    base: str
    mine: str
    theirs: str

    def merged(self) -> str | None:
        """Return the text that holds every edit, or None where both changed it differently.

        >>> Versions("old", "new", "old").merged(), Versions("old", "old", "new").merged()
        ('new', 'new')
        >>> Versions("old", "new", "newer").merged() is None
        True
        """
        if self.mine in (self.base, self.theirs):
            return self.theirs
        return self.mine if self.theirs == self.base else None


def keep_conflict(
    workbook: Path, council: str, section: Section, versions: Versions, edited: str
) -> str:
    """Keep both texts and what they came from in a file of their own, and return its path.

    No such file is ever overwritten: another conflict gets the next number, the same one none.
    `edited` is the path of what was edited.
    """
    content = _as_text(council, section, versions, edited).encode()
    stem, number = f"{FOLDER}/{council}.{'.'.join(section)}", 1
    name = f"{stem}{CONFLICT}"
    while (workbook / name).exists():
        if (workbook / name).read_bytes() == content:
            return name
        number += 1
        name = f"{stem}.{number}{CONFLICT}"
    write_together({workbook / name: content})
    return name


def is_kept(workbook: Path, council: str, section: Section, text: str) -> bool:
    """Say whether a conflict file holds this text as the one that was edited."""
    pattern = f"{council}.{'.'.join(section)}*{CONFLICT}"
    return any(
        f"{MINE}\n{text}{BASE}\n" in path.read_text(encoding="utf-8")
        for path in (workbook / FOLDER).glob(pattern)
    )


MINE = "<<<<<<< as edited in the notebook"
BASE = "||||||| as it was before both changes"
THEIRS = "======= as it stands in the parameter file"
END = ">>>>>>>"


def _as_text(council: str, section: Section, versions: Versions, edited: str) -> str:
    theme, language = section
    return (
        f"The text of '{theme}' in '{language}' was changed both in {edited}\n"
        f"and in {FOLDER}/{council}.yaml. Nothing was overwritten: both texts follow.\n"
        f"Put the text that you want into {FOLDER}/{council}.yaml, then delete this file.\n\n"
        f"{MINE}\n{versions.mine}{BASE}\n{versions.base}{THEIRS}\n{versions.theirs}{END}\n"
    )

"""Join two people's edits of one text: what is changed in one place only is taken."""

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.run.editing.working import Working
from helpers.study.files.wholefile import write_together
from helpers.study.narrative_file import Section
from helpers.study.parameters import CONFLICT, FOLDER


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
    working: Working, section: Section, versions: Versions, opening: str
) -> list[str]:
    """Keep both texts and what they came from in a file; return the paths of all such files.

    A later text of the same opening takes the place of its earlier one, as JupyterLab saves by
    itself. Any other conflict gets a file of its own, and none is kept twice.
    """
    folder, stem = working.workbook / FOLDER, f"{working.council}.{'.'.join(section)}"
    known = {name: (folder / name).read_text(encoding="utf-8") for name in _names(folder, stem)}
    both = f"{MINE}\n{versions.mine}{_origin(versions)}"
    if not any(both in content for content in known.values()):
        end = f"{_origin(versions)} {opening}\n"
        same = [name for name, content in known.items() if content.endswith(end)]
        name = same[0] if same else _free_name(folder, stem)
        content = f"{_head(working, section)}\n{both} {opening}\n"
        write_together({folder / name: content.encode()})
    return [f"{FOLDER}/{name}" for name in _names(folder, stem)]


def _names(folder: Path, stem: str) -> list[str]:
    """Return the names of a section's conflict files, in the order in which they were made."""
    name = re.compile(rf"{re.escape(stem)}(\.\d+)?{re.escape(CONFLICT)}")
    found = [path.name for path in folder.glob(f"{stem}*{CONFLICT}") if name.fullmatch(path.name)]
    return sorted(found, key=lambda name: (len(name), name))


def _free_name(folder: Path, stem: str) -> str:
    name, number = f"{stem}{CONFLICT}", 1
    while (folder / name).exists():
        number += 1
        name = f"{stem}.{number}{CONFLICT}"
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


def _origin(versions: Versions) -> str:
    """Return what an edited text came from and what it met; a name of its opening follows."""
    return f"{BASE}\n{versions.base}{THEIRS}\n{versions.theirs}{END}"


def _head(working: Working, section: Section) -> str:
    theme, language = section
    return (
        f"The text of '{theme}' in '{language}' was changed both in {working.name}\n"
        f"and in {working.parameters_name}. Nothing was overwritten: both texts follow.\n"
        f"Put the text that you want into {working.parameters_name}, then delete this file.\n"
    )

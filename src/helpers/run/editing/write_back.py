"""Write a notebook's narrative back to its parameter file: the one way by which it gets there."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from stat import S_IWUSR

from helpers.errors import CheckFailed, NotSaved
from helpers.run.editing.lineage import Lineage
from helpers.run.editing.merging import Versions, keep_conflict
from helpers.run.editing.working import Working
from helpers.study.files.locking import only_writer
from helpers.study.files.wholefile import write_together
from helpers.study.narrative_file import Section, read_narrative, write_narrative
from helpers.study.narrative_text import check_writable

ATTEMPTS = 5


class _OvertakenError(Exception):
    """The parameter file was changed since it was read."""


@dataclass(frozen=True)
class Edit:
    """One section as a notebook holds it, and the text that it was opened with; normalised."""

    text: str
    opened_with: str


@dataclass(frozen=True)
class Edits:
    """A notebook's sections by theme, its opening, and the study's order of names."""

    sections: Mapping[str, Edit]
    opening: str
    themes: Sequence[str]
    languages: Sequence[str]


def write_back(working: Working, edits: Edits) -> list[str]:
    """Write what was edited into the parameter file, and return the themes that were written.

    A text that was changed there too goes into a conflict file, beside the one that is there.
    Raises NotSaved with a message for each section that was not written; the others are.
    """
    try:
        with only_writer(working.parameters.parent):
            return _write_what_is_read(working, edits)
    except CheckFailed as error:
        raise NotSaved(f"{error.message}; put this right and save again") from None
    except OSError as error:
        name = working.name_of(error.filename) if error.filename else working.parameters_name
        raise NotSaved(f"{name}: {error.strerror}; put this right and save again") from None


def _write_what_is_read(working: Working, edits: Edits) -> list[str]:
    """Write, and begin again where an editor, which knows no lock, wrote the file meanwhile."""
    for _ in range(ATTEMPTS):
        with suppress(_OvertakenError):
            return _write(working, edits)
    raise NotSaved(f"{working.parameters_name}: another program keeps writing it; save again")


def _write(working: Working, edits: Edits) -> list[str]:
    name, content = working.parameters_name, working.parameters.read_bytes()
    kept, lineage = read_narrative(content, name), Lineage(working.lineage)
    bases: dict[str, str] = {}
    new: dict[Section, str] = {}
    refused: list[str] = []
    for theme, edit in edits.sections.items():
        section = (theme, working.edition)
        theirs = kept.get(section, "")
        base = lineage.base(edits.opening, theme, edit.opened_with, theirs)
        if edit.text == base:
            continue
        bases[theme] = base
        try:
            versions = Versions(base, edit.text, theirs)
            new[section] = _merged(working, section, versions, edits.opening)
        except NotSaved as error:
            refused.append(error.message)
    changed = {section: text for section, text in new.items() if text != kept.get(section, "")}
    texts = {theme: text for (theme, _), text in new.items()}
    if changed:
        _check_may_be_written(working)
        written = write_narrative(content, name, changed, edits.themes, edits.languages)
        lineage.try_to_save(edits.opening, bases, texts)
        if working.parameters.read_bytes() != content:
            raise _OvertakenError
        write_together({working.parameters: written})
    lineage.have_saved(edits.opening, texts)
    if refused:
        raise NotSaved(". ".join([*refused, "All other sections are saved"]))
    return [theme for theme, _ in changed]


def _merged(working: Working, section: Section, versions: Versions, opening: str) -> str:
    """Return the text to write; raises NotSaved where there is none, once both texts are kept."""
    theme, language = section
    check_writable(versions.mine, f"'{theme}' in '{language}'")
    merged = versions.merged()
    if merged is None:
        files = keep_conflict(working, section, versions, opening)
        names, texts = " and ".join(files), "both texts" if len(files) == 1 else "all texts"
        raise NotSaved(
            f"'{theme}' in '{language}' was changed here and in {working.parameters_name} too. "
            f"Nothing is overwritten: {texts} are in {names}. Put the text that you want into "
            f"{working.parameters_name}, delete {names}, and open the notebook again "
            "(File > Reload Notebook from Disk)"
        )
    return merged


def _check_may_be_written(working: Working) -> None:
    if not working.parameters.stat().st_mode & S_IWUSR:
        raise NotSaved(
            f"{working.parameters_name}: the file is read-only; make it writable and save again"
        )

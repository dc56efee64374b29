"""Which text an editor's next edit comes from: the one that the same opening saved last.

JupyterLab does not take back what a save changes in a notebook, so the text that a cell was opened
with tells nothing after the first save. Each opening has a name of its own, and what it saved is
recorded beside the notebook; two tabs of one notebook are two openings.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

from helpers.study.files.wholefile import write_together

OPENINGS = 100  # that saved last; one is a few kilobytes
Saved = dict[str, list[str]]  # theme to the text saved last, and the one being saved if any


def new_opening() -> str:
    """Return a name that no other opening has."""
    return uuid4().hex


class Lineage:
    """What the openings of one working notebook saved: in a file, so that a crash loses nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.openings: dict[str, Saved] = _read(path)

    def base(self, opening: str, theme: str, opened_with: str, theirs: str) -> str:
        """Return the text that an opening's edit comes from.

        A save that was cut short is known by its text: where the parameter file holds it, that
        save was made.
        """
        saved, *tried = self.openings.get(opening, {}).get(theme, [opened_with])
        return theirs if theirs in tried else saved

    def try_to_save(self, opening: str, bases: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Record what is about to be saved, and what it comes from."""
        self._record(opening, {theme: [bases[theme], text] for theme, text in texts.items()})

    def have_saved(self, opening: str, texts: Mapping[str, str]) -> None:
        """Record what was saved."""
        self._record(opening, {theme: [text] for theme, text in texts.items()})

    def _record(self, opening: str, saved: Saved) -> None:
        if saved:
            self.openings[opening] = self.openings.pop(opening, {}) | saved
            kept = dict(list(self.openings.items())[-OPENINGS:])
            content = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
            write_together({self.path: content.encode()})


def _read(path: Path) -> dict[str, Saved]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (
        FileNotFoundError,
        ValueError,
        TypeError,
    ):  # without it an edit may be told as a conflict
        return {}

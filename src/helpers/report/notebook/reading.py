"""Read a template notebook, which must be whole before anything is made of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.validator import get_validator

from helpers.errors import CheckFailed, Problem
from helpers.study.files.jsonfile import read_json
from helpers.study.files.textfile import LONGEST

FORMAT, MINOR = 4, 5  # from this on, cells have ids
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read_notebook(path: Path, name: str) -> NotebookNode:
    """Return a notebook, which messages call `name`; raises CheckFailed unless it is whole."""
    content = read_json(path, name, "it is the template", "a notebook")
    problems = [Problem(name, 1, 1, f"not a notebook: {message}") for message in _wrong(content)]
    if problems:
        raise CheckFailed(problems)
    notebook = nbformat.reads(json.dumps(content), as_version=FORMAT)
    for cell in notebook.cells:
        if len(cell.source) > LONGEST:
            message = f"a text of {len(cell.source):,} characters; expected at most {LONGEST:,}"
            problems.append(Problem(f"{name}#{cell.id}", 1, 1, message))
    if problems:
        raise CheckFailed(problems)
    return notebook


def _wrong(content: Any) -> Iterator[str]:
    """Find what is wrong with a notebook: its version, else its cells' ids, else its form."""
    if not isinstance(content, dict):
        yield "expected a mapping with 'cells'"
        return
    version, minor = content.get("nbformat"), content.get("nbformat_minor")
    if version != FORMAT or not isinstance(minor, int) or minor < MINOR:
        yield f"its format is {version}.{minor}; save it in format {FORMAT}.{MINOR}"
        return
    cells = content.get("cells")
    ids = list(_wrong_ids(cells if isinstance(cells, list) else []))
    yield from ids or (error.message for error in get_validator(FORMAT, minor).iter_errors(content))


def _wrong_ids(cells: list[Any]) -> Iterator[str]:
    known = set[str]()
    for number, cell in enumerate(cells, start=1):
        found = cell.get("id") if isinstance(cell, dict) else None
        if not isinstance(found, str) or not _ID.fullmatch(found):
            given = "no id" if found is None else f"the id {found!r}"
            yield f"cell {number} has {given}; expected letters, digits, '-' and '_', at most 64"
        elif found in known:
            yield f"cell {number} has the id of an earlier one, '{found}'; give it another"
        else:
            known.add(found)

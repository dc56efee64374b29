"""Re-execution: run an edition again from a bundle, and hold it against what was published."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from nbformat import NotebookNode

from helpers.errors import WorkbookError
from helpers.report.notebook.whole import REGISTER, has_tag
from helpers.report.pages.page import render_page
from helpers.review.editions import Edition, read_edition_files, understand
from helpers.review.findings import Finding
from helpers.review.page_differences import (
    STYLES,
    TAGS,
    compare_pages,
    first_line_apart,
    first_tag_apart,
)
from helpers.review.page_reader import read_page
from helpers.review.page_sense import check_page
from helpers.review.pages import Page
from helpers.review.register_differences import Record, compare_registers, name_shown
from helpers.run.editions.bundle import Bundle, Made
from helpers.run.editions.manifest import SPOILT

SEEN = ("text/plain", "text/html")  # of what the register's cell put out
Make = Callable[[Bundle], Made]


@dataclass(frozen=True)
class Performed:
    """An edition run again: both registers, and what differs; empty where there was none.

    `uses` tells for each figure where the published page uses it: sentences, tables, charts.
    `files` are those made again, by name.
    """

    council: str
    edition: str
    published: list[Record] = field(default_factory=list)
    again: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


def reperform(make: Make, bundle: Bundle, folder: Path) -> Performed:
    """Run an edition again in an empty folder and a fresh kernel, and compare it with a folder's.

    Raises WorkbookError where it cannot be run to its end.
    """
    made = make(bundle)
    published = read_edition_files(folder, bundle.template, bundle.edition)
    again = understand(made.files)
    uses = (published if published.page else again).uses()
    notebook, page = (f"{bundle.council}/{name}" for name in made.files)
    findings = [
        *_name_page(page, published, again),
        *_compare_figures(notebook, published, again),
        *_compare_notebooks(notebook, published, again),
        *_compare_pages(page, published.page, published.page_file, again, published),
        *_check_sense(page, published, again),
    ]
    told = [_with_uses(found, uses) for found in findings]
    return Performed(
        bundle.council,
        bundle.edition,
        published.register,
        again.register,
        told,
        uses,
        made.files,
    )


def _with_uses(found: Finding, uses: Mapping[str, tuple[str, ...]]) -> Finding:
    """Say where readers meet the figures that a difference concerns."""
    places = [use for figure in found.figures for use in uses.get(figure, ())]
    return replace(found, uses=tuple(dict.fromkeys(places)))


def _compare_figures(file: str, published: Edition, again: Edition) -> Iterator[Finding]:
    if not published.register:
        if published.notebook_file is not None:  # else the seal has told that it is missing
            what = "it" if published.notebook is None else "its register"
            yield Finding("re-execution", file, f"{what} cannot be read")
        return
    for expression, told in compare_registers(published.register, again.register):
        yield Finding("re-execution", file, told, (expression,))


def _name_page(file: str, published: Edition, again: Edition) -> Iterator[Finding]:
    """Name a page for the figures that it shows otherwise; the register tells how they moved."""
    if not published.page or not again.page or published.page_file == again.page_file:
        return
    expressions = again.rows | published.rows
    moved = dict(compare_registers(published.register, again.register))
    differences = compare_pages(published.page, again.page)
    shown = [expressions.get(row, row) for _, rows in differences for row in rows]
    if told := name_shown(shown, moved):
        yield Finding("re-execution", file, told)


def _compare_notebooks(file: str, published: Edition, again: Edition) -> Iterator[Finding]:
    """Find what a notebook holds otherwise: in its code, and in what its page would say."""
    if not published.notebook or not again.notebook:
        return
    if published.notebook_file == again.notebook_file:
        return
    cells, known = _cells(published.notebook), _cells(again.notebook)
    wrong = sorted(name for name in cells.keys() | known if cells.get(name) != known.get(name))
    if wrong:
        named = ", ".join(f"'{name}'" for name in wrong)
        yield Finding("re-execution", file, f"cells are not those made again: {named}")
    if _note(published.notebook) != _note(again.notebook):
        yield Finding("re-execution", file, "what it notes of its edition is not as made again")
    try:
        page = render_page(published.notebook)
    except (*SPOILT, ArithmeticError, WorkbookError) as error:
        yield Finding("re-execution", file, f"cannot be published: {error}")
        return
    yield from _compare_pages(file, read_page(page), page.encode(), again, published)


def _note(notebook: NotebookNode) -> dict[str, object]:
    """Return what a notebook notes beside its cells, but for the Python that ran it."""
    return {key: told for key, told in notebook.metadata.items() if key != "language_info"}


def _cells(notebook: NotebookNode) -> dict[str, list[str]]:
    """Return each cell's content by id; what the register shows is compared figure by figure."""
    found: dict[str, list[str]] = {}
    for cell in notebook.cells:
        content = _unseen(cell) if has_tag(cell, REGISTER) else cell
        told = json.dumps(content, sort_keys=True, default=str)
        found.setdefault(str(cell.get("id", "")), []).append(told)
    return found


def _unseen(register: NotebookNode) -> dict[str, object]:
    """Return what a register's cell holds beside what it shows."""
    held = [
        {kind: data for kind, data in output.get("data", {}).items() if kind not in SEEN}
        for output in register.get("outputs", ())
    ]
    return {**register, "outputs": held}


def _compare_pages(
    file: str, page: Page | None, content: bytes | None, again: Edition, published: Edition
) -> Iterator[Finding]:
    """Find what a page says otherwise, but for figures of which the register tells as much."""
    if page is None or again.page is None or content == again.page_file:
        return
    expressions = again.rows | published.rows
    moved = {expression for expression, _ in compare_registers(published.register, again.register)}
    differences = list(compare_pages(page, again.page))
    if content and again.page_file:
        yield from _unsaid(file, content, again.page_file, moved, differences)
    for told, rows in differences:
        figures = tuple(expressions.get(row, row) for row in rows)
        if not figures or not moved.issuperset(figures):
            yield Finding("re-execution", file, told, figures)


def _unsaid(
    file: str, content: bytes, again: bytes, moved: Collection[str], said: Collection[object]
) -> Iterator[Finding]:
    """Find what differs beside what pages say: a style, or an attribute, that hides or turns it.

    Where figures moved other rows may be marked, so that only what never depends on them counts.
    """
    tags = STYLES if moved else TAGS
    told = first_tag_apart(content, again, tags) if said else first_line_apart(content, again)
    if told:
        yield Finding("re-execution", file, told)


def _check_sense(file: str, published: Edition, again: Edition) -> Iterator[Finding]:
    if published.page:
        for told, figures in check_page(published.page, published.register or again.register):
            yield Finding("sense", file, told, figures)

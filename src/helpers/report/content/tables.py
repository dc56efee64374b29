"""Tables: from rows of cells to HTML that a screen reader can walk and a phone can stack."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from itertools import pairwise, repeat

from helpers.figures.figure import Figure
from helpers.report.binding.links import Html, figure_link, text


@dataclass(frozen=True)
class Counted:
    """A cell of a share, with the words for the people behind it: 59% (45 of 76)."""

    share: Figure
    people: str


@dataclass(frozen=True)
class Table:
    """A caption, a name for each column, and rows whose first cell says what the row is about.

    A cell is a figure, Counted, text or Html. `note` stands below, such as the meaning of a mark;
    `kind` is the style sheet's name for a table that is not like the others; `marks` are the
    attributes of the rows; `groups` says what the rows from an index on are about, up to the next
    such index.
    `parts` are what a download, which has one number a cell, calls the share, the count and the
    base of a cell that is Counted.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""
    kind: str = ""
    marks: Sequence[Mapping[str, object]] = ()
    groups: Mapping[int, str] = field(default_factory=dict)
    parts: Sequence[str] = ()


def mark_published(table: Table, mark: str) -> Table:
    """Return a table that says which of its columns and rows are published, where not all are.

    A number that is published alone in its column and row has its mark in the evidence only.
    """
    found = [[_figure_of(cell) for cell in cells] for cells in table.rows]
    if len({figure.provenance for cells in found for figure in cells if figure}) < 2:
        return table
    columns = [
        f"{name} ({mark})" if _are_published(figures) else name
        for name, figures in zip(table.columns, zip(*found, strict=True), strict=True)
    ]
    rows = [
        [_with_mark(head, mark) if _are_published(figures) else head, *rest]
        for (head, *rest), figures in zip(table.rows, found, strict=True)
    ]
    return replace(table, columns=columns, rows=rows)


def _with_mark(head: object, mark: str) -> str:
    if isinstance(head, Html):
        return Html(f"{head} ({escape(mark)})")
    return f"{head} ({mark})"


def _figure_of(cell: object) -> Figure | None:
    shown = cell.share if isinstance(cell, Counted) else cell
    return shown if isinstance(shown, Figure) else None


def _are_published(figures: Iterable[Figure | None]) -> bool:
    return {figure.provenance for figure in figures if figure} == {"published"}


def figures_in(rows: Iterable[Iterable[object]]) -> list[Figure]:
    """Return the figures among the cells of a table's rows."""
    return [figure for row in rows for cell in row if (figure := _figure_of(cell))]


def render_table(table: Table, council: str = "") -> str:
    """Return the table as HTML; raises ValueError where a column has no name or a row no fit.

    It carries whose numbers it holds, so that one on another council's page is noticed.
    On a phone the style sheet stacks rows, each cell under its column's name (`data-label`);
    some browsers then forget that it is a table, so the roles are spelt out.
    """
    if not all(name.strip() for name in table.columns):
        raise ValueError(f"table '{table.caption}': each column, the first too, needs a name")
    numbers = [_has(Figure, table, index) for index in range(len(table.columns))]
    heads = "".join(
        f'<th scope="col" role="columnheader"{_number(number)}{parts}>{text(name)}</th>'
        for name, number, parts in zip(table.columns, numbers, _parts(table), strict=True)
    )
    rows = list(map(partial(_row, table, numbers), table.rows, table.marks or repeat({})))
    note = f'<p class="note">{_content(table.note)}</p>\n' if table.note else ""
    whose = f' data-unit="{escape(council)}"' if council else ""
    return (
        f'<div class="{f"table {table.kind}".strip()}">\n'
        f'<table role="table"{whose}>\n<caption>{text(table.caption)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f"{_bodies(table, rows)}</table>\n</div>\n{note}"
    )


def _bodies(table: Table, rows: list[str]) -> str:
    """Return the rows in one body, or in one for each group, under what the group is about."""
    starts = sorted({0, *table.groups})
    return "".join(
        f'<tbody role="rowgroup">\n{_heading(table, start)}{"".join(rows[start:end])}</tbody>\n'
        for start, end in pairwise([*starts, len(rows)])
    )


def _heading(table: Table, start: int) -> str:
    if start not in table.groups:
        return ""
    told = f'scope="rowgroup" role="rowheader" colspan="{len(table.columns)}"'
    return f'<tr role="row" class="group"><th {told}>{text(table.groups[start])}</th></tr>\n'


def _has(kind: type, table: Table, column: int) -> bool:
    """Say whether a column is one of figures, say; words among them, as "not asked", align too."""
    return any(isinstance(cells[column], kind) for cells in table.rows if column < len(cells))


def _parts(table: Table) -> Iterator[str]:
    """Name for each column those that a download makes of it where its cells are Counted."""
    for column, name in enumerate(table.columns):
        names = [f"{name}: {part}" for part in table.parts]
        counted = _has(Counted, table, column)
        yield f" data-parts={_quoted(json.dumps(names, ensure_ascii=False))}" if counted else ""


def _number(number: object) -> str:
    return ' class="number"' if number else ""


def _row(
    table: Table, numbers: list[bool], cells: Sequence[object], marks: Mapping[str, object]
) -> str:
    if len(cells) != len(table.columns):
        raise ValueError(
            f"table '{table.caption}': a row of {len(cells)} cells; expected {len(table.columns)}"
        )
    head, *rest = cells
    written = "".join(map(_cell, table.columns[1:], numbers[1:], rest))
    marked = "".join(f" {name}={_quoted(str(value))}" for name, value in marks.items())
    header = f'<th scope="row" role="rowheader">{_content(head)}</th>'
    return f'<tr role="row"{marked}>{header}{written}</tr>\n'


def _cell(column: str, number: bool, cell: object) -> str:
    told = f' role="cell" data-label="{escape(column)}"'
    if isinstance(cell, Figure):
        told += f" data-figure={_quoted(cell.expression)}"
    kind = _number(True) if isinstance(cell, Figure) else ' class="aligned"' if number else ""
    return f"<td{kind}{told}>{_content(cell)}</td>"


def _quoted(value: str) -> str:
    """Return an attribute's value in quotes, which an expression has many of: the shorter way."""
    if '"' in value and "'" not in value:
        return f"'{escape(value, quote=False)}'"
    return f'"{escape(value)}"'


def _content(cell: object) -> str:
    if isinstance(cell, Html):
        return cell
    if isinstance(cell, Counted):
        return f"{_content(cell.share)} ({text(cell.people)})"
    return figure_link(cell.anchor, cell.display) if isinstance(cell, Figure) else text(cell)

"""Tables: from rows of cells to HTML that a screen reader can walk and a phone can stack."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from helpers.figures.figure import Figure


class Html(str):
    """HTML that is safe already, and is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """A caption, a name for each column, and rows whose first cell says what the row is about.

    A cell is a figure, text or Html. `note` stands below, such as the meaning of a mark; `kind`
    is the style sheet's name for a table that is not like the others; `anchors` are the rows' ids.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""
    kind: str = ""
    anchors: Sequence[str] = ()


def render_table(table: Table) -> str:
    """Return the table as HTML; raises ValueError where a column has no name or a row no fit.

    On a phone the style sheet stacks rows, each cell under its column's name (`data-label`);
    some browsers then forget that it is a table, so the roles are spelt out.
    """
    if not all(name.strip() for name in table.columns):
        raise ValueError(f"table '{table.caption}': each column, the first too, needs a name")
    numbers = [_has_figures(table, index) for index in range(len(table.columns))]
    heads = "".join(
        f'<th scope="col" role="columnheader"{_number(number)}>{escape(name)}</th>'
        for name, number in zip(table.columns, numbers, strict=True)
    )
    anchors = table.anchors or [""] * len(table.rows)
    rows = "".join(map(partial(_row, table, numbers), table.rows, anchors))
    note = f'<p class="note">{_content(table.note)}</p>\n' if table.note else ""
    return (
        f'<div class="{f"table {table.kind}".strip()}">\n'
        f'<table role="table">\n<caption>{escape(table.caption)}</caption>\n'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>\n'
        f'<tbody role="rowgroup">\n{rows}</tbody>\n</table>\n</div>\n{note}'
    )


def _has_figures(table: Table, column: int) -> bool:
    """Say whether a column is one of numbers; words among them, such as "not asked", align too."""
    return any(isinstance(cells[column], Figure) for cells in table.rows if column < len(cells))


def _number(number: object) -> str:
    return ' class="number"' if number else ""


def _row(table: Table, numbers: list[bool], cells: Sequence[object], anchor: str) -> str:
    if len(cells) != len(table.columns):
        raise ValueError(
            f"table '{table.caption}': a row of {len(cells)} cells; expected {len(table.columns)}"
        )
    head, *rest = cells
    written = "".join(map(_cell, table.columns[1:], numbers[1:], rest))
    row_id = f' id="{escape(anchor)}"' if anchor else ""
    header = f'<th scope="row" role="rowheader">{_content(head)}</th>'
    return f'<tr role="row"{row_id}>{header}{written}</tr>\n'


def _cell(column: str, number: bool, cell: object) -> str:
    told = f' role="cell" data-label="{escape(column)}"'
    if isinstance(cell, Figure):
        told += f' data-figure="{escape(cell.expression)}"'
    kind = _number(True) if isinstance(cell, Figure) else ' class="aligned"' if number else ""
    return f"<td{kind}{told}>{_content(cell)}</td>"


def _content(cell: object) -> str:
    if isinstance(cell, Html):
        return cell
    return escape(cell.display if isinstance(cell, Figure) else str(cell))

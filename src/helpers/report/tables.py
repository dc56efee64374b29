"""Tables: from rows of cells to HTML that a screen reader can walk and a phone can stack."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from helpers.figures.figure import Figure


class Html(str):
    """HTML that is safe already, and is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True)
class Table:
    """A caption, a name for each column, and rows whose first cell says what the row is about.

    A cell is a figure, text or Html. `note` stands below, such as the meaning of a mark.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    note: str = ""


def render_table(table: Table) -> str:
    """Return the table as HTML; raises ValueError where a column has no name or a row no fit.

    What may scroll must take the keyboard's focus and have a role and a name. The role is group
    and not region: a report has many tables, and each region would be a landmark of the page.
    Each cell repeats its column's name in `data-label`, so that CSS can stack rows on a phone.
    """
    if not all(name.strip() for name in table.columns):
        raise ValueError(f"table '{table.caption}': each column, the first too, needs a name")
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(_row(table, cells) for cells in table.rows)
    note = f'<p class="note">{_content(table.note)}</p>\n' if table.note else ""
    return (
        f'<div class="table" role="group" tabindex="0" aria-label="{escape(table.caption)}">\n'
        f"<table>\n<caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n{note}"
    )


def _row(table: Table, cells: Sequence[object]) -> str:
    if len(cells) != len(table.columns):
        raise ValueError(
            f"table '{table.caption}': a row of {len(cells)} cells; expected {len(table.columns)}"
        )
    head, *rest = cells
    written = "".join(map(_cell, table.columns[1:], rest))
    return f'<tr><th scope="row">{_content(head)}</th>{written}</tr>\n'


def _cell(column: str, cell: object) -> str:
    label = f'data-label="{escape(column)}"'
    if isinstance(cell, Figure):
        expression = escape(cell.expression)
        return f'<td class="number" {label} data-figure="{expression}">{_content(cell)}</td>'
    return f"<td {label}>{_content(cell)}</td>"


def _content(cell: object) -> str:
    if isinstance(cell, Html):
        return cell
    return escape(cell.display if isinstance(cell, Figure) else str(cell))

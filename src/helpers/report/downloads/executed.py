"""What an executed notebook tells: its page's facts, its figures, its tables.

Downloads are made of this alone, as the page is, so they hold no number that the page has not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.figures.figure import Figure, anchor
from helpers.report.downloads.read_tables import ReadTable, read_tables
from helpers.report.notebook.whole import REGISTER, check_whole, has_tag, register_of
from helpers.report.pages.page import page_facts

TEXTS = {"expression", "statistic", "kind", "provenance", "source", "question", "group"}


@dataclass(frozen=True)
class Executed:
    """An edition's facts of its page, its register and its tables, in the order of the page."""

    facts: Mapping[str, Any]
    records: Sequence[Mapping[str, Any]]
    tables: Sequence[ReadTable]

    @property
    def language(self) -> str:
        """The code of the edition's language."""
        return str(self.facts["language"])

    @property
    def title(self) -> str:
        """The page's title, with the mark of illustrative data."""
        return str(self.facts["title"])

    @cached_property
    def figures(self) -> dict[str, Mapping[str, Any]]:
        """The register's records by expression."""
        return {record["expression"]: record for record in self.records}


def read_executed(content: bytes) -> Executed:
    """Read an executed notebook; raises NotPublishable unless our engine ran all of it."""
    notebook = nbformat.reads(content.decode(), as_version=4)
    check_whole(notebook)
    records = register_of(notebook)
    anchored = {anchor(record["expression"]): record["expression"] for record in records}
    tables = [table for html in _shown(notebook) for table in read_tables(html, anchored)]
    return Executed(page_facts(notebook), records, tables)


def identity(record: Mapping[str, Any]) -> Figure:
    """Return what a record of the register is a figure of, without its numbers."""
    return Figure(value=None, **{name: record[name] for name in TEXTS})


def _shown(notebook: NotebookNode) -> Iterator[str]:
    """Yield what each code cell shows, but for the register, which has rows of its own."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not has_tag(cell, REGISTER):
            yield from (
                output["data"]["text/html"]
                for output in cell.outputs
                if "text/html" in output.get("data", {})
            )

"""What a code cell of the template shows: HTML, with a line of plain text beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

PAGE = "application/vnd.audit-workbook.page+json"  # what the page around the cells needs to know
READ = "application/vnd.audit-workbook.read+json"  # of the national table, by place


@dataclass(frozen=True)
class Shown:
    """HTML of our own making, its gist as plain text, and what the exporter must know.

    `read` lists the places of the national table that anything in the notebook was read from.
    """

    html: str
    plain: str
    page: Mapping[str, Any] = field(default_factory=dict)
    read: Sequence[str] = ()

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, **_options: object) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.plain, "text/html": self.html}
        if self.page:
            bundle[PAGE] = dict(self.page)
        if self.read:
            bundle[READ] = list(self.read)
        return bundle

"""What a code cell of the template shows: HTML, with a line of plain text beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

PAGE = "application/vnd.audit-workbook.page+json"  # what the page around the cells needs to know


@dataclass(frozen=True)
class Shown:
    """HTML of our own making, its gist as plain text, and what the exporter must know."""

    html: str
    plain: str
    page: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.plain

    def _repr_mimebundle_(self, **_options: object) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.plain, "text/html": self.html}
        return bundle | ({PAGE: dict(self.page)} if self.page else {})
